"""Phiếu phân quyền and danh sách tài khoản: assembled, printed, kept like every official paper."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.digests import DataDigest
from app.domain.accounts import fingerprint
from app.domain.ids import AccountId
from app.domain.print_runs import ACCOUNT_LIST, PERMISSION_SHEET
from app.domain.role_rights import HOMEROOM_RIGHT, RIGHTS, TEACHING_RIGHT
from app.domain.roles import Role
from app.domain.school import SchoolYear
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.account_papers import (
    AccountList,
    AccountRow,
    PermissionPaper,
    PostLine,
    RoleLine,
    account_list_digest,
    permission_digest,
)
from app.readmodels.class_book import PrintStamp
from app.services.account_review import AccountReview, AccountUse, role_words
from app.services.assignments import Assignments, PermissionSheet
from app.services.book_assembly import school_lines
from app.services.class_scope import OVERSEERS
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.sign_in_directory import current_year
from app.services.standing import require_standing
from app.text import date_vn

PRINTERS = OVERSEERS


class AccountPapers:
    """Prints what the principal and the owner of an account sign."""

    def __init__(
        self,
        uows: UowFactory,
        clock: Clock,
        press: PaperPress,
        assignments: Assignments,
        review: AccountReview,
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._assignments = assignments
        self._review = review

    def permission_sheet(self, account_id: AccountId) -> PermissionPaper:
        """The paper as it would be printed now, for the screen."""
        facts = self._assignments.permission_sheet(account_id)
        with self._uows.read() as uow:
            return _permission_paper(uow, facts, self._clock.today())

    def account_list(self, actor: Actor) -> AccountList:
        """The list as it would be printed now."""
        uses = self._review.all()
        with self._uows.read() as uow:
            return _account_list(uow, uses, actor, self._clock.today())

    def print_permission_sheet(self, actor: Actor, account_id: AccountId) -> CommandResult:
        """One numbered run; the payload is `Printed`."""
        facts = self._assignments.permission_sheet(account_id)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in phiếu phân quyền", *PRINTERS)
            paper = _permission_paper(uow, facts, today)
            year, stamp = self._stamp(uow, permission_digest(paper))
            pdf = self._press.permission_sheet(paper, stamp)
            title = f"Phiếu phân quyền, {paper.name}"
            run = official_run(actor, year.id, PERMISSION_SHEET, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def print_account_list(self, actor: Actor) -> CommandResult:
        """One numbered run; the payload is `Printed`."""
        uses = self._review.all()
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "in danh sách tài khoản", *PRINTERS)
            paper = _account_list(uow, uses, actor, today)
            year, stamp = self._stamp(uow, account_list_digest(paper))
            pdf = self._press.account_list(paper, stamp)
            title = f"Danh sách tài khoản, ngày {date_vn(today)}"
            run = official_run(actor, year.id, ACCOUNT_LIST, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def _stamp(self, uow: UnitOfWork, digest: DataDigest) -> tuple[SchoolYear, PrintStamp]:
        year = _year(uow, self._clock.today())
        return year, official_stamp(uow, year.id, digest, self._clock.now())


def _year(uow: UnitOfWork, today: date) -> SchoolYear:
    year = current_year(uow, today)
    if year is None:
        raise RuleRefused(
            "no_year",
            "Trường chưa có năm học nên chưa in giấy tờ có số được; hãy lập năm học trước.",
        )
    return year


def _permission_paper(uow: UnitOfWork, facts: PermissionSheet, today: date) -> PermissionPaper:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    held = [grant.role for grant in facts.grants if grant.covers(today)]
    rights = [sentence for role in held for sentence in RIGHTS[role]]
    if Role.DEPARTMENT_HEAD in held and facts.account.department:
        rights.append(_department_right(uow, facts.account.department, today))
    if any(post.subject_id is None for post in facts.assignments):
        rights.append(HOMEROOM_RIGHT)
    if any(post.subject_id is not None for post in facts.assignments):
        rights.append(TEACHING_RIGHT)
    return PermissionPaper(
        school=school_lines(school),
        school_year=_year(uow, today).name.replace("-", "–"),
        day=today.day,
        month=today.month,
        year=today.year,
        name=facts.account.full_name,
        uid=facts.account.uid,
        department=facts.account.department,
        roles=tuple(
            RoleLine(grant.role.label, date_vn(grant.starts_on), date_vn(grant.ends_on))
            for grant in facts.grants
        ),
        posts=tuple(
            PostLine(post.class_name, post.subject_name, date_vn(post.since))
            for post in facts.assignments
        ),
        rights=tuple(rights) or ("Chưa được giao quyền nào trong sổ.",),
        fingerprint=fingerprint(facts.key) if facts.key else "",
        key_since=date_vn(facts.key_since),
        principal=_principal(uow, today),
    )


def _department_right(uow: UnitOfWork, department: str, today: date) -> str:
    """Whose sheets a tổ trưởng looks after: the tổ's subjects, its members' sheets (M103)."""
    names = {
        subject.code: subject.name
        for subjects in uow.studies.of_classes(_year(uow, today).id).values()
        for subject in subjects
    }
    codes = [code for code, unit in uow.departments.subjects().items() if unit == department]
    mine = sorted(names[code] for code in codes if code in names)
    return f"Tổ trưởng {department}: {', '.join(mine) if mine else 'chưa giao môn cho tổ'}."


def _account_list(
    uow: UnitOfWork, uses: tuple[AccountUse, ...], actor: Actor, today: date
) -> AccountList:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    return AccountList(
        school=school_lines(school),
        school_year=_year(uow, today).name.replace("-", "–"),
        day=today.day,
        month=today.month,
        year=today.year,
        rows=tuple(_row(use) for use in uses),
        principal=_principal(uow, today),
        maker=actor.name,
    )


def state_words(use: AccountUse) -> str:
    """Whether the person may come in, and what is remarkable."""
    account = use.account
    if account.disabled_on is not None:
        words = f"khóa từ {date_vn(account.disabled_on)}"
        return words if use.has_slot else f"{words}, đã thu hồi"
    return f"dùng được; sai mật khẩu {use.failed} lần" if use.failed else "dùng được"


def _row(use: AccountUse) -> AccountRow:
    account = use.account
    at = account.last_sign_in
    return AccountRow(
        account.full_name,
        account.uid,
        account.department,
        role_words(account),
        state_words(use),
        "chưa lần nào" if at is None else f"{at:%H:%M %d/%m/%Y}",
    )


def _principal(uow: UnitOfWork, today: date) -> str:
    people = uow.accounts.all(today)
    return next((a.full_name for a in people if Role.PRINCIPAL.value in a.roles), "")
