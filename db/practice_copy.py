"""Tập trên bản sao: a copy of the open file to practise on, marked so that it cannot mislead."""

from __future__ import annotations

import re
import secrets
import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.clock import VIETNAM
from app.domain.practice import MADE, MARK, Practice
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.progress import no_progress
from app.school_file import PracticeCopy
from db.backup import make_backup
from db.durable_files import platform_files, sync_file
from db.engine import Database
from db.faults import translated_errors
from db.instance_lock import InstanceLock
from db.keys.keyfile import keyfile_path
from db.keys.sign_ins import SignInLog
from db.keys.vault import KeyfileVault
from db.trail_head_file import TrailHead, TrailHeadFile
from db.unit_of_work import SqlUowFactory

if TYPE_CHECKING:
    from pathlib import Path

    from app.actor import Actor
    from app.clock import Clock
    from app.progress import Progress
    from app.vault import Unlocked

FOLDER: Final = "tap-tren-ban-sao"
PREFIX: Final = "BẢN TẬP "
ENDING: Final = ".khoaso"
_NAME: Final = re.compile(r"\d{8}-\d{6}(-\d+)?")
_STAGING: Final = ".dang-chep-"
_BACKUP_FOLDER_SETTINGS: Final = ("backup_folder", "backup_second_folder")


def make_practice_copy(
    database: Database,
    unlocked: Unlocked,
    actor: Actor,
    clock: Clock,
    progress: Progress = no_progress,
) -> Path:
    """A verified copy in a folder of its own beside the file; returns the copy's database.

    The folder appears whole or not at all. Everybody's password opens the copy as it opens the
    file. Its mark stands in the settings, in the trail and in the sign-in label.
    """
    files = platform_files()
    home = database.path.parent / FOLDER
    with translated_errors("chép bản tập", home):
        home.mkdir(exist_ok=True)
        _sweep(home)
        staging = home / f"{_STAGING}{secrets.token_hex(4)}"
        staging.mkdir()
    try:
        report = make_backup(database, staging, clock, progress=progress)
        copy = report.path / f"{PREFIX}{report.database_name}"
        with translated_errors("chép bản tập", home):
            keyfile_path(report.database_path).rename(keyfile_path(copy))
            report.database_path.rename(copy)
            for left in report.path.iterdir():
                if left not in (copy, keyfile_path(copy)):
                    # A manifest beside it would offer the copy as a backup of the file.
                    left.unlink()
        _mark(copy, unlocked, actor, clock)
        with translated_errors("chép bản tập", home):
            for part in report.path.iterdir():
                sync_file(part)
            final = _free(home, f"{clock.now():%Y%m%d-%H%M%S}")
            files.replace(report.path, final)
            files.sync_folder(home)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return final / copy.name


def practice_copies(path: Path) -> tuple[PracticeCopy, ...]:
    """Copies beside the school's file, the newest first; what else lies there is left out."""
    home = path.parent / FOLDER
    found: list[PracticeCopy] = []
    with translated_errors("xem các bản tập", home):
        for folder in sorted(home.iterdir(), reverse=True) if home.is_dir() else ():
            copy = _copy_in(folder)
            if copy is not None:
                size = sum(part.stat().st_size for part in folder.iterdir() if part.is_file())
                at = datetime.strptime(folder.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=VIETNAM)
                found.append(PracticeCopy(folder.name, at, size))
    return tuple(found)


def remove_practice_copy(path: Path, name: str, clock: Clock) -> None:
    """Delete one copy with its folder; refused while a program has it open.

    Only a folder that `practice_copies` lists can be named.
    """
    folder = path.parent / FOLDER / name
    copy = _copy_in(folder) if _NAME.fullmatch(name) else None
    if copy is None:
        raise RuleRefused(
            "not_found", f"Không còn bản tập {name} cạnh tệp của trường; hãy tải lại trang."
        )
    with InstanceLock(copy, clock):
        # Refused here while another window has the copy open; nobody opens it from now on.
        keyfile_path(copy).unlink(missing_ok=True)
    with translated_errors("xóa bản tập", folder):
        shutil.rmtree(folder)


def _copy_in(folder: Path) -> Path | None:
    """The database of a finished copy; a link is never followed."""
    if folder.is_symlink() or not folder.is_dir() or not _NAME.fullmatch(folder.name):
        return None
    files = (part for part in folder.iterdir() if part.name.startswith(PREFIX))
    return next((part for part in files if part.name.endswith(ENDING)), None)


def _mark(copy: Path, unlocked: Unlocked, actor: Actor, clock: Clock) -> None:
    sign_ins = SignInLog(copy, clock)
    database = Database(copy, unlocked.database_key)
    try:
        with SqlUowFactory(database).write() as uow:
            uow.school.set_setting(MARK, Practice.COPY.value)
            # Its backups must not lie among the school's, where they would count as the newest.
            for place in _BACKUP_FOLDER_SETTINGS:
                uow.school.set_setting(place, "")
            seq, _ = uow.trail.head()
            uow.trail.append(TrailDraft(MADE, {"seq": seq}), actor, clock.now())
            seq, head = uow.trail.head()
            uow.commit()
    finally:
        database.close()
    vault = KeyfileVault(copy, sign_ins)
    vault.update_label(unlocked, {**vault.label(), MARK: Practice.COPY.value})
    TrailHeadFile(copy).write(TrailHead(seq, head.hex()))
    sign_ins.start()
    for log in ("-wal", "-shm"):
        copy.with_name(copy.name + log).unlink(missing_ok=True)


def _sweep(home: Path) -> None:
    """Remove what a killed copying left; one program per file: none is running now."""
    for entry in home.iterdir():
        if entry.name.startswith(_STAGING):
            shutil.rmtree(entry)


def _free(home: Path, name: str) -> Path:
    candidate, number = home / name, 1
    while candidate.exists():
        number += 1
        candidate = home / f"{name}-{number}"
    return candidate
