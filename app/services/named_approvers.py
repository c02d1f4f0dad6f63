"""Who of an office approves a kind of correction: people named in the rules of the school (M57).

A name narrows an office, it never gives one: whoever is named must hold an office that the rules
let approve that kind, so nobody is shut out of cases by a name that decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.corrections import CaseKind
from app.domain.roles import Role, holds_one
from app.domain.rule_catalogue import APPROVER_OF, BY_KEY, NAMED_OF
from app.domain.rules import BETWEEN, RuleKind, RuleSet, RuleSpec
from app.domain.school import Account
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.text import name_key


def named_choices(
    accounts: Iterable[Account], rules: RuleSet
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Who may be named, by key of rule: (sign-in name, name), in order of names.

    Under the rule about people whoever holds an office in force; under the rule about offices
    whoever holds any that could be chosen, so that both can be settled by one decision.
    """
    active = sorted(
        (a for a in accounts if a.disabled_on is None), key=lambda a: name_key(a.full_name)
    )

    def holders(offices: Iterable[Role]) -> tuple[tuple[str, str], ...]:
        return tuple((a.uid, a.full_name) for a in active if _holds(a, offices))

    found = {}
    for kind, named in NAMED_OF.items():
        office = APPROVER_OF[kind]
        found[named.key] = holders(rules.offices(office))
        found[office.key] = holders(tuple(Role(code) for code, _ in office.choices))
    return found


def with_names(changes: Mapping[str, str], accounts: Iterable[Account]) -> dict[str, str]:
    """The changes with the name of each person beside the sign-in name."""
    names = {account.uid: account.full_name for account in accounts}
    said = dict(changes)
    for key, value in changes.items():
        spec = BY_KEY.get(key)
        if spec is None or spec.kind is not RuleKind.PEOPLE or not value:
            continue
        uids = [one.partition(BETWEEN)[0].strip() for one in value.split(",")]
        strange = [uid for uid in uids if uid not in names]
        if strange:
            raise RuleRefused(
                "no_such_account",
                f"Quy định “{spec.title}” chưa ghi được: không có tài khoản “{strange[0]}”; hãy "
                "tải lại trang rồi chọn lại.",
                uid=strange[0],
            )
        said[key] = ",".join(f"{uid}{BETWEEN}{names[uid]}" for uid in uids)
    return said


def refuse_nobody(
    rules: RuleSet, changed: Sequence[RuleSpec], uow: UnitOfWork, today: date
) -> None:
    """Raise RuleRefused "names_decide_nothing" for a name without the office it narrows.

    Asked of kinds whose offices or names were `changed`; who left later is found by the screen.
    """
    keys = {spec.key for spec in changed}
    accounts = {account.uid: account for account in uow.accounts.all(today)}
    for kind, named in NAMED_OF.items():
        if keys.isdisjoint({named.key, APPROVER_OF[kind].key}):
            continue
        for uid in sorted(rules.people(named)):
            account = accounts.get(uid)
            if (
                account is None
                or account.disabled_on is not None
                or not _holds(account, rules.offices(APPROVER_OF[kind]))
            ):
                who = uid if account is None else account.full_name
                offices = ", ".join(r.label.lower() for r in rules.offices(APPROVER_OF[kind]))
                raise RuleRefused(
                    "names_decide_nothing",
                    f"{who} không giữ chức vụ được duyệt {kind.act} ({offices}) nên không nêu tên "
                    "được; hãy chọn người giữ chức vụ ấy, hoặc đổi chức vụ được duyệt trước.",
                    uid=uid,
                )


def kinds_nobody_decides(accounts: Iterable[Account], rules: RuleSet) -> tuple[CaseKind, ...]:
    """Kinds of case that no account of today may approve: whoever is named left, or left office.

    A delegation does not help: it stands only while its giver holds the power. `accounts` carry the
    roles in force on the day.
    """
    active = [account for account in accounts if account.disabled_on is None]
    return tuple(
        kind
        for kind, office in APPROVER_OF.items()
        if not any(
            _holds(account, rules.offices(office))
            and (account.uid in rules.people(NAMED_OF[kind]) or not rules.people(NAMED_OF[kind]))
            for account in active
        )
    )


def _holds(account: Account, offices: Iterable[Role]) -> bool:
    return holds_one(frozenset(map(Role, account.roles)), tuple(offices))
