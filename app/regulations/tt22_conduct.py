"""TT22/2021, Điều 8: the year's kết quả rèn luyện from the two semesters."""

from __future__ import annotations

from app.errors import RuleRefused
from app.regulations.base import ConductYear

TOT = "Tốt"
KHA = "Khá"
DAT = "Đạt"
CHUA_DAT = "Chưa đạt"

LEVELS = (TOT, KHA, DAT, CHUA_DAT)
"""Levels of rèn luyện and of học tập, best first."""

YEAR_TABLE = {
    # second semester: (first semester Tốt, Khá, Đạt, Chưa đạt)
    TOT: (TOT, TOT, KHA, KHA),
    KHA: (KHA, KHA, KHA, DAT),
    DAT: (KHA, DAT, DAT, DAT),
    CHUA_DAT: (CHUA_DAT, CHUA_DAT, CHUA_DAT, CHUA_DAT),
}


def conduct_year(conduct: ConductYear) -> str | None:
    """The year's level; None while a semester is missing. Raises RuleRefused for another word."""
    _check(conduct.hk1, "học kì I")
    _check(conduct.hk2, "học kì II")
    _check(conduct.after_summer, "sau kì nghỉ hè")
    if conduct.hk1 is None or conduct.hk2 is None:
        return None
    return YEAR_TABLE[conduct.hk2][LEVELS.index(conduct.hk1)]


def _check(level: str | None, when: str) -> None:
    if level is not None and level not in LEVELS:
        raise RuleRefused(
            "not_a_level",
            f"Kết quả rèn luyện {when} “{level}” không có trong TT22/2021, Điều 8; "
            f"hãy chọn một trong các mức {', '.join(LEVELS)}.",
            level=level,
        )
