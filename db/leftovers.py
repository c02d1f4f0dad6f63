"""What killed saves and backups leave beside a file, swept when the file is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.backup import sweep_partials
from db.backup_maker import FOLDER
from db.durable_files import sweep_leftovers
from db.keys.keyfile import keyfile_path
from db.keys.sign_ins import SUFFIX as SIGN_INS_SUFFIX
from db.trail_head_file import TrailHeadFile

if TYPE_CHECKING:
    from pathlib import Path


def sweep_interrupted(path: Path) -> None:
    """Partial files of the keyfile, the side files and the backups in the usual folder.

    Only the holder of the file's lock may call it: it would take away a running save. Restores and
    salvages have folders of their own, which `file_swap.resume_swap` finishes or throws away.
    """
    side_file = path.with_name(path.name + SIGN_INS_SUFFIX)
    for part in (keyfile_path(path), TrailHeadFile(path).path, side_file):
        sweep_leftovers(part)
    folder = path.parent / FOLDER
    if folder.is_dir():
        sweep_partials(folder, path.stem)
