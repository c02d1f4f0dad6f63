"""Payload files are made durable in batches: all of them before the lists, and no handle stays."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from app.media import SealFile
from app.progress import Cancelled
from exports.seal import bag as module
from exports.seal import durable
from tests.exports.seal.making import BAG, request, seal

MANY = tuple(SealFile(f"lop/tep-{n:03d}.csv", b"x" * n) for n in range(150))


def open_handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


only_linux = pytest.mark.skipif(sys.platform != "linux", reason="counts handles in /proc")


def test_nothing_is_listed_before_all_of_it_is_durable(tmp_path: Path, monkeypatch) -> None:
    real, synced, missing = os.fsync, set(), []

    def fsync(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        real(handle)

    def tag(writing, name: str, content: bytes) -> None:
        payload = (tmp_path / f"{BAG}.dang-ghi" / "data").rglob("*.csv")
        missing.extend(path.name for path in payload if path.stat().st_ino not in synced)
        real_tag(writing, name, content)

    real_tag = module._Writing._tag
    monkeypatch.setattr(durable.os, "fsync", fsync)
    monkeypatch.setattr(module._Writing, "_tag", tag)
    assert seal(tmp_path, request(MANY)).files == 150
    assert missing == []
    assert len(synced) >= 150


@only_linux
def test_few_files_wait_open_at_any_time(tmp_path: Path) -> None:
    before, most = open_handles(), 0

    def progress(done: int, total: int, note: str = "") -> None:
        nonlocal most
        most = max(most, open_handles())

    seal(tmp_path, request(MANY), progress)
    assert most - before <= 40
    assert open_handles() == before


def test_a_large_file_does_not_wait_for_thirty_others(tmp_path: Path, monkeypatch) -> None:
    waiting, synced = [], []
    real = durable.sync_and_close
    monkeypatch.setattr(durable, "sync_and_close", lambda h: (synced.append(h), real(h)))
    large = SealFile("lon.bin", b"0" * (9 << 20))
    after = SealFile("sau.csv", b"1")

    def progress(done: int, total: int, note: str = "") -> None:
        if "sau.csv" in note:
            waiting.append(len(synced))

    seal(tmp_path, request((large, after)), progress)
    assert waiting[0] == 1


@only_linux
@pytest.mark.parametrize("stop", ["cancel", "fsync"])
def test_no_handle_survives_an_interruption(tmp_path: Path, monkeypatch, stop: str) -> None:
    before = open_handles()

    def progress(done: int, total: int, note: str = "") -> None:
        if stop == "cancel" and "tep-020" in note:
            raise Cancelled

    def fsync(handle: int) -> None:
        raise OSError(errno.EIO, "lost")

    if stop == "fsync":
        monkeypatch.setattr(durable.os, "fsync", fsync)
    with pytest.raises((Cancelled, EnvironmentProblem)):
        seal(tmp_path, request(MANY), progress)
    assert open_handles() == before
    assert list(tmp_path.iterdir()) == []
