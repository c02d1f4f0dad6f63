"""What the killed process of a drill does; run in a process of its own."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

from db.backup import make_backup
from db.engine import Database
from db.instance_lock import InstanceLock
from db.keys import keyfile as files
from db.keys import rotation
from tests.db.vault_kit import PASSWORDS, clock, vault_at

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


def die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def save_keyfile_for_ever(path: Path, tell: Connection) -> None:
    vault = vault_at(path)
    unlocked = vault.unlock("ht", PASSWORDS["ht"])
    number = 0
    while True:
        number += 1
        vault.update_label(unlocked, {"year": str(number)})
        tell.send(number)


def rotate_for_ever(path: Path, tell: Connection) -> None:
    vault = vault_at(path)
    while True:
        unlocked = vault.finish_rotation(vault.unlock("ht", PASSWORDS["ht"]))
        tell.send(unlocked.generation)
        keyfile = files.load(vault.path)
        rotation.rotate(path, vault.path, keyfile, unlocked, frozenset())


def remove_teacher_and_die(path: Path, tell: Connection, after_saves: int, rekeyed: bool) -> None:
    """Die right after that many saves of the keyfile; or, `rekeyed`, just before the next one."""
    vault = vault_at(path)
    unlocked = vault.unlock("ht", PASSWORDS["ht"])
    real_save, saves = files.save, 0

    def save(*arguments: object) -> None:
        nonlocal saves
        if saves == after_saves and rekeyed:
            die()
        real_save(*arguments)  # type: ignore[arg-type]
        saves += 1
        if saves == after_saves and not rekeyed:
            die()

    files.save = save  # type: ignore[assignment]
    tell.send("go")
    vault.remove_person(unlocked, "gv1")


def hold_lock(path: Path, tell: Connection) -> None:
    lock = InstanceLock(path, clock())  # kept by this frame until the process dies
    lock.acquire()
    tell.send(os.getpid())
    threading.Event().wait()


def commit_for_ever(path: Path, tell: Connection, key: bytes) -> None:
    database = Database(path, key)
    number = 1_000_000
    while True:
        number += 1
        with database.writer.begin() as connection:
            connection.exec_driver_sql("INSERT INTO mark VALUES (?, 80)", (number,))
        tell.send(number)


def back_up_for_ever(path: Path, tell: Connection, key: bytes, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    tell.send("go")
    while True:
        make_backup(Database(path, key), folder, clock())


def hold_lock_and_fork(path: Path, tell: Connection) -> None:
    """Forks a worker that outlives the killed holder."""
    lock = InstanceLock(path, clock())
    lock.acquire()
    if not os.fork():
        # The worker speaks itself: only then has it surely dropped its copy of the lock.
        tell.send(os.getpid())
        threading.Event().wait()
    threading.Event().wait()
