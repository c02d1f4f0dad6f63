"""Failed sign-ins, kept in a side file until the next sign-in takes them into the trail."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.text import clean
from db.durable_files import replace_file
from db.faults import translated_errors

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock

SUFFIX: Final = ".khoaso-signins"
_READ_LIMIT: Final = 1 << 20
"""Bytes read of a side file: anybody can write into it, and all of it goes into the trail."""
_FIELD_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class FailedSignIn:
    """One refused attempt: `result` is the refusal's code, `at` ISO 8601 with UTC+7.

    `attempt` is a random name that lets the trail skip a line it already took.
    """

    attempt: str
    uid: str
    at: str
    result: str


@dataclass(frozen=True, slots=True)
class PendingSignIns:
    """What waits to be taken into the trail.

    `missing` says the side file was gone, `damaged_lines` how many lines could not be read: both
    are worth a trail entry of their own, since the file is the only witness of these attempts.
    """

    attempts: tuple[FailedSignIn, ...]
    missing: bool
    damaged_lines: int
    bytes_read: int


class SignInLog:
    """The side file `<database>.khoaso-signins`: one JSON line an attempt, synced at once."""

    def __init__(self, database_path: Path, clock: Clock) -> None:
        self._path = database_path.with_name(database_path.name + SUFFIX)
        self._clock = clock

    @property
    def path(self) -> Path:
        """Where the side file lies."""
        return self._path

    def start(self) -> None:
        """Make the empty side file of a new database; from then on its absence means something."""
        with translated_errors("tạo tệp ghi các lần đăng nhập sai", self._path):
            replace_file(self._path, b"")

    def record(self, uid: str, result: str) -> None:
        """Append one failed attempt durably; creates no file, so a removed one stays noticed.

        After a removal the attempts go to `<file>.them`, read together with the main file.
        """
        line = json.dumps(
            {
                "attempt": secrets.token_hex(6),
                "uid": clean(uid)[:_FIELD_LIMIT].strip(),
                "at": self._clock.now().isoformat(),
                "result": result,
            },
            ensure_ascii=False,
        )
        target = self._path if self._path.exists() else self._spare
        with (
            translated_errors("ghi lần đăng nhập sai", target),
            target.open("ab") as file,
        ):
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def pending(self) -> PendingSignIns:
        """Everything not yet taken; changes nothing."""
        missing = not self._path.exists()
        attempts: list[FailedSignIn] = []
        (content, size), (spare, spare_size) = self._newest(self._path), self._newest(self._spare)
        damaged = (size > len(content)) + (spare_size > len(spare))
        for line in (content + spare).splitlines():
            attempt = _parse(line)
            if attempt is None:
                damaged += 1
            else:
                attempts.append(attempt)
        return PendingSignIns(tuple(attempts), missing, damaged, size)

    def taken(self, pending: PendingSignIns) -> None:
        """Forget what `pending` reported, once the trail has committed it.

        Attempts recorded in between stay. A crash before this call reports them again: compare
        `attempt`.
        """
        with translated_errors("dọn tệp ghi các lần đăng nhập sai", self._path):
            rest = b""
            if self._path.exists():
                with self._path.open("rb") as file:
                    file.seek(pending.bytes_read)
                    rest = file.read(_READ_LIMIT)
            replace_file(self._path, rest)
            self._spare.unlink(missing_ok=True)

    @property
    def _spare(self) -> Path:
        return self._path.with_name(self._path.name + ".them")

    def _newest(self, path: Path) -> tuple[bytes, int]:
        """The end of the file in whole lines, and the size of all of it."""
        with translated_errors("đọc tệp ghi các lần đăng nhập sai", path):
            if not path.exists():
                return b"", 0
            size = path.stat().st_size
            with path.open("rb") as file:
                file.seek(max(0, size - _READ_LIMIT))
                content = file.read(_READ_LIMIT)
        return (content if size <= _READ_LIMIT else content.partition(b"\n")[2]), size


def _parse(line: bytes) -> FailedSignIn | None:
    try:
        facts = json.loads(line)
        values = [facts[name] for name in ("attempt", "uid", "at", "result")]
        if not all(isinstance(one, str) and len(one) <= _FIELD_LIMIT for one in values):
            return None
        attempt = FailedSignIn(*values)
        datetime.fromisoformat(attempt.at)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    # The line goes into the trail and onto the screen: nothing that turns or hides the text.
    return attempt if clean(attempt.uid) == attempt.uid else None
