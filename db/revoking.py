"""When a person's slot may be taken away, and whether an interrupted revocation is still untold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.errors import RuleRefused

if TYPE_CHECKING:
    from app.domain.ids import AccountId
    from app.domain.school import Account
    from app.ports import UnitOfWork
    from app.vault import PersonEntry


def revoked_untold(uow: UnitOfWork, account_id: AccountId) -> bool:
    """Whether a revocation was killed before its entry: nothing told since the account was shut."""
    last = ""
    for entry in uow.trail.of_kinds(("account.disabled", "account.revoked")):
        if json.loads(entry.detail).get("account") == account_id:
            last = entry.kind
    return last == "account.disabled"


def refuse_revoking(account: Account, people: tuple[PersonEntry, ...]) -> None:
    """Only a closed account that still has a slot."""
    if account.disabled_on is None:
        raise RuleRefused(
            "revoke_active",
            f"Tài khoản {account.full_name} đang dùng được nên chưa thu hồi khóa; hãy khóa tài "
            "khoản trước.",
        )
    if all(entry.uid != account.uid for entry in people):
        raise RuleRefused(
            "revoked_already",
            f"Khóa của {account.full_name} đã thu hồi từ trước; không còn gì để thu hồi.",
        )
