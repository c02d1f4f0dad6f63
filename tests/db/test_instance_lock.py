from __future__ import annotations

import errno
import os
import sys
import types

import pytest

from app.errors import EnvironmentProblem
from db.instance_lock import Holder, InstanceLock, PosixLock, WindowsLock
from tests.db import drill_child
from tests.db.drill_kit import child
from tests.db.vault_kit import clock


@pytest.fixture
def path(tmp_path):
    return tmp_path / "school.khoaso"


class _Msvcrt(types.ModuleType):
    """msvcrt as Microsoft documents it: EACCES when another handle has the byte."""

    LK_UNLCK = 0
    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.calls: list[tuple[int, int]] = []

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert count == 1
        self.calls.append((mode, os.lseek(handle, 0, os.SEEK_CUR)))
        lock = PosixLock()
        if mode == self.LK_UNLCK:
            lock.unlock(handle)
        elif not lock.try_lock(handle):
            raise OSError(errno.EACCES, "Permission denied")


@pytest.fixture(params=["posix", "windows"])
def port(request, monkeypatch):
    if request.param == "posix":
        return PosixLock()
    monkeypatch.setitem(sys.modules, "msvcrt", _Msvcrt())
    return WindowsLock()


def test_the_second_opener_is_told_who_and_since_when(path, port):
    with InstanceLock(path, clock(), port):
        with pytest.raises(EnvironmentProblem) as caught:
            InstanceLock(path, clock(), port).acquire()
        error = caught.value
        assert error.code == "already_open"
        assert "08:30 ngày 23/11/2026" in error.sentence
        assert f"tiến trình số {os.getpid()}" in error.sentence
        assert isinstance(error.facts["holder"], Holder)
        with pytest.raises(EnvironmentProblem):
            InstanceLock(path, clock(), port).acquire()


def test_released_it_can_be_taken_again(path, port):
    lock = InstanceLock(path, clock(), port)
    for _ in range(2):
        with lock:
            assert lock.path.read_bytes()
        assert lock.path.read_bytes() == b""
    lock.release()
    with InstanceLock(path, clock(), port):
        pass


def test_two_files_do_not_meet(path, port):
    with InstanceLock(path, clock(), port), InstanceLock(path.with_name("b"), clock(), port):
        pass


def test_taking_it_twice_is_a_programming_error(path):
    lock = InstanceLock(path, clock())
    with lock, pytest.raises(RuntimeError):
        lock.acquire()


def test_windows_locks_far_behind_the_text(path, monkeypatch):
    msvcrt = _Msvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    with InstanceLock(path, clock(), WindowsLock()) as lock:
        assert msvcrt.calls == [(_Msvcrt.LK_NBLCK, WindowsLock.FAR)]
        assert lock.path.stat().st_size < 200
    assert msvcrt.calls[1:] == [(_Msvcrt.LK_UNLCK, WindowsLock.FAR)]


def test_another_fault_of_the_lock_is_not_taken_for_a_holder(path):
    class Broken:
        def try_lock(self, handle: int) -> bool:
            raise OSError(errno.EIO, "Input/output error")

        def unlock(self, handle: int) -> None:
            raise AssertionError("never taken")

    with pytest.raises(EnvironmentProblem) as caught:
        InstanceLock(path, clock(), Broken()).acquire()
    assert caught.value.code == "io_error"


@pytest.mark.parametrize("content", [b"", b"{", b'{"pid": 1}', b'{"since": 5}', b"\xff\xff"])
def test_an_unreadable_holder_still_refuses(path, content):
    with InstanceLock(path, clock()) as lock:
        lock.path.write_bytes(content)
        with pytest.raises(EnvironmentProblem) as caught:
            InstanceLock(path, clock()).acquire()
        assert caught.value.code == "already_open"
        assert caught.value.facts["holder"] is None


def test_a_lock_file_left_by_a_killed_program_is_no_obstacle(path):
    with child(drill_child.hold_lock, path) as (_, listen):
        pid = listen.recv()
        with pytest.raises(EnvironmentProblem) as caught:
            InstanceLock(path, clock()).acquire()
        assert caught.value.facts["holder"].pid == pid
    lock = InstanceLock(path, clock())
    assert str(pid).encode() in lock.path.read_bytes()
    with lock:
        assert str(pid).encode() not in lock.path.read_bytes()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only systems with fork share handles")
def test_a_forked_worker_does_not_keep_the_lock(path):
    with child(drill_child.hold_lock_and_fork, path) as (process, listen):
        worker = listen.recv()
        process.kill()
        process.join()
        try:
            with InstanceLock(path, clock()):
                pass
        finally:
            os.kill(worker, 9)
