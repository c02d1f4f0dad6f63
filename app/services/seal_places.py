"""Where the dialog for a sealed medium starts looking: at the medium, as far as it can be told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.media import DriveFacts, DriveSource
from app.ports import SealRecord


def medium_folder(
    drives: Sequence[DriveFacts], seals: Sequence[SealRecord], last: Path | None
) -> Path | None:
    """The folder to show first; None when no drive of this PC could be meant.

    In this order: the drive `last` used while the program runs, one that a seal of the year was
    written to (the newest first), any drive that can be taken out. Never the database's own disk.
    """
    here = [d for d in drives if _apart(d) and not d.network]
    if last is not None and any(last.is_relative_to(drive.mount) for drive in here):
        return last
    by_serial = {drive.serial: drive.mount for drive in here if drive.serial}
    for seal in sorted(seals, key=lambda seal: seal.copy_no, reverse=True):
        if seal.drive_serial in by_serial:
            return by_serial[seal.drive_serial]
    return next((drive.mount for drive in here if drive.removable_hint), None)


def _apart(drive: DriveFacts) -> bool:
    """Not the database's disk; a folder that stands for a drive in a demo never is."""
    return drive.source is not DriveSource.DRIVE or drive.same_disk_as_database is False
