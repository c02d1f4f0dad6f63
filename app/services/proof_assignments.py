"""Bảng phân công kiểm dò: who reads which class x subject in a period, proposed or given (M9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import AccountId, AssessmentId, ClassId, SchoolYearId
from app.domain.periods import Period, entry_term, period_of
from app.domain.proof_reading import (
    PROOF_PERIODS,
    Post,
    ProofAssignment,
    Reader,
    RemarkState,
    proof_words,
    propose,
)
from app.domain.roles import Role
from app.domain.school import term_of_day
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.readmodels.mark_sheet import SheetId
from app.readmodels.proof_reading import AssignmentLine, ProofBoard, ReaderChoice
from app.services.class_periods import current_period, periods_of_year
from app.services.class_scope import OVERSEERS
from app.services.proof_facts import own_sheet
from app.services.proof_reading import PROOF_TOPICS
from app.services.required_modules import proof_required
from app.services.rules_in_force import rules_of
from app.services.standing import require_standing, standing

ASSIGNERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY)
"""Who draws the table up: the leaders, or văn thư at their word."""
_WHAT = "phân công kiểm dò"


@dataclass(frozen=True, slots=True)
class _School:
    """Sheets and people of one year and period, read at one moment."""

    sheets: Mapping[Post, tuple[str, str]]
    """Class and subject name of each sheet with a column in the period."""
    columns: Mapping[Post, list[AssessmentId]]
    teachers: Mapping[Post, tuple[str, str]]
    """Names and department of who teaches the sheet."""
    readers: tuple[Reader, ...]
    assignments: Mapping[Post, ProofAssignment]
    shut: frozenset[ClassId]
    """Classes whose period is closed or sealed."""


class ProofAssignments:
    """Shows the table, proposes it and changes single lines."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def periods(self, year_id: SchoolYearId) -> tuple[tuple[Period, ...], Period]:
        """Periods of the year's classes in their order, and the one of today."""
        today = self._clock.today()
        with self._uows.read() as uow:
            year = uow.school.year(year_id)
            classes = uow.school.classes(year_id)
            found = tuple(p for p in PROOF_PERIODS if p in periods_of_year(uow, year_id))
            if not classes:
                return found, period_of(term_of_day(year, today))
            locks = uow.control.class_locks(classes[0].id)
            return found, current_period(classes[0].regulation, year, locks, today)

    def board(self, actor: Actor, year_id: SchoolYearId, period: Period) -> ProofBoard:
        """Every sheet for the office; for a teacher those they read, teach or are GVCN of."""
        today = self._clock.today()
        with self._uows.read() as uow:
            person = standing(uow, actor, today)
            return proof_board(uow, person, year_id, period, today)

    def choices(self, sheet: SheetId, period: Period) -> tuple[ReaderChoice, ...]:
        """Who may read the sheet: nobody who teaches it or is its GVCN; the least busy first."""
        today = self._clock.today()
        with self._uows.read() as uow:
            year_id = uow.school.class_(sheet.class_id).school_year_id
            school = _read(uow, year_id, period, today)
        load = Counter(a.reader for a in school.assignments.values())
        return tuple(
            sorted(
                (
                    ReaderChoice(r.account_id, r.name, r.department, load[r.account_id])
                    for r in school.readers
                    if not r.owns((sheet.class_id, sheet.subject_id))
                ),
                key=lambda choice: choice.load,
            )
        )

    def propose(self, actor: Actor, year_id: SchoolYearId, period: Period) -> CommandResult:
        """Fill every line that has no reader, or whose reader may not read it any more.

        Lines given by hand stay. The payload is how many lines were filled; refused when none was.
        """
        today, now = self._clock.today(), self._clock.now()
        with self._uows.write() as uow:
            person = require_standing(uow, actor, today, _WHAT, *ASSIGNERS)
            school = _read(uow, year_id, period, today)
            able = {r.account_id: r for r in school.readers}
            stands = {
                post: given.reader
                for post, given in school.assignments.items()
                if given.reader in able and not able[given.reader].owns(post)
            }
            free = [p for p in school.sheets if p not in stands and p[0] not in school.shut]
            departments = {post: told[1] for post, told in school.teachers.items()}
            found = propose(free, school.readers, departments, Counter(stands.values()))
            if not found:
                raise RuleRefused(
                    "nothing_to_assign",
                    f"Không có sổ nào cần phân công kiểm dò {proof_words(period)}: mọi sổ đã có "
                    "người, lớp đã chốt, hoặc chưa có ai khác giáo viên của sổ; phân công dạy "
                    "ghi ở trang Quản trị.",
                )
            for post, reader in found.items():
                uow.proofs.assign(post, period, reader, person.account_id, now)
            lines = [[*school.sheets[post], able[reader].name] for post, reader in found.items()]
            seq = _append(uow, person, period, lines, now)
            uow.commit()
        said = f"Đã phân công kiểm dò {len(found)} sổ"
        return CommandResult(PROOF_TOPICS, seq, said, payload=len(found))

    def assign(
        self, actor: Actor, sheet: SheetId, period: Period, reader: AccountId
    ) -> CommandResult:
        """Give one sheet to a person; a former reader's confirmation ends with the assignment."""
        today, now = self._clock.today(), self._clock.now()
        post: Post = (sheet.class_id, sheet.subject_id)
        with self._uows.write() as uow:
            person = require_standing(uow, actor, today, _WHAT, *ASSIGNERS)
            klass = uow.school.class_(sheet.class_id)
            school = _read(uow, klass.school_year_id, period, today)
            if post not in school.sheets:
                raise RuleRefused(
                    "no_sheet", f"Lớp {klass.name} không có sổ môn này trong {proof_words(period)}."
                )
            class_name, subject_name = school.sheets[post]
            name = f"{subject_name} lớp {class_name}"
            if sheet.class_id in school.shut:
                raise RuleRefused(
                    "already_closed",
                    f"{name}, {proof_words(period)} đã chốt nên không phân công kiểm dò nữa.",
                )
            account = uow.accounts.get(reader, today)
            able = next((r for r in school.readers if r.account_id == reader), None)
            if able is None:
                raise RuleRefused(
                    "reader_unfit",
                    f"{account.full_name} đã thôi việc hoặc giữ tài khoản kiểm tra nên không nhận "
                    "kiểm dò; hãy chọn người khác.",
                )
            if able.owns(post):
                raise own_sheet(able.name, name)
            given = school.assignments.get(post)
            if given is not None and given.reader == reader:
                raise RuleRefused(
                    "nothing_to_do", f"{able.name} đang được phân công kiểm dò {name} rồi."
                )
            uow.proofs.assign(post, period, reader, person.account_id, now)
            seq = _append(uow, person, period, [[class_name, subject_name, able.name]], now)
            uow.commit()
        said = f"{able.name} kiểm dò {name}, {proof_words(period)}"
        return CommandResult(PROOF_TOPICS, seq, said, sheet.class_id)


def proof_board(
    uow: UnitOfWork, actor: Actor, year_id: SchoolYearId, period: Period, today: date
) -> ProofBoard:
    """The table as this person sees it, in the order of classes and subjects."""
    school = _read(uow, year_id, period, today)
    everything = actor.has(*OVERSEERS, Role.DEPARTMENT_HEAD)
    waiting = Counter(
        (r.class_id, r.subject_id, r.assessment_id)
        for r in uow.proofs.remarks(year_id)
        if r.state is not RemarkState.RESOLVED
    )
    proved = uow.proofs.proved_in(year_id)
    lines = []
    for post, (class_name, subject_name) in school.sheets.items():
        given = school.assignments.get(post)
        mine = given is not None and given.reader == actor.account_id
        teaches = post in actor.teaches
        if not (everything or mine or teaches or post[0] in actor.homeroom):
            continue
        columns = school.columns[post]
        lines.append(
            AssignmentLine(
                SheetId(*post),
                class_name,
                subject_name,
                school.teachers.get(post, ("", ""))[0],
                given,
                len(columns),
                sum(c in proved for c in columns),
                sum(waiting[(*post, c)] for c in columns),
                mine,
                teaches,
            )
        )
    rules = rules_of(uow, year_id, today)
    return ProofBoard(
        uow.school.year(year_id).name,
        period,
        tuple(lines),
        actor.has(*ASSIGNERS),
        actor.has(*OVERSEERS),
        proof_required(rules),
    )


def _read(uow: UnitOfWork, year_id: SchoolYearId, period: Period, today: date) -> _School:
    if period not in PROOF_PERIODS:
        raise RuleRefused(
            "no_such_period",
            f"Không kiểm dò {period.words}; hãy chọn một học kì hoặc kỳ đánh giá trong năm.",
        )
    classes = uow.school.classes(year_id)
    subjects = uow.studies.of_classes(year_id)
    posts = [a for a in uow.accounts.assignments() if a.covers(today)]
    people = {a.id: a for a in uow.accounts.all(today)}
    columns: dict[Post, list[AssessmentId]] = {}
    for column in uow.progress.columns(year_id, entry_term(period.value)):
        post = (column.class_id, column.subject_id)
        columns.setdefault(post, []).append(column.assessment_id)
    sheets = {
        (k.id, s.id): (k.name, s.name)
        for k in classes
        for s in subjects.get(k.id, ())
        if (k.id, s.id) in columns
    }
    sealed = uow.progress.is_sealed(year_id)
    shut = {k.id for k in classes} if sealed else set(uow.progress.closes(year_id, period))
    teachers: dict[Post, tuple[str, str]] = {}
    for held_post in posts:
        who = people.get(held_post.account_id)
        if held_post.subject_id is not None and who is not None:
            at = (held_post.class_id, held_post.subject_id)
            before = teachers.get(at)
            name = who.full_name if before is None else f"{before[0]}, {who.full_name}"
            teachers[at] = (name, who.department)
    mine = {k.id for k in classes}
    readers = []
    for account in people.values():
        held = [p for p in posts if p.account_id == account.id and p.class_id in mine]
        teaches = frozenset((p.class_id, p.subject_id) for p in held if p.subject_id is not None)
        homeroom = frozenset(p.class_id for p in held if p.subject_id is None)
        gone = account.disabled_on is not None and account.disabled_on <= today
        if held and not gone and Role.INSPECTOR.value not in account.roles:
            readers.append(
                Reader(account.id, account.full_name, account.department, teaches, homeroom)
            )
    given = {a.post: a for a in uow.proofs.assignments(year_id, period)}
    return _School(sheets, columns, teachers, tuple(readers), given, frozenset(shut))


def _append(
    uow: UnitOfWork, actor: Actor, period: Period, lines: list[list[str]], now: datetime
) -> int:
    return uow.trail.append(
        TrailDraft("proof.assigned", {"period": period.value, "lines": lines}), actor, now
    )
