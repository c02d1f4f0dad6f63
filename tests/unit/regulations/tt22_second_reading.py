"""A second reading of Điều 9 khoản 2-3, written from the text alone, to compare with the program.

It works on sorted lists of Fractions and on level names, and takes no shortcut.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

ORDER = ["Tốt", "Khá", "Đạt", "Chưa-đạt"]


def level_of(marks: Sequence[Fraction], comments: Sequence[str]) -> str:
    ranked = sorted(marks, reverse=True)
    sixth = ranked[5] if len(ranked) > 5 else Fraction(-1)
    worst = ranked[-1] if ranked else Fraction(10)
    failed = list(comments).count("CĐ")
    if failed == 0 and worst >= Fraction("6.5") and sixth >= 8:
        return "Tốt"
    if failed == 0 and worst >= 5 and sixth >= Fraction("6.5"):
        return "Khá"
    if failed <= 1 and not worst < Fraction("3.5") and sixth >= 5:
        return "Đạt"
    return "Chưa-đạt"


def adjusted(marks: Sequence[Fraction], comments: Sequence[str]) -> tuple[str, str, set[str]]:
    """Base, final, and all subjects (M1…, N1…) whose absence shows a fall of two levels."""
    base = level_of(marks, comments)
    causes: set[str] = set()
    for index in range(len(marks)):
        rest = [mark for other, mark in enumerate(marks) if other != index]
        if far_above(level_of(rest, comments), base):
            causes.add(f"M{index + 1}")
    for index in range(len(comments)):
        rest_of = [level for other, level in enumerate(comments) if other != index]
        if far_above(level_of(marks, rest_of), base):
            causes.add(f"N{index + 1}")
    if not causes:
        return base, base, causes
    return base, ORDER[ORDER.index(base) - 1], causes


def far_above(without: str, base: str) -> bool:
    pairs = {("Tốt", "Đạt"), ("Tốt", "Chưa-đạt"), ("Khá", "Chưa-đạt")}
    return (without, base) in pairs
