"""Thay đổi ròng as its page, its Excel file and its paper tell it.

Field names of `NetChangePaper` take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.domain.net_change import NetChange
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class Tally:
    """Changes of one person, one column or one hour: steps, cells, and how the cells ended.

    A cell that several people changed counts with each of them.
    """

    key: str
    steps: int
    cells: int
    up: int
    down: int
    same: int
    unapproved: int


@dataclass(frozen=True, slots=True)
class NetChangeReport:
    """Every cell whose value was touched in the time asked for.

    `steps` counts changes, `unapproved` those typed while the cell was open, without a hồ sơ.
    """

    changes: tuple[NetChange, ...]
    steps: int
    unapproved: int
    up: int
    down: int
    same: int
    other: int
    people: tuple[Tally, ...]
    columns: tuple[Tally, ...]
    hours: tuple[Tally, ...]
    classes: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class NetChangeRow:
    """One cell as printed."""

    class_name: str
    pupil: str
    column: str
    first: str
    last: str
    direction: str
    steps: int
    people: str
    grounds: str


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One line of a count as printed."""

    name: str
    steps: int
    cells: int
    up: int
    down: int
    same: int
    unapproved: int


@dataclass(frozen=True, slots=True)
class NetChangePaper:
    """Bảng thay đổi điểm: sentences first, then counts by person, then every cell that differs."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    scope: str
    summary: tuple[str, ...]
    people: tuple[TallyRow, ...]
    rows: tuple[NetChangeRow, ...]
    trail_end: str
    principal: str
    maker: str


def net_change_digest(paper: NetChangePaper) -> DataDigest:
    """The data digest of the paper as it is to be printed."""
    return data_digest({"form": "net_change", "facts": paper})
