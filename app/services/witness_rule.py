"""Thành phần chứng kiến: whom the minutes of a correction must name, by the rules of the school.

A name counts for a party when it is the name of an account that holds one of the party's offices on
the day of the approval; the leader who approves signs the minutes too and stands for the leaders.
Source: kế hoạch cấp THCS 2023-2024, I.6 (M65).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actor import Actor
from app.domain.corrections import Correction
from app.domain.ids import SchoolYearId
from app.domain.roles import Role
from app.domain.rule_catalogue import WITNESS_PARTIES
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of
from app.text import fold

LEADERS = (Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE, Role.PRINCIPAL)
BOARD = (Role.SECRETARY, Role.ADMINISTRATOR, Role.BOARD_HEAD)
"""Ban quản lý hệ thống: quản trị and văn thư (kế hoạch cấp THCS, I.4.b)."""

_OFFICES = {"leaders": LEADERS, "board": BOARD}


def check_parties(
    uow: UnitOfWork,
    case: Correction,
    names: Sequence[str],
    approver: Actor,
    year_id: SchoolYearId,
    today: date,
) -> None:
    """Raise RuleRefused "witness_parties" when a party is not among the people named."""
    wanted = rules_of(uow, year_id, today).codes(WITNESS_PARTIES)
    if not wanted:
        return
    named = {fold(name) for name in names}
    people = [a for a in uow.accounts.all(today) if a.disabled_on is None]
    present = [a for a in people if fold(a.full_name) in named]
    missing = []
    for code, words in WITNESS_PARTIES.choices:
        if code not in wanted:
            continue
        if code == "requester":
            here = any(a.id == case.requested_by for a in present)
        else:
            offices = {role.value for role in _OFFICES[code]}
            here = any(not offices.isdisjoint(a.roles) for a in present)
            here = here or (code == "leaders" and approver.has(*LEADERS))
        if not here:
            missing.append(words)
    if missing:
        raise RuleRefused(
            "witness_parties",
            f"Chưa duyệt: người chứng kiến còn thiếu {', '.join(missing)}; quy định của trường đòi "
            "đủ thành phần, hãy ghi đúng họ tên người có chức vụ ấy trong sổ.",
            missing=missing,
        )
