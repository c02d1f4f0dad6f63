"""Putting a backup in the place of the file, and rehearsing it, as a port; `db` knows how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.progress import Progress, no_progress
from app.vault import PersonEntry


@dataclass(frozen=True, slots=True)
class BackupOnShelf:
    """One backup in a folder, by its own manifest; not opened and not checked yet."""

    path: Path
    checked_at: datetime
    bytes: int
    schema_number: int
    database_name: str

    @property
    def name(self) -> str:
        """Its folder's name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class LostWork:
    """What the file in use has and the backup has not; sign-ins and backups do not count.

    `entries` None: the file in use cannot be read, so nobody knows. `by_person` is (name, entries),
    most first; `cells` counts changed mark cells.
    """

    entries: int | None
    cells: int = 0
    by_person: tuple[tuple[str, int], ...] = ()
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """A backup copied beside the file, opened, checked, and compared; nothing is replaced yet.

    `seq` and `until` are its last trail entry. `locked_out` cannot sign in afterwards until their
    password is reset (the backup travelled without their slots); `returning` can again although
    they were shut out since.
    """

    backup: BackupOnShelf
    target: Path
    staging: Path
    seq: int
    until: datetime | None
    by: str
    by_code: bool
    lost: LostWork
    locked_out: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """The file is the backup's now; `kept` holds the replaced files, None when there were none."""

    path: Path
    kept: Path | None
    seq: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What opening the newest backup elsewhere showed; `problem` is "" or one sentence."""

    backup: BackupOnShelf
    problem: str
    entries: int
    classes: int
    pupils: int
    by_code: bool


class Restoring(Protocol):
    """Restores of one file. `uid` may be `RECOVERY_UID`: the secret then is the printed code.

    Calls that take a secret derive keys and copy files: run them as a job.
    """

    def usual_folder(self) -> Path:
        """Where backups lie until the school chooses a folder."""
        ...

    def backups(self, folder: Path) -> tuple[BackupOnShelf, ...]:
        """Backups of this school's file in `folder`, the newest first."""
        ...

    def people(self, backup: BackupOnShelf) -> tuple[PersonEntry, ...]:
        """Who has a slot in the backup; not yet authenticated."""
        ...

    def prepare(
        self,
        backup: BackupOnShelf,
        uid: str,
        secret: str,
        *,
        current_secret: str = "",
        progress: Progress = no_progress,
    ) -> RestorePlan:
        """Open a copy of the backup and say what would be lost.

        Without a session the same person must also open the file in use, with `current_secret`
        where it differs (AccessDenied `current_password_needed`), unless that file is beyond
        reading. Only principals and administrators of both, or the printed code.
        """
        ...

    def carry_out(self, plan: RestorePlan, progress: Progress = no_progress) -> Restored:
        """End the session, keep the files in use under another name, put the backup in place.

        Killed at any moment, the next opening finds the old file or finishes the new one.
        """
        ...

    def discard(self, plan: RestorePlan) -> None:
        """Leave everything as it is."""
        ...

    def rehearse(
        self, folder: Path, uid: str, secret: str, progress: Progress = no_progress
    ) -> Rehearsal:
        """Open the newest backup in a temporary folder and check all; a wrong secret raises."""
        ...
