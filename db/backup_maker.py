"""Fulfils `app.backup_maker.BackupMaker` on one open database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.backup_maker import BackupFacts
from app.errors import EnvironmentProblem
from app.progress import Progress, no_progress
from db.backup import BackupReport, latest_verified, make_backup
from db.backup_thinning import thin_backups
from db.keys.keyfile import keyfile_path, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from db.engine import Database

FOLDER: Final = "sao-luu"
_CLOCK_SLACK: Final = timedelta(days=1)
"""How far in the future a backup may be dated and still count: a clock put right meanwhile."""


class DatabaseBackups:
    """Backups of `database`; by default beside it in `sao-luu`.

    `write_reduced` writes the keyfile of a copy that leaves the PC: one on another disk, where a
    lost stick would otherwise carry every teacher's slot to guess passwords on.
    """

    def __init__(
        self, database: Database, clock: Clock, write_reduced: Callable[[Path], object]
    ) -> None:
        self._database = database
        self._clock = clock
        self._write_reduced = write_reduced

    def make(self, folder: Path, progress: Progress = no_progress) -> BackupFacts:
        """A new verified backup under `folder`; a chosen folder that is gone is not made anew."""
        default = self.default_folder()
        # Making it anew would put the copies of an unplugged drive on the system disk, unseen.
        if not folder.is_dir() and (folder != default or folder.exists()):
            raise EnvironmentProblem(
                "backup_folder_missing",
                f"Không thấy thư mục sao lưu {folder}. Hãy cắm lại ổ chứa thư mục ấy, hoặc chọn "
                "thư mục khác trong Quản trị, rồi sao lưu lại.",
                folder=folder,
            )
        leaves = folder.is_dir() and disk_of(folder) != disk_of(self._database.path.parent)
        report = make_backup(
            self._database,
            folder,
            self._clock,
            progress=progress,
            write_keyfile=self._write_reduced if leaves else None,
        )
        own = load(keyfile_path(self._database.path)).database_id
        gone = thin_backups(folder, own, self._database.path.stem, self._clock.now())
        return replace(_facts(report), travels=leaves, thinned=gone)

    def make_reduced(self, folder: Path, progress: Progress = no_progress) -> BackupFacts:
        """A verified backup with the reduced keyfile, and the folder thinned."""
        facts = self.make_travelling(folder, "", progress)
        own = load(keyfile_path(self._database.path)).database_id
        gone = thin_backups(folder, own, self._database.path.stem, self._clock.now())
        return replace(facts, thinned=gone)

    def make_travelling(
        self, folder: Path, name: str, progress: Progress = no_progress
    ) -> BackupFacts:
        """A verified backup with the reduced keyfile, wherever `folder` lies."""
        report = make_backup(
            self._database,
            folder,
            self._clock,
            progress=progress,
            write_keyfile=self._write_reduced,
            name=name,
        )
        return replace(_facts(report), travels=True)

    def latest_verified(self, folder: Path) -> BackupFacts | None:
        """The newest backup whose bytes are still those that were checked."""
        own = load(keyfile_path(self._database.path)).database_id
        report = latest_verified(folder, own, self._clock.now() + _CLOCK_SLACK)
        return None if report is None else _facts(report)

    def default_folder(self) -> Path:
        """`sao-luu` beside the file."""
        return self._database.path.parent / FOLDER


def disk_of(folder: Path) -> int:
    """A number that two folders of one disk share (on Windows the volume's serial)."""
    return folder.stat().st_dev


def _facts(report: BackupReport) -> BackupFacts:
    checked_at = datetime.fromisoformat(report.checked_at)
    return BackupFacts(report.path, report.bytes, checked_at, report.digest)
