"""Whatever stops the writing of a bag, no half bag ever has its name."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, RuleRefused
from app.progress import Cancelled
from exports.seal import durable, verifier
from exports.seal.bag import write_bag
from tests.exports.seal.making import (
    BAG,
    WatchedDrive,
    bind,
    contents_of,
    files,
    refused,
    request,
    seal,
)

ROOT = Path(__file__).parents[3]


def nth_write_fails(monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
    """The medium answers `code` from its n-th write on, after half of the bytes."""
    real, count = os.write, [0]

    def write(handle: int, piece: memoryview) -> int:
        count[0] += 1
        if count[0] == number:
            return real(handle, piece[: len(piece) // 2 or 1])
        if count[0] > number:
            raise OSError(code, os.strerror(code))
        return real(handle, piece)

    monkeypatch.setattr(durable.os, "write", write)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, "drive_full"),
        (errno.EDQUOT, "drive_full"),
        (errno.EROFS, "drive_read_only"),
        (errno.EFBIG, "file_too_big"),
        (errno.EIO, "drive_gone"),
        (errno.ENODEV, "drive_gone"),
        (errno.EPERM, "drive_write_failed"),
    ],
)
@pytest.mark.parametrize("number", [1, 3, 8, 12])
def test_a_medium_that_fails_midway_leaves_no_bag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: str, number: int
) -> None:
    nth_write_fails(monkeypatch, number, code)
    error = refused(tmp_path, expected)
    assert "Gói niêm phong này chưa được tạo" in error.sentence


@pytest.mark.skipif(os.name == "nt", reason="folders are not synced on Windows")
def test_every_file_and_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, synced = os.fsync, set()

    def fsync(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(durable.os, "fsync", fsync)
    bag = seal(tmp_path).path
    assert {path.stat().st_ino for path in (tmp_path, bag, *bag.rglob("*"))} <= synced


def test_a_failing_fsync_is_not_overlooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(handle: int) -> None:
        raise OSError(errno.EIO, "lost")

    monkeypatch.setattr(durable.os, "fsync", fsync)
    refused(tmp_path, "drive_gone")


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits on Windows")
def test_a_system_limit_on_file_size_is_told(tmp_path: Path) -> None:
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from app.errors import AppError
from app.media import SealFile
from tests.exports.seal.making import request, seal
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    seal(Path({str(tmp_path)!r}), request((SealFile("a.bin", b"x" * 300_000),)))
except AppError as error:
    print(error.code)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("file_too_big", "")
    assert list(tmp_path.iterdir()) == []


def all_checks(tmp_path: Path) -> int:
    folder = tmp_path / "dem"
    folder.mkdir()
    drive = WatchedDrive(bind(folder))
    write_bag(request(), drive, folder)
    return drive.checks


def test_a_drive_that_vanishes_at_any_moment_gets_nothing_under_its_name(tmp_path: Path) -> None:
    """The mount point is left bare, as after a lazy unmount: nothing may land in it."""
    for moment in range(1, all_checks(tmp_path) + 1):
        folder = tmp_path / f"E{moment}"
        folder.mkdir()
        drive = WatchedDrive(bind(folder))
        pulled = tmp_path / f"rut{moment}"

        def pull(
            number: int, folder: Path = folder, pulled: Path = pulled, at: int = moment
        ) -> None:
            if number == at:
                folder.rename(pulled)
                folder.mkdir()

        drive.at_check = pull
        with pytest.raises(EnvironmentProblem) as caught:
            write_bag(request(), drive, folder)
        assert caught.value.code == "drive_changed"
        assert list(folder.iterdir()) == []
        left = [path.name for path in pulled.iterdir()]
        assert left in ([], [f"{BAG}.dang-ghi"], [BAG])
        if left == [BAG]:  # pulled after the last rename: the bag had been proved before it
            assert verifier.verify_path(pulled).exit_code == 0


def test_a_bag_of_that_name_on_a_medium_plugged_in_at_the_last_moment_is_left_alone(
    tmp_path: Path,
) -> None:
    """Between the rename and its proof: taking the name back would hand their bag to the sweep."""
    folder, pulled = tmp_path / "E", tmp_path / "rut"
    last = all_checks(tmp_path)
    folder.mkdir()
    drive = WatchedDrive(bind(folder))
    theirs: dict[str, bytes] = {}

    def swap(number: int) -> None:
        if number == last:
            folder.rename(pulled)
            folder.mkdir()
            seal(folder, request(seed=9))
            theirs.update(contents_of(folder))

    drive.at_check = swap
    with pytest.raises(EnvironmentProblem) as caught:
        write_bag(request(), drive, folder)
    assert caught.value.code == "drive_changed"
    assert contents_of(folder) == theirs
    assert verifier.verify_path(pulled / BAG).exit_code == 0


def test_a_drive_that_is_simply_gone(tmp_path: Path) -> None:
    folder = tmp_path / "E"
    folder.mkdir()
    drive = WatchedDrive(bind(folder))
    drive.at_check = lambda number: shutil.rmtree(folder) if number == 4 else None
    error = refused(folder, "drive_gone", drive=drive)
    assert "cắm lại" in error.sentence
    assert not folder.exists()


def test_a_drive_pulled_between_the_check_and_the_write_gets_nothing_rebuilt(
    tmp_path: Path,
) -> None:
    """No check can be close enough to the write: the bag's root is never made a second time."""
    for moment in range(1, 1 + len(files())):
        folder, pulled, told = tmp_path / f"E{moment}", tmp_path / f"rut{moment}", [0]
        folder.mkdir()

        def pull(done: int, total: int, note: str = "", at: int = moment) -> None:
            told[0] += 1  # noqa: B023 - called within the same turn
            if told[0] == at:  # noqa: B023
                folder.rename(pulled)  # noqa: B023
                folder.mkdir()  # noqa: B023

        with pytest.raises(EnvironmentProblem) as caught:
            seal(folder, progress=pull)
        assert caught.value.code == "drive_changed"
        assert list(folder.iterdir()) == []


def test_a_target_folder_changed_under_the_writer_is_noticed(tmp_path: Path) -> None:
    target = tmp_path / "nam-hoc"
    target.mkdir()
    drive = WatchedDrive(bind(tmp_path))

    def swap(number: int) -> None:
        if number == 5:
            target.rename(tmp_path / "cu")
            target.mkdir()

    drive.at_check = swap
    with pytest.raises(EnvironmentProblem) as caught:
        write_bag(request(), drive, target)
    assert caught.value.code == "drive_changed"
    assert list(target.iterdir()) == []


def test_a_name_taken_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def take(done: int, total: int, note: str = "") -> None:
        if note.startswith("Đang đọc lại"):
            (tmp_path / BAG).mkdir(exist_ok=True)

    with pytest.raises(RuleRefused) as caught:
        seal(tmp_path, progress=take)
    assert caught.value.code == "bag_exists"
    assert [path.name for path in tmp_path.iterdir()] == [BAG]
    assert list((tmp_path / BAG).iterdir()) == []


def test_cancel_at_any_moment_leaves_the_drive_as_it_was(tmp_path: Path) -> None:
    def stop_at(moment: int) -> Callable[..., None]:
        told = [0]

        def progress(done: int, total: int, note: str = "") -> None:
            told[0] += 1
            if told[0] == moment:
                raise Cancelled

        return progress

    (tmp_path / "cua-toi.txt").write_text("x")
    moment = 0
    while True:
        moment += 1
        try:
            seal(tmp_path, progress=stop_at(moment))
        except Cancelled:
            assert [path.name for path in tmp_path.iterdir()] == ["cua-toi.txt"]
        else:
            break
    assert moment > 2 * len(files())


@pytest.mark.parametrize("name", ["data/nhat-ky.csv", "manifest-sha512.txt", verifier.SIGNATURE])
def test_a_medium_that_gives_back_other_bytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = durable.forget_cached

    def rot(path: Path) -> None:
        real(path)
        if path.as_posix().endswith(name):
            path.write_bytes(b"z" + path.read_bytes()[1:])

    monkeypatch.setattr(durable, "forget_cached", rot)
    assert name in refused(tmp_path, "drive_readback_failed").sentence


def test_a_bag_that_fails_its_last_check_loses_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        moved = real(path, target)
        if path.name.endswith(".dang-ghi"):
            (moved / "bagit.txt").write_bytes(b"")
        return moved

    monkeypatch.setattr(Path, "rename", rename)
    refused(tmp_path, "drive_readback_failed")
