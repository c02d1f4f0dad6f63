"""Việc kiểm dò on Bàn làm việc: sheets to read, remarks to answer, answers to look at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.actor import Actor
from app.domain.ids import AccountId, AssessmentId, ClassId, SchoolYearId
from app.domain.periods import EntryTerm, Period, period_of
from app.domain.proof_reading import Post, ProofAssignment, RemarkState
from app.ports import UnitOfWork
from app.readmodels.home import MyTask, TaskKind


@dataclass(frozen=True, slots=True)
class ProofProgress:
    """Assignments of the period and remarks that wait, counted by sheet and state."""

    assignments: tuple[ProofAssignment, ...]
    waiting: Mapping[tuple[Post, RemarkState], int]
    names: Mapping[Post, tuple[str, str]]
    """Class and subject name."""

    def classes_read_by(self, reader: AccountId) -> set[ClassId]:
        """Classes with a sheet that this person proof-reads."""
        return {a.class_id for a in self.assignments if a.reader == reader}

    def given_in(self, class_id: ClassId) -> int:
        """Sheets of a class that somebody proof-reads."""
        return sum(a.class_id == class_id for a in self.assignments)

    def confirmed_in(self, class_id: ClassId) -> int:
        """Those whose reader's confirmation stands."""
        return sum(a.class_id == class_id and a.confirmed_at is not None for a in self.assignments)

    def remarks_of(self, class_id: ClassId) -> int:
        """Remarks of a class that stop its close."""
        return sum(n for (post, _), n in self.waiting.items() if post[0] == class_id)


def read_proofs(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    period: Period,
    names: Mapping[Post, tuple[str, str]],
) -> ProofProgress:
    """Two statements, and one more for each class with a remark that waits."""
    open_remarks = [r for r in uow.proofs.remarks(year_id) if r.state is not RemarkState.RESOLVED]
    periods: dict[AssessmentId, Period] = {
        a.id: period_of(a.term)
        for class_id in {r.class_id for r in open_remarks}
        for a in uow.marks.assessments(class_id)
    }
    waiting = Counter(
        ((r.class_id, r.subject_id), r.state)
        for r in open_remarks
        if periods.get(r.assessment_id) is period
    )
    return ProofProgress(uow.proofs.assignments(year_id, period), waiting, names)


def proof_tasks(
    facts: ProofProgress,
    actor: Actor,
    term: EntryTerm,
    filled: Mapping[Post, int],
    closed: Iterable[ClassId],
) -> Iterable[MyTask]:
    """What one person has to do; `filled` cells of the sheets, `closed` classes of the term."""
    shut = set(closed)

    def task(kind: TaskKind, post: Post, count: int) -> MyTask:
        class_name, subject_name = facts.names[post]
        return MyTask(kind, None, post[0], class_name, post[1], subject_name, term, columns=count)

    for given in facts.assignments:
        post = given.post
        if given.reader != actor.account_id or post[0] in shut or post not in facts.names:
            continue
        answered = facts.waiting.get((post, RemarkState.ANSWERED), 0)
        if answered:
            yield task(TaskKind.PROOF_RESOLVE, post, answered)
        elif given.confirmed_at is None and filled.get(post):
            yield task(TaskKind.PROOF_READ, post, filled[post])
    for (post, state), count in facts.waiting.items():
        if state is RemarkState.OPEN and post in actor.teaches and post[0] not in shut:
            yield task(TaskKind.PROOF_ANSWER, post, count)
