"""Builds the sample school of `demo`: people, classes, rosters from Excel, one whole year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from app.actor import Actor
from app.clock import VIETNAM, SetClock
from app.commands.invented import COMMENTS, CONDUCT_COMMENTS, Inventor, Talent
from app.commands.sample_attendance import SampleAttendance
from app.commands.sample_papers import (
    correct_mark,
    print_booklets,
    print_class_books,
    reprint_class_book,
)
from app.commands.sample_plan import THCS, SamplePlan
from app.commands.sample_years import fill_term
from app.domain.class_confirmation import blocks_of
from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.mark_columns import is_regular
from app.domain.marks import CellState
from app.domain.periods import Period, Term, period_of
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import PupilChoices, Subject
from app.importing.fields import ROSTER_VOCABULARY
from app.importing.header_finder import guess_mapping
from app.importing.roster import analyse_roster
from app.presses import PlainTable
from app.readmodels.mark_sheet import CellKey, MarkSheetView, SheetId
from app.regulations.thpt_choices import ELECTIVES_TAKEN
from app.workspace import Workspace

PASSWORD = "con-thuyen-song-trang"  # noqa: S105 - printed on purpose: the school is invented
_TESTS = {
    Term.HK1: {"tx1": (9, 26), "tx2": (10, 17), "gk": (11, 5), "tx3": (11, 21), "tx4": (12, 5),
               "tx5": (12, 12), "ck": (12, 22)},
    Term.HK2: {"tx1": (2, 6), "tx2": (3, 6), "gk": (3, 20), "tx3": (4, 10), "tx4": (4, 24),
               "tx5": (5, 4), "ck": (5, 11)},
}  # fmt: skip
Stage = tuple[str, str, Callable[[], object]]
"""Of a year: short name, words, work."""
_LONGEST_ENTRY = timedelta(days=16)
_ROSTER_HEADER = (
    "STT", "Mã định danh Bộ GD&ĐT", "Số định danh cá nhân", "Họ và tên", "Ngày sinh", "Giới tính",
    "Dân tộc", "Nơi sinh", "Chỗ ở hiện nay", "Họ tên cha", "Nghề nghiệp cha", "Họ tên mẹ",
    "Nghề nghiệp mẹ", "Số điện thoại",
)  # fmt: skip


_UNITS = ("Tổ Ngữ văn", "Tổ Tự nhiên", "Tổ Ngoại ngữ", "Tổ Xã hội")
_UNIT_OF_TEACHER = (0, 1, 2, 3, 3, 1, 1, 1, 2, 2, 3, 0)
"""Teachers in the order of the subjects they begin with: Ngữ văn, Toán, Ngoại ngữ, GDCD, …"""


def _nothing(day: date) -> None:
    """A school of one kind of class has nothing beside it."""


@dataclass
class SampleYear:
    """One school year of the sample school in the making; a subclass lives another stage."""

    early_columns: ClassVar[frozenset[str]] = frozenset({"HK1.tx1", "HK1.gk"})
    """Columns that a running year has locked by now."""
    doubted: ClassVar[tuple[str, str]] = ("HK1.tx1", "8,5")
    """The column of the one open case, and the value its teacher asks for."""

    work: Workspace
    clock: SetClock
    invent: Inventor
    folder: Path
    first_year: int
    plan: SamplePlan = THCS
    year_id: SchoolYearId = field(default=SchoolYearId(0))
    people: dict[str, AccountId] = field(default_factory=dict)
    uids: dict[AccountId, str] = field(default_factory=dict)
    classes: list[SchoolClass] = field(default_factory=list)
    talents: dict[PupilId, Talent] = field(default_factory=dict)
    marks_entered: int = 0
    case: dict[str, object] = field(default_factory=dict)
    """What the one correction of the year changed."""
    meanwhile: Callable[[date], object] = field(default=_nothing, repr=False)
    """What else of the school happens up to a day, before the tests of that day are entered."""
    attendance: SampleAttendance = field(init=False)

    def __post_init__(self) -> None:
        self.attendance = SampleAttendance(self)

    # ---- August

    def appoint(self, classes: int) -> None:
        """Office and teachers; at least one teacher a subject and one GVCN a class."""
        self.at(self.on(8, 18))
        principal = self.work.session.actor
        office = (
            ("vice", "Ban giám hiệu", Role.VICE_PRINCIPAL),
            ("secretary", "Văn phòng", Role.SECRETARY),
            ("admin", "Văn phòng", Role.ADMINISTRATOR),
        )
        for key, unit, role in office:
            self._add_person(principal, key, unit, (role,))
        for number in range(max(12, classes)):
            roles = (Role.DEPARTMENT_HEAD,) if number < len(_UNITS) else ()
            unit = _UNITS[_UNIT_OF_TEACHER[number % len(_UNIT_OF_TEACHER)]]
            self._add_person(principal, f"gv{number}", unit, roles)

    def open_year(self, classes: int) -> None:
        """Year, subjects, classes of every grade, GVCN and subject teachers."""
        self.at(self.on(8, 20))
        setup, actor = self.work.setup, self.work.session.actor
        year = setup.add_year(actor, self.name)
        self.year_id = getattr(year.payload, "id")  # noqa: B009 - payload is typed object
        setup.fill_subjects(actor, self.year_id, optional=self.plan.optional)
        grades = self.plan.grades
        for number in range(classes):
            grade, row = grades[number % len(grades)], number // len(grades)
            name = f"{grade}A{row + 1}"
            offered = self.work.subjects.of_grade(self.year_id, grade)
            choices = self.plan.choices(offered, row)
            setup.add_class(actor, self.year_id, grade, name, choices)
        self.attendance.set_calendar()
        self.classes = list(setup.classes(self.year_id))
        teachers = [self.people[f"gv{n}"] for n in range(max(12, classes))]
        for number, klass in enumerate(self.classes):
            day = self.on(8, 20)
            self.work.assignments.assign(actor, klass.id, None, teachers[number], day)
            for index, subject in enumerate(setup.subjects(klass.id)):
                teacher = self.teacher_for(number, index, subject, teachers)
                if teacher is not None:
                    self.work.assignments.assign(actor, klass.id, subject.id, teacher, day)
        shared = self.work.departments.proposal(self.year_id)
        for unit in sorted(set(shared.values())):
            codes = [code for code, owner in shared.items() if owner == unit]
            self.work.departments.give_subjects(actor, self.year_id, unit, codes)

    def teacher_for(
        self, number: int, index: int, subject: Subject, teachers: list[AccountId]
    ) -> AccountId | None:
        """Who teaches subject number `index` in class `number`; None: somebody has it already."""
        return teachers[(index + number // len(self.plan.grades)) % len(teachers)]

    @property
    def name(self) -> str:
        """The school year as the file names it: "2025-2026"."""
        return f"{self.first_year}-{self.first_year + 1}"

    def enrol(self, pupils: int, entering: Collection[SchoolClass] | None = None) -> int:
        """Rosters as Excel files, read back and accepted like a secretary does; then frozen.

        `entering` are the classes that get new pupils, all without it.
        """
        self.at(self.on(8, 25))
        secretary = self.actor("secretary")
        total = 0
        for klass in self.classes if entering is None else entering:
            path = self.folder / "excel" / self.name / f"danh-sach-{klass.name}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._roster_file(klass, pupils))
            sheet = self.work.sheets.read(path)[0]
            draft = analyse_roster(
                sheet,
                guess_mapping(sheet, ROSTER_VOCABULARY),
                self.work.roster_import.context(klass.id),
            )
            found = self.work.roster_import.compare(secretary, klass.id, draft)
            self.work.roster_import.accept(secretary, klass.id, found, source=path.name)
            view = self.work.rosters.view(secretary, klass.id)
            total += len(view.lines)
        self.at(self.on(9, 10))
        for klass in self.classes:
            self.work.rosters.freeze(secretary, klass.id)
            for row in self.work.rosters.view(secretary, klass.id).lines:
                if row.pupil_id not in self.talents:
                    self.talents[row.pupil_id] = self.invent.talent()
            self._let_pupils_choose(secretary, klass)
        return total

    def _let_pupils_choose(self, secretary: Actor, klass: SchoolClass) -> None:
        """In a class of several tổ hợp every pupil leaves out what is more than the programme's."""
        studies = self.work.studies.of_class(klass.id)
        electives = [s for s in studies.studied if s.elective and s.topics is None]
        extra = sum(s.elective for s in studies.studied) - ELECTIVES_TAKEN
        if extra < 1:
            return
        for number, entry in enumerate(studies.entries):
            left_out = [electives[(number + n) % len(electives)].id for n in range(extra)]
            self.work.studies.choose_for_pupils(
                secretary, klass.id, [entry.pupil_id], PupilChoices(frozenset(left_out))
            )

    def open_windows(self) -> None:
        """Both terms' windows by decision."""
        principal = self.work.session.actor
        decided = self.on(9, 8)
        for period, opens, closes, number in (
            (
                Period.HK1,
                self.on(9, 10),
                self.on(1, 10),
                self.plan.decision(18),
            ),
            (
                Period.HK2,
                self.on(1, 19),
                self.on(5, 27),
                self.plan.decision(19),
            ),
        ):
            self.work.control.open_window(
                principal, self.year_id, period, opens, closes, number, decided
            )

    # ---- the year

    def stages(self, *, at_once: bool = False) -> list[Stage]:
        """What happens between the windows and the year's lists, with one correction.

        `at_once`: marks are entered sheet by sheet, a whole term on one day.
        """
        live = partial(fill_term, self) if at_once else self.live_term
        return [
            ("term1", "Nhập điểm học kì I", lambda: live(Term.HK1)),
            ("close1", "Chốt học kì I", lambda: self.close_term(Term.HK1)),
            ("left", "Một em chuyển trường", self.one_pupil_leaves),
            ("correction", "Sửa một điểm có hồ sơ", lambda: correct_mark(self)),
            ("term2", "Nhập điểm học kì II", lambda: live(Term.HK2)),
            ("close2", "Chốt cả năm", lambda: self.close_term(Term.HK2)),
        ]

    def live_until(self, today: date) -> int:
        """Live the running year up to `today`, for the school to try things on."""
        self.live_term(Term.HK1, until=today)
        if today >= date(self.first_year + 1, 1, 13):
            self.close_term(Term.HK1)
            self.live_term(Term.HK2, until=today)
        return self.marks_entered

    def print_books(self) -> int:
        """The official books of every class after the year's lists; how many."""
        return print_class_books(self)

    def reprint(self, klass: SchoolClass) -> int:
        """The year book again where the summer changed it; the run of May stays as it was."""
        return reprint_class_book(self, klass)

    def print_booklets(self) -> int:
        """Học bạ of every class, once nothing of the year is open any more; how many runs."""
        return print_booklets(self)

    def live_term(self, term: Term, until: date | None = None) -> None:
        """Test days in the calendar's order; every teacher enters each column some days later.

        With `until` the term stops there: later tests have not been held yet.
        """
        # Days of học kì I end where the sample's calendar has its break, HK II where it ends.
        last = self.on(1, 10) if term is Term.HK1 else self.on(5, 25)
        today = until if until is not None and until < last else None
        for code, (month, day) in _TESTS[term].items():
            test = self.on(month, day)
            self.meanwhile(min(test, until or test))
            if until is not None and test + _LONGEST_ENTRY > until:
                self.attendance.live_until(until, today=today)
                return
            self.attendance.live_until(test, today=today)
            for klass, subject in self._sheets():
                self._enter_column(klass, subject, term, code, test)
        self.attendance.live_until(today or last, today=today)
        self._conclude_term(term)

    def _enter_column(
        self, klass: SchoolClass, subject: Subject, term: Term, code: str, test: date
    ) -> None:
        key = f"{term}.{code}"
        if code not in subject.columns(term):
            return
        sheet = SheetId(klass.id, subject.id)
        teacher = self.teacher_of(klass.id, subject)
        due = test + timedelta(days=7 if is_regular(code) else 14)
        self.at(test)
        self.work.marks.set_dates(teacher, sheet, key, test, due)
        late = self.invent.chance(0.04)
        self.at(due + timedelta(days=1) if late else test + timedelta(days=4), hour=20)
        view = self.work.marks.open(teacher, sheet)
        edits = {
            CellKey(row.pupil_id, key): self.invent.mark(self.talents[row.pupil_id], subject.kind)
            for row in view.rows
            if row.left_on is None and row.taken
        }
        self._write(teacher, sheet, view, edits, code, test + _LONGEST_ENTRY)

    def _write(
        self,
        teacher: Actor,
        sheet: SheetId,
        view: MarkSheetView,
        edits: dict[CellKey, str],
        code: str,
        makeup: date,
    ) -> None:
        """One column; `makeup` is the one day of kiểm tra bù, before the entry window ends."""
        first = next(iter(edits))
        if code == "ck" and self.invent.chance(0.06):
            del edits[first]
            self.work.marks.set_state(
                teacher, sheet, [first], CellState.PENDING_MAKEUP,
                "ốm, có giấy bệnh viện; phó hiệu trưởng cho kiểm tra bù",
            )  # fmt: skip
            self.at(makeup, hour=20)
            self.work.marks.set_state(teacher, sheet, [first], CellState.EMPTY, "")
            value = self.invent.mark(self.talents[first.pupil_id], view.kind)
            self.work.marks.set_cells(teacher, sheet, {first: value}, "key")
        elif code == "tx2" and self.invent.chance(0.02):
            del edits[first]
            self.work.marks.set_state(
                teacher, sheet, [first], CellState.ZERO_ABSENT,
                "vắng không lí do, không dự kiểm tra bù; GVCN đã báo gia đình",
            )  # fmt: skip
        self.work.marks.set_cells(teacher, sheet, edits, "paste")
        self.marks_entered += len(edits)

    def enter_conduct(self, term: Term) -> None:
        """Every GVCN's levels and comments of a term; TT58's level of the year with HK II."""
        for klass in self.classes:
            homeroom = self.homeroom(klass.id)
            edits: dict[tuple[PupilId, str], str] = {}
            grid = self.work.conduct.open(homeroom, klass.id)
            for row in grid.rows:
                if row.left:
                    continue
                level = self.invent.conduct(self.talents[row.pupil_id], grid.levels)
                edits[row.pupil_id, f"{term}.level"] = level
                if grid.year_entered and term is Term.HK2:
                    edits[row.pupil_id, "YEAR.level"] = level
                edits[row.pupil_id, f"{term}.comment"] = self.invent.choose(CONDUCT_COMMENTS)
            self.work.conduct.set_cells(homeroom, klass.id, edits, "paste")

    def _conclude_term(self, term: Term) -> None:
        self.at(self.on(1, 7) if term is Term.HK1 else self.on(5, 25))
        self.enter_conduct(term)
        for klass, subject in self._sheets():
            if term not in subject.terms:
                continue
            sheet = SheetId(klass.id, subject.id)
            teacher = self.teacher_of(klass.id, subject)
            view = self.work.marks.open(teacher, sheet)
            comments = {
                CellKey(row.pupil_id, f"{term}.comment"): self.invent.choose(COMMENTS)
                for row in view.rows
                if row.left_on is None and row.taken
            }
            self.work.marks.set_cells(teacher, sheet, comments, "fill")
            self.work.marks.confirm(teacher, sheet)

    def close_term(self, term: Term) -> None:
        """Every GVCN confirms; the principal closes and signs every class."""
        period = period_of(term)
        self.at(self.on(1, 12) if term is Term.HK1 else self.on(5, 28))
        number = self.plan.decision(7 if term is Term.HK1 else 41)
        for klass in self.classes:
            self.clock.advance(timedelta(minutes=4))
            homeroom = self.homeroom(klass.id)
            self.work.confirming.confirm(homeroom, klass.id, period, blocks_of(period))
            self.work.closing.close(self.work.session.signer, klass.id, period, number)

    def one_pupil_leaves(self) -> None:
        """A pupil moves away in February; the line is struck, the marks stay."""
        self.at(self.on(2, 2))
        secretary = self.actor("secretary")
        klass = self.classes[0]
        rows = self.work.rosters.view(secretary, klass.id).lines
        self.work.rosters.mark_left(
            secretary, klass.id, rows[-1].pupil_id, self.clock.today(), "Chuyển trường"
        )

    # ---- helpers

    def actor(self, key: str) -> Actor:
        """A person of the office with today's rights."""
        return self._actor_of(self.people[key])

    def on(self, month: int, day: int) -> date:
        """A day of the school year: August to December in its first calendar year."""
        return date(self.first_year + (month < 8), month, day)

    def at(self, day: date, hour: int = 9) -> None:
        """Move the clock on; never back."""
        when = datetime.combine(day, time(hour), VIETNAM)
        self.clock.move_to(max(when, self.clock.now() + timedelta(seconds=20)))

    def teacher_and_sheet(self, klass: SchoolClass, code: str) -> tuple[Actor, SheetId]:
        """Who teaches a subject in a class, and the sheet."""
        subject = next(s for s in self.work.setup.subjects(klass.id) if s.code == code)
        return self.teacher_of(klass.id, subject), SheetId(klass.id, subject.id)

    def _sheets(self) -> Iterator[tuple[SchoolClass, Subject]]:
        for klass in self.classes:
            for subject in self.work.setup.subjects(klass.id):
                yield klass, subject

    def _add_person(self, principal: Actor, key: str, unit: str, roles: tuple[Role, ...]) -> None:
        done = self.work.accounts.add(
            principal, self.invent.person(), PASSWORD, department=unit, roles=roles
        )
        self.people[key] = getattr(done.payload, "account_id")  # noqa: B009
        self.uids[self.people[key]] = getattr(done.payload, "uid")  # noqa: B009

    def _actor_of(self, account_id: AccountId) -> Actor:
        with self.work.session.uow.read() as uow:
            return uow.accounts.actor(self.uids[account_id], self.clock.today())

    def teacher_of(self, class_id: ClassId, subject: Subject) -> Actor:
        """Who teaches a subject in a class today."""
        with self.work.session.uow.read() as uow:
            given = uow.accounts.assignments(class_id)
        account = next(a.account_id for a in given if a.subject_id == subject.id)
        return self._actor_of(account)

    def homeroom(self, class_id: ClassId) -> Actor:
        """The class's GVCN."""
        with self.work.session.uow.read() as uow:
            given = uow.accounts.assignments(class_id)
        return self._actor_of(next(a.account_id for a in given if a.subject_id is None))

    def _roster_file(self, klass: SchoolClass, pupils: int) -> bytes:
        rows: list[list[str | int | None]] = [[self.plan.school.name.upper()], []]
        year = self.name.replace("-", " - ")
        rows.append([f"DANH SÁCH HỌC SINH LỚP {klass.name} NĂM HỌC {year}"])
        rows.append(list(_ROSTER_HEADER))
        for number in range(1, pupils + 1):
            p = self.invent.pupil(klass.grade, self.first_year)
            born = "" if p.birth_date is None else p.birth_date.strftime("%d/%m/%Y")
            rows.append(
                [number, p.ministry_code, p.personal_id, p.full_name, born, p.sex, p.ethnicity,
                 p.birthplace, p.address, p.father, p.father_job, p.mother, p.mother_job, p.phone]
            )  # fmt: skip
        return self.work.tables.workbook([PlainTable("Danh sách học sinh", rows)], klass.name)
