"""Biên bản kiểm tra nội bộ on paper.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as printed; `state` says who looked again and when, or that it is open."""

    teacher: str
    place: str
    finding: str
    remedy: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class CheckMinutes:
    """One check with its findings."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    school_year: str
    kind: str
    unit: str
    made_on: str
    members: str
    looked_at: str
    outcome: str
    rows: tuple[FindingLine, ...]
    recorder: str
    principal: str


def check_minutes_digest(paper: CheckMinutes) -> DataDigest:
    """The data digest of the minutes as they are to be printed."""
    return data_digest({"form": "check_minutes", "facts": paper})
