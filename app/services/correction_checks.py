"""What a correction case must satisfy at each step, apart from the steps themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.actor import Actor
from app.domain.case_rules import CaseRule
from app.domain.corrections import Correction, Step
from app.domain.delegations import POWER_OF
from app.domain.ids import SchoolYearId
from app.domain.periods import EntryTerm, Period, Term, period_of
from app.domain.rule_catalogue import CUTOFF_DAYS, REVIEW_TERM_1, REVIEW_YEAR
from app.domain.rules import RuleSpec
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork
from app.readmodels.mark_sheet import CellKey
from app.services.authority import delegated, holds_by_office
from app.services.case_marks import MarksTarget
from app.services.case_rules import case_rule, last_day
from app.services.case_target import CaseTarget
from app.services.rules_in_force import rules_of
from app.text import clean, date_vn, fold
from app.vault import Signer

REVIEW_OF: Mapping[EntryTerm, RuleSpec] = {
    Term.HK1: REVIEW_TERM_1,
    Term.HK2: REVIEW_YEAR,
    Period.CK1: REVIEW_TERM_1,
    Period.CN: REVIEW_YEAR,
}
"""The rule that lays down the day of the review meeting of a term."""


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
        if day is None:
            day = _ruled_day(uow, target, field, term)
        if day is not None:
            days.append(day)
    return min(days) if days else None


def _ruled_day(uow: UnitOfWork, target: CaseTarget, field: str, term: EntryTerm) -> date | None:
    """The last ordinary day by the rules of the year, where the leaders set none (M71).

    What the review meeting settles waits for its day; any other column of marks until so many days
    before the final test of its subject.
    """
    year = target.at.year
    rules = rules_of(uow, year.id, target.at.today)
    if target.review(field):
        review = REVIEW_OF.get(term)
        return None if review is None else rules.day(review, year)
    days = rules.number(CUTOFF_DAYS)
    if days is None or not isinstance(target, MarksTarget):
        return None
    final = target.facts.columns.get(f"{term}.ck")
    if final is None or final.test_on is None:
        return None
    return final.test_on - timedelta(days=days)


def check_evidence(rule: CaseRule, reason: str, proofs: tuple[str, str]) -> None:
    """The reason, and each piece of evidence that the rules ask for (M70, M138)."""
    missing = [
        proof.name[0].lower() + proof.name[1:]
        for proof, needed, given in zip(rule.proofs, rule.needed, proofs, strict=True)
        if needed and not given
    ]
    blank = ([] if reason else ["lý do"]) + missing
    if blank:
        raise RuleRefused(
            "evidence_required",
            f"Hồ sơ chưa lập được: còn thiếu {', '.join(blank)}; hãy ghi đủ, minh chứng thì ghi "
            "chỗ tìm thấy.",
            blank=blank,
        )


def check_cutoff(
    uow: UnitOfWork, target: CaseTarget, keys: Sequence[CellKey], late_reason: str
) -> None:
    """After the last ordinary day a case needs the reason for an exception."""
    cutoff = cutoff_of(uow, target, keys)
    if cutoff is None or target.at.today <= cutoff:
        return
    rule = case_rule(uow, target.about.kind, target.at.year.id, target.at.today)
    if not rule.late_allowed:
        raise RuleRefused(
            "cutoff_final",
            f"Đã quá hạn lập hồ sơ ({date_vn(cutoff)}); quy định của trường không nhận hồ sơ quá "
            "hạn, hãy báo cáo hiệu trưởng.",
        )
    if not late_reason:
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


def decider(
    uow: UnitOfWork, signer: Signer, case: Correction, year_id: SchoolYearId, today: date
) -> Actor:
    """The account behind the signature, when it may decide this case."""
    approver = uow.accounts.actor(signer.uid, today)
    rule = case_rule(uow, case.kind, year_id, today)
    if not rule.allows(approver):
        who = " hoặc ".join(role.label.lower() for role in rule.approvers)
        if rule.approver_uids:
            who = f"người được phân công duyệt ({rule.approver_names})"
        raise AccessDenied(
            "role_required",
            f"{approver.name} không có quyền duyệt {case.kind.act}; theo quy định của trường việc "
            f"này của {who}, hoặc người được ủy quyền.",
            needed=rule.approvers,
        )
    return approver


def authority_note(
    uow: UnitOfWork, case: Correction, approver: Actor, year_id: SchoolYearId, today: date
) -> str:
    """The delegation an approval rests on, in words for the trail; "" for an office."""
    rules, power = rules_of(uow, year_id, today), POWER_OF[case.kind]
    if holds_by_office(rules, approver.uid, approver.roles, power):
        return ""
    given = delegated(uow, rules, approver.account_id, power, today)
    return "" if given is None else f"{given.giver_name} ủy quyền, văn bản số {given.decision_no}"


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
