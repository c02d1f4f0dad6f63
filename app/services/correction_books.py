"""Papers over many cases, and the explanation a teacher gives for an own one (M68, M69, M188)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.accounts import refuse_too_long
from app.domain.corrections import CaseKind, Correction, Step, trail_kind
from app.domain.ids import AccountId, CorrectionId, SchoolYearId
from app.domain.print_runs import CORRECTION_LOG, FOLLOW_UP_BOOK
from app.domain.roles import Role
from app.domain.school import Account, School
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.correction_log import (
    CorrectionLog,
    FollowedCase,
    FollowUpBook,
    LoggedCase,
    TeacherCases,
    correction_log_digest,
    follow_up_digest,
)
from app.services.book_assembly import school_lines
from app.services.case_target import CaseTarget, open_text
from app.services.case_targets import load_target
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.standing import require_standing, standing
from app.text import clean, date_vn, name_key

EXPLANATION_LIMIT = 400


class CorrectionBooks:
    """Prints the monthly log and the follow-up book; takes explanations."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def explain(self, actor: Actor, case_id: CorrectionId, text: str) -> CommandResult:
        """Giải trình: the requester says why a case of theirs came to be; later words replace it.

        The trail keeps every version. A withdrawn case needs none.
        """
        words = clean(text)
        if not words:
            raise RuleRefused(
                "explanation_required", "Chưa ghi lời giải trình; hãy ghi vì sao phải sửa."
            )
        refuse_too_long(words, "Lời giải trình", EXPLANATION_LIMIT)
        with self._uows.write() as uow:
            now = self._clock.now()
            actor = standing(uow, actor, now.date())
            case = uow.corrections.get(case_id)
            if case.requested_by != actor.account_id:
                raise AccessDenied(
                    "not_requester",
                    f"Hồ sơ số {case.number:02d} do người đề nghị giải trình; hãy đổi người dùng "
                    "(F12).",
                )
            if case.step.is_open or case.step is Step.WITHDRAWN:
                raise RuleRefused(
                    "nothing_to_explain",
                    f"Hồ sơ số {case.number:02d} đang ở bước “{case.step.label}” nên chưa cần giải "
                    "trình; hãy giải trình khi hồ sơ đã xong.",
                )
            case = replace(case, explanation=words, explained_by=actor.account_id, explained_at=now)
            uow.corrections.save(case)
            target = load_target(uow, case.about, now)
            detail = {
                "case": case.number,
                "class": target.at.klass.name,
                "subject": target.matter,
                "text": words,
            }
            kind = trail_kind(case.kind, "explain")
            draft = TrailDraft(kind, detail, case.class_id, case.subject_id)
            seq = uow.trail.append(draft, actor, now)
            uow.commit()
        return CommandResult(
            frozenset({Topic.CORRECTIONS}),
            seq,
            f"Đã ghi giải trình hồ sơ số {case.number:02d}",
            case.class_id,
            case,
        )

    def log(self, year_id: SchoolYearId, first: date, last: date) -> CorrectionLog:
        """Nhật ký sửa điểm of these days (both inclusive), as it would be printed."""
        with self._uows.read() as uow:
            return self._log(uow, year_id, first, last, "")

    def print_log(
        self, actor: Actor, year_id: SchoolYearId, first: date, last: date
    ) -> CommandResult:
        """One numbered run of the log; the payload is `Printed`. Refused without any case."""
        what = "in nhật ký sửa điểm"
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *PRINTERS)
            paper = self._log(uow, year_id, first, last, actor.name)
            if not paper.teachers:
                raise RuleRefused(
                    "no_cases",
                    f"Từ {date_vn(first)} đến {date_vn(last)} không có hồ sơ sửa điểm nào nên "
                    "không có nhật ký để in; hãy chọn khoảng ngày khác.",
                )
            stamp = official_stamp(uow, year_id, correction_log_digest(paper), self._clock.now())
            pdf = self._press.correction_log(paper, stamp)
            title = f"Nhật ký sửa điểm từ {paper.first} đến {paper.last}"
            run = official_run(actor, year_id, CORRECTION_LOG, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def print_follow_up(self, actor: Actor, year_id: SchoolYearId) -> CommandResult:
        """One numbered run of the follow-up book; the payload is `Printed`."""
        what = "in sổ theo dõi sử dụng sổ điểm điện tử"
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), what, *PRINTERS)
            paper = self._follow_up(uow, year_id, actor.name)
            if not paper.lines:
                raise RuleRefused(
                    "no_cases", "Năm học này chưa có hồ sơ sửa điểm nào nên sổ còn trống."
                )
            stamp = official_stamp(uow, year_id, follow_up_digest(paper), self._clock.now())
            pdf = self._press.follow_up_book(paper, stamp)
            title = f"Sổ theo dõi sử dụng sổ điểm điện tử, năm học {paper.school_year}"
            run = official_run(actor, year_id, FOLLOW_UP_BOOK, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def _log(
        self, uow: UnitOfWork, year_id: SchoolYearId, first: date, last: date, maker: str
    ) -> CorrectionLog:
        today = self._clock.today()
        people = {a.id: a for a in uow.accounts.all(today)}
        by_teacher: dict[AccountId, list[LoggedCase]] = {}
        changed = 0
        for case in reversed(uow.corrections.of_year(year_id)):
            ended = case.ended_at or case.requested_at
            if not first <= ended.date() <= last:
                continue
            target = load_target(uow, case.about, self._clock.now())
            by_teacher.setdefault(case.requested_by, []).append(_logged(case, target, people))
            changed += case.size if case.step is Step.APPLIED else 0
        teachers = [
            TeacherCases(_name(people, who), _duty(people, who), tuple(cases))
            for who, cases in by_teacher.items()
        ]
        school = uow.school.get() or School("", "thcs", "", "", "")
        return CorrectionLog(
            school=school_lines(school),
            number="",
            day=today.day,
            month=today.month,
            year=today.year,
            school_year=uow.school.year(year_id).name.replace("-", "–"),
            first=date_vn(first),
            last=date_vn(last),
            teachers=tuple(sorted(teachers, key=lambda teacher: name_key(teacher.name))),
            changed_cells=changed,
            principal=_principal(people.values()),
            maker=maker,
        )

    def _follow_up(self, uow: UnitOfWork, year_id: SchoolYearId, maker: str) -> FollowUpBook:
        today = self._clock.today()
        people = {a.id: a for a in uow.accounts.all(today)}
        lines = []
        for at, case in enumerate(reversed(uow.corrections.of_year(year_id)), 1):
            target = load_target(uow, case.about, self._clock.now())
            lines.append(
                FollowedCase(
                    at,
                    _registered(case),
                    _name(people, case.requested_by),
                    _matter(case, target),
                    _changes(case, target),
                    _decision(case, people),
                    _times(case),
                )
            )
        school = uow.school.get() or School("", "thcs", "", "", "")
        return FollowUpBook(
            school=school_lines(school),
            number="",
            day=today.day,
            month=today.month,
            year=today.year,
            school_year=uow.school.year(year_id).name.replace("-", "–"),
            lines=tuple(lines),
            principal=_principal(people.values()),
            maker=maker,
        )


def _logged(case: Correction, target: CaseTarget, people: dict[AccountId, Account]) -> LoggedCase:
    outcome = case.step.label
    if case.step is Step.APPLIED and case.decided_by is not None:
        outcome = f"Đã sửa; {_name(people, case.decided_by)} duyệt"
    elif case.step is Step.REFUSED:
        outcome = f"Từ chối: {case.decision_note or case.check_note}"
    return LoggedCase(
        f"{case.number:02d}",
        date_vn(case.ended_at or case.requested_at),
        _matter(case, target),
        _changes(case, target),
        *(open_text(case, text) for text in (case.reason, outcome, case.explanation)),
    )


def _matter(case: Correction, target: CaseTarget) -> str:
    subject = target.matter if case.kind is CaseKind.MARKS else case.kind.label
    return f"Lớp {target.at.klass.name}, {subject}"


def _changes(case: Correction, target: CaseTarget) -> tuple[str, ...]:
    return tuple(cell.on_paper.sentence for cell in target.cells(case))


def _registered(case: Correction) -> str:
    if case.registered_at is None:
        return f"{date_vn(case.requested_at)}"
    return f"Số {case.register_no}, {date_vn(case.registered_at)}"


def _decision(case: Correction, people: dict[AccountId, Account]) -> str:
    if case.decided_by is not None and case.decided_at is not None:
        verb = "từ chối" if case.step is Step.REFUSED else "duyệt"
        return f"{_name(people, case.decided_by)} {verb} {case.decided_at:%H:%M %d/%m/%Y}"
    if case.step is Step.REFUSED and case.checked_by is not None:
        return f"{_name(people, case.checked_by)} kiểm dò không khớp"
    return case.step.label


def _times(case: Correction) -> str:
    if case.applied_at is not None and case.decided_at is not None:
        return f"Mở {case.decided_at:%H:%M}, khóa lại {case.applied_at:%H:%M %d/%m/%Y}"
    return "Không mở khóa" if case.unlocked_until is None else case.step.label


def _name(people: dict[AccountId, Account], who: AccountId) -> str:
    account = people.get(who)
    return f"tài khoản số {who}" if account is None else account.full_name


def _duty(people: dict[AccountId, Account], who: AccountId) -> str:
    account = people.get(who)
    roles = () if account is None else account.roles
    return next((Role(role).label for role in roles), "Giáo viên")


def _principal(accounts: Iterable[Account]) -> str:
    found = (a.full_name for a in accounts if Role.PRINCIPAL.value in a.roles)
    return next(found, "")
