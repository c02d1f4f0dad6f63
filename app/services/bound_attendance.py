"""The attendance grid's port: one class and its shown days, bound to the person who opened it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from app.actor import Actor
from app.changes import CommandResult
from app.domain.attendance import Month
from app.domain.ids import ClassId
from app.readmodels.attendance_sheet import AttendanceSheet
from app.services.attendance_entry import AttendanceEntry, DayKey


class BoundAttendance:
    """What the grid asks; `show_…` chooses the days and `load` reads them."""

    def __init__(self, entry: AttendanceEntry, actor: Actor, class_id: ClassId) -> None:
        self._entry = entry
        self._actor = actor
        self._class_id = class_id
        self._month: Month | None = None
        self._days: tuple[date, date] | None = None

    def show_month(self, month: Month | None) -> None:
        """A whole month; None: the one of today."""
        self._month, self._days = month, None

    def show_week(self, day: date) -> None:
        """Monday to Sunday around `day`."""
        monday = day - timedelta(days=day.weekday())
        self._month, self._days = Month.of(day), (monday, monday + timedelta(days=6))

    def show_day(self, day: date) -> None:
        """One day alone."""
        self._month, self._days = Month.of(day), (day, day)

    def load(self) -> AttendanceSheet:
        """The shown days as they are now."""
        return self._entry.open(self._actor, self._class_id, self._month, self._days)

    def set_days(self, edits: Mapping[DayKey, str], gesture: str) -> CommandResult:
        """Write one gesture; all of it or nothing."""
        return self._entry.set_days(self._actor, self._class_id, edits, gesture)

    def history(self, key: DayKey) -> list[str]:
        """Everything that happened to a cell, oldest first."""
        return self._entry.history(self._class_id, *key)
