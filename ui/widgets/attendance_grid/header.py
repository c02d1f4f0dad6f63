"""The attendance grid's head: day, weekday, today tinted, days without school greyed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget
from typing_extensions import override

from app.domain.attendance import WEEKDAYS
from ui.models.attendance_grid_model import AttendanceGridModel, Total
from ui.models.mark_grid_model import NAME, STT
from ui.theme.look import Look
from ui.theme.typography import Role

HEAD = 44
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_BASE = int(Qt.AlignmentFlag.AlignVCenter)
_WIDE = 60
"""A day column from this width on writes its day with the month."""


class AttendanceHeader(QHeaderView):
    """Says which column was pressed."""

    column_pressed = Signal(int, bool)
    """Model column, whether Shift stretches the selection."""

    def __init__(self, model: AttendanceGridModel, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self._look = look
        self._current = -1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(18)
        self.setAccessibleName(self.tr("Ngày và thứ"))
        look.changed.connect(self.viewport().update)

    def set_current(self, column: int) -> None:
        """Tint the head of the active cell's column."""
        if column != self._current:
            self._current = column
            self.viewport().update()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Nothing: only the active column is tinted."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._look.color("well"))
        for column in range(self.count()):
            left, width = self.sectionViewportPosition(column), self.sectionSize(column)
            if left <= area.right() and left + width >= area.left():
                self._paint_column(painter, column, QRect(left, 0, width, HEAD))
        painter.setPen(self._look.color("line2"))
        painter.drawLine(area.left(), HEAD - 1, area.right(), HEAD - 1)
        painter.end()

    def _paint_column(self, p: QPainter, column: int, room: QRect) -> None:
        look = self._look
        if column in (STT, NAME):
            words = self.tr("STT") if column == STT else self.tr("Họ và tên")
            p.setFont(look.font(Role.CAPTION if column == STT else Role.STRONG))
            p.setPen(look.color("ink3" if column == STT else "ink"))
            side = Qt.AlignmentFlag.AlignRight if column == STT else Qt.AlignmentFlag.AlignLeft
            left = 0 if column == STT else 10
            p.drawText(room.adjusted(left, 0, -9, 0), int(side) | _BASE, words)
            return
        here = column == self._current
        if here:
            p.fillRect(room, look.color("tint2"))
        p.setPen(look.color("line"))
        p.drawLine(room.right(), 0, room.right(), HEAD)
        upper, lower = room.adjusted(0, 4, -1, -HEAD // 2), room.adjusted(0, HEAD // 2, -1, -4)
        total = self._grid.total_at(column)
        if total is not None:
            p.setFont(look.font(Role.STRONG))
            p.setPen(look.color("ink"))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            p.drawText(lower.adjusted(-4, 0, -8, 0), right, total.value)
            return
        day = self._grid.day_at(column)
        if day is None:
            return
        today = day.day == self._grid.sheet.today
        quiet = "ink2" if here else "ink3"
        wide = room.width() >= _WIDE
        number = f"{day.day:%d/%m}" if wide else str(day.day.day)
        p.setFont(look.font(Role.SMALL if day.closed else Role.STRONG))
        p.setPen(look.color("accent" if today else (quiet if day.closed else "ink")))
        p.drawText(upper, _MIDDLE, number)
        p.setFont(look.font(Role.SMALL_STRONG if today else Role.SMALL))
        p.setPen(look.color("accent" if today else quiet))
        words = WEEKDAYS[day.day.weekday()] if room.width() >= 2 * _WIDE else day.sign
        p.drawText(lower, _MIDDLE, words)
        if today:
            p.fillRect(room.left(), HEAD - 4, room.width() - 1, 3, look.color("accent"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self.logicalIndexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and column >= 0:
            stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.column_pressed.emit(column, stretch)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip(self.logicalIndexAt(event.pos()))
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def tip(self, column: int) -> str:
        """The day in full with the reason when there is no school; what a total counts."""
        day, total = self._grid.day_at(column), self._grid.total_at(column)
        if day is not None:
            words = f"{WEEKDAYS[day.day.weekday()]}, {day.day:%d/%m/%Y}"
            return f"{words}: {day.closed}" if day.closed else words
        return {
            None: "",
            Total.ALL: self.tr("Tổng số buổi nghỉ của các ngày đang xem"),
            Total.EXCUSED: self.tr("Nghỉ có phép của các ngày đang xem"),
            Total.UNEXCUSED: self.tr("Nghỉ không phép của các ngày đang xem"),
            Total.YEAR: self.tr("Tổng số buổi nghỉ từ đầu năm học"),
        }[total]
