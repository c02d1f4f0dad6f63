"""Giấy ủy quyền and bảng phân công nhiệm vụ: assembled, printed, kept like every official paper."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.duties import DUTIES
from app.domain.ids import AccountId
from app.domain.print_runs import DELEGATION_LETTER, DUTY_LIST
from app.domain.roles import Role
from app.domain.school import School, SchoolYear
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.authority_papers import (
    DelegationLetter,
    DutyList,
    DutyPart,
    DutyRow,
    delegation_digest,
    duty_list_digest,
)
from app.services.account_papers import PRINTERS
from app.services.book_assembly import school_lines
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.sign_in_directory import current_year
from app.services.standing import require_standing
from app.text import date_vn


class AuthorityPapers:
    """Prints who acts for whom, and who does what."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print_delegation(self, actor: Actor, delegation_id: int) -> CommandResult:
        """One numbered run of a delegation; the payload is `Printed`."""
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in giấy ủy quyền", *PRINTERS)
            year, letter = _year(uow, today), _letter(uow, delegation_id, today)
            stamp = official_stamp(uow, year.id, delegation_digest(letter), self._clock.now())
            pdf = self._press.delegation_letter(letter, stamp)
            title = f"Giấy ủy quyền, {letter.taker}, từ {letter.since}"
            run = official_run(actor, year.id, DELEGATION_LETTER, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def print_duties(self, actor: Actor) -> CommandResult:
        """One numbered run of the duty list; the payload is `Printed`."""
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in bảng phân công nhiệm vụ", *PRINTERS)
            year, duties = _year(uow, today), duty_list(uow, actor, today)
            stamp = official_stamp(uow, year.id, duty_list_digest(duties), self._clock.now())
            pdf = self._press.duty_list(duties, stamp)
            title = f"Bảng phân công nhiệm vụ, ngày {date_vn(today)}"
            run = official_run(actor, year.id, DUTY_LIST, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)


def _letter(uow: UnitOfWork, delegation_id: int, today: date) -> DelegationLetter:
    found = next((d for d in uow.delegations.all() if d.id == delegation_id), None)
    if found is None:
        raise RuleRefused("not_found", "Không tìm thấy ủy quyền này; hãy tải lại trang.")
    offices = {account.id: account.roles for account in uow.accounts.all(today)}

    def office(account_id: AccountId) -> str:
        held = [Role(name).label for name in offices.get(account_id, ())]
        return held[0] if held else "Giáo viên"

    return DelegationLetter(
        school=school_lines(_school(uow)),
        day=found.decision_on.day,
        month=found.decision_on.month,
        year=found.decision_on.year,
        giver=found.giver_name,
        giver_office=office(found.giver),
        taker=found.taker_name,
        taker_office=office(found.taker),
        power=found.power.words,
        since=date_vn(found.starts_on),
        until=date_vn(found.ends_on),
        decision=found.decision_no,
        decision_on=date_vn(found.decision_on),
    )


def duty_list(uow: UnitOfWork, actor: Actor, today: date) -> DutyList:
    """Who holds each office on the day, with its duties and the delegations in force."""
    people = [a for a in uow.accounts.all(today) if a.disabled_on is None]
    posts = [a for a in uow.accounts.assignments() if a.covers(today)]
    homeroom = {a.account_id for a in posts if a.subject_id is None}
    teaching = {a.account_id for a in posts if a.subject_id is not None}

    def holders(role: Role) -> str:
        if role is Role.SUBJECT_TEACHER:
            return f"{len(teaching)} giáo viên theo bảng phân công"
        if role is Role.HOMEROOM_TEACHER:
            return f"{len(homeroom)} giáo viên theo bảng phân công"
        unit = role is Role.DEPARTMENT_HEAD
        return ", ".join(
            f"{a.full_name} ({a.department})" if unit and a.department else a.full_name
            for a in people
            if role.value in a.roles
        )

    return DutyList(
        school=school_lines(_school(uow)),
        school_year=_year(uow, today).name.replace("-", "–"),
        day=today.day,
        month=today.month,
        year=today.year,
        parts=tuple(
            DutyPart(role.label, held, tuple(DutyRow(*one) for one in duties))
            for role, duties in DUTIES.items()
            if (held := holders(role))
        ),
        delegations=tuple(
            f"{one.giver_name} ủy quyền cho {one.taker_name} {one.power.words}, từ "
            f"{date_vn(one.starts_on)} đến {date_vn(one.last_day)}, văn bản số {one.decision_no}."
            for one in uow.delegations.all()
            if one.covers(today)
        ),
        principal=next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), ""),
        maker=actor.name,
    )


def _school(uow: UnitOfWork) -> School:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    return school


def _year(uow: UnitOfWork, today: date) -> SchoolYear:
    year = current_year(uow, today)
    if year is None:
        raise RuleRefused(
            "no_year",
            "Trường chưa có năm học nên chưa in giấy tờ có số được; hãy lập năm học trước.",
        )
    return year
