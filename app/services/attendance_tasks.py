"""What Bàn làm việc says of điểm danh: months to declare, pupils near the year's limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from app.actor import Actor
from app.domain.attendance import NEAR_LIMIT, Month, SchoolCalendar
from app.domain.ids import ClassId
from app.domain.periods import Term, semester_closers
from app.domain.rules import RuleSet
from app.domain.school import SchoolClass, SchoolYear
from app.ports import AbsentPupil, UnitOfWork
from app.readmodels.home import AbsentLine, MyTask, TaskKind
from app.regulations.registry import is_primary
from app.regulations.tt22_year_end import MOST_ABSENCES
from app.services.rules_in_force import due_by

_Span = tuple[Month, Term]


@dataclass(frozen=True, slots=True)
class AttendanceProgress:
    """Declared spans by class; `closed` are classes whose period is closed, by term."""

    calendar: SchoolCalendar
    declared: Mapping[ClassId, set[_Span]]
    closed: Mapping[Term, frozenset[ClassId]]
    absent: tuple[AbsentPupil, ...]


def read_attendance(
    uow: UnitOfWork, year: SchoolYear, classes: Sequence[SchoolClass], rules: RuleSet
) -> AttendanceProgress | None:
    """None in a school that keeps its điểm danh on paper: it is not reminded of it."""
    if not uow.attendance.is_kept(year):
        return None
    kinds = {is_primary(klass.regulation) for klass in classes}
    # The limit of buổi nghỉ is one of secondary circulars.
    limited = {klass.id for klass in classes if not is_primary(klass.regulation)}
    absent = uow.attendance.often_absent(year, NEAR_LIMIT) if limited else ()
    return AttendanceProgress(
        due_by(uow.attendance.calendar(year), rules),
        uow.attendance.declared_in_year(year.id),
        {term: _closed(uow, year, term, kinds) for term in Term},
        tuple(pupil for pupil in absent if pupil.class_id in limited),
    )


def _closed(uow: UnitOfWork, year: SchoolYear, term: Term, kinds: Set[bool]) -> frozenset[ClassId]:
    """Classes whose điểm danh of the học kì is shut, of the kinds (primary or not) there are."""
    secondary, primary = semester_closers(term)
    periods = [p for p, asked in ((secondary, False), (primary, True)) if asked in kinds]
    return frozenset(c for period in periods for c in uow.progress.closes(year.id, period))


def attendance_tasks(
    progress: AttendanceProgress | None,
    actor: Actor,
    classes: Iterable[SchoolClass],
    today: date,
) -> Iterable[MyTask]:
    """One task a homeroom class: its first month that is over and not declared."""
    if progress is None:
        return
    calendar = progress.calendar
    ended = [s for s in calendar.spans() if today >= calendar.last_school_day(s)]
    for klass in classes:
        if klass.id not in actor.homeroom:
            continue
        said = progress.declared.get(klass.id, set())
        # Days of a closed term can no longer be declared, so nobody is asked for them.
        waiting = [
            s for s in ended if s.key not in said and klass.id not in progress.closed[s.term]
        ]
        if waiting:
            first = waiting[0]
            yield MyTask(
                TaskKind.ATTENDANCE,
                calendar.due_on(first.month),
                klass.id,
                klass.name,
                term=first.term,
                columns=len(waiting),
                month=first.month.iso,
            )


def often_absent(
    progress: AttendanceProgress | None, actor: Actor, *, office: bool
) -> tuple[AbsentLine, ...]:
    """Pupils from NEAR_LIMIT buổi on: of the whole school for the office, else the own class."""
    if progress is None:
        return ()
    return tuple(
        AbsentLine(a.class_id, a.class_name, a.name, a.total, MOST_ABSENCES)
        for a in progress.absent
        if office or a.class_id in actor.homeroom
    )
