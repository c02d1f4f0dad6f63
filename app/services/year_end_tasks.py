"""What Bàn làm việc asks around a close and in the summer: confirm, propose, approve, assess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.actor import Actor
from app.domain.ids import ClassId, PupilId, SchoolYearId, SubjectId
from app.domain.locks import EntryWindow
from app.domain.periods import EntryTerm, Period, Term
from app.domain.roles import Role
from app.domain.rule_catalogue import NEEDS_HOMEROOM
from app.domain.rules import RuleSet
from app.domain.school import SchoolClass
from app.domain.subjects import Subject
from app.domain.year_end import ListRow, YearList, YearStage, standing_list
from app.ports import UnitOfWork
from app.readmodels.home import MyTask, TaskKind
from app.services.year_lists import SUMMER_KINDS

_Settled = set[tuple[ClassId, PupilId, SubjectId | None]]


@dataclass(frozen=True, slots=True)
class YearEndProgress:
    """Whose GVCN confirmed the period, which lists stand, which summer results came.

    `lists` and `settled` are read only once a class's year is closed.
    """

    needs_homeroom: bool
    confirmed: frozenset[ClassId]
    lists: Mapping[ClassId, tuple[YearList, ...]]
    settled: _Settled
    summer_window: EntryWindow | None
    summer_planned: bool

    def waits_for_homeroom(self, class_id: ClassId) -> bool:
        """Whether a close must wait for the GVCN."""
        return self.needs_homeroom and class_id not in self.confirmed


def read_year_end(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    period: Period,
    summer_window: EntryWindow | None,
    *,
    summer_planned: bool,
    year_closed: bool,
    rules: RuleSet,
) -> YearEndProgress:
    """Two statements for the whole school, a handful more after the first close of a year."""
    lists: dict[ClassId, tuple[YearList, ...]] = {}
    settled: _Settled = set()
    if year_closed:
        for one in uow.year_end.standing_lists(year_id):
            lists[one.class_id] = (*lists.get(one.class_id, ()), one)
        settled = uow.year_end.settled(year_id)
    return YearEndProgress(
        rules.flag(NEEDS_HOMEROOM),
        frozenset(uow.reviews.homeroom_confirmed(year_id, period)),
        lists,
        settled,
        summer_window,
        summer_planned,
    )


def confirm_task(
    progress: YearEndProgress, actor: Actor, klass: SchoolClass, term: EntryTerm, due: date | None
) -> Iterable[MyTask]:
    """The GVCN's confirmation of a class whose data are complete."""
    if klass.id in actor.homeroom and klass.id not in progress.confirmed:
        yield MyTask(TaskKind.CONFIRM_CLASS, due, klass.id, klass.name, term=term)


def year_end_tasks(
    progress: YearEndProgress,
    actor: Actor,
    classes: Iterable[SchoolClass],
    subjects: Mapping[ClassId, Sequence[Subject]],
) -> Iterable[MyTask]:
    """Duties of closed classes, class by class, in the order they come.

    A summer that nobody opened is one task of the leaders for all classes that wait for it.
    """
    unopened: list[SchoolClass] = []
    for klass in classes:
        lists = progress.lists.get(klass.id, ())
        year = standing_list(lists, YearStage.YEAR)
        if year is None:
            yield from _propose(actor, klass)
            continue
        if not year.approved:
            yield from _approve(actor, klass)
            continue
        waiting = [row for row in year.rows if row.kind in SUMMER_KINDS]
        left = [r for r in waiting if (klass.id, r.pupil_id, r.subject_id) not in progress.settled]
        if left and progress.summer_window is None:
            unopened.append(klass)
        elif left and progress.summer_window is not None:
            own, due = subjects.get(klass.id, ()), progress.summer_window.closes_on
            yield from _summer(actor, klass, own, left, waiting, due)
        elif waiting:
            summer = standing_list(lists, YearStage.SUMMER)
            if summer is None:
                yield from _propose(actor, klass)
            elif not summer.approved:
                yield from _approve(actor, klass)
    if unopened and actor.leads and not progress.summer_planned:
        names = ", ".join(klass.name for klass in unopened)
        yield MyTask(TaskKind.OPEN_SUMMER, class_name=names, term=Term.HK2)


def _propose(actor: Actor, klass: SchoolClass) -> Iterable[MyTask]:
    if klass.id in actor.homeroom:
        yield MyTask(
            TaskKind.PROPOSE_LISTS, class_id=klass.id, class_name=klass.name, term=Term.HK2
        )


def _approve(actor: Actor, klass: SchoolClass) -> Iterable[MyTask]:
    if actor.has(Role.PRINCIPAL):
        yield MyTask(
            TaskKind.APPROVE_LISTS, class_id=klass.id, class_name=klass.name, term=Term.HK2
        )


def _summer(
    actor: Actor,
    klass: SchoolClass,
    subjects: Sequence[Subject],
    left: Sequence[ListRow],
    waiting: Sequence[ListRow],
    due: date,
) -> Iterable[MyTask]:
    """One task a subject for its teacher, one for the GVCN."""
    names = {subject.id: subject.name for subject in subjects}
    for subject_id in dict.fromkeys(row.subject_id for row in left):
        mine = (
            klass.id in actor.homeroom
            if subject_id is None
            else (klass.id, subject_id) in actor.teaches
        )
        if not mine:
            continue
        total = sum(row.subject_id == subject_id for row in waiting)
        yield MyTask(
            TaskKind.SUMMER_CONDUCT if subject_id is None else TaskKind.REASSESS,
            due,
            klass.id,
            klass.name,
            subject_id,
            "" if subject_id is None else names.get(subject_id, ""),
            Term.HK2,
            done=total - sum(row.subject_id == subject_id for row in left),
            total=total,
        )
