"""Ports to the stored versions of the rules and to delegations; `db` fulfils them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.domain.delegations import Delegation
from app.domain.ids import AccountId, SchoolYearId
from app.domain.rules import RuleVersion


class RuleRepository(Protocol):
    """Versions of the rules, append-only."""

    def versions(self, year_id: SchoolYearId) -> tuple[RuleVersion, ...]:
        """Every version of a year in the order of their numbers."""
        ...

    def add(self, version: RuleVersion, by: AccountId) -> None:
        """Keep a new version; the number is the caller's."""
        ...


class DelegationRepository(Protocol):
    """Delegations, ended but never removed."""

    def all(self) -> tuple[Delegation, ...]:
        """Every delegation, the newest first."""
        ...

    def add(self, new: Delegation, at: datetime) -> Delegation:
        """Keep a new one; answers it with its number."""
        ...

    def end(self, delegation_id: int, last_day: date, by: AccountId, at: datetime) -> None:
        """Taken back; `last_day` is the last on which it counts."""
        ...
