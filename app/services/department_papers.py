"""Papers of a tổ: phiếu nhắc việc, báo cáo tháng, biên bản kiểm tra; kept like every official one.

A tổ trưởng prints those of the own tổ, leaders and văn thư any (M117, M118, M196).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.internal_checks import CheckFinding, InternalCheck
from app.domain.periods import EntryTerm
from app.domain.print_runs import CHECK_MINUTES, DEPARTMENT_REPORT, REMINDERS
from app.domain.roles import Role
from app.domain.rule_catalogue import REMIND_AHEAD
from app.domain.school import Account, School
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.check_minutes import CheckMinutes, FindingLine, check_minutes_digest
from app.readmodels.statistics import BANDS
from app.readmodels.work_board import (
    CheckRow,
    DepartmentReport,
    Grouping,
    Happening,
    PersonTasks,
    ReminderItem,
    Reminders,
    ReminderSlip,
    ReportRow,
    WorkLine,
    month_words,
    percent,
    ranked,
    reminders_digest,
    report_digest,
    work_lines,
    work_total,
)
from app.services.book_assembly import school_lines
from app.services.departments import permit_department
from app.services.print_keeping import keep_run, official_run, official_stamp, registered_number
from app.services.rules_in_force import rules_of
from app.services.standing import require_standing
from app.services.subject_shares import subject_shares
from app.services.task_sentences import due_words, task_sentence
from app.services.work_boards import WorkBoards
from app.services.work_facts import WorkFacts, read_work
from app.text import clean, date_vn

PRINTERS = (
    Role.PRINCIPAL,
    Role.VICE_PRINCIPAL,
    Role.ACADEMIC_VICE,
    Role.HOMEROOM_VICE,
    Role.SECRETARY,
    Role.DEPARTMENT_HEAD,
    Role.INSPECTOR,
)
_SCHOOL = "toàn trường"


class DepartmentPapers:
    """Prints; writes nothing but the print register."""

    def __init__(
        self, uows: UowFactory, clock: Clock, press: PaperPress, boards: WorkBoards
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._boards = boards

    def print_reminders(
        self, actor: Actor, year_id: SchoolYearId, department: str = ""
    ) -> CommandResult:
        """Phiếu nhắc việc, a slip a person; the payload is `Printed`. Refused with nobody named."""
        people = self._boards.people(actor, year_id, department)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = self._printer(uow, actor, department, "in phiếu nhắc việc")
            rules = rules_of(uow, year_id, today)
            until = today + timedelta(days=rules.number(REMIND_AHEAD) or 0)
            slips = tuple(slip for one in people if (slip := _slip(one, today, until)).items)
            if not slips:
                raise RuleRefused(
                    "nobody_to_remind",
                    f"{_unit(department)} không ai có việc quá hạn hoặc sắp đến hạn nên không có "
                    "phiếu nhắc việc để in.",
                )
            paper = Reminders(
                school=school_lines(_school(uow)),
                school_year=_year_name(uow, year_id),
                day=today.day,
                month=today.month,
                year=today.year,
                unit=department or _SCHOOL,
                slips=slips,
                signer_title="TỔ TRƯỞNG" if department else "NGƯỜI LẬP",
                signer=_head(uow, department, today) or actor.name,
            )
            stamp = official_stamp(uow, year_id, reminders_digest(paper), self._clock.now())
            pdf = self._press.reminders(paper, stamp)
            title = f"Phiếu nhắc việc, {paper.unit}, ngày {date_vn(today)}"
            run = official_run(actor, year_id, REMINDERS, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def print_report(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        term: EntryTerm,
        department: str,
        month: str,
        proposals: Sequence[str] = (),
    ) -> CommandResult:
        """Báo cáo tháng of a tổ ("2026-10"), with a line in the register of outgoing papers.

        `proposals` are the tổ trưởng's own sentences. The payload is `Printed`. Refused without a
        tổ or a month, and for a tổ that teaches nothing in the term.
        """
        if not department or not month:
            raise RuleRefused(
                "report_incomplete",
                "Báo cáo tháng là của một tổ trong một tháng; hãy chọn tổ và tháng trước.",
            )
        people = self._boards.people(actor, year_id, department)
        with self._uows.write() as uow:
            actor = self._printer(uow, actor, department, "in báo cáo tháng của tổ")
            today = self._clock.today()
            facts = read_work(uow, year_id, term, today)
            title = f"Báo cáo {month_words(month)}, {department}"
            number = registered_number(uow, year_id, DEPARTMENT_REPORT, title)
            said = tuple(cleaned for text in proposals if (cleaned := clean(text)))
            paper = _report(uow, facts, department, month, number, said, people)
            stamp = official_stamp(uow, year_id, report_digest(paper), self._clock.now())
            pdf = self._press.department_report(paper, stamp)
            run = official_run(actor, year_id, DEPARTMENT_REPORT, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def print_check(self, actor: Actor, year_id: SchoolYearId, check_id: int) -> CommandResult:
        """Biên bản kiểm tra, with a line in the register of papers; the payload is `Printed`."""
        with self._uows.write() as uow:
            today = self._clock.today()
            found = next((c for c in uow.departments.checks(year_id) if c.id == check_id), None)
            if found is None:
                raise RuleRefused(
                    "not_found", "Không tìm thấy lần kiểm tra này; hãy tải lại trang."
                )
            actor = self._printer(uow, actor, found.department, "in biên bản kiểm tra")
            unit = found.department or _SCHOOL
            # The day alone would give two checks of one day one number in the register.
            title = f"Biên bản kiểm tra số {found.id}, {unit}, ngày {date_vn(found.made_on)}"
            paper = _minutes(
                uow, found, registered_number(uow, year_id, CHECK_MINUTES, title), today
            )
            stamp = official_stamp(uow, year_id, check_minutes_digest(paper), self._clock.now())
            pdf = self._press.check_minutes(paper, stamp)
            run = official_run(actor, year_id, CHECK_MINUTES, title, stamp, pdf)
            return keep_run(uow, actor, run, pdf)

    def _printer(self, uow: UnitOfWork, actor: Actor, department: str, what: str) -> Actor:
        actor = require_standing(uow, actor, self._clock.today(), what, *PRINTERS)
        permit_department(actor, department)
        return actor


def _report(
    uow: UnitOfWork,
    facts: WorkFacts,
    department: str,
    month: str,
    number: str,
    proposals: tuple[str, ...],
    people: Sequence[PersonTasks],
) -> DepartmentReport:
    today = facts.today
    columns, events = facts.narrowed(department, month)
    whole, _ = facts.narrowed(department, "")
    if not whole:
        raise RuleRefused(
            "department_idle",
            f"{department} không có ai dạy môn nào trong {facts.term.words} nên không có báo cáo; "
            "hãy chọn tổ khác.",
        )
    lines = work_lines(columns, events, Grouping.TEACHER, today)
    total = work_total(columns, events, today)
    term_lines = {line.key: line for line in work_lines(whole, (), Grouping.TEACHER, today)}
    sheets = {(int(c.at.class_id or 0), int(c.subject_id)) for c in whole}
    accounts = list(facts.accounts.values())
    members = [a for a in accounts if a.department == department and a.disabled_on is None]
    checks = uow.departments.checks(facts.year.id)
    return DepartmentReport(
        school=school_lines(_school(uow)),
        number=number,
        day=today.day,
        month=today.month,
        year=today.year,
        school_year=facts.year.name.replace("-", "–"),
        unit=department,
        period=month_words(month),
        term=facts.term.words,
        members=len(members),
        summary=_summary(total, month),
        rows=tuple(_report_row(at, line, term_lines) for at, line in ranked(lines)),
        bands=BANDS,
        shares=subject_shares(uow, facts.year.id, facts.term, sheets),
        checks=tuple(
            _check_row(check, finding)
            for check in checks
            if check.department == department
            for finding in check.findings
            if f"{check.made_on:%Y-%m}" == month or finding.is_open
        ),
        reminded=tuple(
            f"{one.name}: {late} việc quá hạn" for one in people if (late := one.overdue(today))
        ),
        proposals=proposals,
        head=_head(uow, department, today),
        receiver=_receiver(accounts),
    )


def _summary(total: WorkLine, month: str) -> tuple[str, ...]:
    words = month_words(month)
    if not total.due:
        first = f"Trong {words} chưa có cột điểm nào đến hạn."
    else:
        first = (
            f"Trong {words} có {total.columns} cột điểm đến hạn, {total.due} ô: đúng hạn "
            f"{percent(total.on_time)}, ghi muộn {total.late} ô, "
            + (
                f"còn thiếu {total.missing} ô ở {total.overdue} cột."
                if total.missing
                else "không thiếu ô nào."
            )
        )
    changes, cases = total.counts.get(Happening.CHANGE, 0), total.counts.get(Happening.CASE, 0)
    return (
        first,
        f"Đổi điểm đã nhập {changes} lần; {cases} hồ sơ sửa điểm; "
        f"{total.counts.get(Happening.REMARK, 0)} nhận xét kiểm dò chưa giải quyết.",
    )


def _report_row(at: int, line: WorkLine, term: dict[str, WorkLine]) -> ReportRow:
    whole = term.get(line.key)
    return ReportRow(
        place=str(at),
        name=line.name,
        sheets=str(line.sheets if whole is None else whole.sheets),
        due=str(line.due),
        missing=str(line.missing),
        late=str(line.late),
        on_time=percent(line.on_time),
        entered=percent(None if whole is None else whole.entered),
        changes=str(line.counts.get(Happening.CHANGE, 0)),
    )


def _check_row(check: InternalCheck, finding: CheckFinding) -> CheckRow:
    return CheckRow(
        date_vn(check.made_on),
        finding.teacher,
        finding.place,
        finding.finding,
        finding.remedy,
        _state(finding),
    )


def _state(finding: CheckFinding) -> str:
    if finding.closed_at is None:
        return f"hạn {date_vn(finding.due_on)}, chưa xong"
    return f"xong {date_vn(finding.closed_at.date())}, {finding.closed_by_name} xem lại: " + (
        finding.closing_note
    )


def _minutes(uow: UnitOfWork, check: InternalCheck, number: str, today: date) -> CheckMinutes:
    people = uow.accounts.all(today)
    recorder = next((a for a in people if a.id == check.made_by), None)
    return CheckMinutes(
        school=school_lines(_school(uow)),
        number=number,
        day=check.made_on.day,
        month=check.made_on.month,
        year=check.made_on.year,
        school_year=_year_name(uow, check.school_year_id),
        kind=check.kind.label.lower(),
        unit=check.department or _SCHOOL,
        made_on=date_vn(check.made_on),
        members=check.members,
        looked_at=check.looked_at,
        outcome=check.outcome,
        rows=tuple(
            FindingLine(f.teacher, f.place, f.finding, f.remedy, date_vn(f.due_on), _state(f))
            for f in check.findings
        ),
        recorder="" if recorder is None else recorder.full_name,
        principal=_principal(people),
    )


def _slip(one: PersonTasks, today: date, until: date) -> ReminderSlip:
    """What is late, what falls due by `until`, and what has no day."""
    return ReminderSlip(
        one.name,
        one.department,
        tuple(
            ReminderItem(task_sentence(task), date_vn(task.due), due_words(task.due, today))
            for task in one.tasks
            if task.due is None or task.due <= until
        ),
    )


def _receiver(accounts: Sequence[Account]) -> str:
    """Phó hiệu trưởng chuyên môn, else a vice principal, else the principal (M118)."""
    for role in (Role.ACADEMIC_VICE, Role.VICE_PRINCIPAL, Role.PRINCIPAL):
        held = next((a for a in accounts if role.value in a.roles), None)
        if held is not None:
            return f"{role.label} {held.full_name}"
    return Role.PRINCIPAL.label


def _head(uow: UnitOfWork, department: str, today: date) -> str:
    if not department:
        return ""
    return next(
        (
            a.full_name
            for a in uow.accounts.all(today)
            if a.department == department
            and a.disabled_on is None
            and Role.DEPARTMENT_HEAD.value in a.roles
        ),
        "",
    )


def _principal(accounts: Sequence[Account]) -> str:
    return next((a.full_name for a in accounts if Role.PRINCIPAL.value in a.roles), "")


def _unit(department: str) -> str:
    return department or "Toàn trường"


def _year_name(uow: UnitOfWork, year_id: SchoolYearId) -> str:
    return uow.school.year(year_id).name.replace("-", "–")


def _school(uow: UnitOfWork) -> School:
    school = uow.school.get()
    if school is None:
        raise RuleRefused("no_school", "Tệp chưa ghi tên trường; hãy điền ở trang Quản trị.")
    return school
