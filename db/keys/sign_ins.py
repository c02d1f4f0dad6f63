"""Failed sign-ins, kept in a side file until the next sign-in takes them into the trail."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.durable_files import replace_file
from db.faults import translated_errors

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock

SUFFIX: Final = ".khoaso-signins"


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
                "uid": uid[:100],
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
        content = self._read(self._path)
        attempts: list[FailedSignIn] = []
        damaged = 0
        for line in (content + self._read(self._spare)).splitlines():
            attempt = _parse(line)
            if attempt is None:
                damaged += 1
            else:
                attempts.append(attempt)
        return PendingSignIns(tuple(attempts), missing, damaged, len(content))

    def taken(self, pending: PendingSignIns) -> None:
        """Forget what `pending` reported, once the trail has committed it.

        Attempts recorded in between stay. A crash before this call reports them again: compare
        `attempt`.
        """
        with translated_errors("dọn tệp ghi các lần đăng nhập sai", self._path):
            rest = self._read(self._path)[pending.bytes_read :]
            replace_file(self._path, rest)
            self._spare.unlink(missing_ok=True)

    @property
    def _spare(self) -> Path:
        return self._path.with_name(self._path.name + ".them")

    def _read(self, path: Path) -> bytes:
        with translated_errors("đọc tệp ghi các lần đăng nhập sai", path):
            return path.read_bytes() if path.exists() else b""


def _parse(line: bytes) -> FailedSignIn | None:
    try:
        facts = json.loads(line)
        values = [facts[name] for name in ("attempt", "uid", "at", "result")]
    except (ValueError, KeyError, TypeError):
        return None
    if not all(isinstance(value, str) for value in values):
        return None
    return FailedSignIn(*values)
