"""Files a person asked for are whole or absent, and a failure says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from exports.saved_file import save_file


def test_writes_and_replaces(tmp_path):
    path = tmp_path / "Dòng lỗi.xlsx"
    save_file(path, b"one")
    save_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_is_said_with_what_to_do(tmp_path):
    with pytest.raises(EnvironmentProblem) as refused:
        save_file(tmp_path / "không có" / "a.xlsx", b"x")
    assert refused.value.code == "file_not_written"
    assert "chọn thư mục khác" in refused.value.sentence


def test_full_disk_keeps_the_former_file(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("exports.saved_file.os.fsync", full)
    with pytest.raises(EnvironmentProblem) as refused:
        save_file(path, b"new")
    assert refused.value.code == "disk_full"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_open_in_excel_is_named(tmp_path, monkeypatch):
    def in_use(*_):
        error = PermissionError(errno.EACCES, "in use")
        error.winerror = 32
        raise error

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(EnvironmentProblem) as refused:
        save_file(tmp_path / "a.xlsx", b"new")
    assert refused.value.code == "file_in_use"
    assert list(tmp_path.iterdir()) == []
