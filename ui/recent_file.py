"""Which school file this PC opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "last_file"


class RecentFile:
    """Kept in the user's settings of this PC."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def read(self) -> Path | None:
        """The file, also when it is gone: that must be said, not passed over."""
        stored = self._settings.value(_KEY, "")
        return Path(str(stored)) if stored else None

    def write(self, path: Path) -> None:
        """Remember it."""
        self._settings.setValue(_KEY, str(path.resolve()))
