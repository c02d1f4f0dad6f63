"""A plain folder taken for a drive: `demo` and `self-test` inject it, nothing else may.

Its facts carry `DriveSource.DEMO`, which `app.media.permit_place` lets pass and which the writer
puts into bag-info.txt and DOC-TRUOC.txt, so that such a bag never passes for a school's own.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.media import BoundDrive, DriveFacts, DriveSource
from exports.seal.drives import Bound, gone


class FolderDrives:
    """`app.media.Drives` over the folders it is asked about."""

    def candidates(self, database_path: Path) -> list[DriveFacts]:
        """None: a demo names its folder itself."""
        return []

    def inspect(self, folder: Path, database_path: Path) -> DriveFacts:
        """The folder's own facts; where the database lies is not asked."""
        try:
            usage = shutil.disk_usage(folder)
        except OSError as error:
            raise gone(str(folder)) from error
        return DriveFacts(
            mount=folder,
            label="",
            serial="",
            filesystem="",
            total_bytes=usage.total,
            free_bytes=usage.free,
            read_only=not os.access(folder, os.W_OK),
            removable_hint=False,
            bus="",
            same_disk_as_database=None,
            network=False,
            source=DriveSource.DEMO,
        )

    def bind(self, folder: Path, database_path: Path) -> BoundDrive:
        """Hold on to the folder; replacing it by another is noticed."""

        def identity() -> object | None:
            try:
                facts = folder.stat()
            except OSError:
                return None
            return facts.st_dev, facts.st_ino

        return Bound(self.inspect(folder, database_path), folder, identity)
