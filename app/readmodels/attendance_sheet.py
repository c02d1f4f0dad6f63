"""Điểm danh of one class and month, ready to be painted: days, signs, totals, reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.attendance import (
    Absence,
    Declared,
    Month,
    MonthState,
    Nearness,
    SchoolCalendar,
    Span,
    in_class,
)
from app.domain.ids import ClassId, PupilId
from app.domain.locks import WhyLocked


@dataclass(frozen=True, slots=True)
class DayView:
    """One column. `closed` says why there is no school ("" for a school day).

    `why` answers why nobody may write this day now; `fill_only`: a late opening lets empty cells be
    filled and nothing more.
    """

    day: date
    sign: str
    closed: str = ""
    why: WhyLocked | None = None
    fill_only: bool = False

    @property
    def open(self) -> bool:
        """Whether anything may be written here."""
        return not self.closed and (self.why is None or self.fill_only)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One pupil; `marks` and `late` of the shown days, `before` counts the year's other days."""

    pupil_id: PupilId
    position: int
    name: str
    joined_on: date
    left_on: date | None
    marks: dict[date, Absence] = field(default_factory=dict)
    late: frozenset[date] = frozenset()
    before: int = 0

    @property
    def year_total(self) -> int:
        """Buổi of the whole year."""
        return self.before + len(self.marks)

    def is_there(self, day: date) -> bool:
        """Whether the pupil belonged to the class on `day`."""
        return in_class(day, self.joined_on, self.left_on)


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month in the picker; `spans` are its parts, `waiting` those nobody declared."""

    month: Month
    state: MonthState
    due_on: date
    spans: tuple[Span, ...]
    waiting: tuple[Span, ...]
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class NearLine:
    """A pupil near the limit of the year."""

    pupil_id: PupilId
    position: int
    name: str
    excused: int
    unexcused: int
    nearness: Nearness

    @property
    def total(self) -> int:
        """Buổi of the year."""
        return self.excused + self.unexcused


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """The whole page of a class and month as one person may use it.

    `may_enter`: this person is the GVCN. `limit`: buổi of a year the regulation allows, None
    where it has no limit (primary classes).
    """

    class_id: ClassId
    class_name: str
    school_year: str
    calendar: SchoolCalendar
    month: Month
    today: date
    days: tuple[DayView, ...]
    rows: tuple[AttendanceRow, ...]
    months: tuple[MonthView, ...]
    near: tuple[NearLine, ...]
    limit: int | None
    may_enter: bool
    chip: str
    chip_open: bool

    def view(self, month: Month) -> MonthView:
        """The picker's entry of a month."""
        return next(one for one in self.months if one.month == month)
