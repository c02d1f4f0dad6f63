"""Gõ nhanh: "75" typed by whoever chose so is 7,5; a paste or an import never is."""

from __future__ import annotations

from app.domain.marks import MarkCell, parse_entry
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.ports import UnitOfWork


def fast_entry_key(uid: str) -> str:
    """Settings key of one person's choice."""
    return f"person.{uid}.fast_entry"


def has_fast_entry(uow: UnitOfWork, uid: str) -> bool:
    """Whether "75" means 7,5 when this person types; off unless they chose it."""
    return uow.school.setting(fast_entry_key(uid)) == "1"


def typed_cell(uow: UnitOfWork, uid: str, text: str, kind: SubjectKind) -> MarkCell:
    """What one key gesture means; raises RuleRefused as `parse_entry` does."""
    try:
        return parse_entry(text, kind)
    except RuleRefused as refusal:
        # Asked only for a text that is no mark as it stands, so that a save costs no read more.
        if refusal.code != "mark_out_of_range" or not has_fast_entry(uow, uid):
            raise
    return parse_entry(text, kind, fast_entry=True)
