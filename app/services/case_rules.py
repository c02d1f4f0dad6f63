"""The rule of a kind of correction case in this school: the one place that says who decides it.

The rules of the school (`app.services.rule_book`) answer here, with the delegations of the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.case_rules import DEFAULT_RULES, CaseRule
from app.domain.corrections import CaseKind
from app.domain.delegations import POWER_OF, Delegation
from app.domain.ids import SchoolYearId
from app.domain.periods import Period
from app.domain.rule_catalogue import (
    APPROVER_OF,
    EVIDENCE,
    LATE_CASES,
    NAMED_OF,
    REGISTERED,
    UNLOCK_MINUTES,
    WITNESSES,
)
from app.domain.rules import RuleSet
from app.ports import UnitOfWork
from app.services.authority import delegates
from app.services.rules_in_force import rules_of


def case_rule(uow: UnitOfWork, kind: CaseKind, year_id: SchoolYearId, day: date) -> CaseRule:
    """Approvers, evidence, witnesses and registration of a kind by the rules of that day."""
    return _rule(uow, kind, rules_of(uow, year_id, day), uow.delegations.all(), day)


def case_rules(uow: UnitOfWork, year_id: SchoolYearId, day: date) -> dict[CaseKind, CaseRule]:
    """The rule of every kind, the rules of the school read once."""
    rules = rules_of(uow, year_id, day)
    given = uow.delegations.all()
    return {kind: _rule(uow, kind, rules, given, day) for kind in CaseKind}


def _rule(
    uow: UnitOfWork, kind: CaseKind, rules: RuleSet, given: tuple[Delegation, ...], day: date
) -> CaseRule:
    asked = rules.codes(EVIDENCE)
    usual = DEFAULT_RULES[kind]
    # The rule names the evidence of marks; the papers of the other kinds prove them.
    needed = ("book" in asked, "paper" in asked) if kind is CaseKind.MARKS else (True, True)
    first, second = (
        proof if must else replace(proof, asked=f"{proof.asked} (không bắt buộc)")
        for proof, must in zip(usual.proofs, needed, strict=True)
    )
    return replace(
        usual,
        proofs=(first, second),
        approvers=rules.offices(APPROVER_OF[kind]),
        approver_uids=rules.people(NAMED_OF[kind]),
        approver_names=NAMED_OF[kind].value_words(rules.text(NAMED_OF[kind])),
        delegates=delegates(uow, rules, given, POWER_OF[kind], day),
        least_witnesses=rules.number(WITNESSES) or 0,
        registered=rules.flag(REGISTERED),
        needed=needed,
        late_allowed=rules.flag(LATE_CASES),
        unlock_minutes=rules.number(UNLOCK_MINUTES) or 0,
    )


def cutoff_setting(year_id: SchoolYearId, period: Period, *, review: bool = False) -> str:
    """Settings key of the last day of ordinary cases of a period.

    `review`: of what the review meeting settles (ĐĐGck, nhận xét, rèn luyện, điểm danh); the plain
    one is a week before the final test and holds for ĐĐGtx and ĐĐGgk (M71).
    """
    return f"correction.cutoff.{year_id}.{period.value}{'.review' if review else ''}"


def last_day(
    uow: UnitOfWork, year_id: SchoolYearId, period: Period, *, review: bool, marks: bool
) -> date | None:
    """The last ordinary day, or None when none is set.

    Marks of the final test follow the plain day of their period while the meeting has none.
    """
    text = ""
    if review:
        text = uow.school.setting(cutoff_setting(year_id, period, review=True))
    if not text and (marks or not review):
        text = uow.school.setting(cutoff_setting(year_id, period))
    return date.fromisoformat(text) if text else None
