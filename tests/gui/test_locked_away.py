"""A system's own dialog outlives the lock; what is pressed in it then does nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.dialogs.locked_away import if_still_shown


def test_only_while_whoever_asked_is_in_front(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = QWidget(window)
    window.show()
    done: list[int] = []
    act = if_still_shown(page, lambda: done.append(1))
    act()
    assert done == [1]
    page.hide()  # the lock shows its gate instead of the page
    act()
    assert done == [1]
    page.setParent(None)
    page.deleteLater()
    qtbot.waitUntil(lambda: window.findChildren(QWidget) == [])
    act()
    assert done == [1]
