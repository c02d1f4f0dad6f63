"""Buttons: one filled button a screen, and it says what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from ui.theme.look import Look

_ICON_TONES = {"primary": "on", "danger": "red", "link": "accent", "icon": "ink2"}
_ROLES = {"primary": Role.STRONG, "link": Role.VALUE}


class Button(QPushButton):
    """Kinds: `secondary`, `primary`, `danger`, `link`, `icon`; tall: "", `dialog`, `gate`."""

    def __init__(
        self,
        look: Look,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        kind: str = "secondary",
        icon: str = "",
        icon_right: bool = False,
        tall: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self.pressed_by_enter = True
        """False: only the mouse and the space bar press it (an approval, a close)."""
        self._icon_name = icon
        self._kind = kind
        self.setProperty("kind", kind)
        self.setProperty("tall", tall)
        self.setFont(look.font(_ROLES.get(kind, Role.VALUE)))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon_right:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._gap = 0 if kind == "icon" or icon_right else 6
        if kind == "icon":
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.setText("")
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())
        look.changed.connect(self._tint)
        self._tint()

    def set_icon(self, name: str) -> None:
        """Another icon; an empty name takes it away."""
        self._icon_name = name
        self._tint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Qt would press a dialog's default one."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.pressed_by_enter:
            self.click()
        else:
            event.ignore()

    def _tint(self) -> None:
        if not self._icon_name:
            return
        side = 18 if self._kind == "icon" else 16
        tone = _ICON_TONES.get(self._kind, "ink")
        self.setIcon(self._look.icon(self._icon_name, tone, side, self._gap))
        self.setIconSize(QSize(side + self._gap, side))


def primary(
    look: Look, text: str, on_click: Callable[[], object] | None = None, icon: str = ""
) -> Button:
    """The one filled button of a screen."""
    return Button(look, text, on_click, kind="primary", icon=icon)


def secondary(
    look: Look, text: str, on_click: Callable[[], object] | None = None, icon: str = ""
) -> Button:
    """Any other labelled button."""
    return Button(look, text, on_click, icon=icon)


def danger(
    look: Look, text: str, on_click: Callable[[], object] | None = None, icon: str = ""
) -> Button:
    """Red outline: refuses, deletes, withdraws; its words say exactly what."""
    return Button(look, text, on_click, kind="danger", icon=icon)


def link(
    look: Look,
    text: str,
    on_click: Callable[[], object] | None = None,
    icon: str = "",
    *,
    arrow: bool = False,
) -> Button:
    """Blue words; `arrow` puts → behind them."""
    name = "arrow-right" if arrow else icon
    return Button(look, text, on_click, kind="link", icon=name, icon_right=arrow)


def icon_button(
    look: Look, icon: str, name: str, on_click: Callable[[], object] | None = None
) -> Button:
    """An icon alone; `name` is its tooltip and accessible name."""
    return Button(look, name, on_click, kind="icon", icon=icon)
