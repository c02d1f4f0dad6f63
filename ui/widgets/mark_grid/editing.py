"""The open cell: how typing ends, and what happens to a text that is refused."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.readmodels.mark_sheet import CellKey
from app.text import clean
from ui.delegates.mark_delegate import MarkDelegate
from ui.widgets.mark_grid.cell_popovers import CellPopovers
from ui.widgets.mark_grid.gestures import GridGestures
from ui.widgets.mark_grid.keys import move_for
from ui.widgets.mark_grid.table import MarkTable

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Draft(NamedTuple):
    """A half-typed cell that waits, unsaved, while somebody else may sit at the PC."""

    key: CellKey
    text: str


class CellEditing(QObject):
    """A refused text stays in its editor with the focus, until it is mended or Esc gives it up."""

    def __init__(
        self,
        table: MarkTable,
        delegate: MarkDelegate,
        gestures: GridGestures,
        popovers: CellPopovers,
    ) -> None:
        super().__init__(table)
        self._table = table
        self._delegate = delegate
        self._gestures = gestures
        self._popovers = popovers
        self._refused: str | None = None
        delegate.left_by_key.connect(self.leave_by_key)
        delegate.left_by_focus.connect(self._leave_by_focus)

    def commit(self) -> bool:
        """Commit the open editor; False when its text was refused and stays open."""
        editor = self._table.open_editor()
        return editor is None or self._commit(editor)

    def give_up(self) -> str | None:
        """Close the open editor without saving; what was typed, None when none was open."""
        editor = self._table.open_editor()
        if editor is None:
            return None
        text = editor.text()
        self._close(editor)
        return text

    def leave_by_key(self, editor: QLineEdit, key: int, modifiers: Qt.KeyboardModifier) -> None:
        """Esc gives up; Ctrl+Enter fills the selection; other keys commit and move on."""
        if key == Qt.Key.Key_Escape:
            self._close(editor)
            return
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        everywhere = control and key in _ENTER
        if self._commit(editor, everywhere=everywhere) and not everywhere:
            event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
            move_for(self._gestures.cursor, event, 1)

    def _leave_by_focus(self, editor: QLineEdit) -> None:
        if self._table.open_editor() is editor:
            self._commit(editor)

    def _commit(self, editor: QLineEdit, *, everywhere: bool = False) -> bool:
        text, cursor = editor.text(), self._gestures.cursor
        cells = [cursor.active]
        if everywhere:
            cells = [cell for block in cursor.blocks for cell in block.cells()]
        elif clean(text) == self._table.sheet_model.cell(*cursor.active).text:
            self._close(editor)
            return True
        elif text == self._refused and self._popovers.is_open:
            # Asked again while the sentence is still read: same answer, no second command.
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if not self._gestures.type_text(cells, text):
            self._refused = text
            # Now the text is to be mended: arrows move the caret, as after F2.
            self._delegate.caret_keys = True
            return False
        self._close(editor)
        return True

    def _close(self, editor: QLineEdit) -> None:
        self._refused = None
        self._popovers.close()
        had_focus = editor.hasFocus()
        self._table.closeEditor(editor, self._delegate.EndEditHint.NoHint)
        if had_focus:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
