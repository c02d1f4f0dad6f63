"""Keys as a person and as Unikey send them; qtbot.keyClicks aborts on non-ASCII text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def target() -> QWidget:
    """The widget a key would reach."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
    """One key down and up, to whatever has the focus."""
    receiver = target()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(receiver, QKeyEvent(kind, key, modifiers, text))


def ctrl(key: Qt.Key, *, shift: bool = False) -> None:
    press(key, CTRL | SHIFT if shift else CTRL)


def type_text(text: str) -> None:
    """Each character is a key event of its own, any script."""
    for character in text:
        code = ord(character.upper())
        key = Qt.Key(code) if character.isascii() else Qt.Key.Key_unknown
        press(key, NONE, character)


def telex(steps: list[tuple[int, str]]) -> None:
    """Unikey's way: take back so many characters, then send others."""
    for back, text in steps:
        for _ in range(back):
            press(Qt.Key.Key_Backspace, NONE, "\b")
        type_text(text)


def compose(preedits: list[str], commit: str) -> None:
    """An input method: growing pre-edit text, then the finished word."""
    for preedit in preedits:
        QApplication.sendEvent(target(), QInputMethodEvent(preedit, []))
    done = QInputMethodEvent("", [])
    done.setCommitString(commit)
    QApplication.sendEvent(target(), done)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Left button down at `start`, two moves, up at `end`."""
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, start)
    for place in ((start + end) / 2, end):
        event_place = place if isinstance(place, QPoint) else place.toPoint()
        _move(widget, event_place)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, end)


def _move(widget: QWidget, place: QPoint) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        NONE,
    )
    QApplication.sendEvent(widget, event)
