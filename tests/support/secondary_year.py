"""A school year of THCS and THPT classes under two circulars, filled by chance, one for each seed.

Every class is taught by one person ("teacher"), who is its GVCN too; everything goes through the
services. `case_of` writes a pupil's year as a case of `khoaso assess`, from what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from random import Random

from app.actor import Actor
from app.clock import VIETNAM, SetClock
from app.domain.ids import ClassId, PupilId
from app.domain.mark_columns import ColumnRole, column_role, is_oral
from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import PupilChoices, Subject, SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetId
from app.regulations.thpt_choices import ClassChoices
from app.services.class_results import ClassResults
from app.services.conduct_entry import ConductEntry
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from tests.support.school import PASSWORD, SCHOOL, TestSchool, found_school, invented_pupil

CORE = {"ngoai_ngu": "Ngoại ngữ", "ngoai_ngu_1": "Ngoại ngữ"}
"""What `assess` calls a foreign language, whatever its subject is called."""


@dataclass
class SecondaryYear:
    """Services over the school; `typed` holds every mark as it was typed."""

    school: TestSchool
    random: Random
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    pupils: dict[str, list[PupilId]] = field(default_factory=dict)
    typed: dict[tuple[ClassId, int, str, PupilId], str] = field(default_factory=dict)
    conduct: dict[tuple[PupilId, str], str] = field(default_factory=dict)
    exempt: dict[tuple[PupilId, str], str] = field(default_factory=dict)
    first_year: int = 2023

    @property
    def teacher(self) -> Actor:
        return self.school.actor("teacher")

    @property
    def marks(self) -> MarkEntry:
        return MarkEntry(self.school.uow, self.school.clock)

    @property
    def entry(self) -> ConductEntry:
        return ConductEntry(self.school.uow, self.school.clock)

    def subjects(self, name: str) -> dict[str, Subject]:
        found = self.school.setup.subjects(self.classes[name].id)
        return {subject.code: subject for subject in found}

    def add_class(self, name: str, pupils: int, choices: ClassChoices | None = None) -> None:
        school, principal = self.school, self.school.actor("principal")
        grade = int(name.rstrip("ABCD"))
        more = () if choices is None else (choices,)
        klass = school.setup.add_class(principal, school.year_id, grade, name, *more).payload
        self.classes[name] = klass
        first = 100 * len(self.classes)
        for number in range(first, first + pupils):
            born = date(self.first_year - grade - 5, 3, 4)
            profile = replace(invented_pupil(number), birth_date=born)
            school.rosters.add_pupil(principal, klass.id, profile)
        with school.uow.read() as uow:
            self.pupils[name] = [entry.pupil_id for entry in uow.roster.entries(klass.id)]
        account = school.accounts_by_key["teacher"]
        posts = [None, *(subject.id for subject in self.subjects(name).values())]
        for post in posts:
            school.assignments.assign(
                principal, klass.id, post, account, date(self.first_year, 8, 20)
            )

    def open_entry(self) -> None:
        control = EntryControl(self.school.uow, self.school.clock)
        first = self.first_year
        for period in (Period.HK1, Period.HK2):
            control.open_window(
                self.school.actor("principal"), self.school.year_id, period,
                date(first, 9, 6), date(first + 1, 5, 31), "5/QĐ", date(first, 9, 5),
            )  # fmt: skip

    def fill(self, name: str) -> None:
        """Every cell of the class; each pupil keeps to a level of its own."""
        klass = self.classes[name]
        levels = {pupil: self.random.randint(35, 92) for pupil in self.pupils[name]}
        for subject in self.subjects(name).values():
            sheet = SheetId(klass.id, subject.id)
            view = self.marks.open(self.teacher, sheet)
            edits: dict[CellKey, str] = {}
            for row in view.rows:
                for term in sorted(subject.terms):
                    for code in subject.columns(term) if row.taken else ():
                        key = CellKey(row.pupil_id, f"{term}.{code}")
                        mark = self._mark(levels[row.pupil_id], subject)
                        edits[key] = mark.split(",")[0] if is_oral(code) else mark
            self.marks.set_cells(self.teacher, sheet, edits, "paste")
            for key, text in edits.items():
                self.typed[klass.id, subject.id, key.column, key.pupil_id] = text
        self._fill_conduct(name)

    def _mark(self, level: int, subject: Subject) -> str:
        if subject.kind is SubjectKind.COMMENTS:
            return "CĐ" if self.random.random() < 0.04 else "Đ"
        tenths = min(100, max(0, round(self.random.gauss(level, 9))))
        return f"{tenths // 10},{tenths % 10}"

    def _fill_conduct(self, name: str) -> None:
        entry = self.entry
        sheet = entry.open(self.teacher, self.classes[name].id)
        keys = ["HK1.level", "HK2.level", *(["YEAR.level"] if sheet.year_entered else [])]
        edits: dict[tuple[PupilId, str], str] = {}
        for pupil in self.pupils[name]:
            for key in keys:
                edits[pupil, key] = self.random.choice((*sheet.levels[:2], *sheet.levels))
            for key in ("HK1.excused", "HK1.unexcused", "HK2.excused", "HK2.unexcused"):
                edits[pupil, key] = str(self.random.choice((0, 1, 2, 15)))
        entry.set_cells(self.teacher, self.classes[name].id, edits, "paste")
        self.conduct |= edits

    def excuse(self, name: str, pupil: PupilId, code: str, when: str) -> None:
        """Miễn học a subject for "hk1", "hk2" or the "year", by decision."""
        subject = self.subjects(name)[code]
        keys = [
            CellKey(pupil, f"{term}.{column}")
            for term in sorted(subject.terms)
            if when in ("year", term.value.lower())
            for column in subject.columns(term)
        ]
        sheet = SheetId(self.classes[name].id, subject.id)
        self.marks.set_state(self.teacher, sheet, keys, CellState.EXEMPT, "QĐ số 9, ngày 5/9")
        self.exempt[pupil, code] = when

    def results(self, name: str):
        """(facts, results by pupil) as every screen has them."""
        return ClassResults(self.school.uow).of_class(self.classes[name].id)

    def case_of(self, name: str, pupil: PupilId, own: PupilChoices) -> dict[str, object]:
        """The pupil's year as a case of `khoaso assess`."""
        klass = self.classes[name]
        subjects = [s for s in self.subjects(name).values() if s.id not in own.not_taken]
        special = next((_name(s) for s in subjects if s.specialised), None)
        if own.specialised is not None:
            special = next(_name(s) for s in subjects if s.id == own.specialised)
        said = {key: text for (who, key), text in self.conduct.items() if who == pupil}
        days = [int(said[k]) for k in said if k.endswith("excused")]
        return {
            "id": f"{name}-{pupil}",
            "regulation": klass.regulation,
            "grade": klass.grade,
            "specialised_subject": special,
            "subjects": [self._subject_case(klass.id, s, pupil) for s in subjects],
            "conduct": {
                "hk1": said["HK1.level"],
                "hk2": said["HK2.level"],
                "year": said.get("YEAR.level"),
                "after_summer": None,
            },
            "absences": sum(days),
        }

    def _subject_case(
        self, class_id: ClassId, subject: Subject, pupil: PupilId
    ) -> Mapping[str, object]:
        def term(which: Term) -> object:
            if which not in subject.terms:
                return None
            found = {
                code: self.typed[class_id, subject.id, f"{which}.{code}", pupil]
                for code in subject.columns(which)
            }
            tx, periodic, (last,) = (
                [text for code, text in found.items() if column_role(code) is role]
                for role in ColumnRole
            )
            return {"tx": tx, "gk": periodic if subject.dk_count else periodic[0], "ck": last}

        return {
            "name": _name(subject),
            "kind": subject.kind.value,
            "tx_required": subject.tx_count,
            "hk1": term(Term.HK1),
            "hk2": term(Term.HK2),
            "exempt": self.exempt.get((pupil, subject.code)),
            "reassessed": None,
        }


def _name(subject: Subject) -> str:
    return CORE.get(subject.code, subject.name)


def secondary_year(
    folder: Path, *, stage: str = "thcs_thpt", seed: int = 1, first_year: int = 2023
) -> SecondaryYear:
    """The school year 2023-2024, or another, with its subjects, and nobody in it but a teacher."""
    clock = SetClock(datetime(first_year, 10, 2, 8, 30, tzinfo=VIETNAM))
    school = found_school(folder, clock, replace(SCHOOL, stage=stage))
    principal = school.actor("principal")
    people = {
        "teacher": ("Hoàng Thị Lan Anh", ()),
        "secretary": ("Trần Thị Mai", (Role.SECRETARY,)),
    }
    for who, (name, roles) in people.items():
        added = school.accounts.add(principal, name, PASSWORD, roles=roles).payload
        school.uids[who] = added.uid
        school.accounts_by_key[who] = added.account_id
    school.year_id = school.setup.add_year(principal, f"{first_year}-{first_year + 1}").payload.id
    school.setup.fill_subjects(principal, school.year_id)
    return SecondaryYear(school, Random(seed), first_year=first_year)
