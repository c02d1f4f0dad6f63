"""A small primary school on a real encrypted file: one class, its GVCN, one specialist.

People: "principal", "vice", "secretary", "homeroom" (teaches all but Âm nhạc) and "am_nhac".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.clock import VIETNAM, SetClock
from app.domain.class_confirmation import blocks_of
from app.domain.ids import PupilId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.roles import Role
from app.domain.school import School
from app.domain.subjects import SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.workspace import Workspace
from db.school_files import SchoolFilesOnDisk
from tests.gui.page_kit import workspace
from tests.support.school import CHEAP, OFFICE, PASSWORD, TestSchool, invented_pupil

SCHOOL = School(
    "Trường Tiểu học Đồng Xuân", "th", "UBND xã Đồng Xuân", "xã Đồng Xuân", "tỉnh Thanh Hóa"
)
PEOPLE = {
    "vice": (OFFICE["vice"], (Role.VICE_PRINCIPAL,)),
    "secretary": (OFFICE["secretary"], (Role.SECRETARY,)),
    "homeroom": ("Nguyễn Thị Bình", ()),
    "am_nhac": ("Mai Thị Quỳnh", ()),
}
FIRST_DAY = date(2026, 8, 1)


@dataclass
class PrimarySchool:
    """The open school and shorthands for what its people do."""

    school: TestSchool

    def work(self, who: str) -> Workspace:
        """Every service, with `who` signed in."""
        return workspace(self.school, who)

    def sheet(self, code: str) -> SheetId:
        """A subject's sheet, "pc_nl" for phẩm chất, năng lực."""
        return SheetId(self.school.class_id, self.school.subjects[code])

    def teacher(self, code: str) -> str:
        """Who teaches it."""
        return self.teacher_of(code)

    @staticmethod
    def teacher_of(code: str) -> str:
        """Who teaches a subject, in either programme."""
        return "am_nhac" if code.startswith("am_nhac") else "homeroom"

    def enter(self, code: str, cells: dict[tuple[int, str], str], who: str = ""):
        """Type cells by (pupil's number, "CK1.muc")."""
        edits = {CellKey(self.school.pupils[at], column): text for (at, column), text in
                 cells.items()}  # fmt: skip
        who = who or self.teacher(code)
        return self.work(who).marks.set_cells(
            self.school.actor(who), self.sheet(code), edits, "key"
        )

    def fill(self, period: Period, level: str = "T", score: str = "10", trait: str = "T") -> None:
        """Everything of a kỳ for everybody, and every teacher's confirmation."""
        values = {SubjectKind.LEVELS: level, SubjectKind.SCORES: score, SubjectKind.TRAITS: trait}
        for code in self.school.subjects:
            who = self.teacher(code)
            marks, actor = self.work(who).marks, self.school.actor(who)
            facts = marks.facts(self.sheet(code))
            edits = {
                CellKey(pupil, key): values[facts.subject.kind_of(column.code)]
                for key, column in facts.columns.items()
                if column.term is period and facts.subject.kind_of(column.code) in values
                for pupil in self.school.pupils
            }
            marks.set_cells(actor, self.sheet(code), edits, "paste")
            marks.confirm(actor, self.sheet(code), period)

    def close(self, period: Period, **more: str):
        """The GVCN confirms where everything is there, the principal closes."""
        if not more:
            self.work("homeroom").confirming.confirm(
                self.school.actor("homeroom"), self.school.class_id, period, blocks_of(period)
            )
        return self.work("principal").closing.close(
            self.school.signer("principal"), self.school.class_id, period, "07/QĐ-TH", **more
        )

    def live(self, *, until: Period = Period.CN) -> None:
        """Fill and close every kỳ up to `until`, everybody excellent."""
        for period in PRIMARY_TERMS:
            self.fill(period)
            self.close(period)
            if period is until:
                return

    def results(self, at: int):
        """The year's results of pupil number `at`."""
        facts, results = self.work("principal").results.of_class(self.school.class_id)
        assert facts.primary is not None
        return results[self.pupil(at)]

    def pupil(self, at: int) -> PupilId:
        """A pupil by number, from 0."""
        return self.school.pupils[at]


def make_primary(
    folder: Path,
    *,
    grade: int = 4,
    pupils: int = 2,
    first_year: int = 2026,
    founded: date | None = None,
    windows: bool = True,
) -> PrimarySchool:
    """One class of `grade`; every kỳ may be entered on every day of the year, unless told not.

    The file is founded on 23 November, or on the day given; nobody acts before that day.
    """
    day = founded or date(first_year, 11, 23)
    clock = SetClock(datetime(day.year, day.month, day.day, 8, 30, tzinfo=VIETNAM))
    files = SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP)
    path = folder / "Tiểu học.khoaso"
    founded = files.create(path, SCHOOL, OFFICE["principal"], PASSWORD)
    session = founded.signed_in
    school = TestSchool(path, clock, files, founded.file, session, founded.recovery_code)
    school.uids["principal"] = session.actor.uid
    school.accounts_by_key["principal"] = session.actor.account_id
    principal = session.actor
    since = FIRST_DAY.replace(year=first_year)
    for who, (name, roles) in PEOPLE.items():
        added = school.accounts.add(principal, name, PASSWORD, roles=roles, starts_on=since)
        school.uids[who] = added.payload.uid
        school.accounts_by_key[who] = added.payload.account_id
    year = school.setup.add_year(principal, f"{first_year}-{first_year + 1}").payload
    school.year_id = year.id
    school.setup.fill_subjects(principal, year.id)
    klass = school.setup.add_class(principal, year.id, grade, f"{grade}A").payload
    school.class_id, school.class_name = klass.id, klass.name
    subjects = school.setup.subjects(klass.id)
    school.subjects = {subject.code: subject.id for subject in subjects}
    rows = [f"{klass.name};GVCN;{PEOPLE['homeroom'][0]}"]
    rows += [
        f"{klass.name};{s.name};{PEOPLE[PrimarySchool.teacher_of(s.code)][0]}"
        for s in subjects
        if s.kind is SubjectKind.LEVELS
    ]
    school.assignments.accept_pasted(principal, year.id, "\n".join(rows), since)
    for number in range(pupils):
        school.rosters.add_pupil(principal, school.class_id, invented_pupil(number))
    with school.uow.read() as uow:
        school.pupils = [entry.pupil_id for entry in uow.roster.entries(school.class_id)]
    control = workspace(school, "principal").control
    for period in PRIMARY_TERMS if windows else ():
        control.open_window(
            school.actor("principal"), year.id, period, since, date(first_year + 1, 6, 30),
            "10/QĐ-TH", since,
        )  # fmt: skip
    return PrimarySchool(school)
