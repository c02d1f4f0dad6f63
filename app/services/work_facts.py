"""Reads what the boards of a tổ count: columns of a term with their teacher, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId
from app.domain.locks import EntryWindow
from app.domain.periods import EntryTerm, Period, entry_term, period_of
from app.domain.proof_reading import RemarkState
from app.domain.roles import Role
from app.domain.school import Account, SchoolClass, SchoolYear
from app.domain.subjects import Subject, is_required
from app.ports import UnitOfWork
from app.readmodels.work_board import ColumnWork, Event, Happening, Place
from app.services.trail_sentences import day_of
from app.trail_ports import ChangeScope

_Post = tuple[ClassId, SubjectId]


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One term of a year; `principal` leads the school on the day."""

    year: SchoolYear
    term: EntryTerm
    today: date
    accounts: dict[AccountId, Account]
    columns: tuple[ColumnWork, ...]
    events: tuple[Event, ...]

    @property
    def principal(self) -> str:
        """Who leads the school."""
        held = (a for a in self.accounts.values() if Role.PRINCIPAL.value in a.roles)
        return next((account.full_name for account in held), "")

    def narrowed(
        self, department: str, month: str
    ) -> tuple[tuple[ColumnWork, ...], tuple[Event, ...]]:
        """What belongs to one tổ and one month; "" is all."""

        def fits(at: Place) -> bool:
            return department in ("", at.department) and month in ("", at.month)

        return (
            tuple(column for column in self.columns if fits(column.at)),
            tuple(event for event in self.events if fits(event.at)),
        )


def read_work(uow: UnitOfWork, year_id: SchoolYearId, term: EntryTerm, today: date) -> WorkFacts:
    """Columns and events of every teacher; a column without a day of its own has its window's."""
    return _Reader(uow, uow.school.year(year_id), term, today).read()


class _Reader:
    def __init__(self, uow: UnitOfWork, year: SchoolYear, term: EntryTerm, today: date) -> None:
        self._uow = uow
        self._year = year
        self._term = term
        self._today = today
        day = year.people_day(today)
        self._accounts = {account.id: account for account in uow.accounts.all(day)}
        self._classes = {klass.id: klass for klass in uow.school.classes(year.id)}
        self._teachers: dict[_Post, AccountId] = {
            (post.class_id, post.subject_id): post.account_id
            for post in uow.accounts.assignments()
            if post.subject_id is not None and post.covers(day)
        }

    def read(self) -> WorkFacts:
        columns = self._columns()
        return WorkFacts(
            self._year,
            self._term,
            self._today,
            self._accounts,
            columns,
            (
                *self._unconfirmed(columns),
                *self._remarks(),
                *self._changes(),
                *self._cases(),
                *self._findings(),
            ),
        )

    def _columns(self) -> tuple[ColumnWork, ...]:
        uow, year_id = self._uow, self._year.id
        subjects: dict[_Post, Subject] = {
            (class_id, s.id): s
            for class_id, found in uow.studies.of_classes(year_id).items()
            for s in found
        }
        pupils = uow.progress.pupils(year_id)
        not_taking = uow.studies.not_taking(year_id)
        late = uow.departments.late_marks(year_id)
        windows = uow.control.windows(year_id)
        last_days = {
            klass.id: _last_day(windows, period_of(self._term), klass)
            for klass in self._classes.values()
        }
        found = []
        for column in uow.progress.columns(year_id, self._term):
            post = (column.class_id, column.subject_id)
            subject = subjects.get(post)
            if subject is None or not is_required(column.code):
                continue
            takers = pupils.get(column.class_id, 0) - not_taking.get(post, 0)
            due = column.due_on or last_days[column.class_id]
            at = self._place(self._teachers.get(post), column.class_id, due)
            found.append(
                ColumnWork(
                    at, subject.id, subject.name, column.code, due, takers, column.filled,
                    late.get(column.assessment_id, 0),
                )
            )  # fmt: skip
        return tuple(found)

    def _unconfirmed(self, columns: tuple[ColumnWork, ...]) -> list[Event]:
        """Sheets with every cell filled whose teacher has not said xác nhận."""
        period = period_of(self._term)
        confirmed = self._uow.progress.confirmed(self._year.id, period)
        closed = self._uow.progress.closes(self._year.id, period)
        sheets: dict[_Post, list[ColumnWork]] = {}
        for column in columns:
            if column.at.class_id is not None:
                sheets.setdefault((column.at.class_id, column.subject_id), []).append(column)
        return [
            Event(Happening.UNCONFIRMED, mine[0].at)
            for post, mine in sheets.items()
            if post not in confirmed
            and post[0] not in closed
            and all(column.wanted and not column.missing for column in mine)
        ]

    def _remarks(self) -> list[Event]:
        return [
            Event(
                Happening.REMARK,
                self._place(
                    self._teachers.get((remark.class_id, remark.subject_id)),
                    remark.class_id,
                    remark.at.date(),
                ),
            )
            for remark in self._uow.proofs.remarks(self._year.id)
            if remark.state is not RemarkState.RESOLVED
        ]

    def _changes(self) -> list[Event]:
        return [
            Event(
                Happening.CHANGE,
                self._place(AccountId(step.account_id), ClassId(step.class_id), day_of(step.at)),
            )
            for step in self._uow.changes.steps(ChangeScope(self._year.id))
            if entry_term(step.term) is self._term
        ]

    def _cases(self) -> list[Event]:
        return [
            Event(
                Happening.CASE,
                self._place(case.requested_by, case.class_id, case.requested_at.date()),
            )
            for case in self._uow.corrections.of_year(self._year.id)
        ]

    def _findings(self) -> list[Event]:
        return [
            Event(
                Happening.FINDING,
                self._place(finding.account_id, finding.class_id, finding.due_on),
            )
            for check in self._uow.departments.checks(self._year.id)
            for finding in check.findings
            if finding.is_open
        ]

    def _place(
        self, account_id: AccountId | None, class_id: ClassId | None, day: date | None
    ) -> Place:
        account = None if account_id is None else self._accounts.get(account_id)
        klass = None if class_id is None else self._classes.get(class_id)
        return Place(
            account_id,
            "" if account is None else account.full_name,
            "" if account is None else account.department,
            class_id,
            "" if klass is None else klass.name,
            "" if day is None else f"{day:%Y-%m}",
        )


def _last_day(windows: tuple[EntryWindow, ...], period: Period, klass: SchoolClass) -> date | None:
    days = [
        w.closes_on
        for w in windows
        if w.period is period and w.scope.reaches(klass.id, klass.grade)
    ]
    return max(days, default=None)
