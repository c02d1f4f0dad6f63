"""What the frozen and the scrolling view of the mark grid share, and the frozen one."""

from __future__ import annotations

from PySide6.QtCore import QLine, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView
from typing_extensions import override

from ui.delegates.mark_delegate import MarkDelegate
from ui.models.mark_grid_model import FIRST_CELL, NAME, STT, MarkGridModel
from ui.theme.look import Look
from ui.theme.tokens import MARK_COLUMN, MARK_ROW, NAME_COLUMN, STT_COLUMN
from ui.theme.typography import Role
from ui.widgets.mark_grid.header import MarkHeader

MARGIN_LINE = 2
"""Width of the red line, px."""
_NAME_AIR = 18
"""Room left and right of a name, px."""


class SheetView(QTableView):
    """What both views of the grid share: measures, painter, row lines, no built-in keys."""

    def __init__(self, model: MarkGridModel, look: Look, delegate: MarkDelegate) -> None:
        super().__init__()
        self._sheet = model
        self._look = look
        self._cells = delegate
        self.head = MarkHeader(model, look, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(MARK_ROW)
        rows.setDefaultSectionSize(MARK_ROW)
        self.verticalScrollBar().setSingleStep(MARK_ROW)
        self.horizontalScrollBar().setSingleStep(MARK_COLUMN // 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.paint_over(painter, event.rect())
        painter.end()

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Lines between the cells of `area`: every fifth row heavier."""
        ink = self._cells.painter_of_cells
        count = self._sheet.rowCount()
        if ink is None or count == 0:
            return
        right = min(area.right(), self.head.length() - self.head.offset() - 1)
        first = max(0, self.rowAt(area.top()))
        last = self.rowAt(area.bottom())
        last = count - 1 if last < 0 else last
        base = self.rowViewportPosition(first)
        thin: list[QLine] = []
        strong: list[QLine] = []
        for row in range(first, last + 1):
            y = base + (row - first + 1) * MARK_ROW - 1
            line = QLine(area.left(), y, right, y)
            (strong if row % 5 == 4 or row == count - 1 else thin).append(line)
        end = min(area.bottom(), base + self._depth(first))
        thin.extend(QLine(x, area.top(), x, end) for x in self.column_edges(area))
        painter.setPen(ink.line)
        painter.drawLines(thin)
        painter.setPen(ink.strong_line)
        painter.drawLines(strong)

    def column_edges(self, area: QRect) -> list[int]:
        """X of the vertical lines inside `area`; the frozen part has none."""
        return []

    def _depth(self, first: int) -> int:
        return (self._sheet.rowCount() - first) * MARK_ROW - 1


class FrozenView(SheetView):
    """STT and name; never scrolls sideways, never has the focus."""

    row_pressed = Signal(int, bool)
    """Row, whether Shift stretches the selection."""

    def __init__(self, model: MarkGridModel, look: Look, delegate: MarkDelegate) -> None:
        super().__init__(model, look, delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name_width = NAME_COLUMN
        self.setFixedWidth(STT_COLUMN + NAME_COLUMN)
        self.setAccessibleName(self.tr("Số thứ tự và họ tên"))
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Show the two frozen columns only."""
        for column in range(self._sheet.columnCount()):
            self.setColumnHidden(column, column >= FIRST_CELL)
        if self._sheet.columnCount():
            self.setColumnWidth(STT, STT_COLUMN)
            self.setColumnWidth(NAME, self._name_width)

    def fit_names(self, spare: int) -> None:
        """Let long names take up to `spare` px from the comment column, before they are cut."""
        metrics = QFontMetrics(self._look.font(Role.STRONG))
        longest = max(
            (metrics.horizontalAdvance(row.name) for row in self._sheet.sheet.rows), default=0
        )
        width = min(max(NAME_COLUMN, longest + _NAME_AIR), NAME_COLUMN + max(0, spare))
        if width != self._name_width:
            self._name_width = width
            self.setFixedWidth(STT_COLUMN + width)
            self.fit_columns()

    def repaint_row(self, row: int) -> None:
        """The tint of the active row came or went."""
        if 0 <= row < self._sheet.rowCount():
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), MARK_ROW)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(round(event.position().y()))
        if row >= 0:
            stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.row_pressed.emit(row, stretch)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(round(event.position().y()))
        if row >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self.row_pressed.emit(row, True)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


class MarginLine(QFrame):
    """The notebook's red margin line between names and marks."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(MARGIN_LINE)
        self.setAutoFillBackground(True)
        look.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), self._look.color("margin"))
        self.setPalette(palette)


def join_scroll_bars(one: QTableView, other: QTableView) -> None:
    """Both views scroll up and down together."""
    one.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
    other.verticalScrollBar().valueChanged.connect(one.verticalScrollBar().setValue)
