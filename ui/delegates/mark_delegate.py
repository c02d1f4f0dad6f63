"""Paints and edits the cells of the mark grid; decides no rule."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.delegates.mark_paint import MarkPainter
from ui.models.mark_grid_model import NAME, Index, MarkGridModel
from ui.theme.look import Look
from ui.theme.typography import Role

_LEAVING = {
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
}
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
_KEEPS_EDITOR = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class MarkDelegate(QStyledItemDelegate):
    """The view hears keys that leave the editor; nothing is written behind its back."""

    left_by_key = Signal(QLineEdit, int, object)
    """Editor, Qt.Key and modifiers of a key that ends typing."""
    left_by_focus = Signal(QLineEdit)

    def __init__(self, model: MarkGridModel, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.painter_of_cells: MarkPainter | None = None
        self.selected: frozenset[tuple[int, int]] = frozenset()
        self.current: tuple[int, int] = (-1, -1)
        self.caret_keys = False
        """True after F2 or a double click: arrows move the caret, as in Excel."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        brush_box = self.painter_of_cells
        if brush_box is None:
            return
        row, column = index.row(), index.column()
        rect = option.rect
        shown = self._model.column_at(column)
        if shown is None:
            here = row == self.current[0]
            painter.fillRect(rect, brush_box.tint if here else brush_box.paper)
            pupil = self._model.pupil(row)
            if column == NAME:
                brush_box.paint_name(painter, rect, pupil, here=here)
            else:
                brush_box.paint_stt(painter, rect, pupil)
            return
        cell = self._model.cell(row, column)
        if (row, column) not in self.selected:
            ground = brush_box.ground(shown, cell)
        elif (row, column) != self.current:
            ground = brush_box.tint
        else:
            ground = brush_box.paper if len(self.selected) > 1 else brush_box.ground(shown, cell)
        painter.fillRect(rect, ground)
        brush_box.paint_cell(painter, rect, shown, cell)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setFont(self._look.font(Role.BODY))
        column = self._model.column_at(index.column())
        if column is not None and not column.is_comment:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            editor.setTextMargins(3, 0, 0, 0)
        editor.setAccessibleName(self._model.spoken(index.row(), index.column()))
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # A reload announces every cell; it must not wipe what is being typed.
        if isinstance(editor, QLineEdit) and not editor.property("primed"):
            editor.setProperty("primed", True)
            editor.setText(self._model.cell(index.row(), index.column()).text)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing: the view commits, because only it can keep a refused text open."""

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, QLineEdit):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress:
            return self._filter_key(editor, cast("QKeyEvent", event))
        if event.type() == QEvent.Type.FocusOut:
            if cast("QFocusEvent", event).reason() not in _KEEPS_EDITOR:
                self.left_by_focus.emit(editor)
            return False
        return False

    def _filter_key(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        moves = key in _ARROWS and not self.caret_keys and not event.modifiers()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) or key in _LEAVING or moves:
            self.left_by_key.emit(editor, event.key(), event.modifiers())
            return True
        if key == Qt.Key.Key_F2:
            self.caret_keys = True
            return True
        return False
