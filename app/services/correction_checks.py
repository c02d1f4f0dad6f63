"""What a correction case must satisfy at each step, apart from the steps themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actor import Actor
from app.domain.case_rules import CaseRule
from app.domain.corrections import Correction, Step
from app.domain.periods import period_of
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork
from app.readmodels.mark_sheet import CellKey
from app.services.case_marks import MarksTarget
from app.services.case_rules import case_rule, last_day
from app.services.case_target import CaseTarget
from app.text import clean, date_vn, fold
from app.vault import Signer


def cutoff_of(uow: UnitOfWork, target: CaseTarget, keys: Sequence[CellKey]) -> date | None:
    """The last ordinary day of a case over these cells: the earliest of theirs."""
    days: list[date] = []
    for field in dict.fromkeys(key.column for key in keys):
        term = target.term(field)
        if term is None:
            continue
        day = last_day(
            uow,
            target.at.year.id,
            period_of(term),
            review=target.review(field),
            marks=isinstance(target, MarksTarget),
        )
        if day is not None:
            days.append(day)
    return min(days) if days else None


def check_cutoff(
    uow: UnitOfWork, target: CaseTarget, keys: Sequence[CellKey], late_reason: str
) -> None:
    """After the last ordinary day a case needs the reason for an exception."""
    cutoff = cutoff_of(uow, target, keys)
    if cutoff is not None and target.at.today > cutoff and not late_reason:
        raise RuleRefused(
            "past_cutoff",
            f"Đã quá hạn lập hồ sơ ({date_vn(cutoff)}); hãy ghi lý do ngoại lệ để hiệu trưởng "
            "quyết định.",
        )


def named_witnesses(names: Sequence[str], least: int) -> tuple[str, ...]:
    """Who will sign the minutes as witnesses: `least` different people at least (M65)."""
    seen = {fold(name): clean(name) for name in names if clean(name)}
    if len(seen) < least:
        raise RuleRefused(
            "witnesses_required",
            f"Chưa đủ người chứng kiến nên chưa duyệt; hãy ghi tên ít nhất {least} người khác "
            "nhau sẽ ký biên bản.",
        )
    return tuple(seen.values())


def decider(uow: UnitOfWork, signer: Signer, case: Correction, today: date) -> Actor:
    """The account behind the signature, when it may decide this case."""
    approver = uow.accounts.actor(signer.uid, today)
    rule = case_rule(uow, case.kind)
    if not rule.allows(approver):
        who = " hoặc ".join(role.label.lower() for role in rule.approvers)
        if rule.approver_uids:
            who = f"người được phân công duyệt ({', '.join(sorted(rule.approver_uids))})"
        raise AccessDenied(
            "role_required",
            f"{approver.name} không có quyền duyệt {case.kind.act}; việc này của {who}.",
        )
    return approver


def refuse_own(case: Correction, approver: Actor) -> None:
    """Nobody approves what they asked for or checked."""
    if approver.account_id in (case.requested_by, case.checked_by):
        raise AccessDenied(
            "own_request",
            f"{approver.name} đã đề nghị hoặc kiểm dò hồ sơ này nên không tự duyệt được; hãy "
            "để người khác duyệt.",
        )


def ready_to_check(case: Correction, rule: CaseRule) -> None:
    """The check follows the registration where the school keeps one."""
    if case.step is Step.DECLARED and not rule.registered:
        return
    expect(case, Step.REGISTERED, "kiểm dò")


def expect(case: Correction, step: Step, what: str) -> None:
    """The case must stand at this step."""
    if case.step is not step:
        raise wrong_step(case, what)


def wrong_step(case: Correction, what: str) -> RuleRefused:
    """The refusal of a step out of order."""
    return RuleRefused(
        "wrong_step",
        f"Hồ sơ số {case.number:02d} đang ở bước “{case.step.label}” nên không {what} được; hãy "
        "tải lại trang.",
    )
