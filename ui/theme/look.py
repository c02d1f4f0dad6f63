"""The look in force: tokens, fonts, icons and density, switched while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap

from ui.theme.palette import palette_for
from ui.theme.stylesheet import stylesheet_for
from ui.theme.tokens import (
    COMPACT_BELOW_HEIGHT,
    MEASURES,
    THEMES,
    Density,
    Measures,
    Mode,
    Tokens,
)
from ui.theme.typography import Role, font_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.icons import IconSet


class Look(QObject):
    """Handed to every widget that draws; `changed` follows a new theme or density."""

    changed = Signal()

    def __init__(self, app: QApplication, icons: IconSet, mode: Mode = Mode.LIGHT) -> None:
        super().__init__()
        self._app = app
        self._icons = icons
        self._mode = mode
        self._density = Density.ROOMY
        self._chosen: Density | None = None
        self._fonts = {role: font_for(role) for role in Role}
        self._apply()

    @property
    def mode(self) -> Mode:
        """Light or dark."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """Colours of the theme in force, as text."""
        return THEMES[self._mode]

    @property
    def density(self) -> Density:
        """Roomy or compact."""
        return self._density

    @property
    def measures(self) -> Measures:
        """Row heights of the density in force, logical pixels."""
        return MEASURES[self._density]

    def color(self, tone: str) -> QColor:
        """A token by name; an unknown name is an AttributeError."""
        return QColor(getattr(self.tokens, tone))

    def font(self, role: Role) -> QFont:
        """A copy of the role's font."""
        return QFont(self._fonts[role])

    def pixmap(self, name: str, tone: str = "ink", size: int = 20, ratio: float = 1.0) -> QPixmap:
        """Icon `name` in the token `tone`, `size` logical pixels high."""
        return self._icons.pixmap(name, self.color(tone), size, ratio)

    def icon(self, name: str, tone: str = "ink", size: int = 20, gap: int = 0) -> QIcon:
        """As `pixmap`, for buttons and menus; `gap` empty pixels follow on the right."""
        return self._icons.icon(name, self.color(tone), size, gap, disabled=self.color("ink3"))

    def picture(self, name: str, size: int, ratio: float = 1.0) -> QPixmap:
        """A picture of several colours (the logo): `#token` inside the SVG names the token."""
        return self._icons.picture(name, self.tokens, size, ratio)

    def set_mode(self, mode: Mode) -> None:
        """Switch the theme at once, everywhere."""
        if mode is not self._mode:
            self._mode = mode
            self._apply()
            self.changed.emit()

    def choose_density(self, density: Density | None) -> None:
        """The user's own choice; None lets the window's height decide again."""
        self._chosen = density
        if density is not None:
            self._set_density(density)

    def fit_height(self, client_height: int) -> None:
        """Pick the density for a window, unless the user chose one; height in logical pixels."""
        low = client_height < COMPACT_BELOW_HEIGHT
        self._set_density(self._chosen or (Density.COMPACT if low else Density.ROOMY))

    def _set_density(self, density: Density) -> None:
        if density is not self._density:
            self._density = density
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(palette_for(self.tokens))
        self._app.setFont(self._fonts[Role.BODY])
        self._app.setStyleSheet(stylesheet_for(self.tokens))
