"""What a correction case asks of one person today: its next step, at last its minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.actor import Actor
from app.domain.case_rules import CaseRule
from app.domain.corrections import CaseKind, Step
from app.domain.periods import EntryTerm
from app.domain.roles import Role
from app.readmodels.home import MyTask, OpenCase, TaskKind
from app.services.earlier_terms import PRINTERS


def concerns(case: OpenCase, actor: Actor) -> bool:
    """Whether the person is told of a case that is open."""
    mine = case.requested_by == actor.account_id
    return mine or actor.leads or case.class_id in actor.homeroom or actor.has(Role.SECRETARY)


def _waits_for_check(case: OpenCase, rule: CaseRule) -> bool:
    return case.step is Step.REGISTERED or (case.step is Step.DECLARED and not rule.registered)


def _decides(case: OpenCase, rule: CaseRule, actor: Actor) -> bool:
    """Whether the case belongs on this leader's list: the principal's, unless others are named."""
    own = actor.account_id in (case.requested_by, case.checked_by)
    return (
        rule.allows(actor)
        and not own
        and bool(
            actor.has(Role.PRINCIPAL)
            or rule.approver_uids
            or actor.account_id in rule.delegates
            or Role.PRINCIPAL not in rule.approvers
        )
    )


def case_tasks(
    cases: Iterable[OpenCase], rules: Mapping[CaseKind, CaseRule], term: EntryTerm, actor: Actor
) -> Iterable[MyTask]:
    """The next step of each open case that is this person's."""
    for case in cases:
        mine = case.requested_by == actor.account_id
        kind: TaskKind | None = None
        rule = rules[case.kind]
        if case.step is Step.DECLARED and rule.registered and actor.has(Role.SECRETARY):
            kind = TaskKind.REGISTER_CASE
        elif _waits_for_check(case, rule) and not mine:
            office = actor.has(Role.VICE_PRINCIPAL, Role.SECRETARY)
            checks = office or case.class_id in actor.homeroom or actor.heads(case.subject_id)
            kind = TaskKind.CHECK_CASE if checks else None
        elif case.step is Step.CHECKED and _decides(case, rule, actor):
            kind = TaskKind.APPROVE_CASE
        elif case.step is Step.APPROVED and mine:
            kind = TaskKind.APPLY_CASE
        if kind is not None:
            yield _task(kind, case, term)


def minutes_tasks(unprinted: Iterable[OpenCase], term: EntryTerm, actor: Actor) -> Iterable[MyTask]:
    """Cases whose marks are written and whose biên bản nobody printed: the office prints them.

    A year is not sealed without (`sealing.py`), and by then the witnesses have to be found again.
    """
    if actor.has(*PRINTERS):
        for case in unprinted:
            yield _task(TaskKind.PRINT_MINUTES, case, term)


def _task(kind: TaskKind, case: OpenCase, term: EntryTerm) -> MyTask:
    until = case.unlocked_until if kind is TaskKind.APPLY_CASE else None
    return MyTask(
        kind,
        None if until is None else until.date(),
        case.class_id,
        case.class_name,
        case.subject_id,
        case.subject_name,
        term,
        case_id=case.case_id,
        case_number=case.number,
        until=until,
    )
