"""Việc của tôi: what waits for one person today, and how far classes and subjects are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import AccountId, SchoolYearId
from app.domain.marks import EMPTY
from app.domain.periods import EntryTerm
from app.domain.roles import Role
from app.domain.subjects import is_required
from app.ports import UowFactory
from app.readmodels.home import (
    HomeView,
    MyTask,
    SetupStep,
    TaskKind,
)
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.attendance_tasks import (
    attendance_tasks,
    often_absent,
)
from app.services.case_tasks import case_tasks, concerns, minutes_tasks
from app.services.check_tasks import check_tasks
from app.services.class_scope import OVERSEERS
from app.services.class_tasks import conduct_tasks, is_complete, office_tasks, sheet_tasks
from app.services.dated_duties import duty_tasks
from app.services.dossier_tasks import dossier_tasks
from app.services.earlier_terms import (
    earlier_tasks,
)
from app.services.freeze_tasks import freeze_tasks
from app.services.home_lines import class_line, running_term, subject_lines, unfrozen
from app.services.misplaced import misplaced_tasks
from app.services.paper_tasks import paper_tasks
from app.services.plan_results import plan_tasks
from app.services.proof_tasks import proof_tasks
from app.services.school_setup import SETTERS
from app.services.setup_tasks import setup_steps, setup_tasks
from app.services.sheet_facts import load_sheet
from app.services.sign_tasks import sign_tasks
from app.services.task_facts import LAST_TERMS, TaskFacts, read_kinds
from app.services.year_end_tasks import (
    confirm_task,
    year_end_tasks,
)


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
            kinds = read_kinds(uow, year_id, self._clock.today(), own, actor.account_id)
            facts = kinds[0]
            steps = setup_steps(uow, facts.year) if actor.has(*SETTERS) else ()
        # Setting up a new school first, in its own order.
        tasks = [*setup_tasks(steps), *_tasks_of(kinds, actor)]
        mine = [kind for kind in kinds if kind.classes] or [facts]
        homerooms = [(kind, k) for kind in kinds for k in kind.classes if k.id in actor.homeroom]
        # All subjects of the homeroom class, else the person's own sheets.
        lines = (
            subject_lines(*homerooms[0], None)
            if homerooms
            else (x for kind in mine for k in kind.classes for x in subject_lines(kind, k, actor))
        )
        return HomeView(
            year_name=facts.year.name,
            running=tuple(running_term(kind) for kind in mine),
            today=facts.today,
            week=(facts.today - facts.year.starts_on).days // 7 + 1,
            tasks=tuple(tasks),
            subjects=() if office else tuple(lines),
            classes=tuple(class_line(x, k) for x in mine for k in x.classes) if office else (),
            homeroom=homerooms[0][1].name if homerooms and not office else "",
            homeroom_line=class_line(*homerooms[0]) if homerooms else None,
            open_cases=tuple(c for c in facts.cases if concerns(c, actor)),
            unfrozen=tuple(name for kind in mine for name in unfrozen(kind, actor)),
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
            kinds = read_kinds(uow, year_id, today, None, actors[0].account_id)
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


def _tasks_of(kinds: Sequence[TaskFacts], actor: Actor) -> list[MyTask]:
    """What waits for a person, what has no day last; `kinds` as `read_kinds` has them."""

    def each(asked: Callable[[TaskFacts, Actor], Iterable[MyTask]]) -> Iterable[MyTask]:
        return (task for kind in kinds for task in asked(kind, actor))

    whole = kinds[0]
    attendance = None if whole.sealed else whole.attendance
    every = [klass for kind in kinds for klass in kind.classes]
    tasks = [
        *each(sheet_tasks),
        *each(conduct_tasks),
        *attendance_tasks(attendance, actor, every, whole.today),
        *case_tasks(whole.cases, whole.rules, whole.term, actor),
        *minutes_tasks(whole.unprinted, whole.term, actor),
        *each(_proof_tasks),
        *each(office_tasks),
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


def _proof_tasks(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    if facts.sealed:
        return ()
    filled = {p: sum(c.filled for c in columns) for p, columns in facts.columns.items()}
    return proof_tasks(facts.proofs, actor, facts.term, filled, facts.closes)


def _earlier(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    return earlier_tasks(facts.earlier, facts.classes, facts.pupils, actor)


def _year_end(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    """The GVCN before a close; lists and summer after it."""
    for klass in facts.classes:
        window = facts.window_of(klass)
        due = None if window is None else window.closes_on
        if is_complete(facts, class_line(facts, klass)):
            yield from confirm_task(facts.year_end, actor, klass, facts.term, due)
    if facts.term in LAST_TERMS and not facts.sealed:
        closed = [klass for klass in facts.classes if klass.id in facts.closes]
        yield from year_end_tasks(facts.year_end, actor, closed, facts.subjects)


def _freeze_tasks(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    if facts.today < facts.freeze_from and facts.window is None:
        return ()
    running = [klass for klass in facts.classes if not facts.is_over(klass.id)]
    return freeze_tasks(running, facts.pupils, actor)
