"""Thay đổi ròng: where a mark began, where it ended, and what happened in between.

A change is a step that touches a value the cell holds or has held: the first value of a cell is
typing, a value typed after a deletion is a change. Steps of one pupil x subject x column are one
history, however often the value was deleted, and in whichever class the pupil sat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

_RANKS = {"C": 0, "CĐ": 0, "H": 1, "Đ": 1, "T": 2}
"""Levels of every circular, worse to better; a cell holds one kind of level only."""
_REMARK = " ["
"""What `marks.trail_text` puts between a value and its reason."""


class Direction(Enum):
    """How the end compares with the beginning; the value is the word on screen and paper."""

    UP = "tăng"
    DOWN = "giảm"
    SAME = "như cũ"
    EMPTIED = "bị xóa"
    OTHER = "khác"


class CellStep(NamedTuple):
    """One change of one cell as the trail keeps it, with the names a report needs.

    `before` is the last value the cell held before `old`, when `old` is blank. `case` is the number
    of the hồ sơ sửa điểm that allowed the step; 0 without one.
    """

    seq: int
    at: str
    account_id: int
    actor: str
    case: int
    class_id: int
    class_name: str
    subject_id: int
    subject: str
    term: str
    code: str
    pupil_id: int
    pupil: str
    old: str
    new: str
    before: str

    @property
    def hour(self) -> str:
        """Hour of the day as written, "07"."""
        return self.at[11:13]


@dataclass(frozen=True, slots=True)
class NetChange:
    """One pupil x subject x column over the whole time asked for; `steps` in the trail's order."""

    first: str
    last: str
    direction: Direction
    steps: tuple[CellStep, ...]

    @property
    def place(self) -> CellStep:
        """Names of the cell: those of the class it was changed in last."""
        return self.steps[-1]

    @property
    def differs(self) -> bool:
        """Whether the end is another value than the beginning."""
        return self.direction is not Direction.SAME

    @property
    def cases(self) -> tuple[int, ...]:
        """Numbers of the hồ sơ that allowed steps, each once."""
        return tuple(dict.fromkeys(step.case for step in self.steps if step.case))

    @property
    def unapproved(self) -> int:
        """Steps typed without a hồ sơ, while the cell was open."""
        return sum(not step.case for step in self.steps)

    @property
    def people(self) -> tuple[str, ...]:
        """Who changed it, each once, in order."""
        return tuple(dict.fromkeys(step.actor for step in self.steps))


def plain_value(text: str) -> str:
    """The value of a trail text without its reason: "0,0 [vắng: …]" -> "0,0"."""
    return text.split(_REMARK, 1)[0]


def direction(first: str, last: str) -> Direction:
    """How `last` compares with `first`, both as the trail writes them; reasons do not count."""
    before, after = plain_value(first), plain_value(last)
    if before == after:
        return Direction.SAME
    if not after:
        return Direction.EMPTIED
    one, other = _rank(before), _rank(after)
    if one is None or other is None:
        return Direction.OTHER
    if one == other:
        return Direction.SAME
    return Direction.UP if other > one else Direction.DOWN


def net_changes(steps: Iterable[CellStep]) -> tuple[NetChange, ...]:
    """One line a cell; `steps` in any order: the trail's numbers tell which came first."""
    cells: dict[tuple[int, int, str, str], list[CellStep]] = defaultdict(list)
    for step in steps:
        cells[step.pupil_id, step.subject_id, step.term, step.code].append(step)
    found: list[NetChange] = []
    for mine in cells.values():
        # The number comes first in a step, and one gesture touches a cell once.
        mine.sort()
        first, last = mine[0].old or mine[0].before, mine[-1].new
        found.append(NetChange(first, last, direction(first, last), tuple(mine)))
    return tuple(found)


def _rank(text: str) -> int | None:
    """A number that grows with the value: tenths of a mark, or the place of a level."""
    level = _RANKS.get(text)
    if level is not None:
        return level
    whole, _, tenth = text.partition(",")
    if not (whole.isascii() and whole.isdigit()) or (tenth and not tenth.isdigit()):
        return None
    return int(whole) * 10 + int(tenth or 0)
