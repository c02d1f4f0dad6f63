"""The grid's head: group band, column name with its lock, test date, due date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget
from typing_extensions import override

from app.domain.periods import short_term
from app.domain.subjects import column_words
from app.readmodels.mark_sheet import SheetColumn
from ui.models.mark_grid_model import NAME, STT, MarkGridModel, Section
from ui.theme.look import Look
from ui.theme.tokens import MARK_HEAD
from ui.theme.typography import Role

_BAND = 22
_GROUP_BASE, _TITLE_BASE, _TEST_BASE, _DUE_BASE, _FROZEN_BASE = 16, 37, 52, 66, 61
_LEFT, _LOCK = 9, 14


class MarkHeader(QHeaderView):
    """Paints itself from the sheet's columns; says which column was pressed."""

    column_pressed = Signal(int, bool)
    """Model column, whether Shift stretches the selection."""
    column_dragged = Signal(int)
    column_opened = Signal(int)
    """Double click: the person wants this column's dates."""
    menu_requested = Signal(int, QPoint)
    """Model column and the place on the screen of a right click."""

    def __init__(self, model: MarkGridModel, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = model
        self._look = look
        self._current = -1
        self._pressed = False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setAccessibleName(self.tr("Tên cột, ngày kiểm tra, hạn vào điểm"))

    def set_current(self, column: int) -> None:
        """Tint the head of the active cell's column."""
        if column != self._current:
            before, self._current = self._current, column
            for at in (before, column):
                if 0 <= at < self.count():
                    self.updateSection(at)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Nothing: only the active column is tinted, and `set_current` repaints it."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), MARK_HEAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._look.color("well"))
        for logical in range(self.count()):
            if self.isSectionHidden(logical):
                continue
            left, width = self.sectionViewportPosition(logical), self.sectionSize(logical)
            if left > area.right() or left + width < area.left():
                continue
            column = self._sheet.column_at(logical)
            if column is None:
                self._paint_frozen(painter, logical, left, width)
            else:
                self._paint_column(painter, logical, column, left, width)
        painter.setPen(self._look.color("line2"))
        painter.drawLine(area.left(), MARK_HEAD - 1, area.right(), MARK_HEAD - 1)
        painter.end()

    def _paint_frozen(self, p: QPainter, logical: int, left: int, width: int) -> None:
        if logical == STT:
            font, tone = self._look.font(Role.CAPTION), "ink3"
            room = QRect(left, 0, width - 9, MARK_HEAD)
            self._write(p, self.tr("STT"), font, tone, room, _FROZEN_BASE, at_right=True)
        elif logical == NAME:
            room = QRect(left + 10, 0, width - 12, MARK_HEAD)
            font = self._look.font(Role.STRONG)
            self._write(p, self.tr("Họ và tên"), font, "ink", room, _FROZEN_BASE)

    def _paint_column(
        self, p: QPainter, logical: int, column: SheetColumn, left: int, width: int
    ) -> None:
        look = self._look
        inset = _LEFT + (2 if column.is_comment else 0)
        room = QRect(left + inset, 0, width - inset - 4, MARK_HEAD)
        banded = bool(column.group) and not column.computed
        if logical == self._current:
            top = _BAND if column.group else 0
            p.fillRect(QRect(left, top, width, MARK_HEAD - top), look.color("tint2"))
        p.setPen(look.color("line"))
        right = left + width - 1
        p.drawLine(right, 0 if self._ends_group(logical) else _BAND, right, MARK_HEAD)
        if banded:
            p.drawLine(left, _BAND - 1, right, _BAND - 1)
        if column.group and self._begins_group(logical):
            span = QRect(left + inset, 0, self._group_width(logical) - inset - 4, _BAND)
            small = look.font(Role.SMALL)
            words = self._group_words(column, QFontMetrics(small), span.width())
            self._write(p, words, small, "ink2", span, _GROUP_BASE)
        caption = look.font(Role.SMALL)
        self._write(p, column.title, look.font(Role.STRONG), "ink", room, _TITLE_BASE)
        if column.is_comment:
            note = self.tr("tối đa 120 chữ, in vào sổ")
            self._write(p, note, caption, self._quiet(logical), room, _TEST_BASE)
            return
        if column.computed:
            self._write(p, self.tr("tự tính"), caption, self._quiet(logical), room, _TEST_BASE)
            return
        self._paint_lock(p, column, right)
        if column.test_on is not None:
            test = self.tr("KT {day}").format(day=column.test_on.strftime("%d/%m"))
            self._write(p, test, caption, self._quiet(logical), room, _TEST_BASE)
        if column.due_on is not None:
            due = self.tr("hạn {day}").format(day=column.due_on.strftime("%d/%m"))
            if column.overdue:
                strong = look.font(Role.SMALL_STRONG)
                self._write(p, due, strong, "red", room, _DUE_BASE)
            else:
                self._write(p, due, caption, self._quiet(logical), room, _DUE_BASE)

    def _group_words(self, column: SheetColumn, metrics: QFontMetrics, room: int) -> str:
        """In the year the terms have the same groups side by side: the term comes first."""
        if self._sheet.section is not Section.YEAR or column.term is None or column.computed:
            return column.group
        if column.group == column.term.label:
            return column.group
        term = short_term(column.term)
        words = f"{term} · {column.group}"
        # Over one narrow column the term alone is worth more than half a word.
        return words if metrics.horizontalAdvance(words) <= room else term

    def _paint_lock(self, p: QPainter, column: SheetColumn, right: int) -> None:
        name, tone = ("lock-closed", "ink2") if column.locked else ("lock-open", "green")
        glyph = self._look.pixmap(name, tone, _LOCK, self.devicePixelRatioF())
        p.drawPixmap(QPoint(right - 8 - _LOCK, _TITLE_BASE - 12), glyph)

    def _quiet(self, logical: int) -> str:
        # ink3 is never used on tint2: too little contrast.
        return "ink2" if logical == self._current else "ink3"

    def _write(
        self,
        p: QPainter,
        words: str,
        font: QFont,
        tone: str,
        room: QRect,
        base: int,
        *,
        at_right: bool = False,
    ) -> None:
        p.setFont(font)
        p.setPen(self._look.color(tone))
        metrics = p.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        left = room.right() + 1 - metrics.horizontalAdvance(shown) if at_right else room.left()
        p.drawText(QPoint(left, base), shown)

    # --- groups

    def _group_of(self, logical: int) -> tuple[object, str] | None:
        column = self._sheet.column_at(logical) if logical < self.count() else None
        return (column.term, column.group) if column is not None else None

    def _begins_group(self, logical: int) -> bool:
        return self._group_of(logical) != self._group_of(logical - 1)

    def _ends_group(self, logical: int) -> bool:
        return self._group_of(logical) != self._group_of(logical + 1)

    def _group_width(self, logical: int) -> int:
        group, width = self._group_of(logical), 0
        while logical < self.count() and self._group_of(logical) == group:
            width += self.sectionSize(logical)
            logical += 1
        return width

    # --- mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        logical = self.logicalIndexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and logical >= 0:
            self._pressed = True
            stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.column_pressed.emit(logical, stretch)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        logical = self.logicalIndexAt(event.position().toPoint())
        if self._pressed and logical >= 0:
            self.column_dragged.emit(logical)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = False

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        logical = self.logicalIndexAt(event.position().toPoint())
        if logical >= 0:
            self.column_opened.emit(logical)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        logical = self.logicalIndexAt(event.pos())
        if self._sheet.column_at(max(0, logical)) is not None:
            self.menu_requested.emit(logical, event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            column = self._sheet.column_at(max(0, self.logicalIndexAt(event.pos())))
            if column is not None:
                QToolTip.showText(event.globalPos(), self._tip(column), self.viewport())
                return True
        return bool(super().viewportEvent(event))

    def _tip(self, column: SheetColumn) -> str:
        if column.is_comment or column.computed:
            return column.title
        parts = [f"{column.title}: {column_words(column.code)}"]
        if column.test_on is not None:
            parts.append(self.tr("kiểm tra {day}").format(day=_full(column.test_on)))
        if column.due_on is not None:
            parts.append(self.tr("hạn vào điểm {day}").format(day=_full(column.due_on)))
        parts.append(self.tr("đã khóa") if column.locked else self.tr("đang mở"))
        if self._sheet.sheet.can_enter and not column.locked:
            parts.append(self.tr("bấm nút phải chuột để ghi ngày"))
        return ", ".join(parts)


def _full(day: date) -> str:
    return day.strftime("%d/%m/%Y")
