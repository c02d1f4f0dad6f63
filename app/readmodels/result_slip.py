"""Phiếu kết quả học tập, rèn luyện: what the parents of one pupil are told of one period (M11).

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class SlipTable:
    """One table. `widths` are shares of a column: 0 for a mark, else how much text it takes."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ResultSlip:
    """One pupil's page; `facts` are (label, value), `comment` is the GVCN's."""

    position: int
    name: str
    birth_date: str
    tables: tuple[SlipTable, ...]
    facts: tuple[tuple[str, str], ...]
    comment: str


@dataclass(frozen=True, slots=True)
class ResultSlips:
    """The pages of a class, or of one pupil; `rules` names the circular the results follow."""

    school: SchoolLines
    day: int
    month: int
    year: int
    title: str
    period: str
    class_name: str
    school_year: str
    rules: str
    slips: tuple[ResultSlip, ...]
    homeroom_teacher: str
    principal: str


def result_slips_digest(slips: ResultSlips) -> DataDigest:
    """The data digest of the slips as they are to be printed."""
    return data_digest({"form": "result_slips", "facts": slips})
