"""Rà soát tài khoản: use, failed sign-ins, age of passwords, who left and can still come in (M96).

Everything is read from the trail and the keyfile's list; nothing is kept twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clock import Clock
from app.domain.ids import AccountId
from app.domain.roles import Role
from app.domain.school import Account
from app.domain.trail import TrailEntry
from app.ports import UnitOfWork, UowFactory
from app.vault import PersonEntry

FAILED_DAYS = 30
"""Failed sign-ins older than this no longer alarm anybody."""

_BY_OTHERS = ("account.added", "account.password_reset")
_BY_OWNER = ("school.founded", "account.password_changed", "account.recovered")
_FAILED = "session.failed_sign_ins"


@dataclass(frozen=True, slots=True)
class AccountUse:
    """One account as the principal reviews it.

    `given_by_other`: the password in force was set by somebody else and never changed. `idle_post`:
    no role and no post covers today. `has_slot`: their password still opens the keyfile.
    """

    account: Account
    failed: int
    last_failed: datetime | None
    password_since: datetime | None
    given_by_other: bool
    idle_post: bool
    has_slot: bool

    @property
    def is_open(self) -> bool:
        """May sign in today."""
        return self.account.disabled_on is None


class AccountReview:
    """Reads; writes nothing. `people` are the lines of the keyfile."""

    def __init__(
        self, uows: UowFactory, clock: Clock, people: Callable[[], tuple[PersonEntry, ...]]
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._people = people

    def all(self) -> tuple[AccountUse, ...]:
        """Everybody by given name."""
        listed = {entry.uid for entry in self._people()}
        with self._uows.read() as uow:
            return account_uses(uow, listed, self._clock.now())


def account_uses(uow: UnitOfWork, listed: set[str], now: datetime) -> tuple[AccountUse, ...]:
    """The review of every account; `listed` are the sign-in names with a slot."""
    today = now.date()
    accounts = uow.accounts.all(today)
    failed = _failed(uow, now)
    passwords = _passwords(uow.trail.of_kinds((*_BY_OTHERS, *_BY_OWNER)), accounts)
    busy = {a.account_id for a in uow.accounts.assignments() if _still(a.ends_on, today)}
    found = []
    for one in accounts:
        times = failed.get(one.uid, [])
        since, by_other = passwords.get(one.id, (None, False))
        coming = any(_still(g.ends_on, today) for g in uow.accounts.grants(one.id))
        found.append(
            AccountUse(
                account=one,
                failed=len(times),
                last_failed=max(times, default=None),
                password_since=since,
                given_by_other=by_other,
                idle_post=not coming and one.id not in busy,
                has_slot=one.uid in listed,
            )
        )
    return tuple(found)


def role_words(account: Account) -> str:
    """The offices of today in words."""
    return ", ".join(Role(name).label for name in account.roles)


def _still(ends_on: date | None, today: date) -> bool:
    return ends_on is None or ends_on >= today


def _failed(uow: UnitOfWork, now: datetime) -> dict[str, list[datetime]]:
    """Times of the failed sign-ins of the last days, by sign-in name."""
    since = now - timedelta(days=FAILED_DAYS)
    found: dict[str, list[datetime]] = {}
    for entry in uow.trail.of_kinds((_FAILED,)):
        for attempt in _detail(entry).get("attempts", []):
            at = datetime.fromisoformat(attempt["at"])
            if at >= since:
                found.setdefault(attempt["uid"], []).append(at)
    return found


def _passwords(
    entries: Iterable[TrailEntry], accounts: Iterable[Account]
) -> dict[AccountId, tuple[datetime, bool]]:
    """(since when, set by somebody else) of the password in force."""
    ids = {account.uid: account.id for account in accounts}
    found: dict[AccountId, tuple[datetime, bool]] = {}
    for entry in entries:
        owner = ids.get(str(_detail(entry).get("uid", "")))
        if owner is not None:
            found[owner] = (datetime.fromisoformat(entry.at), entry.kind in _BY_OTHERS)
    return found


def _detail(entry: TrailEntry) -> Mapping[str, list[dict[str, str]]]:
    try:
        found = json.loads(entry.detail)
    except ValueError:
        # A row rewritten from outside: the check of the trail names it, here it says nothing.
        return {}
    return found if isinstance(found, dict) else {}
