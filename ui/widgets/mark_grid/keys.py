"""Excel's keyboard on a closed cell: which key is which move or gesture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.widgets.mark_grid.cursor import GridCursor

_Key = Qt.Key
_ARROWS = {
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
}
_STANDARD = QKeySequence.StandardKey


def move_for(cursor: GridCursor, event: QKeyEvent, page: int) -> bool:
    """Carry out a move or a selection; False when the key is none. `page` is in rows."""
    key = _Key(event.key())
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in _ARROWS:
        act = cursor.jump if control else cursor.move
        act(*_ARROWS[key], extend=shift)
    elif key in (_Key.Key_Return, _Key.Key_Enter):
        cursor.enter(back=shift)
    elif key in (_Key.Key_Tab, _Key.Key_Backtab):
        if control:
            return False
        cursor.tab(back=shift or key == _Key.Key_Backtab)
    elif key in (_Key.Key_Home, _Key.Key_End):
        to_edge = cursor.to_corner if control else cursor.to_row_edge
        to_edge(last=key == _Key.Key_End, extend=shift)
    elif key in (_Key.Key_PageUp, _Key.Key_PageDown):
        cursor.move(page if key == _Key.Key_PageDown else -page, 0, extend=shift)
    elif event.matches(_STANDARD.SelectAll):
        cursor.select_all()
    else:
        return False
    return True


def gesture_for(event: QKeyEvent, gestures: Mapping[str, Callable[[], object]]) -> bool:
    """Carry out copy, cut, paste, fill, undo, redo or clear; False when the key is none."""
    name = ""
    for standard, gesture in (
        (_STANDARD.Copy, "copy"),
        (_STANDARD.Cut, "cut"),
        (_STANDARD.Paste, "paste"),
        (_STANDARD.Undo, "undo"),
        (_STANDARD.Redo, "redo"),
    ):
        if event.matches(standard):
            name = gesture
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain == Qt.KeyboardModifier.ControlModifier:
        # Ctrl+Y is Redo on Windows only; Qt on Linux answers Ctrl+Shift+Z.
        name = {_Key.Key_Y: "redo", _Key.Key_D: "fill_down"}.get(_Key(event.key()), name)
    elif event.key() == _Key.Key_Delete and not plain:
        name = "clear"
    if not name:
        return False
    gestures[name]()
    return True


def is_typing(event: QKeyEvent) -> bool:
    """Whether the key writes a character."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    # AltGr arrives as Ctrl+Alt and does write; Unikey never needs it.
    return bool(event.text()) and event.text().isprintable() and not held
