"""Nhận xét: one line, NFC, as long as the printed line."""

from __future__ import annotations

import unicodedata

import pytest

from app.domain.comments import COMMENT_LIMIT, parse_comment
from app.errors import RuleRefused


def test_decomposed_text_counts_as_it_prints() -> None:
    word = "ề" * COMMENT_LIMIT
    assert parse_comment(unicodedata.normalize("NFD", word)) == word


def test_too_long_says_by_how_much() -> None:
    with pytest.raises(RuleRefused) as refusal:
        parse_comment("ề" * (COMMENT_LIMIT + 3))
    assert "bớt 3 chữ cái" in refusal.value.sentence


def test_line_breaks_become_spaces() -> None:
    assert parse_comment(" Chăm chỉ,\r\n\tcần mạnh dạn. ") == "Chăm chỉ, cần mạnh dạn."
