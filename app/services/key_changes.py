"""A new signing key, made in the keyfile and pinned in the trail, though the two are two files.

The intent is committed to the database first, then the keyfile is saved, then the key is pinned.
Killed before the keyfile: the old password still works and the intent does nothing. Killed after
it: the next sign-in finds a key the trail does not know, and the intent, with who meant it, lets it
be pinned. A new key without an intent is a keyfile somebody put there, and is refused.
"""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor
from app.domain.accounts import fingerprint
from app.domain.ids import AccountId
from app.domain.trail import TrailDraft
from app.ports import UnitOfWork

_SETTING = "key_change:"

RECOVERY_CONFIRMED = "recovery.confirmed_at"
"""Settings key: when somebody proved to hold the paper with the recovery code in force; "" while
nobody has, as in a new file, after a new code and after the code was used.
"""


def announce_key_change(uow: UnitOfWork, uid: str, by: Actor) -> None:
    """Note that `by` is about to give `uid` new keys; commit before touching the keyfile."""
    uow.school.set_setting(_SETTING + uid, by.name)


def key_change_pending(uow: UnitOfWork, uid: str) -> bool:
    """Whether a change was announced and not pinned yet."""
    return bool(uow.school.setting(_SETTING + uid))


def drop_key_change(uow: UnitOfWork, uid: str) -> None:
    """Forget an announcement whose change never came: the person signed in with the old key.

    Left standing it would let any later key in.
    """
    if key_change_pending(uow, uid):
        uow.school.set_setting(_SETTING + uid, "")


def pin_key(
    uow: UnitOfWork, account_id: AccountId, uid: str, key: bytes, reason: str, at: datetime
) -> None:
    """Pin the announced key and forget the announcement."""
    uow.accounts.record_key(account_id, key, at, reason)
    uow.school.set_setting(_SETTING + uid, "")


def settle_key_change(uow: UnitOfWork, actor: Actor, key: bytes, at: datetime) -> None:
    """At the person's sign-in: pin the key of a change that was interrupted, and say so."""
    by = uow.school.setting(_SETTING + actor.uid)
    reason = "Đặt lại mật khẩu (nối lại sau khi ngắt)"
    pin_key(uow, actor.account_id, actor.uid, key, reason, at)
    detail = {"uid": actor.uid, "key": fingerprint(key), "by": by}
    uow.trail.append(TrailDraft("account.key_settled", detail), actor, at)


def newest_key(uow: UnitOfWork, account_id: AccountId) -> bytes:
    """The signing key last recorded for an account; empty when there is none."""
    found = b""
    for owner, key, _ in uow.accounts.keys():  # noqa: SIM118 - a repository, not a dict
        if owner == account_id:
            found = key
    return found
