"""Giấy ủy quyền and bảng phân công nhiệm vụ as their papers tell them.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class DelegationLetter:
    """One delegation on paper; days as printed, offices as they were on the day of printing."""

    school: SchoolLines
    day: int
    month: int
    year: int
    giver: str
    giver_office: str
    taker: str
    taker_office: str
    power: str
    since: str
    until: str
    decision: str
    decision_on: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty, and the paper that lays it down."""

    duty: str
    source: str


@dataclass(frozen=True, slots=True)
class DutyPart:
    """An office, who holds it today, and its duties."""

    office: str
    holders: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class DutyList:
    """Bảng phân công nhiệm vụ on one day, with the delegations in force."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    parts: tuple[DutyPart, ...]
    delegations: tuple[str, ...]
    principal: str
    maker: str


def delegation_digest(letter: DelegationLetter) -> DataDigest:
    """The data digest of the letter as it is to be printed."""
    return data_digest({"form": "delegation_letter", "facts": letter})


def duty_list_digest(duties: DutyList) -> DataDigest:
    """The data digest of the list as it is to be printed."""
    return data_digest({"form": "duty_list", "facts": duties})
