"""Typing as people do it: letters one by one, through Telex, or composed by the system.

`qtbot.keyClicks` with a letter outside ASCII aborts the process; these do not.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget | None, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = _NONE
) -> None:
    """One key down and up, to `widget` or to whoever has the focus."""
    target = widget if widget is not None else QApplication.focusWidget()
    assert target is not None, "nobody has the focus"
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def type_text(widget: QWidget | None, text: str) -> None:
    """A QKeyEvent a character; Enter, Tab and Backspace may be written \\n, \\t and \\b."""
    special = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}
    for letter in text:
        if letter in special:
            press(widget, special[letter])
        else:
            upper = letter.upper()
            key = Qt.Key(ord(upper)) if upper.isascii() and upper.isalnum() else Qt.Key.Key_unknown
            press(widget, key, letter)


def telex(widget: QWidget | None, keys: str, outcome: str) -> None:
    """Type `keys` as Unikey does: each time the word changes, Backspace it away and send it anew.

    Only the end matters to a field: the last key is swallowed, the word is erased letter by
    letter and `outcome` is sent ("nguyeenx" -> "nguyễn").
    """
    shown = keys[:-1]
    type_text(widget, shown)
    kept = 0
    while kept < min(len(shown), len(outcome)) and shown[kept] == outcome[kept]:
        kept += 1
    type_text(widget, "\b" * (len(shown) - kept) + outcome[kept:])


def compose(widget: QWidget | None, preedit: str, commit: str) -> None:
    """Text composed by the system's own input method, then committed."""
    target = widget if widget is not None else QApplication.focusWidget()
    assert target is not None, "nobody has the focus"
    QCoreApplication.sendEvent(target, QInputMethodEvent(preedit, []))
    event = QInputMethodEvent("", [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(target, event)
