"""ĐTBmhk and ĐTBmcn: the arithmetic that TT22/2021 and both TT58/2011 have in common."""

from __future__ import annotations

from app.regulations.base import TermMarks
from app.regulations.rounding import half_up

GK_WEIGHT = 2
CK_WEIGHT = 3
HK2_WEIGHT = 2
WEEKS = 35
"""Weeks of a school year, by which lessons a year are lessons a week."""


def tx_by_lessons(periods: int) -> int:
    """ĐĐGtx a semester: 2 / 3 / 4 for 35 / 70 / more lessons a year.

    TT22/2021, Điều 6, khoản 2, điểm b; TT58/2011, Điều 8, khoản 1 as amended by TT26/2020.
    """
    if periods <= 35:
        return 2
    return 3 if periods <= 70 else 4


def tx_by_weekly_lessons(periods: int) -> int:
    """KTtx a semester: 2 / 3 / 4 for one / more than one / three or more lessons a week.

    TT58/2011, Điều 8, khoản 2 as first issued; the year has 35 weeks.
    """
    if periods <= WEEKS:
        return 2
    return 3 if periods < 3 * WEEKS else 4


def term_average(marks: TermMarks) -> int | None:
    """ĐTBmhk in tenths, half up: (TX + 2 GK + 3 CK) / (number of TX + 2 number of GK + 3).

    TT22/2021, Điều 9, khoản 1, điểm b and TT58/2011, Điều 10, khoản 1 as amended have one GK, so
    they divide by the number of TX + 5; TT58/2011 as first issued may have several (KTđk). None
    while an entry is missing, or when there are more ĐĐGtx than the semester wants.
    """
    tx, gk, ck = marks.tx, marks.gk, marks.ck
    if gk is None or ck is None or len(tx) != marks.required_tx:
        return None
    total = GK_WEIGHT * gk + CK_WEIGHT * ck
    for mark in tx:
        if mark is None:
            return None
        total += mark
    for mark in marks.more_gk:
        if mark is None:
            return None
        total += GK_WEIGHT * mark
    tests = 1 + len(marks.more_gk)
    return half_up(total, len(tx) + GK_WEIGHT * tests + CK_WEIGHT)


def year_average(hk1: int | None, hk2: int | None) -> int | None:
    """ĐTBmcn in tenths from the two recorded ĐTBmhk, half up: (HK I + 2 HK II) / 3."""
    if hk1 is None or hk2 is None:
        return None
    return half_up(hk1 + HK2_WEIGHT * hk2, 1 + HK2_WEIGHT)
