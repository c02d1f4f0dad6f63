"""What Bàn làm việc and the tasks are worked out from: one reading of a school year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.case_rules import CaseRule
from app.domain.corrections import CaseKind
from app.domain.dossiers import Dossier
from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId
from app.domain.internal_checks import InternalCheck
from app.domain.locks import EntryWindow
from app.domain.periods import EntryTerm, Period, Term, period_of
from app.domain.school import SchoolClass, SchoolYear, term_of_day
from app.domain.subjects import Subject, is_required
from app.domain.year_end import SignOff
from app.ports import UnitOfWork
from app.readmodels.home import (
    ColumnProgress,
    OpenCase,
)
from app.readmodels.paper_board import PaperBoard
from app.regulations.registry import is_primary
from app.services.attendance_tasks import (
    AttendanceProgress,
    read_attendance,
)
from app.services.case_rules import case_rules
from app.services.class_periods import current_term
from app.services.dated_duties import DutyFacts, read_duties
from app.services.earlier_terms import (
    EarlierTerm,
    printed_books,
    read_earlier,
)
from app.services.freeze_tasks import freeze_from
from app.services.misplaced import Misplaced, misplaced
from app.services.named_approvers import kinds_nobody_decides
from app.services.paper_lives import read_board
from app.services.proof_tasks import ProofProgress, read_proofs
from app.services.rules_in_force import rules_of
from app.services.sign_tasks import read_voided
from app.services.year_end_tasks import (
    YearEndProgress,
    read_year_end,
)

Post = tuple[ClassId, SubjectId]
"""A sheet by its class and subject."""
LAST_TERMS = (Term.HK2, Period.CN)
"""Whose close ends the year."""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One reading of everything the page is worked out from."""

    year: SchoolYear
    term: EntryTerm
    today: date
    classes: tuple[SchoolClass, ...]
    subjects: Mapping[ClassId, tuple[Subject, ...]]
    not_taking: Mapping[Post, int]
    pupils: Mapping[ClassId, int]
    columns: Mapping[Post, list[ColumnProgress]]
    conduct: Mapping[ClassId, int]
    confirmed: set[Post]
    closes: Mapping[ClassId, datetime]
    windows: tuple[EntryWindow, ...]
    cases: tuple[OpenCase, ...]
    unprinted: tuple[OpenCase, ...]
    rules: Mapping[CaseKind, CaseRule]
    printed: Mapping[ClassId, datetime]
    earlier: tuple[EarlierTerm, ...]
    sealed: bool
    teachers: Mapping[Post, str]
    attendance: AttendanceProgress | None
    year_end: YearEndProgress
    papers: PaperBoard
    dossier: Dossier
    proofs: ProofProgress
    duties: DutyFacts
    checks: tuple[InternalCheck, ...]
    misplaced: tuple[Misplaced, ...]
    plans: Mapping[ClassId, int]
    freeze_from: date
    voided: Mapping[ClassId, SignOff]
    undecidable: tuple[CaseKind, ...]

    @property
    def window(self) -> EntryWindow | None:
        """The entry window of the term open today in any of the classes, the last to close."""
        reached = [w for w in self.windows if w.scope.classes(self.classes)]
        return open_now(reached, period_of(self.term), self.today)

    def window_of(self, klass: SchoolClass) -> EntryWindow | None:
        """The entry window of the term open today in one class."""
        reached = [w for w in self.windows if w.scope.reaches(klass.id, klass.grade)]
        return open_now(reached, period_of(self.term), self.today)

    def studied(self, klass: SchoolClass) -> list[Subject]:
        """Subjects of a class in the term."""
        return [s for s in self.subjects.get(klass.id, ()) if self.term in s.terms]

    def takers(self, class_id: ClassId, subject_id: SubjectId) -> int:
        """Pupils still there who study the subject."""
        return self.pupils.get(class_id, 0) - self.not_taking.get((class_id, subject_id), 0)

    def counts(self, class_id: ClassId, subject_id: SubjectId) -> tuple[int, int]:
        """Cells filled and wanted of a sheet in the term."""
        columns = self.columns.get((class_id, subject_id), [])
        return sum(c.filled for c in columns), len(columns) * self.takers(class_id, subject_id)

    def is_over(self, class_id: ClassId) -> bool:
        """Closed or sealed: nothing to type any more."""
        return self.sealed or class_id in self.closes


def open_now(windows: Iterable[EntryWindow], period: Period, today: date) -> EntryWindow | None:
    """The window of a period that covers today, the one closing last when several do."""
    found = [w for w in windows if w.period is period and w.covers(today)]
    return max(found, key=lambda w: w.closes_on) if found else None


def read_kinds(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    today: date,
    own: Sequence[ClassId] | None,
    reader: AccountId,
) -> list[TaskFacts]:
    """One reading for the primary classes and one for the others: their terms differ.

    Most schools have one kind. What is not about a kind is the same in both.
    """
    year, every = uow.school.year(year_id), uow.school.classes(year_id)
    kinds: dict[bool, list[SchoolClass]] = {}
    for klass in every:
        kinds.setdefault(is_primary(klass.regulation), []).append(klass)
    return [
        _read(uow, year, every, alike, today, own, reader) for alike in kinds.values() or [every]
    ]


def _read(
    uow: UnitOfWork,
    year: SchoolYear,
    every: Sequence[SchoolClass],
    alike: Sequence[SchoolClass],
    today: date,
    own: Sequence[ClassId] | None,
    reader: AccountId,
) -> TaskFacts:
    """Everything about the classes `alike`, of `every` class of the year."""
    year_id = year.id
    term = _running_term(uow, year, alike, today)
    period = period_of(term)
    classes = tuple(k for k in alike if own is None or k.id in own)
    subjects = uow.studies.of_classes(year_id)
    proofs = read_proofs(uow, year_id, period, _sheet_names(every, subjects))
    # Who proof-reads works on sheets of classes that are not their own.
    read = None if own is None else sorted({*own, *proofs.classes_read_by(reader)})
    columns: dict[Post, list[ColumnProgress]] = {}
    for column in uow.progress.columns(year_id, term, read):
        if is_required(column.code):
            columns.setdefault((column.class_id, column.subject_id), []).append(column)
    accounts = uow.accounts.all(today)
    names = {a.id: a.full_name for a in accounts}
    closes = uow.progress.closes(year_id, period)
    windows = uow.control.windows(year_id)
    rules = rules_of(uow, year_id, today)
    cases = uow.progress.open_cases(year_id)
    runs = uow.prints.of_year(year_id)
    sealed = uow.progress.is_sealed(year_id)
    return TaskFacts(
        year=year,
        term=term,
        today=today,
        classes=classes,
        subjects=subjects,
        not_taking=uow.studies.not_taking(year_id),
        pupils=uow.progress.pupils(year_id),
        columns=columns,
        conduct=uow.progress.conduct(year_id, term) if isinstance(term, Term) else {},
        confirmed=uow.progress.confirmed(year_id, period),
        closes=closes,
        windows=windows,
        cases=cases,
        unprinted=uow.progress.cases_without_minutes(year_id),
        # Most days nobody waits for a case; then nobody is asked about its rules.
        rules=case_rules(uow, year_id, today) if cases else {},
        printed=printed_books(runs, period),
        earlier=() if sealed else read_earlier(uow, year_id, term, runs),
        sealed=sealed,
        teachers={
            (a.class_id, a.subject_id): names[a.account_id]
            for a in uow.accounts.assignments()
            if a.subject_id is not None and a.covers(today)
        },
        attendance=read_attendance(uow, year, every, rules),
        year_end=read_year_end(
            uow,
            year_id,
            period,
            open_now(windows, Period.HE, today),
            summer_planned=any(w.period is Period.HE and w.closes_on >= today for w in windows),
            year_closed=term in LAST_TERMS and bool(closes),
            rules=rules,
        ),
        papers=read_board(uow, year_id, today),
        dossier=uow.letters.dossier(year_id),
        proofs=proofs,
        duties=read_duties(uow, year, every, runs, rules, today),
        # Of the whole school, for who is told of it.
        misplaced=misplaced(uow, year) if own is None else (),
        plans=uow.plans.waiting(year_id) if own is None else {},
        freeze_from=freeze_from(rules, year),
        undecidable=() if sealed else kinds_nobody_decides(accounts, rules),
        voided=read_voided(uow, year_id) if own is None and not sealed else {},
        checks=uow.departments.checks(year_id),
    )


def _sheet_names(
    classes: Iterable[SchoolClass], subjects: Mapping[ClassId, tuple[Subject, ...]]
) -> dict[Post, tuple[str, str]]:
    return {(k.id, s.id): (k.name, s.name) for k in classes for s in subjects.get(k.id, ())}


def _running_term(
    uow: UnitOfWork, year: SchoolYear, classes: Sequence[SchoolClass], today: date
) -> EntryTerm:
    """The term these classes, all of one kind, work on today."""
    if not classes or not is_primary(classes[0].regulation):
        return term_of_day(year, today)
    locks = uow.control.class_locks(classes[0].id)
    return current_term(classes[0].regulation, year, locks, today)
