"""Bảng tổng hợp kết quả đánh giá giáo dục của lớp: everything the printed table says, as text.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import BookCell, SchoolLines


@dataclass(frozen=True, slots=True)
class SummaryHead:
    """One column of the table. `heads` from the outermost heading to its own.

    `wide`: the column holds words and not a letter, a score or "x".
    """

    heads: tuple[str, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SummaryPupil:
    """One line; `cells` follow the columns. `left` says why and when the pupil left."""

    position: int
    name: str
    birth_date: str
    female: bool
    left: str
    cells: tuple[BookCell, ...]


@dataclass(frozen=True, slots=True)
class SummaryTeacher:
    """A subject teacher who signs that the columns are right."""

    subjects: str
    name: str


@dataclass(frozen=True, slots=True)
class PrimarySummary:
    """The table of one class and kỳ. `form` is the circular's own number of the form, "" without.

    `decree` is the line under the heading that names the circular; `legend` explains the letters.
    """

    school: SchoolLines
    form: str
    decree: str
    period: str
    class_name: str
    school_year: str
    closed: str
    columns: tuple[SummaryHead, ...]
    pupils: tuple[SummaryPupil, ...]
    legend: tuple[str, ...]
    homeroom_teacher: str
    principal: str
    teachers: tuple[SummaryTeacher, ...]
    day: int
    month: int
    year: int


def primary_summary_digest(table: PrimarySummary) -> DataDigest:
    """The data digest of the table as it is to be printed."""
    return data_digest({"form": "primary_summary", "facts": table})
