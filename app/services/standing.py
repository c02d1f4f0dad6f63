"""Rights of the moment: what a person may do is read from the file, not from when they signed in.

A session's `Actor` is a copy made at sign-in. An office handed over, a post that ended at midnight
or an account closed since then must count at once, so a service that writes asks here, inside its
transaction.
"""

from __future__ import annotations

from datetime import date

from app.actor import Actor, require
from app.domain.roles import Role
from app.ports import UnitOfWork


def standing(uow: UnitOfWork, actor: Actor, day: date) -> Actor:
    """The same person with the offices and posts of `day`.

    Raises AccessDenied when the account is closed by now.
    """
    return uow.accounts.actor(actor.uid, day)


def require_standing(uow: UnitOfWork, actor: Actor, day: date, what: str, *roles: Role) -> Actor:
    """`require` against the rights of `day`; returns the person as of that day."""
    now = standing(uow, actor, day)
    require(now, what, *roles)
    return now
