"""What the selection bar says about a block of cells: count, mean, lowest, highest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.marks import mark_text

_SHOWN_MARK = re.compile(r"(\d{1,2}),(\d)")
_SHOWN_LEVELS = ("T", "H", "Đ", "C", "CĐ")


@dataclass(frozen=True, slots=True)
class SelectionFigures:
    """`cells` selected, `counted` of them hold a mark; mean, lowest and highest in tenths.

    The three are None while nothing is counted; `levels` counts Đ, CĐ and the letters of primary
    schools.
    """

    cells: int = 0
    counted: int = 0
    mean: int | None = None
    lowest: int | None = None
    highest: int | None = None
    levels: dict[str, int] = field(default_factory=dict)


def tenths_shown(text: str) -> int | None:
    """Tenths of a mark as the grid shows it ("8,5" -> 85); None for any other text."""
    found = _SHOWN_MARK.fullmatch(text)
    return int(found[1]) * 10 + int(found[2]) if found else None


def figures_of(texts: Iterable[str]) -> SelectionFigures:
    """Figures of the cell texts of a selection; the mean is rounded half up to a tenth."""
    shown = list(texts)
    marks = [tenths for tenths in map(tenths_shown, shown) if tenths is not None]
    found = Counter(shown)
    levels = {level: found[level] for level in _SHOWN_LEVELS if level in found}
    if not marks:
        return SelectionFigures(cells=len(shown), levels=levels)
    return SelectionFigures(
        cells=len(shown),
        counted=len(marks),
        mean=(2 * sum(marks) + len(marks)) // (2 * len(marks)),
        lowest=min(marks),
        highest=max(marks),
        levels=levels,
    )


def shown(tenths: int | None) -> str:
    """Tenths in the bar: "7,0", or an en dash while there is nothing to count."""
    return "–" if tenths is None else mark_text(tenths)
