"""The lines of Bàn làm việc: how far each class and each sheet is in the running term."""

from __future__ import annotations

from collections.abc import Iterable

from app.actor import Actor
from app.domain.roles import Role
from app.domain.school import SchoolClass
from app.readmodels.home import (
    ClassLine,
    RunningTerm,
    SubjectLine,
)
from app.services.roster import FREEZERS
from app.services.task_facts import TaskFacts


def running_term(facts: TaskFacts) -> RunningTerm:
    """The term of one kind of classes with the day its entry ends."""
    # Nobody types any more once everything is closed, whatever the window says.
    over = bool(facts.classes) and all(facts.is_over(klass.id) for klass in facts.classes)
    window = None if over else facts.window
    return RunningTerm(facts.term, window.closes_on if window else None, over)


def class_line(facts: TaskFacts, klass: SchoolClass) -> ClassLine:
    """How far a class is: cells, xác nhận, kiểm dò, the close, the book."""
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


def subject_lines(
    facts: TaskFacts, klass: SchoolClass, teacher: Actor | None
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


def unfrozen(facts: TaskFacts, actor: Actor) -> tuple[str, ...]:
    """Classes with pupils whose list is not fixed although marks are being typed.

    Told to leaders; văn thư has it among the tasks.
    """
    if facts.window is None or actor.has(Role.SECRETARY) or not actor.has(*FREEZERS):
        return ()
    return tuple(
        k.name for k in facts.classes if k.roster_frozen_at is None and facts.pupils.get(k.id)
    )
