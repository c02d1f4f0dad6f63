"""Phần bắt buộc: parts of the program that a school must use, as its rules lay them down (M215).

Kiểm dò and điểm danh are asked at the close of a period, printed books at the seal of the year
(`app.services.required_papers`).
"""

from __future__ import annotations

from datetime import date

from app.domain.ids import SchoolYearId
from app.domain.periods import Term
from app.domain.rule_catalogue import MODULES_REQUIRED, NEEDS_PROOF
from app.domain.rules import RuleSet
from app.ports import UnitOfWork
from app.services.class_results import ClassFacts
from app.services.rules_in_force import rules_of


def proof_required(rules: RuleSet) -> bool:
    """Whether every sheet is proof-read before a close, by its own rule or as a required part."""
    return rules.flag(NEEDS_PROOF) or "proof_reading" in rules.codes(MODULES_REQUIRED)


def attendance_unkept(
    uow: UnitOfWork,
    facts: ClassFacts,
    year_id: SchoolYearId,
    terms: tuple[Term, ...],
    today: date,
) -> str:
    """What a close says of học kì without any điểm danh where it is required; "" when none."""
    if "attendance" not in rules_of(uow, year_id, today).codes(MODULES_REQUIRED):
        return ""
    kept = frozenset() if facts.attendance is None else facts.attendance.kept
    missing = [term.words for term in terms if term not in kept]
    if not missing:
        return ""
    return (
        f"chưa có ngày nào ở {', '.join(missing)}, mà quy định của trường bắt buộc điểm danh trong "
        "sổ"
    )
