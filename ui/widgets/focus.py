"""Where the keyboard goes when a page, a card or a gate is given the focus as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def pass_focus(owner: QWidget, target: QWidget) -> None:
    """Hand the focus that `owner` gets on to `target` inside it; the last call counts.

    Not `setFocusProxy`: with it Qt takes the owner for one compound widget, and Tab skips
    everything in it but the proxy.
    """
    for former in owner.findChildren(_Passer):
        if former.parent() is owner:
            owner.removeEventFilter(former)
            former.deleteLater()
    owner.installEventFilter(_Passer(owner, target))


class _Passer(QObject):
    def __init__(self, owner: QWidget, target: QWidget) -> None:
        super().__init__(owner)
        self._target = target

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._target.setFocus(event.reason())
            return True
        return False
