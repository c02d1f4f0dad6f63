"""TT58/2011, Điều 3 và 4: hạnh kiểm, entered for each semester and for the year."""

from __future__ import annotations

from app.errors import RuleRefused
from app.regulations.base import ConductYear

TOT = "Tốt"
KHA = "Khá"
TRUNG_BINH = "Trung bình"
YEU = "Yếu"

LEVELS = (TOT, KHA, TRUNG_BINH, YEU)
"""Loại hạnh kiểm, best first."""


def conduct_year(conduct: ConductYear) -> str | None:
    """The year's level as entered; no table exists. Raises RuleRefused for another word."""
    for level, when in (
        (conduct.hk1, "học kì I"),
        (conduct.hk2, "học kì II"),
        (conduct.year, "cả năm"),
        (conduct.after_summer, "sau kì nghỉ hè"),
    ):
        if level is not None and level not in LEVELS:
            raise RuleRefused(
                "not_a_level",
                f"Hạnh kiểm {when} “{level}” không có trong TT58/2011, Điều 3; "
                f"hãy chọn một trong các loại {', '.join(LEVELS)}.",
                level=level,
            )
    return conduct.year


def suggested_year(conduct: ConductYear) -> str | None:
    """What to offer the homeroom teacher: the year rests mainly on HK II (Điều 3)."""
    return conduct.hk2


def good_enough(level: str) -> bool:
    """Whether the level allows promotion: Trung bình or better (Điều 15)."""
    return LEVELS.index(level) <= LEVELS.index(TRUNG_BINH)
