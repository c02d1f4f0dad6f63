"""Changing the database key without anybody else's password, and without a moment of no key."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.errors import EnvironmentProblem
from app.vault import Unlocked
from db.durable_files import free_bytes, require_space
from db.engine import connect, truncate_log
from db.faults import translated_errors
from db.keys import keyfile as files
from db.keys.keyfile import Generation, Keyfile
from db.keys.slots import seal_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path
    from typing import Any

_WHAT: Final = "đổi khóa dữ liệu"
_SPACE_FACTOR: Final = 3
"""Free space asked for, in sizes of the file: rekeying journals every page."""


def rotate(
    database_path: Path,
    keyfile_path: Path,
    keyfile: Keyfile,
    unlocked: Unlocked,
    leaving: Collection[str],
    *,
    free: Callable[[Path], int] = free_bytes,
) -> Unlocked:
    """Give the file a new key, sealed to everybody but `leaving`.

    Order: keyfile with both keys, then the file, then the keyfile with the new key only. Killed in
    between, the next sign-in tries the newest key and then the one before. `keyfile` must already
    be authenticated; a newer generation left in it by an interruption is thrown away.

    Raises `EnvironmentProblem`: `database_busy` while any other connection is open,
    `not_enough_space`, or a fault of the disk.
    """
    require_space(database_path.parent, _SPACE_FACTOR * database_path.stat().st_size, _WHAT, free)
    old, new = unlocked.generation, max(item.number for item in keyfile.generations) + 1
    new_key = os.urandom(32)
    with closing(connect(database_path, unlocked.database_key)) as connection:
        _take_alone(connection, database_path)
        both = _with_generation(
            without_people(only_generation(keyfile, old), leaving), new, new_key
        )
        both = replace(both, serial=keyfile.serial + 1)
        files.save(keyfile_path, files.sealed_by(both, {old: unlocked.database_key, new: new_key}))
        with translated_errors(_WHAT, database_path):
            connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    # Proves the new key on a connection of its own before the old one is forgotten.
    connect(database_path, new_key).close()
    settled = replace(only_generation(both, new), serial=both.serial + 1)
    files.save(keyfile_path, files.sealed_by(settled, {new: new_key}))
    return Unlocked(unlocked.uid, new_key, unlocked.signer, new, settled.serial)


def only_generation(keyfile: Keyfile, number: int) -> Keyfile:
    """The keyfile with one generation left."""
    kept = tuple(item for item in keyfile.generations if item.number == number)
    return replace(keyfile, generations=kept)


def without_people(keyfile: Keyfile, leaving: Collection[str]) -> Keyfile:
    """The keyfile without the lines, slots and sealed keys of `leaving`."""
    return replace(
        keyfile,
        people=tuple(person for person in keyfile.people if person.entry.uid not in leaving),
        generations=tuple(
            replace(
                item, sealed={uid: key for uid, key in item.sealed.items() if uid not in leaving}
            )
            for item in keyfile.generations
        ),
    )


def _with_generation(keyfile: Keyfile, number: int, database_key: bytes) -> Keyfile:
    slots = [*(person.slot for person in keyfile.people), keyfile.recovery]
    sealed = {
        slot.uid: seal_key(database_key, slot.sealing_public, keyfile.database_id, number, slot.uid)
        for slot in slots
    }
    return replace(keyfile, generations=(*keyfile.generations, Generation(number, sealed)))


def _take_alone(connection: Any, path: Path) -> None:
    """Leave WAL, which only the one connection of a file can do."""
    with translated_errors(_WHAT, path):
        alone = truncate_log(connection)
        if alone:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            alone = mode == "delete"
    if not alone:
        raise EnvironmentProblem(
            "database_busy",
            f"Chưa đổi được khóa của {path.name} vì tệp đang mở ở chỗ khác trong chương trình. "
            "Chưa có gì bị thay đổi. Hãy đợi việc đang chạy xong rồi làm lại.",
            path=path,
        )
