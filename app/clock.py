"""The clock as a port: rules never read the time themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

VIETNAM = timezone(timedelta(hours=7))
"""The one time zone of every stored and printed time."""


class Clock(Protocol):
    """Now and today, in Vietnam's time zone."""

    def now(self) -> datetime:
        """Aware datetime, whole seconds, UTC+7."""
        ...

    def today(self) -> date:
        """Calendar day in Vietnam."""
        ...


class SystemClock:
    """The PC's clock."""

    def now(self) -> datetime:
        """Aware datetime, whole seconds, UTC+7."""
        return datetime.now(VIETNAM).replace(microsecond=0)

    def today(self) -> date:
        """Calendar day in Vietnam."""
        return self.now().date()


class SetClock:
    """A clock somebody sets by hand: demo years and tests live in it."""

    def __init__(self, at: datetime) -> None:
        self._at = at.replace(microsecond=0)

    def now(self) -> datetime:
        """The time last set."""
        return self._at

    def today(self) -> date:
        """The day last set."""
        return self._at.date()

    def move_to(self, at: datetime) -> None:
        """Set the clock; the caller answers for going backwards."""
        self._at = at.replace(microsecond=0)

    def advance(self, delta: timedelta) -> None:
        """Let time pass."""
        self._at += delta
