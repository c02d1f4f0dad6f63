"""A small school of several levels: classes of any grade, one teacher who has them all.

People: "principal", "secretary", "teacher" (GVCN of every class and teacher of every subject).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from app.clock import VIETNAM, SetClock
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.services.entry_control import EntryControl
from app.workspace import Workspace
from tests.gui.page_kit import workspace
from tests.support.school import OFFICE, PASSWORD, SCHOOL, TestSchool, found_school, invented_pupil


@dataclass
class CombinedSchool:
    """The open school with its classes by name."""

    school: TestSchool
    classes: dict[str, SchoolClass] = field(default_factory=dict)

    def work(self, who: str) -> Workspace:
        """Every service, with `who` signed in."""
        return workspace(self.school, who)

    def subject(self, class_name: str, code: str) -> Subject:
        """A subject of a class."""
        found = self.school.setup.subjects(self.classes[class_name].id)
        return next(subject for subject in found if subject.code == code)

    def open_entry(self) -> None:
        """Every kỳ and học kì may be typed on every day of the year."""
        control = EntryControl(self.school.uow, self.school.clock)
        first = self.school.clock.today().year
        for period in (*PRIMARY_TERMS, Period.HK1, Period.HK2):
            control.open_window(
                self.school.actor("principal"), self.school.year_id, period,
                date(first, 8, 1), date(first + 1, 6, 30), "10/QĐ", date(first, 8, 1),
            )  # fmt: skip


def make_combined(
    folder: Path,
    *names: str,
    stage: str = "th_thcs_thpt",
    pupils: int = 2,
    first_year: int = 2026,
) -> CombinedSchool:
    """A school of the kind `stage` with the classes `names` ("5A"), in November of the year."""
    clock = SetClock(datetime(first_year, 11, 23, 8, 30, tzinfo=VIETNAM))
    school = found_school(folder, clock, replace(SCHOOL, stage=stage))
    principal = school.actor("principal")
    first_day = date(first_year, 8, 1)
    for who, name, roles in (
        ("secretary", OFFICE["secretary"], (Role.SECRETARY,)),
        ("teacher", "Hoàng Thị Lan Anh", ()),
    ):
        added = school.accounts.add(
            principal, name, PASSWORD, roles=roles, starts_on=first_day
        ).payload
        school.uids[who] = added.uid
        school.accounts_by_key[who] = added.account_id
    year = school.setup.add_year(principal, f"{first_year}-{first_year + 1}").payload
    school.year_id = year.id
    school.setup.fill_subjects(principal, year.id)
    made = CombinedSchool(school)
    for number, name in enumerate(names):
        grade = int(name.rstrip("ABCD"))
        klass = school.setup.add_class(principal, year.id, grade, name).payload
        made.classes[name] = klass
        for at in range(pupils):
            profile = invented_pupil(100 * number + at)
            born = date(first_year - grade - 5, 3, 4)
            school.rosters.add_pupil(principal, klass.id, replace(profile, birth_date=born))
        found = school.setup.subjects(klass.id)
        # Phẩm chất, năng lực come to the GVCN by themselves.
        for post in (None, *(s.id for s in found if s.kind is not SubjectKind.TRAITS)):
            school.assignments.assign(
                principal, klass.id, post, school.accounts_by_key["teacher"], first_day
            )
    made.open_entry()
    return made
