"""What makes a file a keyfile: its name beside the database, its format and its version.

Imports nothing heavy: the sign-in window reads names before any cryptography is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = "khoaso-key"
VERSION: Final = 1
SUFFIX: Final = ".khoaso-key"


def keyfile_path(database_path: Path) -> Path:
    """The keyfile that belongs to a database file: same folder, same name plus `.khoaso-key`."""
    return database_path.with_name(database_path.name + SUFFIX)
