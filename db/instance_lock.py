"""One program per file: an operating-system lock that dies with the process."""

from __future__ import annotations

import errno
import importlib
import json
import os
import platform
import weakref
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, Self

from app.errors import EnvironmentProblem
from db.faults import translated_errors

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock

SUFFIX: Final = ".khoaso-lock"
_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class LockPort(Protocol):
    """Exclusive lock on an open file, refused at once when somebody has it."""

    def try_lock(self, handle: int) -> bool:
        """True when the lock is ours; a dying process loses it without doing anything."""
        ...

    def unlock(self, handle: int) -> None:
        """Give it back before `handle` is closed."""
        ...


class PosixLock:
    """Linux: flock, which also refuses a second opener inside the same process."""

    def try_lock(self, handle: int) -> bool:
        """Non-blocking exclusive flock."""
        fcntl = importlib.import_module("fcntl")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True

    def unlock(self, handle: int) -> None:
        """Release the flock."""
        fcntl = importlib.import_module("fcntl")
        fcntl.flock(handle, fcntl.LOCK_UN)


class WindowsLock:
    """Windows: one byte far behind the text is locked, so that others can still read who has it."""

    FAR: Final = 0x7FFF_0000

    def try_lock(self, handle: int) -> bool:
        """Non-blocking `msvcrt.locking` of one byte."""
        msvcrt = importlib.import_module("msvcrt")
        os.lseek(handle, self.FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

    def unlock(self, handle: int) -> None:
        """Release that byte; Windows promises no moment at which a close alone would."""
        msvcrt = importlib.import_module("msvcrt")
        os.lseek(handle, self.FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)


def platform_lock() -> LockPort:
    """The port of the running system."""
    return WindowsLock() if os.name == "nt" else PosixLock()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file open: process number, computer, and since when (ISO 8601, UTC+7)."""

    pid: int
    host: str
    since: str


class InstanceLock:
    """Held for as long as this program has the database open; a context manager."""

    def __init__(self, database_path: Path, clock: Clock, port: LockPort | None = None) -> None:
        self._database_path = database_path
        self._path = database_path.with_name(database_path.name + SUFFIX)
        self._clock = clock
        self._port = port or platform_lock()
        self._handle: int | None = None
        if hasattr(os, "register_at_fork"):
            # A forked worker shares the lock and would keep it after the program is killed.
            me = weakref.ref(self)
            os.register_at_fork(after_in_child=lambda: _drop_in_child(me))

    @property
    def path(self) -> Path:
        """Where the lock file lies; it stays after release, empty."""
        return self._path

    def acquire(self) -> None:
        """Take the file, or raise `EnvironmentProblem("already_open")` naming who has it."""
        if self._handle is not None:
            raise RuntimeError("this lock is already held")
        with translated_errors("khóa tệp dữ liệu cho riêng chương trình này", self._path):
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                taken = self._port.try_lock(handle)
                # Locked, but taken away by a creation that failed just now: nobody else would see
                # this lock.
                gone = taken and not self._is_in_place(handle)
                if taken and not gone:
                    self._write_holder(handle)
            except BaseException:
                os.close(handle)
                raise
        if gone:
            os.close(handle)
            self.acquire()
            return
        if not taken:
            holder = _read_holder(handle)
            os.close(handle)
            raise self._already_open(holder)
        self._handle = handle

    def release(self) -> None:
        """Give the file back; harmless when it is not held."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        try:
            os.ftruncate(handle, 0)
            self._port.unlock(handle)
        finally:
            os.close(handle)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def forget_in_child(self) -> None:
        """Close a forked child's copy of the handle; the parent keeps the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _is_in_place(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False

    def _write_holder(self, handle: int) -> None:
        facts = {
            "pid": os.getpid(),
            "host": platform.node(),
            "since": self._clock.now().isoformat(),
        }
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(facts).encode())

    def _already_open(self, holder: Holder | None) -> EnvironmentProblem:
        who = "một cửa sổ Khóa Sổ khác"
        if holder is not None:
            since = datetime.fromisoformat(holder.since)
            who += (
                f" (máy {holder.host}, tiến trình số {holder.pid}, "
                f"từ {since:%H:%M} ngày {since:%d/%m/%Y})"
            )
        return EnvironmentProblem(
            "already_open",
            f"Tệp {self._database_path.name} đang mở trong {who}. Mỗi lúc chỉ một cửa sổ được mở "
            "tệp này. Hãy chuyển sang cửa sổ ấy, hoặc đóng nó rồi mở lại.",
            path=self._database_path,
            holder=holder,
        )


def _drop_in_child(reference: weakref.ref[InstanceLock]) -> None:
    lock = reference()
    if lock is not None:
        lock.forget_in_child()


def _read_holder(handle: int) -> Holder | None:
    """Who wrote the lock file; None while the holder is still writing it."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        facts = json.loads(os.read(handle, 4096))
        datetime.fromisoformat(facts["since"])
        return Holder(int(facts["pid"]), str(facts["host"]), str(facts["since"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
