"""Thẩm quyền: who may decide what under the rules, by office or by a delegation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from app.actor import Actor
from app.domain.delegations import Delegation, Power, may_receive
from app.domain.ids import AccountId, SchoolYearId
from app.domain.roles import Role, holds_one
from app.domain.rule_catalogue import APPROVER_OF, NAMED_OF, PRESSERS
from app.domain.rules import RuleSet
from app.errors import AccessDenied
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of
from app.services.standing import standing


def require_presser(
    uow: UnitOfWork, actor: Actor, year_id: SchoolYearId, day: date, what: str
) -> Actor:
    """The person with the rights of `day`, when the rules let them press lock and unlock (M61)."""
    now = standing(uow, actor, day)
    if may_press(uow, now, year_id, day):
        return now
    offices = rules_of(uow, year_id, day).offices(PRESSERS)
    raise AccessDenied(
        "role_required",
        f"Tài khoản {now.name} không được {what}; theo quy định của trường việc này của "
        f"{_or(offices)}, hoặc người được ủy quyền.",
        needed=offices,
    )


def may_press(uow: UnitOfWork, actor: Actor, year_id: SchoolYearId, day: date) -> bool:
    """Whether this person may press lock and unlock, always on a decision of the principal."""
    rules = rules_of(uow, year_id, day)
    if holds_by_office(rules, actor.uid, actor.roles, Power.OPEN_SHUT):
        return True
    return delegated(uow, rules, actor.account_id, Power.OPEN_SHUT, day) is not None


def delegates(
    uow: UnitOfWork, rules: RuleSet, given: Iterable[Delegation], power: Power, day: date
) -> frozenset[AccountId]:
    """Whoever of those `given` a power holds it on that day, as `_stands` says."""
    return frozenset(
        one.taker
        for one in given
        if one.power is power and one.covers(day) and _stands(uow, rules, one, day)
    )


def delegated(
    uow: UnitOfWork, rules: RuleSet, taker: AccountId, power: Power, day: date
) -> Delegation | None:
    """The delegation this person acts under on that day, as `_stands` says."""
    for one in uow.delegations.all():
        mine = (one.power, one.taker) == (power, taker) and one.covers(day)
        if mine and _stands(uow, rules, one, day):
            return one
    return None


def _stands(uow: UnitOfWork, rules: RuleSet, one: Delegation, day: date) -> bool:
    """The giver must still hold the power, and the taker still be somebody who can receive it."""
    giver = uow.accounts.get(one.giver, day)
    roles = frozenset(map(Role, giver.roles))
    if giver.disabled_on is not None or not holds_by_office(rules, giver.uid, roles, one.power):
        return False
    return may_receive(one.power, uow.accounts.get(one.taker, day).roles)


def holds_by_office(rules: RuleSet, uid: str, roles: Collection[Role], power: Power) -> bool:
    """Whether offices give a person a power under these rules, which may name who of them."""
    kind = power.kind
    if kind is None:
        return holds_one(roles, rules.offices(PRESSERS))
    named = rules.people(NAMED_OF[kind])
    return (not named or uid in named) and holds_one(roles, rules.offices(APPROVER_OF[kind]))


def _or(offices: Collection[Role]) -> str:
    return " hoặc ".join(role.label.lower() for role in offices)
