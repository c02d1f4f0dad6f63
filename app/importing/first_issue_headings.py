"""Which column of a mark file holds what in a year before TT26/2020: miệng, 15 phút, 1 tiết, KThk.

Such files head a test by its kind ("KTđk 2", "1 tiết"), or as sổ gọi tên và ghi điểm does: Điểm hệ
số 1 over M and V, Điểm hệ số 2 over V, KThk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.mark_columns import TERM_TEST, ColumnRole, column_role, is_oral
from app.domain.subjects import column_title, column_words
from app.importing.fields import MARK_VOCABULARY, Field, heading_key
from app.importing.header_finder import ColumnMapping, HeaderColumn, guess_mapping

if TYPE_CHECKING:
    from app.importing.tables import RawSheet

_ORAL = re.compile(r"m|mieng|diem mieng|kt mieng|kiem tra mieng")
_SHORT = re.compile(r"(?:kttx|15 phut|kt 15 phut|viet 15 phut|15p|v|viet|tx)(?: ?\d)?")
_LONG = re.compile(r"(?:ktdk|1 tiet|kt 1 tiet|viet 1 tiet|45 phut|dinh ki|dinh ky)(?: ?\d)?")
_LAST = re.compile(r"kthk|hk|hoc ki|hoc ky|thi hoc ki|thi hoc ky|kiem tra hoc ki|kiem tra hoc ky")
_TWICE = re.compile(r"(?:diem )?(?:hs|he so) ?2")
_VOCABULARY = replace(
    MARK_VOCABULARY,
    spellings=MARK_VOCABULARY.spellings
    | dict.fromkeys(("m", "v", "mieng", "15 phut", "hs 1", "diem hs 1", "diem he so 1"), Field.TX)
    | dict.fromkeys(("1 tiet", "hs 2", "diem hs 2", "diem he so 2"), Field.GK)
    | dict.fromkeys(("kthk", "hk"), Field.CK),
)
"""By which the lines of the header are found; what a column holds is then told below."""
_KINDS = ((_ORAL, "m"), (_LONG, "dk"), (_SHORT, "v"), (_LAST, TERM_TEST))


def is_first_issue(codes: Sequence[str]) -> bool:
    """Whether a sheet has the columns of TT58/2011 as first issued."""
    return TERM_TEST in codes


def guess_first_issue_mapping(sheet: RawSheet, codes: Sequence[str]) -> ColumnMapping:
    """The header and the meaning of each column; `codes` are the sheet's. Raises as
    `guess_mapping`. Tests of one kind are taken from left to right.
    """
    found = guess_mapping(sheet, _VOCABULARY)
    exact = {heading_key(text): c for c in codes for text in (column_title(c), column_words(c))}
    meanings = {at: what for at, what in found.meanings.items() if column_role(what) is None}
    taken: set[str] = set()
    for headed in found.header.columns:
        meaning = exact.get(heading_key(headed.under or headed.heading)) or next(
            (c for c in codes if c not in taken and _is_of(c, _kind(headed))), None
        )
        if meaning is not None and meaning not in taken:
            taken.add(meaning)
            meanings[headed.column] = meaning
    return replace(found, meanings=dict(sorted(meanings.items())))


def _kind(headed: HeaderColumn) -> str:
    """Letters of the codes that a heading means; "" for none."""
    upper, under = heading_key(headed.heading), heading_key(headed.under)
    for key in (under, upper):
        for words, letters in _KINDS:
            if key and words.fullmatch(key):
                return "dk" if letters == "v" and _TWICE.fullmatch(upper) else letters
    return ""


def _is_of(code: str, kind: str) -> bool:
    match kind:
        case "m":
            return is_oral(code)
        case "v":
            return column_role(code) is ColumnRole.REGULAR and not is_oral(code)
        case "dk":
            return column_role(code) is ColumnRole.PERIODIC
    return code == kind
