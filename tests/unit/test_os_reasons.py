"""No English text of the operating system reaches a sentence."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest

from app.os_reasons import reason_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "ổ đĩa đã đầy"), (errno.ENOENT, "không có tệp hoặc thư mục này"),
     (9999, "lỗi số 9999 của máy")],
)  # fmt: skip
def test_words_of_an_errno(number, words):
    assert reason_of(OSError(number, os.strerror(number))) == words


def test_an_error_without_a_number():
    assert reason_of(OSError("disk on fire")) == "máy không nói vì sao"


def test_windows_says_it_more_exactly():
    error = OSError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32
    assert reason_of(error) == "tệp đang mở ở chương trình khác"
    error.winerror = 4711
    assert reason_of(error) == "không có quyền, hoặc tệp đang mở ở chương trình khác"


def test_nobody_shows_the_systems_own_text():
    for folder in ("app", "db", "exports", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Attribute) and node.attr == "strerror"), path
