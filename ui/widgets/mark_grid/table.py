"""The scrolling part of the mark grid: paints cells, lines and frame; turns events into moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from typing_extensions import override

from app.readmodels.mark_sheet import SheetColumn
from app.regulations.primary_columns import GRID_TITLES, TRAIT_NAMES
from ui.delegates.mark_delegate import MarkDelegate
from ui.delegates.mark_paint import MarkPainter
from ui.models.mark_grid_model import FIRST_CELL, Index, MarkGridModel
from ui.theme.look import Look
from ui.theme.tokens import AVERAGE_COLUMN, MARK_COLUMN, MARK_ROW
from ui.theme.typography import Role
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.cursor import NOWHERE, Cell, GridCursor
from ui.widgets.mark_grid.sheet_view import SheetView

_BESIDE_TITLE = 36
"""Px of a heading's padlock and paddings."""
LEAST_COMMENT = 200
"""Px the comment column keeps before the grid scrolls sideways."""
_HANDLE = 7
_TYPING_TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed,
    QAbstractItemView.EditTrigger.EditKeyPressed,
    QAbstractItemView.EditTrigger.DoubleClicked,
)


class MarkTable(SheetView):
    """The mark columns. The grid decides what a key, a refused edit or a filled block means."""

    key_pressed = Signal(QKeyEvent)
    locked_attempted = Signal(int, int)
    """Somebody tried to type into a cell that is not editable."""
    fill_dropped = Signal(object, object)
    """Source Block, target Block of the fill handle."""
    menu_requested = Signal(QPoint)

    def __init__(
        self, model: MarkGridModel, look: Look, delegate: MarkDelegate, cursor: GridCursor
    ) -> None:
        super().__init__(model, look, delegate)
        self._cursor = cursor
        self._fill_from: Block | None = None
        self._fill_to: Block | None = None
        self._framed: tuple[Block, ...] = ()
        self._was_active: Cell = NOWHERE
        self.may_leave_editor: Callable[[], bool] = lambda: True
        """Asked before a mouse press moves away from an open editor."""
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setCornerWidget(QWidget())
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Điểm và nhận xét"))
        model.modelReset.connect(self.fit_columns)
        look.changed.connect(self.prepare)
        self.prepare()
        self.fit_columns()

    @property
    def sheet_model(self) -> MarkGridModel:
        """The model, with its own methods."""
        return self._sheet

    # --- measures

    def prepare(self) -> None:
        """Make pens, brushes and glyphs for the theme and scale in force."""
        self._cells.painter_of_cells = MarkPainter(self._look, self.devicePixelRatioF(), MARK_ROW)
        self.viewport().update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.prepare()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    return self.focusNextPrevChild(key == Qt.Key.Key_Tab)
                # Qt would walk to the next widget without asking: in a sheet Tab goes right.
                self.keyPressEvent(event)
                if event.isAccepted():
                    return True
        return bool(super().event(event))

    def fit_columns(self) -> None:
        """Widths by kind; the comment column takes what is left."""
        used, comments = 0, []
        for column in range(self._sheet.columnCount()):
            shown = self._sheet.column_at(column)
            self.setColumnHidden(column, shown is None)
            if shown is None:
                continue
            if shown.is_comment:
                comments.append(column)
                continue
            width = AVERAGE_COLUMN if shown.computed else self._mark_width(shown)
            self.setColumnWidth(column, width)
            used += width
        for column in comments:
            room = (self.viewport().width() - used) // len(comments)
            self.setColumnWidth(column, max(LEAST_COMMENT, room))

    def wanted_width(self) -> int | None:
        """Px of marks, scroll bar and the least comment; None when no comment is shown."""
        columns = map(self._sheet.column_at, range(FIRST_CELL, self._sheet.columnCount()))
        shown = [column for column in columns if column is not None]
        if not any(column.is_comment for column in shown):
            return None
        widths = [
            LEAST_COMMENT
            if column.is_comment
            else AVERAGE_COLUMN
            if column.computed
            else self._mark_width(column)
            for column in shown
        ]
        return sum(widths) + self.verticalScrollBar().sizeHint().width()

    def _mark_width(self, column: SheetColumn) -> int:
        """Px of an entry column: the usual, or what its title needs beside the padlock."""
        if column.code not in GRID_TITLES and column.code not in TRAIT_NAMES:
            return MARK_COLUMN
        title = QFontMetrics(self._look.font(Role.STRONG)).horizontalAdvance(column.title)
        return max(MARK_COLUMN, title + _BESIDE_TITLE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    # --- painting

    @override
    def column_edges(self, area: QRect) -> list[int]:
        head = self.head
        first = head.logicalIndexAt(area.left())
        if first < 0:
            # Right of the last column, or an empty sheet.
            return []
        edges, x, right = [], head.sectionViewportPosition(first) - 1, area.right()
        for column in range(first, head.count()):
            x += head.sectionSize(column)
            if x > right:
                break
            edges.append(x)
        return edges

    @override
    def paint_over(self, painter: QPainter, area: QRect) -> None:
        super().paint_over(painter, area)
        ink = self._cells.painter_of_cells
        if ink is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for block in self._cursor.blocks:
            box = self.block_rect(block)
            if not box.intersects(area):
                continue
            pen = QPen(ink.accent, 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
            if block is self._cursor.blocks[-1] and not self._sheet_is_read_only(block):
                handle = self._handle_rect(box)
                painter.fillRect(handle.adjusted(-1, -1, 0, 0), ink.paper)
                painter.fillRect(handle, ink.accent)
        if self._fill_to is not None:
            pen = QPen(ink.accent, 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(self.block_rect(self._fill_to).adjusted(0, 0, -1, -1))

    def block_rect(self, block: Block) -> QRect:
        """A block in viewport coordinates, without the line right of and below it."""
        left = self.columnViewportPosition(block.left)
        top = self.rowViewportPosition(block.top)
        right = self.columnViewportPosition(block.right) + self.columnWidth(block.right)
        bottom = self.rowViewportPosition(block.bottom) + MARK_ROW
        return QRect(left, top, right - left, bottom - top)

    def _sheet_is_read_only(self, block: Block) -> bool:
        return not self._sheet.cell(block.bottom, block.right).editable

    def _handle_rect(self, box: QRect) -> QRect:
        return QRect(box.right() - _HANDLE + 1, box.bottom() - _HANDLE + 1, _HANDLE, _HANDLE)

    def follow_cursor(self) -> None:
        """Show where the cursor is: selection model, frame, scroll position."""
        cursor, model, cells = self._cursor, self._sheet, self._cells
        chosen = QItemSelection()
        # An index costs the model two questions; an arrow key needs the same one four times.
        index = lru_cache(maxsize=4)(model.index)
        for block in cursor.blocks:
            chosen.select(index(block.top, block.left), index(block.bottom, block.right))
        dirty = self._framed
        cells.selected = frozenset(cell for block in cursor.blocks for cell in block.cells())
        cells.current = cursor.active
        self._framed = cursor.blocks
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if cursor.active != NOWHERE:
            self.selectionModel().setCurrentIndex(
                index(*cursor.active), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            # The moving end of a growing block is followed; a block that appeared whole (a pasted
            # one, a column by its header) is shown from where it begins.
            grew = cursor.active == self._was_active and not self._is_whole_column(cursor)
            self.scrollTo(index(*(cursor.corner if grew else cursor.active)))
        self._was_active = cursor.active
        # Selected cells repaint by themselves; a block that only lost its frame edge does not.
        for block in {*dirty, *self._framed}:
            self._update_frame(block)

    def _is_whole_column(self, cursor: GridCursor) -> bool:
        rows = self._sheet.rowCount()
        return any(block.height == rows for block in cursor.blocks)

    def _update_frame(self, block: Block) -> None:
        if block.height == block.width == 1:
            return
        box = self.block_rect(block)
        view = self.viewport()
        view.update(box.left(), box.top(), box.width(), 3)
        view.update(box.left(), box.bottom() - _HANDLE, box.width(), _HANDLE + 1)
        view.update(box.left(), box.top(), 3, box.height())
        view.update(box.right() - 2, box.top(), 3, box.height())

    # --- editing

    def open_editor(self) -> QLineEdit | None:
        """The editor in the active cell, if one is open."""
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        return cast("QLineEdit | None", self.indexWidget(self.currentIndex()))

    def begin_edit(self, text: str | None = None) -> QLineEdit | None:
        """Open the active cell with the caret at its end; `text` replaces what it holds."""
        trigger = QAbstractItemView.EditTrigger.EditKeyPressed
        if not self.edit(self.currentIndex(), trigger, None):
            return None
        editor = self.open_editor()
        if editor is not None:
            if text is not None:
                editor.setText(text)
                self._cells.caret_keys = False
            editor.deselect()
            editor.end(False)
        return editor

    @override
    def edit(  # type: ignore[override]  # Qt has a slot and a virtual of this name
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        if trigger in _TYPING_TRIGGERS and index.isValid() and self.open_editor() is None:
            if not index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.locked_attempted.emit(index.row(), index.column())
                return False
            self._cells.caret_keys = trigger is not QAbstractItemView.EditTrigger.AnyKeyPressed
        return bool(super().edit(index, trigger, cast("QEvent", event)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def type_key(self, event: QKeyEvent) -> None:
        """Open the active cell with a typed character; it reaches the editor as a key."""
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    # --- mouse

    def cell_at(self, place: QPoint) -> Cell:
        """The cell under a viewport position, the nearest one outside."""
        row, column = self.rowAt(place.y()), self.columnAt(place.x())
        bounds = self._cursor.bounds
        if row < 0:
            row = bounds.top if place.y() < 0 else bounds.bottom
        if column < 0:
            column = bounds.left if place.x() < 0 else bounds.right
        return row, column

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not self.may_leave_editor() or self._cursor.active == NOWHERE:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        row, column = self.cell_at(place)
        if event.button() is Qt.MouseButton.LeftButton:
            modifiers = event.modifiers()
            if self._on_handle(place):
                self._fill_from = self._fill_to = self._cursor.blocks[-1]
            elif modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._cursor.extend_to(row, column)
            elif modifiers & Qt.KeyboardModifier.ControlModifier:
                self._cursor.add(row, column)
            else:
                self._cursor.go(row, column)
        elif not any(block.holds(row, column) for block in self._cursor.blocks):
            self._cursor.go(row, column)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            over = self._on_handle(place)
            shape = Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        if self._cursor.active == NOWHERE or self.open_editor() is not None:
            return
        row, column = self.cell_at(place)
        self.scrollTo(self._sheet.index(row, column))
        if self._fill_from is not None:
            self._fill_to = _fill_target(self._fill_from, row, column)
            self.viewport().update()
        else:
            self._cursor.extend_to(row, column)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        source, target = self._fill_from, self._fill_to
        self._fill_from = self._fill_to = None
        if source is not None and target is not None:
            self.viewport().update()
            if target != source:
                self.fill_dropped.emit(source, target)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid() and self.open_editor() is None:
            self.begin_edit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._cursor.active != NOWHERE:
            self.menu_requested.emit(event.globalPos())

    def _on_handle(self, place: QPoint) -> bool:
        blocks = self._cursor.blocks
        if not blocks or self._sheet_is_read_only(blocks[-1]):
            return False
        return self._handle_rect(self.block_rect(blocks[-1])).adjusted(-2, -2, 2, 2).contains(place)


def _fill_target(source: Block, row: int, column: int) -> Block:
    """The handle fills down, up, right or left, whichever way the mouse went further."""
    down, up = row - source.bottom, source.top - row
    right, left = column - source.right, source.left - column
    furthest = max(down, up, right, left)
    if furthest <= 0:
        return source
    if furthest in (down, up):
        return Block(min(row, source.top), source.left, max(row, source.bottom), source.right)
    return Block(source.top, min(column, source.left), source.bottom, max(column, source.right))
