"""Người lưu giữ bản in: by the rules of the school whoever holds an office (M15)."""

from __future__ import annotations

from datetime import date

from app.domain.ids import SchoolYearId
from app.domain.rule_catalogue import KEEPER
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of
from app.text import fold


def check_keeper(uow: UnitOfWork, year_id: SchoolYearId, name: str, today: date) -> None:
    """Raise RuleRefused "keeper_office" for a keeper without the office the rules lay down."""
    offices = rules_of(uow, year_id, today).offices(KEEPER)
    if not offices:
        return
    wanted = {office.value for office in offices}
    held = [a for a in uow.accounts.all(today) if not wanted.isdisjoint(a.roles)]
    if any(fold(a.full_name) == fold(name) for a in held):
        return
    who = " hoặc ".join(office.label.lower() for office in offices)
    names = ", ".join(a.full_name for a in held) or "chưa ai giữ chức vụ ấy"
    raise RuleRefused(
        "keeper_office",
        f"Chưa ghi nơi lưu: theo quy định của trường người lưu giữ bản in là {who} ({names}), "
        f"không phải {name}; hãy ghi đúng tên, hoặc đổi quy định bằng quyết định.",
    )
