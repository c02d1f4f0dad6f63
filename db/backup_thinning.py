"""Thinning a folder of backups: what a later, still good copy stands for is taken away."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.backup_keeping import superseded
from db.backup import PARTIAL, BackupReport, database_id_of, is_sound, list_backups

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE: Final = 5
"""Copies taken away after one backup: a long history is thinned over several days."""


@dataclass(frozen=True, slots=True)
class _Copy:
    report: BackupReport
    at: datetime


def thin_backups(folder: Path, database_id: str, stem: str, now: datetime) -> int:
    """Take away what the rule lets go, of this file only; returns how many.

    Whatever stands for a copy is read whole first and must be, byte for byte, what was checked.
    A folder that cannot be removed stays until the next time: no reason to fail a backup.
    """
    mine = [
        _Copy(report, datetime.fromisoformat(report.checked_at))
        for report in list_backups(folder)
        if report.path.name.startswith(f"{stem}-") and database_id_of(report) == database_id
    ]
    proved: dict[Path, bool] = {}
    gone = 0
    with suppress(OSError):
        for old, later in superseded(mine, now):
            if gone == _AT_ONCE:
                break
            kept = later.report.path
            if kept not in proved:
                proved[kept] = is_sound(later.report)
            if proved[kept]:
                # Under a partial name first: half removed, it is no backup, and is swept.
                name = f".{stem}.{secrets.token_hex(4)}{PARTIAL}"
                doomed = old.report.path.rename(folder / name)
                shutil.rmtree(doomed)
                gone += 1
    return gone
