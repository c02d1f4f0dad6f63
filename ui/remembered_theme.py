"""Light or dark, as the person at this PC chose last; kept beside the last file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme.tokens import Mode

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

_KEY = "theme"


class RememberedTheme:
    """Kept in the user's settings of this PC; a school file knows nothing of it."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def read(self) -> Mode | None:
        """The choice; None while nobody chose, so that the system's setting is followed."""
        stored = str(self._settings.value(_KEY, ""))
        return next((mode for mode in Mode if mode.value == stored), None)

    def write(self, mode: Mode) -> None:
        """Remember it."""
        self._settings.setValue(_KEY, mode.value)
