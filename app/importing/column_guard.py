"""Wrong-column guard: speaks up only when numbers fit another column clearly better."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.subjects import column_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.ids import PupilId

LEAST_CELLS = 10
"""Fewer cells prove nothing; the guard stays silent."""
_SAME_PERCENT = 80
_LEAST_DISTINCT = 4
_NEAR_TENTHS = 3
_FAR_TENTHS = 10
_TIMES_BETTER = 4


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The incoming numbers of `column` look like those of `resembles`.

    `same` of `compared` pupils have exactly the other column's mark; `sentence` is the question to
    put before anything is written.
    """

    column: str
    resembles: str
    same: int
    compared: int
    sentence: str


def suspicious_column(
    target: str,
    incoming: Mapping[PupilId, int],
    others: Mapping[str, Mapping[PupilId, int]],
) -> Suspicion | None:
    """Compare one incoming column with what stands in the book.

    `incoming` and the columns of `others` hold tenths (or 1/0 for Đ/CĐ) by pupil; `others` may hold
    the target's own present marks too. None when nothing is clearly wrong.
    """
    if len(incoming) < LEAST_CELLS or not _tells_pupils_apart(incoming):
        return None
    own = others.get(target, {})
    best: tuple[int, int, str] | None = None
    for column, present in others.items():
        if column == target:
            continue
        both = incoming.keys() & present.keys()
        if len(both) < LEAST_CELLS:
            continue
        same = sum([incoming[pupil] == present[pupil] for pupil in both])
        identical = 100 * same >= _SAME_PERCENT * len(both) and not _is_already_so(
            incoming, own, same, len(both)
        )
        if (identical or _is_nearer(incoming, present, own)) and (
            best is None or same * best[1] > best[0] * len(both)
        ):
            best = (same, len(both), column)
    if best is None:
        return None
    same, compared, column = best
    return Suspicion(
        target,
        column,
        same,
        compared,
        f"{same}/{compared} điểm sắp nhập vào cột {column_words(target)} trùng với điểm "
        f"{column_words(column)} của chính các em đó. Có phải nhầm cột không? Hãy xem lại trước "
        "khi nhập.",
    )


def suspicious_columns(
    incoming: Mapping[str, Mapping[PupilId, int]],
    present: Mapping[str, Mapping[PupilId, int]],
) -> tuple[Suspicion, ...]:
    """Every suspicious column of a paste or import of several columns, in their order.

    A column that the book does not hold yet is compared with its incoming neighbours, so one column
    written twice is noticed too; the later of the two is named.
    """
    found = []
    earlier: dict[str, Mapping[PupilId, int]] = {}
    for target, values in incoming.items():
        others = {column: marks for column, marks in earlier.items() if not present.get(column)}
        others |= present
        suspicion = suspicious_column(target, values, others)
        if suspicion is not None:
            found.append(suspicion)
        earlier[target] = values
    return tuple(found)


def _tells_pupils_apart(marks: Mapping[PupilId, int]) -> bool:
    """A column in which most pupils have one mark resembles every other such column."""
    counts = Counter(marks.values())
    return len(counts) >= _LEAST_DISTINCT and 2 * max(counts.values()) <= len(marks)


def _is_already_so(
    incoming: Mapping[PupilId, int], own: Mapping[PupilId, int], same: int, compared: int
) -> bool:
    """The target holds these marks already (a second import of the same file)."""
    both = incoming.keys() & own.keys()
    if len(both) < LEAST_CELLS:
        return False
    own_same = sum(1 for pupil in both if incoming[pupil] == own[pupil])
    return own_same * compared >= same * len(both)


def _is_nearer(
    incoming: Mapping[PupilId, int], other: Mapping[PupilId, int], own: Mapping[PupilId, int]
) -> bool:
    """Near the other column and far from the marks that the target holds now, for most pupils."""
    pupils = incoming.keys() & other.keys() & own.keys()
    if len(pupils) < LEAST_CELLS:
        return False
    to_other = sum([abs(incoming[pupil] - other[pupil]) for pupil in pupils])
    if to_other > _NEAR_TENTHS * len(pupils):
        return False
    to_own = sum([abs(incoming[pupil] - own[pupil]) for pupil in pupils])
    return to_own >= _FAR_TENTHS * len(pupils) and _TIMES_BETTER * to_other <= to_own
