"""Thanh tra, kiểm tra: an account that sees and prints everything and changes nothing (M111, M216).

The trail is the one place that every write goes through, so it asks here before it takes an entry:
whatever service forgets the role, the entry is refused and with it the whole transaction.
"""

from __future__ import annotations

from app.actor import Actor
from app.domain.roles import Role
from app.errors import AccessDenied

LEFT_BY_INSPECTORS = frozenset(
    {
        "session.sign_in",
        "session.sign_out",
        "session.failed_sign_ins",
        "account.password_changed",
        "account.key_settled",
        # Papers and files for the inspection; the book stays what it was.
        "print.run",
        "data.exported",
        # Written by the clock for whoever sits at the PC: an unlock that ran out, the backup when
        # the program closes.
        "correction.expire",
        "backup.made",
    }
)
"""Kinds of trail entries that an inspector's session leaves behind."""


def refuse_inspector(actor: Actor | None, kind: str) -> None:
    """Raises AccessDenied "read_only_account" when an inspector's act would change the book."""
    if actor is None or Role.INSPECTOR not in actor.roles or kind in LEFT_BY_INSPECTORS:
        return
    raise AccessDenied(
        "read_only_account",
        f"Tài khoản {actor.name} của đoàn thanh tra, kiểm tra chỉ xem và in nên không thay đổi gì "
        "trong sổ được; người của trường đổi người dùng (F12) rồi làm.",
        kind=kind,
    )
