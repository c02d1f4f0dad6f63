from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from db.durable_files import (
    PosixFiles,
    WindowsFiles,
    replace_file,
    require_space,
    sweep_leftovers,
)
from tests.support.school import make_school


@pytest.fixture(params=["posix", "windows"])
def files(request):
    """Both implementations of the port keep the same promises."""
    return PosixFiles() if request.param == "posix" else WindowsFiles(pause=lambda _: None)


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_is_made_and_replaced_whole(tmp_path, files):
    path = tmp_path / "tệp khóa"
    replace_file(path, b"one", files)
    replace_file(path, b"two", files)
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["tệp khóa"]


def test_a_folder_can_be_put_in_place(tmp_path, files):
    source = tmp_path / "partial"
    source.mkdir()
    (source / "a").write_bytes(b"x")
    files.replace(source, tmp_path / "final")
    files.sync_folder(tmp_path)
    assert (tmp_path / "final" / "a").read_bytes() == b"x"


class _Refusing:
    """Answers as recorded on Windows: the scanner holds the file for the first calls."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.calls = 0

    def __call__(self, source: Path, target: Path) -> None:
        self.calls += 1
        if self.calls <= self.refusals:
            raise PermissionError(13, "Access is denied", str(source), 5, str(target))
        source.replace(target)


def test_windows_tries_again_while_a_scanner_holds_the_file(tmp_path):
    pauses: list[float] = []
    rename = _Refusing(3)
    replace_file(tmp_path / "k", b"new", WindowsFiles(pause=pauses.append, rename=rename))
    assert (tmp_path / "k").read_bytes() == b"new"
    assert rename.calls == 4
    assert len(pauses) == 3


def test_windows_gives_up_with_the_old_file_whole(tmp_path):
    path = tmp_path / "k"
    path.write_bytes(b"old")
    rename = _Refusing(10**6)
    with pytest.raises(PermissionError):
        replace_file(path, b"new", WindowsFiles(attempts=4, pause=lambda _: None, rename=rename))
    assert rename.calls == 4
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["k"]


def test_windows_waits_about_two_seconds_in_all():
    pauses: list[float] = []
    with pytest.raises(PermissionError):
        WindowsFiles(pause=pauses.append, rename=_Refusing(10**6)).replace(Path("a"), Path("b"))
    assert 1.5 < sum(pauses) < 3


def test_a_failed_sync_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "k"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["k"]


def test_sweeping_takes_only_leftovers_of_that_file(tmp_path):
    for name in (".k.1234.khoaso-tmp", ".k2.1234.khoaso-tmp", "k.khoaso-tmp", ".k.txt", "k"):
        (tmp_path / name).touch()
    assert sweep_leftovers(tmp_path / "k") == 1
    assert names(tmp_path) == [".k.txt", ".k2.1234.khoaso-tmp", "k", "k.khoaso-tmp"]


def test_too_little_space_is_told_in_megabytes(tmp_path):
    require_space(tmp_path, 100, "sao lưu", lambda _: 100)
    with pytest.raises(EnvironmentProblem) as caught:
        require_space(tmp_path, 81_000_001, "sao lưu", lambda _: 12_000_000)
    assert caught.value.code == "not_enough_space"
    assert "82 MB" in caught.value.sentence
    assert "12 MB" in caught.value.sentence


def test_opening_a_file_sweeps_what_killed_saves_left(tmp_path):
    school = make_school(tmp_path, pupils=1)
    school.close()
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    left = [
        tmp_path / f".{school.path.name}.khoaso-key.0a1b2c3d.khoaso-tmp",
        tmp_path / f".{school.path.name}.khoaso-head.0a1b2c3d.khoaso-tmp",
    ]
    for one in left:
        one.write_bytes(b"half")
    half = folder / f".{school.path.stem}.0a1b2c3d.dang-sao-luu"
    half.mkdir()
    (half / school.path.name).write_bytes(b"half")
    strange = tmp_path / ".ghi-chu.khoaso-tmp"
    strange.write_bytes(b"mine")
    school.files.open(school.path).close()
    assert not [one for one in (*left, half) if one.exists()]
    assert strange.exists()
