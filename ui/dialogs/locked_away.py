"""What a system's own dialog may still do after the window was locked under it: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def if_still_shown(parent: QWidget, act: Callable[[], object]) -> Callable[[], None]:
    """`act`, unless who asked has been covered by the lock or signed out meanwhile.

    Our own dialogs are hidden by the lock (`MainWindow.lock`). The printer dialog of Windows is
    not Qt's: it stays, without names or marks on it, and whoever presses Print there may not be
    the person who opened it.
    """

    def guarded() -> None:
        if isValid(parent) and parent.isVisible():
            act()

    return guarded
