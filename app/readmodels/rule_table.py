"""Quy định as the screen and the printed table tell them.

Field names of `RuleTable` and its parts take part in the data digest (see `app.digests`): do not
rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest
from app.domain.corrections import CaseKind
from app.domain.rules import RuleSpec, RuleVersion

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on screen. `own`: the school's value differs from its profile's.

    `people` may be named by a rule about approvers: (sign-in name, name) of each, by name.
    """

    spec: RuleSpec
    value: str
    words: str
    own: bool
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBoard:
    """A school year's rules today, and every version it had, the newest first.

    `profile_title` is the shipped profile the version in force began from; `version` None: nothing
    was chosen, the general rules count. `may_change`: this person is asked by the service.
    `undecidable`: kinds of correction that nobody may approve today.
    """

    year_name: str
    profile_title: str
    profile_paper: str
    version: RuleVersion | None
    versions: tuple[RuleVersion, ...]
    lines: tuple[RuleLine, ...]
    may_change: bool
    sealed: bool
    undecidable: tuple[CaseKind, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """A shipped profile as offered; `differs` are the rules it would change, in words."""

    code: str
    title: str
    paper: str
    about: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule on paper; `kept` says who sees to it."""

    title: str
    words: str
    kept: str


@dataclass(frozen=True, slots=True)
class RuleGroupRows:
    """The rules under one heading."""

    heading: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Bảng quy định đang áp dụng of a school year on one day."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    profile: str
    paper: str
    version: int
    starts_on: str
    decision: str
    groups: tuple[RuleGroupRows, ...]
    principal: str
    maker: str


def rule_table_digest(table: RuleTable) -> DataDigest:
    """The data digest of the table as it is to be printed."""
    return data_digest({"form": "rule_table", "facts": table})
