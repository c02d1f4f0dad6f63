"""Verified backups as a port: services know when and why, `db` knows how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.progress import Progress, no_progress


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """One verified backup: its folder, size in bytes, SHA-256 (hex) of the copy, and when.

    `travels` says it lies on another disk than the file, with the keys of the principal, the
    secretary and the recovery code only. `thinned` counts older copies that this one and its
    neighbours stand for and that were taken away.
    """

    path: Path
    bytes: int
    checked_at: datetime
    digest: str
    travels: bool = False
    thinned: int = 0


class BackupMaker(Protocol):
    """Copies the open file with its keyfile and proves the copy."""

    def make(self, folder: Path, progress: Progress = no_progress) -> BackupFacts:
        """A new verified backup under `folder`; raises `EnvironmentProblem`, leaving nothing."""
        ...

    def make_reduced(self, folder: Path, progress: Progress = no_progress) -> BackupFacts:
        """A backup as `make` in a folder that exists, with the slots of travellers only."""
        ...

    def make_travelling(
        self, folder: Path, name: str, progress: Progress = no_progress
    ) -> BackupFacts:
        """A backup as `make` whose database is called `name`, with the slots of travellers only."""
        ...

    def latest_verified(self, folder: Path) -> BackupFacts | None:
        """The newest backup that still is, byte for byte, what was checked; reads it whole."""
        ...

    def default_folder(self) -> Path:
        """Where backups go until the school chooses a folder."""
        ...
