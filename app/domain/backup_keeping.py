"""Which backups are kept: the youngest all, then one a day, then one a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

ALL_FOR = timedelta(days=3)
DAILY_FOR = timedelta(days=60)
NEVER_FEWER = 10
"""The newest ones that stay whatever their age."""


class Dated(Protocol):
    """Anything with the time it was checked at."""

    @property
    def at(self) -> datetime:
        """Time of the check, with its time zone."""
        ...


Copy = TypeVar("Copy", bound=Dated)


def superseded(copies: Sequence[Copy], now: datetime) -> list[tuple[Copy, Copy]]:
    """(copy, the later one that stands for it), oldest first.

    Only where the later one is of the same day, for copies older than ALL_FOR, or of the same
    month, for those older than DAILY_FOR. Nothing when a copy is dated in the future: then the
    clock was wrong once and ages mean little.
    """
    ordered = sorted(copies, key=lambda one: one.at)
    if ordered and ordered[-1].at > now:
        return []
    stands: dict[tuple[int, ...], Copy] = {}
    for one in ordered:
        stands[_bucket(one, now)] = one
    old = ordered[: max(0, len(ordered) - NEVER_FEWER)]
    return [
        (one, stands[_bucket(one, now)])
        for one in old
        if now - one.at > ALL_FOR and stands[_bucket(one, now)] is not one
    ]


def _bucket(one: Dated, now: datetime) -> tuple[int, ...]:
    if now - one.at > DAILY_FOR:
        return (one.at.year, one.at.month)
    return (one.at.year, one.at.month, one.at.day)
