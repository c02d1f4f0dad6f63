"""Names on a medium: short plain ASCII, told apart by every file system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from exports.seal.names import NAME_LIMIT, PathBook, is_safe_name, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("6A1", "6A1"),
        ("Lớp 6/1", "Lop-6-1"),
        ("Sổ gọi tên và ghi điểm – lớp 9A1", "So-goi-ten-va-ghi-diem-lop-9A1"),
        ("Đặng Thị Ỷ", "Dang-Thi-Y"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("..a..", "a"),
        ("2025-2026", "2025-2026"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert safe_name(title) == name
    assert safe_name(unicodedata.normalize("NFD", title)) == name


def has_something_to_keep(title: str) -> bool:
    plain = unicodedata.normalize("NFD", title)
    return any(ch in "đĐ" or (ch.isascii() and ch.isalnum()) for ch in plain)


@given(title=st.text(max_size=200), extension=st.sampled_from(["", ".pdf", ".xlsx"]))
def test_any_title_gives_a_safe_name_or_is_refused(title: str, extension: str) -> None:
    if not has_something_to_keep(title):
        with pytest.raises(RuleRefused) as caught:
            safe_name(title, extension)
        assert caught.value.code == "name_empty"
        assert title in caught.value.sentence
        return
    name = safe_name(title, extension)
    assert is_safe_name(name)
    assert name.endswith(extension)
    assert len(name.encode()) <= NAME_LIMIT
    assert name == safe_name(unicodedata.normalize("NFD", title), extension)


def test_long_titles_stay_apart() -> None:
    start = "Sổ theo dõi và đánh giá học sinh " * 3
    one, two = safe_name(start + "6A1", ".pdf"), safe_name(start + "6A2", ".pdf")
    assert one != two
    assert len(one) == NAME_LIMIT


@pytest.mark.parametrize("path", ["a/b/c/d/e/f/g", "/".join(["x" * 50] * 4), "-rf", ".an", "a./b"])
def test_paths_too_deep_too_long_or_odd_are_refused(path: str) -> None:
    with pytest.raises(RuleRefused) as caught:
        PathBook().admit(path)
    assert caught.value.code == "bad_path"
