"""A sample primary school: the GVCN teaches most subjects, four kỳ, levels instead of marks."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from app.actor import Actor
from app.commands.invented import PRIMARY_COMMENTS, PRIMARY_NOTES
from app.commands.sample_papers import (
    correct_cell,
    print_lists,
    print_summaries,
    print_summary,
)
from app.commands.sample_school import SampleYear, Stage
from app.domain.class_confirmation import blocks_of
from app.domain.ids import AccountId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.readmodels.mark_sheet import CellKey, SheetColumn, SheetId

_SPECIALISTS = ("ngoai_ngu_1", "tin_hoc", "am_nhac", "mi_thuat", "gdtc")
"""Subjects with a teacher of their own; the GVCN teaches the rest."""
OPENS = {
    Period.GK1: (10, 20), Period.CK1: (12, 15), Period.GK2: (3, 9), Period.CN: (5, 4),
}  # fmt: skip
ENTERED = {
    Period.GK1: (11, 5), Period.CK1: (1, 5), Period.GK2: (3, 25), Period.CN: (5, 20),
}  # fmt: skip
SHUTS = {
    Period.GK1: (11, 15), Period.CK1: (1, 10), Period.GK2: (4, 5), Period.CN: (5, 27),
}  # fmt: skip
CLOSES = {
    Period.GK1: (11, 17), Period.CK1: (1, 12), Period.GK2: (4, 7), Period.CN: (5, 28),
}  # fmt: skip
_DECISIONS = {Period.GK1: 5, Period.CK1: 7, Period.GK2: 35, Period.CN: 41}


class PrimarySampleYear(SampleYear):
    """One school year of the sample primary school."""

    early_columns: ClassVar[frozenset[str]] = frozenset()
    doubted: ClassVar[tuple[str, str]] = ("GK1.muc", "T")

    def teacher_for(
        self, number: int, index: int, subject: Subject, teachers: list[AccountId]
    ) -> AccountId | None:
        """The GVCN, but for specialists; phẩm chất and năng lực came to the GVCN by themselves."""
        if subject.kind is SubjectKind.TRAITS:
            return None
        if subject.code in _SPECIALISTS:
            return teachers[-1 - _SPECIALISTS.index(subject.code)]
        return teachers[number]

    def open_windows(self) -> None:
        """The four kỳ by decision."""
        for number, period in enumerate(PRIMARY_TERMS, 18):
            self.work.control.open_window(
                self.work.session.actor,
                self.year_id,
                period,
                self.on(*OPENS[period]),
                self.on(*SHUTS[period]),
                self.plan.decision(number),
                self.on(9, 8),
            )

    def stages(self, *, at_once: bool = False) -> list[Stage]:
        """Enter and close each kỳ, sheet by sheet; a level of CK1 is corrected after its close."""
        del at_once
        found: list[Stage] = []
        for period in PRIMARY_TERMS:
            code = period.value.lower()
            found += [
                (code, f"Đánh giá {period.words}", partial(self.live_period, period)),
                (f"close_{code}", f"Chốt {period.words}", partial(self.close_period, period)),
            ]
            if period is Period.CK1:
                found += [
                    ("left", "Một em chuyển trường", self.one_pupil_leaves),
                    ("correction", "Sửa một mức có hồ sơ", self._correct),
                ]
        return found

    def live_until(self, today: date) -> int:
        """Live the running year up to `today`; a kỳ whose window is open is entered by half."""
        for period in PRIMARY_TERMS:
            if today < self.on(*SHUTS[period]):
                self.begin_period(period, today)
                break
            self.live_period(period)
            if today < self.on(*CLOSES[period]):
                break
            self.close_period(period)
        return self.marks_entered

    def begin_period(self, period: Period, today: date) -> None:
        """The kỳ that is not over: nothing of it before its window opens, then half of it."""
        if today < self.on(*OPENS[period]):
            self.attendance.live_until(today, today=today)
        else:
            self.live_period(period, until=today)

    def live_period(self, period: Period, until: date | None = None) -> None:
        """Every teacher enters and confirms; with `until` inside the window only some did."""
        entered = self.on(*ENTERED[period])
        half = until is not None and until < self.on(*SHUTS[period])
        last = min(until, entered) if until is not None else entered
        shut = self.on(*SHUTS[period])
        self.attendance.live_until(min(last, shut), today=until if half else None)
        self.at(last, hour=14)
        for number, klass in enumerate(self.classes):
            for at, subject in enumerate(self.work.setup.subjects(klass.id)):
                if half and (number + at) % 3 == 0:
                    continue
                self._enter(klass, subject, period)
        if not half:
            self.attendance.live_until(self.on(*CLOSES[period]) - timedelta(days=1))

    def close_period(self, period: Period) -> None:
        """Every GVCN confirms; the principal closes and signs every class."""
        self.at(self.on(*CLOSES[period]))
        number = self.plan.decision(_DECISIONS[period])
        for klass in self.classes:
            self.clock.advance(timedelta(minutes=4))
            homeroom = self.homeroom(klass.id)
            self.work.confirming.confirm(homeroom, klass.id, period, blocks_of(period))
            self.work.closing.close(self.work.session.signer, klass.id, period, number)

    def print_books(self) -> int:
        """Bảng tổng hợp of the four kỳ and the lists of the year."""
        count = print_summaries(self, PRIMARY_TERMS)
        return count + sum(print_lists(self, k, "danh-sach_cuoi-nam") for k in self.classes)

    def reprint(self, klass: SchoolClass) -> int:
        """The year's table and the lists as they are after the summer."""
        count = print_summary(self, klass, Period.CN, "-sau-he")
        return count + print_lists(self, klass, "danh-sach_sau-he")

    def _enter(self, klass: SchoolClass, subject: Subject, period: Period) -> None:
        sheet = SheetId(klass.id, subject.id)
        teacher = self.teacher_of(klass.id, subject)
        view = self.work.marks.open(teacher, sheet)
        columns = [column for column in view.columns if column.term is period]
        edits: dict[CellKey, str] = {}
        for row in view.rows:
            if row.left_on is not None:
                continue
            talent = self.talents[row.pupil_id]
            # One sure hand a pupil and subject: its level goes with its test.
            grade = self.invent.primary_score(talent)
            for column in columns:
                text = self._value(subject, column, grade)
                if text:
                    edits[CellKey(row.pupil_id, column.key)] = text
        self.work.marks.set_cells(teacher, sheet, edits, "paste")
        self.marks_entered += len(edits)
        self._confirm(teacher, sheet, period)

    def _confirm(self, teacher: Actor, sheet: SheetId, period: Period) -> None:
        self.clock.advance(timedelta(seconds=30))
        self.work.marks.confirm(teacher, sheet, period)

    def _value(self, subject: Subject, column: SheetColumn, grade: int) -> str:
        traits = subject.kind is SubjectKind.TRAITS
        if column.is_comment:
            return "" if traits and grade < 9 else self._comment(traits=traits)
        match subject.kind_of(column.code):
            case SubjectKind.SCORES:
                return str(grade)
            case SubjectKind.LEVELS:
                return "C" if grade < 5 else "T" if grade >= 8 else "H"
            case SubjectKind.TRAITS:
                return "C" if grade < 4 else "T" if grade >= 7 else "Đ"
            case SubjectKind.FLAGS:
                return "x" if grade >= 9 and self.invent.chance(0.5) else ""
        return ""

    def _comment(self, *, traits: bool) -> str:
        return self.invent.choose(PRIMARY_NOTES if traits else PRIMARY_COMMENTS)

    def _correct(self) -> None:
        def right(old: str) -> str:
            return "T" if old != "T" else "H"

        correct_cell(self, "toan", "am_nhac", f"{Period.CK1}.muc", right)
