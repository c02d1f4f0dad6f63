"""What became of every fault of a run, kind by kind; printed at the end of `make drill`."""

from __future__ import annotations

import os
from collections import Counter
from enum import Enum

ROUNDS = int(os.environ.get("KHOASO_DRILL_ROUNDS", "2"))
"""Faults are multiples of this: a few in the suite, hundreds in `make drill`."""


class Fate(Enum):
    """intact: nothing lost, nothing to say. told: refused or warned, with a way out. lost: an
    acknowledged write is gone although the drill expected it. undetected: wrong, and nobody said.
    """

    INTACT = "intact"
    TOLD = "told"
    LOST = "lost"
    UNDETECTED = "undetected"


_COUNTS: dict[str, Counter[Fate]] = {}


def count(kind: str, fate: Fate) -> None:
    """One fault more."""
    _COUNTS.setdefault(kind, Counter())[fate] += 1


def table() -> list[str]:
    """Lines of the table; empty when no drill ran."""
    if not _COUNTS:
        return []
    head = f"{'fault':44}{'tried':>8}" + "".join(f"{fate.value:>12}" for fate in Fate)
    lines = [head, "-" * len(head)]
    for kind, counts in _COUNTS.items():
        row = "".join(f"{counts[fate]:12}" for fate in Fate)
        lines.append(f"{kind:44}{counts.total():8}{row}")
    return lines
