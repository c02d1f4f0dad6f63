"""Words every circular's explanations share: citing a clause, naming subjects."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.marks import mark_text
from app.regulations.base import Reason

UNKNOWN = "Chưa xác định"
"""Outcome of a result that cannot be computed yet."""


def cite(circular_id: str, article: int, paragraph: int | None = None, point: str = "") -> str:
    """A clause as shown: "TT22/2021, Điều 9, khoản 2, điểm a"."""
    parts = [circular_id, f"Điều {article}"]
    if paragraph is not None:
        parts.append(f"khoản {paragraph}")
    if point:
        parts.append(f"điểm {point}")
    return ", ".join(parts)


def named(names: Iterable[str]) -> str:
    """Subject names in brackets after a count: " (Toán, Tin học)"; "" for none."""
    listed = ", ".join(names)
    return f" ({listed})" if listed else ""


def named_marks(items: Iterable[tuple[str, int]]) -> str:
    """Subject names with their marks in brackets: " (Toán 4,5; Tin học 3,2)"; "" for none."""
    listed = "; ".join(f"{name} {mark_text(mark)}" for name, mark in items)
    return f" ({listed})" if listed else ""


def why_lines(reason: Reason) -> tuple[str, ...]:
    """A reason as plain lines: heading and outcome, then each condition with its mark and clause.

    "✓" met, "✗" not met, "?" not decidable yet.
    """
    signs = {True: "✓", False: "✗", None: "?"}
    conditions = [
        f"{signs[item.met]} {item.sentence} [{item.clause}]" for item in reason.conditions
    ]
    return (f"{reason.heading}: {reason.outcome}", *conditions)
