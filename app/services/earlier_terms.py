"""Việc của kỳ trước: classes left open, and books left unprinted, when the next term has begun.

The home page speaks of the running term; what an earlier one left behind must not leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.domain.ids import ClassId, SchoolYearId
from app.domain.periods import PRIMARY_TERMS, EntryTerm, Period, Term, period_of
from app.domain.print_runs import BOOKS, CLASS_BOOK_MARKS
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.ports import PrintRun, UnitOfWork
from app.readmodels.home import MyTask, TaskKind

PRINTERS = (Role.SECRETARY,)
"""Who is reminded to print."""
_ORDERS: tuple[Sequence[EntryTerm], ...] = (tuple(Term), PRIMARY_TERMS)


@dataclass(frozen=True, slots=True)
class EarlierTerm:
    """A term before the running one: when each class closed it and printed its book."""

    term: EntryTerm
    closes: Mapping[ClassId, datetime]
    printed: Mapping[ClassId, datetime]


def read_earlier(
    uow: UnitOfWork, year_id: SchoolYearId, running: EntryTerm, runs: Sequence[PrintRun]
) -> tuple[EarlierTerm, ...]:
    """Every term of the year before `running`, the oldest first; `runs` are those of the year."""
    order = next(terms for terms in _ORDERS if running in terms)
    return tuple(
        EarlierTerm(
            term,
            uow.progress.closes(year_id, period_of(term)),
            printed_books(runs, period_of(term)),
        )
        for term in order[: order.index(running)]
    )


def printed_books(runs: Iterable[PrintRun], period: Period) -> dict[ClassId, datetime]:
    """The latest book of each class that shows the period."""
    found: dict[ClassId, datetime] = {}
    for run in runs:
        shows = run.kind in BOOKS | {CLASS_BOOK_MARKS} and run.period == period.value
        if shows and run.class_id is not None:
            found[run.class_id] = max(run.made_at, found.get(run.class_id, run.made_at))
    return found


def earlier_tasks(
    earlier: Iterable[EarlierTerm],
    classes: Iterable[SchoolClass],
    pupils: Mapping[ClassId, int],
    actor: Actor,
) -> Iterator[MyTask]:
    """What leaders, the office and the GVCN still owe an earlier term; a class without pupils owes
    nothing.
    """
    office = actor.leads or actor.has(*PRINTERS)
    here = [klass for klass in classes if pupils.get(klass.id)]
    for one in earlier:
        for klass in here:
            closed_at = one.closes.get(klass.id)
            if closed_at is None and (office or klass.id in actor.homeroom):
                yield MyTask(TaskKind.LEFT_OPEN, None, klass.id, klass.name, term=one.term)
            if closed_at is not None and klass.id not in one.printed and actor.has(*PRINTERS):
                yield MyTask(
                    TaskKind.PRINT, None, klass.id, klass.name, term=one.term, until=closed_at
                )
