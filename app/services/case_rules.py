"""The rule of a kind of correction case in this school: the one place that says who decides it.

A rule profile of the school (a dated set of settings with its decision number) takes over by
answering here; until then the defaults hold, with what the settings below change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.case_rules import DEFAULT_RULES, CaseRule
from app.domain.corrections import CaseKind
from app.domain.ids import SchoolYearId
from app.domain.periods import Period
from app.ports import UnitOfWork

REGISTRATION = "correction.registration"
"""Setting: "no" when văn thư takes nothing in, so that a declaration goes straight to the check."""
NAMED_APPROVERS = "correction.approvers."
"""Setting, with the kind behind it: sign-in names of the only people who decide it, by spaces."""


def case_rule(uow: UnitOfWork, kind: CaseKind) -> CaseRule:
    """Approvers, evidence, witnesses and registration of a kind."""
    return case_rules(uow)[kind]


def case_rules(uow: UnitOfWork) -> dict[CaseKind, CaseRule]:
    """The rule of every kind, read in one statement."""
    own = uow.school.settings("correction.")
    return {
        kind: replace(
            rule,
            approver_uids=frozenset(own.get(NAMED_APPROVERS + kind.value, "").split()),
            registered=rule.registered and own.get(REGISTRATION) != "no",
        )
        for kind, rule in DEFAULT_RULES.items()
    }


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
