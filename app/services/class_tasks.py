"""Tasks of one class in the running term: cells, rèn luyện, the windows, the close, the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.actor import Actor
from app.domain.locks import EntryWindow
from app.domain.periods import Term, period_of
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.domain.subjects import Subject
from app.readmodels.home import (
    ClassLine,
    ColumnProgress,
    MyTask,
    TaskKind,
)
from app.services.earlier_terms import (
    PRINTERS,
)
from app.services.home_lines import class_line
from app.services.task_facts import TaskFacts


def sheet_tasks(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    """Own sheets while their window is open: cells to fill, then the xác nhận."""
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
    facts: TaskFacts,
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


def conduct_tasks(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    """Rèn luyện of the own class, as long as somebody lacks it."""
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


def office_tasks(facts: TaskFacts, actor: Actor) -> Iterable[MyTask]:
    """Windows to open and classes to close for leaders, closed books to print for the office."""
    period = period_of(facts.term)
    if actor.leads and facts.pupils and not facts.sealed:
        planned = [w for w in facts.windows if w.period is period and w.closes_on >= facts.today]
        if not planned and len(facts.closes) < len(facts.classes):
            yield MyTask(TaskKind.OPEN_WINDOW, term=facts.term)
    for klass in facts.classes:
        line = class_line(facts, klass)
        if actor.has(Role.PRINCIPAL) and is_ready(facts, line):
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


def is_ready(facts: TaskFacts, line: ClassLine) -> bool:
    """Complete, without a remark of kiểm dò, confirmed by the GVCN where the school asks for it."""
    remarks = facts.proofs.remarks_of(line.class_id)
    waits = bool(remarks) or facts.year_end.waits_for_homeroom(line.class_id)
    return is_complete(facts, line) and not waits


def is_complete(facts: TaskFacts, line: ClassLine) -> bool:
    """Every cell, every rèn luyện and every xác nhận is there, and nothing is closed yet."""
    return (
        not facts.is_over(line.class_id)
        and line.wanted > 0
        and line.filled >= line.wanted
        and line.confirmed >= line.subjects
        and (not isinstance(facts.term, Term) or facts.conduct.get(line.class_id, 0) >= line.pupils)
    )
