"""Fulfils `app.backup_maker.BackupMaker` on one open database."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.backup_maker import BackupFacts
from app.errors import EnvironmentProblem
from app.progress import Progress, no_progress
from db.backup import BackupReport, latest_verified, make_backup

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from db.engine import Database

FOLDER: Final = "sao-luu"


class DatabaseBackups:
    """Backups of `database`; by default beside it in `sao-luu`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

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
        return _facts(make_backup(self._database, folder, self._clock, progress=progress))

    def latest_verified(self, folder: Path) -> BackupFacts | None:
        """The newest backup whose bytes are still those that were checked."""
        report = latest_verified(folder)
        return None if report is None else _facts(report)

    def default_folder(self) -> Path:
        """`sao-luu` beside the file."""
        return self._database.path.parent / FOLDER


def _facts(report: BackupReport) -> BackupFacts:
    checked_at = datetime.fromisoformat(report.checked_at)
    return BackupFacts(report.path, report.bytes, checked_at, report.digest)
