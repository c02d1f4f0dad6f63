"""Mức và Điểm KTĐK of primary schools: two kinds of level that share letters, and whole scores.

`T` is Hoàn thành tốt for a subject and Tốt for a trait, `C` is Chưa hoàn thành and Cần cố gắng:
the two enums never compare equal. Scores are integer tenths like every mark, always whole (90 = 9).
"""

from __future__ import annotations

import re
from enum import Enum

from app.errors import RuleRefused
from app.text import clean

LONGEST_ENTRY = 12
"""Characters a typed score may have before it is plainly something else."""

_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:[.,]([0-9]+))?")


class SubjectLevel(Enum):
    """Mức đạt được of a môn học or hoạt động giáo dục; the value is the letter of the forms."""

    GOOD = "T"
    DONE = "H"
    NOT_DONE = "C"

    @property
    def words(self) -> str:
        """The level in full: "Hoàn thành tốt"."""
        return {"T": "Hoàn thành tốt", "H": "Hoàn thành", "C": "Chưa hoàn thành"}[self.value]


class TraitLevel(Enum):
    """Mức of a phẩm chất or năng lực; the value is the letter of the forms."""

    GOOD = "T"
    REACHED = "Đ"
    NEEDS_EFFORT = "C"

    @property
    def words(self) -> str:
        """The level in full: "Cần cố gắng"."""
        return {"T": "Tốt", "Đ": "Đạt", "C": "Cần cố gắng"}[self.value]


def score_text(tenths: int) -> str:
    """Điểm KTĐK as shown: 90 -> "9"."""
    return str(tenths // 10)


def parse_subject_level(text: str) -> SubjectLevel | None:
    """What a teacher typed as a subject's level; "" is None. Raises RuleRefused "not_a_level"."""
    typed = clean(text)
    if not typed:
        return None
    for level in SubjectLevel:
        if typed.casefold() == level.value.casefold():
            return level
    raise _not_a_level(typed, "môn học, hoạt động giáo dục", SubjectLevel)


def parse_trait_level(text: str) -> TraitLevel | None:
    """What a teacher typed as a trait's level; "" is None, D and đ are Đ.

    Raises RuleRefused "not_a_level".
    """
    typed = clean(text)
    if not typed:
        return None
    # Old keyboards give "Đ" as the Icelandic letter that looks the same.
    folded = typed.casefold().replace("ð", "đ").replace("d", "đ")
    for level in TraitLevel:
        if folded == level.value.casefold():
            return level
    raise _not_a_level(typed, "phẩm chất, năng lực", TraitLevel)


def parse_score(text: str, *, zero_allowed: bool) -> int | None:
    """What a teacher typed as Điểm KTĐK, in tenths; "" is None. Never rounded.

    Raises RuleRefused: not_a_mark, mark_out_of_range, mark_too_precise, zero_not_allowed.
    """
    typed = clean(text)
    if not typed:
        return None
    found = _NUMBER.fullmatch(typed) if len(typed) <= LONGEST_ENTRY else None
    if found is None or found[1] == "+":
        raise RuleRefused(
            "not_a_mark",
            f"“{typed[:24]}” không phải là điểm kiểm tra định kì; gõ số nguyên từ 0 đến 10.",
            typed=typed,
        )
    sign, whole, decimals = found[1], int(found[2]), found[3] or ""
    fraction = bool(decimals.strip("0"))
    if (sign and (whole or fraction)) or whole > 10 or (whole == 10 and fraction):
        raise RuleRefused(
            "mark_out_of_range",
            f"Điểm {typed} nằm ngoài thang 0 đến 10 nên chưa được ghi; gõ lại điểm.",
            typed=typed,
        )
    if decimals:
        raise RuleRefused(
            "mark_too_precise",
            f"Điểm {typed} là điểm thập phân nên chưa được ghi: điểm kiểm tra định kì ở tiểu học "
            "là số nguyên; giáo viên làm tròn rồi gõ lại.",
            typed=typed,
        )
    if whole == 0 and not zero_allowed:
        raise RuleRefused(
            "zero_not_allowed",
            "Điểm 0 chưa được ghi: Thông tư 22/2016 không cho điểm 0; gõ điểm từ 1 đến 10.",
            typed=typed,
        )
    return whole * 10


def _not_a_level(typed: str, what: str, levels: type[SubjectLevel] | type[TraitLevel]) -> Exception:
    choices = ", ".join(f"{level.value} ({level.words})" for level in levels)
    return RuleRefused(
        "not_a_level",
        f"“{typed[:24]}” không phải là mức của {what}; chỉ ghi {choices}.",
        typed=typed,
    )
