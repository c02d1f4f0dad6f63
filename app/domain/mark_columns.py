"""Entry columns of a secondary subject: what a column's code says, under either set of columns.

TT22/2021 and TT58/2011 as amended: tx1..txN, gk, ck. TT58/2011 as first issued (school years
2016-2017 to 2019-2020): m1 (kiểm tra miệng) and v1.. (kiểm tra dưới 1 tiết), which are KTtx;
dk1.. (viết, thực hành từ 1 tiết), which are KTđk of hệ số 2; hk (KThk) of hệ số 3 (Điều 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class ColumnRole(Enum):
    """The place of a column in ĐTBmhk."""

    REGULAR = "tx"
    PERIODIC = "gk"
    FINAL = "ck"


TERM_TEST = "hk"
"""KThk."""

ROLES = {
    "tx": ColumnRole.REGULAR,
    "m": ColumnRole.REGULAR,
    "v": ColumnRole.REGULAR,
    "gk": ColumnRole.PERIODIC,
    "dk": ColumnRole.PERIODIC,
    "ck": ColumnRole.FINAL,
    "hk": ColumnRole.FINAL,
}
"""By the letters of a code."""

_TITLES = {"m": "Miệng", "v": "KTtx{n}", "dk": "KTđk{n}", "hk": "KThk"}
_WORDS = {
    "m": "kiểm tra miệng",
    "v": "kiểm tra dưới 1 tiết, bài {n}",
    "dk": "kiểm tra từ 1 tiết, bài {n}",
    "hk": "kiểm tra học kì",
}


def column_role(code: str) -> ColumnRole | None:
    """The role of a column; None for what no ĐTBmhk is made of (primary columns)."""
    return ROLES.get(_letters(code))


def is_regular(code: str) -> bool:
    """Whether the column is of hệ số 1."""
    return column_role(code) is ColumnRole.REGULAR


def is_final(code: str) -> bool:
    """Whether the column is of hệ số 3: cuối kì, kiểm tra học kì."""
    return column_role(code) is ColumnRole.FINAL


def is_oral(code: str) -> bool:
    """Whether the column is of kiểm tra miệng (M in the class book), which has whole marks."""
    return _letters(code) == "m"


def joined(texts: Mapping[str, str], role: ColumnRole) -> str:
    """The cells of one role in one line, from texts by column code; empty ones left out."""
    found = (text for code, text in sorted(texts.items()) if column_role(code) is role and text)
    return "; ".join(found)


def first_issue_codes(tx_count: int, dk_count: int) -> tuple[str, ...]:
    """Column codes of one term under TT58/2011 as first issued, in the order of its class book.

    Of the KTtx one is kiểm tra miệng and the others are written ones: Điều 7 lists the kinds, no
    clause says how many there are of each.
    """
    written = (f"v{n}" for n in range(1, tx_count))
    return ("m1", *written, *(f"dk{n}" for n in range(1, dk_count + 1)), TERM_TEST)


def first_issue_title(code: str) -> str:
    """Heading of a column of TT58/2011 as first issued ("dk2" -> "KTđk2"); "" for another."""
    return _filled(_TITLES, code)


def first_issue_words(code: str) -> str:
    """A column of TT58/2011 as first issued, in words; "" for another."""
    return _filled(_WORDS, code)


TEST_HEADS: dict[bool, tuple[str, str, str]] = {
    False: ("ĐĐGtx", "ĐĐGgk", "ĐĐGck"),
    True: ("KTtx", "KTđk", "KThk"),
}
"""Headings of the three roles where a table has one column for each; True: as first issued."""


def _filled(words: dict[str, str], code: str) -> str:
    letters = _letters(code)
    return words.get(letters, "").format(n=code[len(letters) :])


def _letters(code: str) -> str:
    return code.rstrip("0123456789")
