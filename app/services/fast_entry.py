"""Gõ nhanh: "75" typed by whoever chose so is 7,5; a paste or an import never is."""

from __future__ import annotations

from datetime import date

from app.domain.ids import SchoolYearId
from app.domain.marks import MarkCell, parse_entry
from app.domain.rule_catalogue import FAST_ENTRY
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of


def fast_entry_key(uid: str) -> str:
    """Settings key of one person's choice."""
    return f"person.{uid}.fast_entry"


def has_fast_entry(uow: UnitOfWork, uid: str) -> bool:
    """Whether this person chose that "75" means 7,5 when they type; off unless they did."""
    return uow.school.setting(fast_entry_key(uid)) == "1"


def typed_cell(
    uow: UnitOfWork,
    uid: str,
    text: str,
    kind: SubjectKind,
    year_id: SchoolYearId,
    today: date,
) -> MarkCell:
    """What one key gesture means; raises RuleRefused as `parse_entry` does.

    The rules of the year may forbid the short way to everybody.
    """
    try:
        return parse_entry(text, kind)
    except RuleRefused as refusal:
        # Asked only for a text that is no mark as it stands, so that a save costs no read more.
        if refusal.code != "mark_out_of_range" or not has_fast_entry(uow, uid):
            raise
        if not rules_of(uow, year_id, today).flag(FAST_ENTRY):
            raise
    return parse_entry(text, kind, fast_entry=True)
