"""Việc của tôi: what waits for one person today, and how far classes and subjects are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.actor import Actor
from app.clock import Clock
from app.domain.case_rules import CaseRule
from app.domain.corrections import CaseKind
from app.domain.dossiers import Dossier
from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId
from app.domain.internal_checks import InternalCheck
from app.domain.locks import EntryWindow
from app.domain.marks import EMPTY
from app.domain.periods import EntryTerm, Period, Term, period_of
from app.domain.roles import Role
from app.domain.school import SchoolClass, SchoolYear, term_of_day
from app.domain.subjects import Subject, is_required
from app.domain.year_end import SignOff
from app.ports import UnitOfWork, UowFactory
from app.readmodels.home import (
    ClassLine,
    ColumnProgress,
    HomeView,
    MyTask,
    OpenCase,
    RunningTerm,
    SetupStep,
    SubjectLine,
    TaskKind,
)
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.paper_board import PaperBoard
from app.regulations.registry import is_primary
from app.services.attendance_tasks import (
    AttendanceProgress,
    attendance_tasks,
    often_absent,
    read_attendance,
)
from app.services.case_rules import case_rules
from app.services.case_tasks import case_tasks, concerns, minutes_tasks
from app.services.check_tasks import check_tasks
from app.services.class_periods import current_term
from app.services.class_scope import OVERSEERS
from app.services.dated_duties import DutyFacts, duty_tasks, read_duties
from app.services.dossier_tasks import dossier_tasks
from app.services.earlier_terms import (
    PRINTERS,
    EarlierTerm,
    earlier_tasks,
    printed_books,
    read_earlier,
)
from app.services.freeze_tasks import freeze_from, freeze_tasks
from app.services.misplaced import Misplaced, misplaced, misplaced_tasks
from app.services.named_approvers import kinds_nobody_decides
from app.services.paper_lives import read_board
from app.services.paper_tasks import paper_tasks
from app.services.plan_results import plan_tasks
from app.services.proof_tasks import ProofProgress, proof_tasks, read_proofs
from app.services.roster import FREEZERS
from app.services.rules_in_force import rules_of
from app.services.school_setup import SETTERS
from app.services.setup_tasks import setup_steps, setup_tasks
from app.services.sheet_facts import load_sheet
from app.services.sign_tasks import read_voided, sign_tasks
from app.services.year_end_tasks import (
    YearEndProgress,
    confirm_task,
    read_year_end,
    year_end_tasks,
)

"""Who sees the board of the whole school."""

_Post = tuple[ClassId, SubjectId]


_LAST_TERMS = (Term.HK2, Period.CN)
"""Whose close ends the year."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """One reading of everything the page is worked out from."""

    year: SchoolYear
    term: EntryTerm
    today: date
    classes: tuple[SchoolClass, ...]
    subjects: Mapping[ClassId, tuple[Subject, ...]]
    not_taking: Mapping[_Post, int]
    pupils: Mapping[ClassId, int]
    columns: Mapping[_Post, list[ColumnProgress]]
    conduct: Mapping[ClassId, int]
    confirmed: set[_Post]
    closes: Mapping[ClassId, datetime]
    windows: tuple[EntryWindow, ...]
    cases: tuple[OpenCase, ...]
    unprinted: tuple[OpenCase, ...]
    rules: Mapping[CaseKind, CaseRule]
    printed: Mapping[ClassId, datetime]
    earlier: tuple[EarlierTerm, ...]
    sealed: bool
    teachers: Mapping[_Post, str]
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
        return _open_now(reached, period_of(self.term), self.today)

    def window_of(self, klass: SchoolClass) -> EntryWindow | None:
        """The entry window of the term open today in one class."""
        reached = [w for w in self.windows if w.scope.reaches(klass.id, klass.grade)]
        return _open_now(reached, period_of(self.term), self.today)

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


class Tasks:
    """Reads; commands of the tasks themselves belong to their own services."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def overview(self, actor: Actor, year_id: SchoolYearId) -> HomeView:
        """Everything of Bàn làm việc for one person."""
        office = actor.has(*OVERSEERS)
        own = None if office else sorted({c for c, _ in actor.teaches} | actor.homeroom)
        with self._uows.read() as uow:
            kinds = _read_kinds(uow, year_id, self._clock.today(), own, actor.account_id)
            facts = kinds[0]
            steps = setup_steps(uow, facts.year) if actor.has(*SETTERS) else ()
        # Setting up a new school first, in its own order.
        tasks = [*setup_tasks(steps), *_tasks_of(kinds, actor)]
        mine = [kind for kind in kinds if kind.classes] or [facts]
        homerooms = [(kind, k) for kind in kinds for k in kind.classes if k.id in actor.homeroom]
        # All subjects of the homeroom class, else the person's own sheets.
        lines = (
            _subject_lines(*homerooms[0], None)
            if homerooms
            else (x for kind in mine for k in kind.classes for x in _subject_lines(kind, k, actor))
        )
        return HomeView(
            year_name=facts.year.name,
            running=tuple(_running(kind) for kind in mine),
            today=facts.today,
            week=(facts.today - facts.year.starts_on).days // 7 + 1,
            tasks=tuple(tasks),
            subjects=() if office else tuple(lines),
            classes=tuple(_class_line(x, k) for x in mine for k in x.classes) if office else (),
            homeroom=homerooms[0][1].name if homerooms and not office else "",
            homeroom_line=_class_line(*homerooms[0]) if homerooms else None,
            open_cases=tuple(c for c in facts.cases if concerns(c, actor)),
            unfrozen=tuple(name for kind in mine for name in _unfrozen(kind, actor)),
            undecidable=facts.undecidable if actor.has(Role.PRINCIPAL) else (),
            absent=often_absent(facts.attendance, actor, office=office),
        )

    def of_people(
        self, year_id: SchoolYearId, people: Iterable[AccountId]
    ) -> Mapping[AccountId, tuple[MyTask, ...]]:
        """The same tasks of several people, from one reading; whose account is closed has none."""
        today = self._clock.today()
        with self._uows.read() as uow:
            wanted = set(people)
            actors = [
                uow.accounts.actor(account.uid, today)
                for account in uow.accounts.all(today)
                if account.id in wanted and account.disabled_on is None
            ]
            if not actors:
                return {}
            kinds = _read_kinds(uow, year_id, today, None, actors[0].account_id)
        return {actor.account_id: tuple(_tasks_of(kinds, actor)) for actor in actors}

    def setup_steps(self, year_id: SchoolYearId | None) -> tuple[tuple[SetupStep, bool], ...]:
        """The steps of a new school and whether each is done."""
        with self._uows.read() as uow:
            return setup_steps(uow, uow.school.year(year_id) if year_id is not None else None)

    def first_gap(self, sheet: SheetId, term: EntryTerm, column: str = "") -> CellKey | None:
        """The first empty cell of the term from top to bottom; of `column` ("tx2") if given."""
        with self._uows.read() as uow:
            facts = load_sheet(uow, sheet, self._clock.now())
        codes = [k for k in facts.term_codes(term) if is_required(facts.columns[k].code)]
        keys = [k for k in codes if not column or k == f"{term}.{column}"]
        for key in keys:
            for entry in facts.entries:
                address = facts.columns[key].id
                if facts.awaits(entry) and facts.cell(address, entry.pupil_id) == EMPTY:
                    return CellKey(entry.pupil_id, key)
        return None


def _open_now(windows: Iterable[EntryWindow], period: Period, today: date) -> EntryWindow | None:
    """The window of a period that covers today, the one closing last when several do."""
    found = [w for w in windows if w.period is period and w.covers(today)]
    return max(found, key=lambda w: w.closes_on) if found else None


def _tasks_of(kinds: Sequence[_Facts], actor: Actor) -> list[MyTask]:
    """What waits for a person, what has no day last; `kinds` as `_read_kinds` has them."""

    def each(asked: Callable[[_Facts, Actor], Iterable[MyTask]]) -> Iterable[MyTask]:
        return (task for kind in kinds for task in asked(kind, actor))

    whole = kinds[0]
    attendance = None if whole.sealed else whole.attendance
    every = [klass for kind in kinds for klass in kind.classes]
    tasks = [
        *each(_sheet_tasks),
        *each(_conduct_tasks),
        *attendance_tasks(attendance, actor, every, whole.today),
        *case_tasks(whole.cases, whole.rules, whole.term, actor),
        *minutes_tasks(whole.unprinted, whole.term, actor),
        *each(_proof_tasks),
        *each(_office_tasks),
        *each(_earlier),
        *each(_year_end),
        *paper_tasks(whole.papers, actor),
        *dossier_tasks(whole.dossier, actor, whole.today),
        *check_tasks(whole.checks, actor, whole.today),
        *(() if whole.sealed else duty_tasks(whole.duties, actor, every)),
        *misplaced_tasks(whole.misplaced, actor),
        *plan_tasks(whole.plans, every, actor),
        *sign_tasks(whole.voided, every, actor),
        *each(_freeze_tasks),
    ]

    # What an earlier term left open waits longer than anything that is due from tomorrow on.
    def place(task: MyTask) -> tuple[bool, date]:
        due = whole.today if task.kind is TaskKind.LEFT_OPEN else task.due
        return due is None, due or date.max

    return sorted(tasks, key=place)


def _running(facts: _Facts) -> RunningTerm:
    # Nobody types any more once everything is closed, whatever the window says.
    over = bool(facts.classes) and all(facts.is_over(klass.id) for klass in facts.classes)
    window = None if over else facts.window
    return RunningTerm(facts.term, window.closes_on if window else None, over)


def _read_kinds(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    today: date,
    own: Sequence[ClassId] | None,
    reader: AccountId,
) -> list[_Facts]:
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
) -> _Facts:
    """Everything about the classes `alike`, of `every` class of the year."""
    year_id = year.id
    term = _running_term(uow, year, alike, today)
    period = period_of(term)
    classes = tuple(k for k in alike if own is None or k.id in own)
    subjects = uow.studies.of_classes(year_id)
    proofs = read_proofs(uow, year_id, period, _sheet_names(every, subjects))
    # Who proof-reads works on sheets of classes that are not their own.
    read = None if own is None else sorted({*own, *proofs.classes_read_by(reader)})
    columns: dict[_Post, list[ColumnProgress]] = {}
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
    return _Facts(
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
            _open_now(windows, Period.HE, today),
            summer_planned=any(w.period is Period.HE and w.closes_on >= today for w in windows),
            year_closed=term in _LAST_TERMS and bool(closes),
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
) -> dict[_Post, tuple[str, str]]:
    return {(k.id, s.id): (k.name, s.name) for k in classes for s in subjects.get(k.id, ())}


def _running_term(
    uow: UnitOfWork, year: SchoolYear, classes: Sequence[SchoolClass], today: date
) -> EntryTerm:
    """The term these classes, all of one kind, work on today."""
    if not classes or not is_primary(classes[0].regulation):
        return term_of_day(year, today)
    locks = uow.control.class_locks(classes[0].id)
    return current_term(classes[0].regulation, year, locks, today)


def _sheet_tasks(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    for klass in facts.classes:
        window = facts.window_of(klass)
        for subject in facts.studied(klass):
            if (klass.id, subject.id) not in actor.teaches or facts.is_over(klass.id):
                continue
            pupils = facts.takers(klass.id, subject.id)
            if window is None or not pupils:
                continue
            columns = facts.columns.get((klass.id, subject.id), [])
            gaps = [c for c in columns if c.filled < pupils]
            if gaps:
                yield _enter(facts, klass, subject, gaps, window)
            elif (klass.id, subject.id) not in facts.confirmed:
                yield MyTask(
                    TaskKind.CONFIRM,
                    window.closes_on,
                    klass.id,
                    klass.name,
                    subject.id,
                    subject.name,
                    facts.term,
                )


def _enter(
    facts: _Facts,
    klass: SchoolClass,
    subject: Subject,
    gaps: Sequence[ColumnProgress],
    window: EntryWindow,
) -> MyTask:
    """One task a sheet: the columns with the nearest day, the window's own when they have none."""
    due = min(c.due_on or window.closes_on for c in gaps)
    here = [c for c in gaps if (c.due_on or window.closes_on) == due]
    return MyTask(
        TaskKind.ENTER,
        due,
        klass.id,
        klass.name,
        subject.id,
        subject.name,
        facts.term,
        column=here[0].code if len(here) == 1 else "",
        columns=len(here),
        done=sum(c.filled for c in here),
        total=facts.takers(klass.id, subject.id) * len(here),
    )


def _conduct_tasks(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    if not isinstance(facts.term, Term):
        return
    for klass in facts.classes:
        window = facts.window_of(klass)
        total = facts.pupils.get(klass.id, 0)
        done = facts.conduct.get(klass.id, 0)
        mine = klass.id in actor.homeroom and not facts.is_over(klass.id)
        if mine and window is not None and done < total:
            yield MyTask(
                TaskKind.CONDUCT,
                window.closes_on,
                klass.id,
                klass.name,
                term=facts.term,
                done=done,
                total=total,
            )


def _proof_tasks(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    if facts.sealed:
        return ()
    filled = {p: sum(c.filled for c in columns) for p, columns in facts.columns.items()}
    return proof_tasks(facts.proofs, actor, facts.term, filled, facts.closes)


def _office_tasks(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    period = period_of(facts.term)
    if actor.leads and facts.pupils and not facts.sealed:
        planned = [w for w in facts.windows if w.period is period and w.closes_on >= facts.today]
        if not planned and len(facts.closes) < len(facts.classes):
            yield MyTask(TaskKind.OPEN_WINDOW, term=facts.term)
    for klass in facts.classes:
        line = _class_line(facts, klass)
        if actor.has(Role.PRINCIPAL) and _is_ready(facts, line):
            yield MyTask(
                TaskKind.CLOSE,
                class_id=klass.id,
                class_name=klass.name,
                term=facts.term,
                done=line.confirmed,
                total=line.subjects,
            )
        if actor.has(*PRINTERS) and line.closed_at is not None and not line.printed:
            yield MyTask(
                TaskKind.PRINT,
                class_id=klass.id,
                class_name=klass.name,
                term=facts.term,
                until=line.closed_at,
            )


def _earlier(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    return earlier_tasks(facts.earlier, facts.classes, facts.pupils, actor)


def _year_end(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    """The GVCN before a close; lists and summer after it."""
    for klass in facts.classes:
        window = facts.window_of(klass)
        due = None if window is None else window.closes_on
        if _is_complete(facts, _class_line(facts, klass)):
            yield from confirm_task(facts.year_end, actor, klass, facts.term, due)
    if facts.term in _LAST_TERMS and not facts.sealed:
        closed = [klass for klass in facts.classes if klass.id in facts.closes]
        yield from year_end_tasks(facts.year_end, actor, closed, facts.subjects)


def _is_ready(facts: _Facts, line: ClassLine) -> bool:
    """Complete, without a remark of kiểm dò, confirmed by the GVCN where the school asks for it."""
    remarks = facts.proofs.remarks_of(line.class_id)
    waits = bool(remarks) or facts.year_end.waits_for_homeroom(line.class_id)
    return _is_complete(facts, line) and not waits


def _is_complete(facts: _Facts, line: ClassLine) -> bool:
    """Every cell, every rèn luyện and every xác nhận is there, and nothing is closed yet."""
    return (
        not facts.is_over(line.class_id)
        and line.wanted > 0
        and line.filled >= line.wanted
        and line.confirmed >= line.subjects
        and (not isinstance(facts.term, Term) or facts.conduct.get(line.class_id, 0) >= line.pupils)
    )


def _freeze_tasks(facts: _Facts, actor: Actor) -> Iterable[MyTask]:
    if facts.today < facts.freeze_from and facts.window is None:
        return ()
    running = [klass for klass in facts.classes if not facts.is_over(klass.id)]
    return freeze_tasks(running, facts.pupils, actor)


def _class_line(facts: _Facts, klass: SchoolClass) -> ClassLine:
    studied = facts.studied(klass)
    counts = [facts.counts(klass.id, subject.id) for subject in studied]
    closed = facts.closes.get(klass.id)
    printed = facts.printed.get(klass.id)
    return ClassLine(
        class_id=klass.id,
        class_name=klass.name,
        pupils=facts.pupils.get(klass.id, 0),
        filled=sum(filled for filled, _ in counts),
        wanted=sum(wanted for _, wanted in counts),
        confirmed=sum((klass.id, subject.id) in facts.confirmed for subject in studied),
        subjects=len(studied) if facts.pupils.get(klass.id) else 0,
        closed_at=closed,
        printed=closed is not None and printed is not None and printed >= closed,
        sealed=facts.sealed,
        term=facts.term,
        proofed=facts.proofs.confirmed_in(klass.id),
        to_proof=facts.proofs.given_in(klass.id),
    )


def _subject_lines(
    facts: _Facts, klass: SchoolClass, teacher: Actor | None
) -> Iterable[SubjectLine]:
    """Sheets of a class: all of them, or those that `teacher` teaches."""
    for subject in facts.studied(klass):
        post = (klass.id, subject.id)
        if teacher is not None and post not in teacher.teaches:
            continue
        filled, wanted = facts.counts(*post)
        yield SubjectLine(
            klass.id,
            klass.name,
            subject.id,
            subject.name,
            facts.teachers.get(post, ""),
            filled,
            wanted,
            post in facts.confirmed,
            facts.term,
        )


def _unfrozen(facts: _Facts, actor: Actor) -> tuple[str, ...]:
    """Classes with pupils whose list is not fixed although marks are being typed.

    Told to leaders; văn thư has it among the tasks.
    """
    if facts.window is None or actor.has(Role.SECRETARY) or not actor.has(*FREEZERS):
        return ()
    return tuple(
        k.name for k in facts.classes if k.roster_frozen_at is None and facts.pupils.get(k.id)
    )
