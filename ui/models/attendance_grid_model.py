"""Điểm danh as a table model: one cached sheet, one gesture a command, nothing asked in data()."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from typing_extensions import override

from app.changes import CommandResult
from app.domain.attendance import WEEKDAYS, Absence, Month
from app.domain.ids import PupilId
from app.domain.locks import WhyLocked
from app.errors import AppError
from app.readmodels.attendance_sheet import AttendanceRow, AttendanceSheet, DayView
from ui.models.mark_grid_model import NAME, NO_PARENT, STT, Index

DayKey = tuple[PupilId, date]
FIRST_DAY = 2
"""Model columns: STT, name, the shown days, then the totals."""


class Total(Enum):
    """Columns after the days; the value is the heading."""

    ALL = "TS"
    EXCUSED = "P"
    UNEXCUSED = "K"
    YEAR = "Năm"


class AttendancePort(Protocol):
    """One class as one signed-in person may use it."""

    def load(self) -> AttendanceSheet:
        """The shown days as they are now."""
        ...

    def set_days(self, edits: Mapping[DayKey, str], gesture: str) -> CommandResult:
        """Write one gesture; raises AppError and writes nothing when any cell is refused."""
        ...

    def history(self, key: DayKey) -> list[str]:
        """Everything that happened to a cell."""
        ...


class AttendanceGridModel(QAbstractTableModel):
    """Rows are pupils. `in_words`: one day alone, written out instead of P and K."""

    refused = Signal(int, int, object)
    """Row, column and AppError of a gesture that wrote nothing."""
    saved = Signal(object)
    """CommandResult of a committed gesture."""

    def __init__(self, port: AttendancePort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._sheet: AttendanceSheet | None = None

    # --- what is shown

    @property
    def sheet(self) -> AttendanceSheet:
        """The sheet as last read; only after `load`."""
        if self._sheet is None:
            raise LookupError("the sheet has not been loaded")
        return self._sheet

    @property
    def in_words(self) -> bool:
        """Whether one day alone is shown."""
        return len(self.sheet.days) == 1

    @property
    def _totals(self) -> tuple[Total, ...]:
        return (Total.YEAR,) if self.in_words else tuple(Total)

    @property
    def last_day(self) -> int:
        """Model column of the last day."""
        return FIRST_DAY + len(self.sheet.days) - 1

    def load(self) -> AttendanceSheet:
        """Read the sheet; raises AppError when it cannot be read."""
        self._take(self._port.load())
        return self.sheet

    def row_at(self, row: int) -> AttendanceRow:
        """The pupil of a row."""
        return self.sheet.rows[row]

    def day_at(self, column: int) -> DayView | None:
        """The day of a column; None for STT, name and totals."""
        at = column - FIRST_DAY
        return self.sheet.days[at] if 0 <= at < len(self.sheet.days) else None

    def total_at(self, column: int) -> Total | None:
        """Which total a column shows."""
        at = column - self.last_day - 1
        return self._totals[at] if 0 <= at < len(self._totals) else None

    def sign(self, row: int, column: int) -> str:
        """P, K or "" of a day cell; "" elsewhere."""
        day = self.day_at(column)
        found = None if day is None else self.sheet.rows[row].marks.get(day.day)
        return "" if found is None else found.value

    def is_late(self, row: int, column: int) -> bool:
        """Whether the day was written after its month's due day."""
        day = self.day_at(column)
        return day is not None and day.day in self.sheet.rows[row].late

    def is_taught(self, row: int, column: int) -> bool:
        """Whether the pupil had school here on that day, written or not."""
        day = self.day_at(column)
        return day is not None and not day.closed and self.sheet.rows[row].is_there(day.day)

    def is_open(self, row: int, column: int) -> bool:
        """Whether this cell can be written now."""
        day = self.day_at(column)
        if day is None or not day.open or not self.is_taught(row, column):
            return False
        return not (day.fill_only and self.sign(row, column))

    def figure(self, row: int, column: int) -> int:
        """The number of a total column."""
        pupil = self.sheet.rows[row]
        match self.total_at(column):
            case Total.YEAR:
                return pupil.year_total
            case Total.ALL:
                return len(pupil.marks)
            case Total.EXCUSED:
                return sum(kind is Absence.EXCUSED for kind in pupil.marks.values())
            case _:
                return sum(kind is Absence.UNEXCUSED for kind in pupil.marks.values())

    def why(self, row: int, column: int) -> WhyLocked:
        """Why this cell cannot be written."""
        day, pupil = self.day_at(column), self.sheet.rows[row]
        if day is None:
            return WhyLocked(self.tr("Cột này máy tự đếm từ các ngày nên không gõ được."))
        when = f"{day.day:%d/%m/%Y}"
        if day.closed:
            words = self.tr("Ngày {day} không có buổi học: {why}.").format(day=when, why=day.closed)
            return WhyLocked(words, how=self.tr("Nếu có học bù, văn thư ghi vào Lịch năm học"))
        if not pupil.is_there(day.day):
            left = pupil.left_on
            if left is not None and day.day >= left:
                words = self.tr("{name} rời lớp ngày {day}.")
                return WhyLocked(words.format(name=pupil.name, day=f"{left:%d/%m/%Y}"))
            words = self.tr("{name} vào lớp ngày {day}.")
            return WhyLocked(words.format(name=pupil.name, day=f"{pupil.joined_on:%d/%m/%Y}"))
        return day.why or WhyLocked(self.tr("Ô này đang ghi được."))

    def key_at(self, row: int, column: int) -> DayKey | None:
        """Pupil and day of a cell; None outside the days."""
        day = self.day_at(column)
        return None if day is None else (self.sheet.rows[row].pupil_id, day.day)

    def place_of(self, key: DayKey) -> tuple[int, int] | None:
        """Row and column of a pupil and day; None when they are not shown."""
        for row, pupil in enumerate(self.sheet.rows):
            if pupil.pupil_id == key[0]:
                for at, day in enumerate(self.sheet.days):
                    if day.day == key[1]:
                        return row, FIRST_DAY + at
        return None

    # --- gestures

    def write(self, edits: Mapping[DayKey, str], gesture: str) -> bool:
        """Send one gesture; False when it was refused (`refused` says why)."""
        if not edits:
            return True
        try:
            result = self._port.set_days(edits, gesture)
            self._take(self._port.load())
        except AppError as error:
            failed = error.facts.get("cells")
            first = next(iter(failed if isinstance(failed, Mapping) and failed else edits))
            self.refused.emit(*(self.place_of(first) or (-1, -1)), error)
            return False
        self.saved.emit(result)
        return True

    def history(self, key: DayKey) -> list[str]:
        """Everything that happened to a cell; raises AppError."""
        return self._port.history(key)

    # --- Qt

    @override
    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.rows)

    @override
    def columnCount(self, parent: Index = NO_PARENT) -> int:
        if parent.isValid() or self._sheet is None:
            return 0
        return FIRST_DAY + len(self._sheet.days) + len(self._totals)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row, column)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        day, total = self.day_at(section), self.total_at(section)
        if day is not None:
            return f"{day.sign} {day.day:%d/%m}"
        if total is not None:
            return total.value
        return self.tr("STT") if section == STT else self.tr("Họ và tên")

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        if self.day_at(column) is not None:
            return self.sign(row, column)
        if self.total_at(column) is not None:
            return str(self.figure(row, column))
        pupil = self.sheet.rows[row]
        return str(pupil.position) if column == STT else pupil.name

    def spoken(self, row: int, column: int) -> str:
        """The cell in words, for a screen reader."""
        day = self.day_at(column)
        if day is None or column in (STT, NAME):
            return self.text(row, column)
        sign = self.sign(row, column)
        what = self.tr("có mặt")
        if sign:
            what = self.tr("nghỉ {kind}").format(kind=Absence(sign).label)
        elif day.closed:
            what = day.closed
        weekday = WEEKDAYS[day.day.weekday()]
        return f"{self.sheet.rows[row].name}, {weekday} {day.day:%d/%m}, {what}"

    # --- inside

    def _tip(self, row: int, column: int) -> str:
        day = self.day_at(column)
        if day is None:
            return self.row_at(row).name if column == NAME else ""
        if day.closed:
            return day.closed
        if self.is_late(row, column):
            due = self.sheet.calendar.due_on(Month.of(day.day))
            return self.tr("Ghi sau hạn {day}").format(day=f"{due:%d/%m/%Y}")
        return ""

    def _take(self, sheet: AttendanceSheet) -> None:
        former = self._sheet
        same = former is not None and _frame(former) == _frame(sheet)
        if not same or former is None:
            self.beginResetModel()
            self._sheet = sheet
            self.endResetModel()
            return
        self._sheet = sheet
        last = self.columnCount() - 1
        for row, (before, after) in enumerate(zip(former.rows, sheet.rows, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row, FIRST_DAY), self.index(row, last))


def _frame(sheet: AttendanceSheet) -> tuple[object, ...]:
    """What must stay the same for cells to be repainted one by one."""
    pupils = tuple((r.pupil_id, r.position, r.name, r.joined_on, r.left_on) for r in sheet.rows)
    return sheet.class_id, sheet.days, pupils
