"""Làm tròn: the one place where a quotient of integer tenths becomes a mark."""

from __future__ import annotations


def half_up(numerator: int, denominator: int) -> int:
    """Nearest integer of numerator / denominator, halves upwards; exact, for values >= 0.

    TT22/2021, Điều 5, khoản 3 only says "làm tròn số"; half up is the common practice.
    """
    return (2 * numerator + denominator) // (2 * denominator)
