"""The view of the attendance grid: paints lines and frame, turns events into moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QLine, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView
from typing_extensions import override

from ui.delegates.attendance_delegate import AttendanceDelegate
from ui.models.attendance_grid_model import FIRST_DAY, AttendanceGridModel
from ui.models.mark_grid_model import NAME, STT
from ui.theme.look import Look
from ui.theme.tokens import MARK_ROW, NAME_COLUMN, STT_COLUMN
from ui.widgets.attendance_grid.header import AttendanceHeader
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.cursor import NOWHERE, Cell, GridCursor

_TOTAL, _LEAST_DAY, _MOST_DAY, _NAME_MOST = 42, 24, 110, 260


class AttendanceTable(QTableView):
    """Names and all days of a month fit side by side, so nothing scrolls sideways at 1280."""

    key_pressed = Signal(QKeyEvent)
    cell_pressed_again = Signal()
    """A click on the cell that was active already: the next sign."""
    menu_requested = Signal(QPoint)

    def __init__(self, model: AttendanceGridModel, look: Look, cursor: GridCursor) -> None:
        super().__init__()
        self._grid = model
        self._look = look
        self._cursor = cursor
        self._again = False
        self.cells = AttendanceDelegate(model, look, self)
        self.head = AttendanceHeader(model, look, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(MARK_ROW)
        rows.setDefaultSectionSize(MARK_ROW)
        self.verticalScrollBar().setSingleStep(MARK_ROW)
        self.setAccessibleName(self.tr("Điểm danh theo ngày"))
        model.modelReset.connect(self.fit_columns)
        look.changed.connect(self.prepare)
        self.prepare()

    def prepare(self) -> None:
        """Make pens and glyphs for the theme and scale in force."""
        self.cells.prepare(self.devicePixelRatioF())
        self.viewport().update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.prepare()
        return bool(super().event(event))

    def fit_columns(self) -> None:
        """Days share what names and totals leave; names get the rest."""
        count = self._grid.columnCount()
        if not count:
            return
        days = len(self._grid.sheet.days)
        totals = count - FIRST_DAY - days
        room = self.viewport().width() - STT_COLUMN - totals * _TOTAL
        # One day alone is written out, so it takes what the names leave.
        most = room - _NAME_MOST if days == 1 else _MOST_DAY
        day = max(_LEAST_DAY, min(most, (room - NAME_COLUMN) // days))
        self.setColumnWidth(STT, STT_COLUMN)
        self.setColumnWidth(NAME, max(NAME_COLUMN, min(_NAME_MOST, room - days * day)))
        for column in range(FIRST_DAY, count):
            width = day if self._grid.day_at(column) is not None else _TOTAL
            self.setColumnWidth(column, width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    # --- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_lines(painter, event.rect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for block in self._cursor.blocks:
            pen = QPen(self.cells.names.accent, 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.block_rect(block).adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_lines(self, painter: QPainter, area: QRect) -> None:
        count, names = self._grid.rowCount(), self.cells.names
        if not count:
            return
        right = min(area.right(), self.head.length() - self.head.offset() - 1)
        bottom = self.rowViewportPosition(count - 1) + MARK_ROW - 1
        thin: list[QLine] = []
        strong: list[QLine] = []
        for row in range(max(0, self.rowAt(area.top())), count):
            y = self.rowViewportPosition(row) + MARK_ROW - 1
            if y > area.bottom():
                break
            line = QLine(area.left(), y, right, y)
            (strong if row % 5 == 4 or row == count - 1 else thin).append(line)
        for column in range(FIRST_DAY, self._grid.columnCount()):
            x = self.columnViewportPosition(column) + self.columnWidth(column) - 1
            line = QLine(x, area.top(), x, min(area.bottom(), bottom))
            day = self._grid.day_at(column)
            (strong if day is not None and day.day.weekday() == 6 else thin).append(line)
        painter.setPen(names.line)
        painter.drawLines(thin)
        painter.setPen(names.strong_line)
        painter.drawLines(strong)
        margin = self.columnViewportPosition(NAME) + self.columnWidth(NAME) - 1
        painter.setPen(QPen(self._look.color("margin"), 2))
        painter.drawLine(margin, area.top(), margin, min(area.bottom(), bottom))

    def block_rect(self, block: Block) -> QRect:
        """A block in viewport coordinates."""
        left, top = self.columnViewportPosition(block.left), self.rowViewportPosition(block.top)
        right = self.columnViewportPosition(block.right) + self.columnWidth(block.right)
        bottom = self.rowViewportPosition(block.bottom) + MARK_ROW
        return QRect(left, top, right - left, bottom - top)

    def follow_cursor(self) -> None:
        """Show where the cursor is."""
        cursor = self._cursor
        self.cells.selected = frozenset(c for block in cursor.blocks for c in block.cells())
        self.cells.current = cursor.active
        self.head.set_current(cursor.active[1])
        if cursor.active != NOWHERE:
            index = self._grid.index(*cursor.active)
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(self._grid.index(*cursor.corner))
        self.viewport().update()

    # --- keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def _cell_at(self, place: QPoint) -> Cell:
        bounds = self._cursor.bounds
        row, column = self.rowAt(place.y()), self.columnAt(place.x())
        row = bounds.bottom if row < 0 else row
        column = bounds.right if column < 0 else column
        return max(bounds.top, row), min(max(bounds.left, column), bounds.right)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._cursor.active == NOWHERE:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = event.position().toPoint()
        cell = self._cell_at(place)
        before = self._cursor.active
        single = len(self.cells.selected) == 1
        self._again = False
        if event.button() is not Qt.MouseButton.LeftButton:
            if cell not in self.cells.selected:
                self._cursor.go(*cell)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._cursor.extend_to(*cell)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._cursor.add(*cell)
        else:
            on_day = self._grid.day_at(self.columnAt(place.x())) is not None
            self._again = single and cell == before and on_day and self.indexAt(place).isValid()
            self._cursor.go(*cell)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = event.buttons() & Qt.MouseButton.LeftButton
        if held and self._cursor.active != NOWHERE:
            cell = self._cell_at(event.position().toPoint())
            if cell != self._cursor.corner:
                self._again = False
                self._cursor.extend_to(*cell)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        again, self._again = self._again, False
        if again:
            self.cell_pressed_again.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The second press of two quick ones is a press like any other.
        self.mousePressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._cursor.active != NOWHERE:
            self.menu_requested.emit(event.globalPos())
