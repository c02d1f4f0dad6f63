"""Arithmetic and looks of the speed table: medians, ratios, spreads, verdicts, JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("Việc", "ta (ms)", "gốc (ms)", "tỉ số", "trần", "", "độ tản: ta · gốc (ms)")
WITHIN, OVER, FOR_INFORMATION = "đạt", "VƯỢT", "–"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: milliseconds of each interleaved run, at least one."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def least(self) -> float:
        return min(self.runs)

    @property
    def most(self) -> float:
        return max(self.runs)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: our side against the base's. `limit` None: shown for information, not judged."""

    key: str
    work: str
    ours: Side
    base: Side
    limit: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Median by median."""
        return self.ours.median / self.base.median

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return FOR_INFORMATION
        return WITHIN if self.ratio <= self.limit else OVER


@dataclass(frozen=True, slots=True)
class Crash:
    """A row that could not be measured."""

    key: str
    error: str


def decimal(value: float, digits: int) -> str:
    """1234.5 as "1234,5"."""
    return f"{value:.{digits}f}".replace(".", ",")


def milliseconds(value: float) -> str:
    """Three figures or so, whatever the size."""
    if value >= 100:
        return decimal(value, 0)
    return decimal(value, 1 if value >= 10 else 2)


def cells_of(figure: Figure) -> tuple[str, ...]:
    """The row's texts under HEADINGS."""
    limit = "" if figure.limit is None else f"≤ {decimal(figure.limit, 1)}x"
    return (
        figure.work,
        milliseconds(figure.ours.median),
        milliseconds(figure.base.median),
        f"{decimal(figure.ratio, 2)}x",
        limit,
        figure.verdict,
        f"{_span(figure.ours)} · {_span(figure.base)}",
    )


def table(figures: Sequence[Figure]) -> list[str]:
    """Aligned lines, each row's notes under it."""
    rows = [HEADINGS, *(cells_of(figure) for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    lines = [_aligned(HEADINGS, widths), "─" * (sum(widths) + 2 * (len(widths) - 1))]
    for figure, row in zip(figures, rows[1:], strict=True):
        lines.append(_aligned(row, widths))
        lines += [f"    {note}" for note in figure.notes]
    return lines


def as_json(
    figures: Sequence[Figure],
    crashes: Sequence[Crash],
    absent: Sequence[str],
    facts: dict[str, object],
) -> str:
    """Everything of the table, with every run."""
    rows = [
        {
            "key": f.key,
            "work": f.work,
            "ours_ms": round(f.ours.median, 4),
            "base_ms": round(f.base.median, 4),
            "ratio": round(f.ratio, 3),
            "limit": f.limit,
            "within": None if f.limit is None else f.verdict == WITHIN,
            "ours_runs_ms": [round(run, 4) for run in f.ours.runs],
            "base_runs_ms": [round(run, 4) for run in f.base.runs],
            "notes": list(f.notes),
        }
        for f in figures
    ]
    whole = {
        **facts,
        "rows": rows,
        "crashed": [{"key": crash.key, "error": crash.error} for crash in crashes],
        "not_yet": list(absent),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _span(side: Side) -> str:
    return f"{milliseconds(side.least)}–{milliseconds(side.most)}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    # Numbers stand right under each other; the first, the verdict and the spread read from left.
    left = {0, 5, 6}
    return "  ".join(
        text.ljust(width) if at in left else text.rjust(width)
        for at, (text, width) in enumerate(zip(row, widths, strict=True))
    ).rstrip()
