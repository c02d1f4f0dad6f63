"""Whose place in a year no longer follows from the year before (TT27/2020, Điều 11; TT22/2021).

Chuyển năm học puts every pupil where the decisions of that day put him. A case that is applied
later, a decision or a result of the summer may turn lên lớp into ở lại or back; nothing moves a
pupil by itself then, so the office is told until the place and the result agree again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.actor import Actor
from app.domain.ids import ClassId, PupilId
from app.domain.roles import Role
from app.domain.school import SchoolClass, SchoolYear
from app.ports import UnitOfWork
from app.readmodels.home import MyTask, TaskKind
from app.readmodels.roster import RosterLine
from app.regulations.base import LAST_GRADES, Promotion
from app.regulations.registry import circular
from app.services.year_end_state import load_state

_TOLD = (Role.PRINCIPAL, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """One pupil: where he sits, "" for out of the school, and what the year before says by now."""

    pupil_id: PupilId
    name: str
    class_id: ClassId
    """Where to look: the class he sits in, the old one when he is out."""
    class_name: str
    old_class: str
    old_year: str
    outcome: str
    grade: int
    """Where the year before wants him."""

    @property
    def sentence(self) -> str:
        """What, where, why, what to do."""
        where = f"đang học lớp {self.class_name}" if self.class_name else "đã ra trường"
        todo = "hãy chuyển lớp cho em" if self.class_name else "hãy ghi em trở lại lớp"
        return (
            f"{self.name} {where}, nhưng kết quả lớp {self.old_class} năm học {self.old_year} đã "
            f"đổi sau khi chuyển năm, nay là: {self.outcome}; {todo}, hoặc hiệu trưởng quyết định "
            "lại ở trang Tổng kết của năm cũ."
        )


def misplaced(uow: UnitOfWork, year: SchoolYear) -> tuple[Misplaced, ...]:
    """Pupils of `year` in the order of their old classes.

    Only classes whose results may differ from what was approved are read; a year whose rosters
    are still empty has nobody in a wrong place.
    """
    before = next((y for y in uow.school.years() if y.first_year == year.first_year - 1), None)
    changed = set() if before is None else uow.year_end.changed_since_approval(before.id)
    if before is None or not changed or not uow.progress.pupils(year.id):
        return ()
    old = {klass.id: klass for klass in uow.school.classes(before.id)}
    found: list[Misplaced] = []
    here: dict[ClassId, SchoolClass] = {}
    for class_id in [one for one in old if one in changed]:
        here = here or {klass.id: klass for klass in uow.school.classes(year.id)}
        found += _of_class(uow, before, old[class_id], here)
    return tuple(found)


def grade_due(uow: UnitOfWork, year: SchoolYear, pupil_id: PupilId) -> int | None:
    """The grade a misplaced pupil belongs to in `year`; None for everybody else."""
    return next((m.grade for m in misplaced(uow, year) if m.pupil_id == pupil_id), None)


def doubted(line: RosterLine, found: Misplaced | None) -> RosterLine:
    """The line of a roster with what is doubtful about its place."""
    if found is None or not line.is_here:
        return line
    return replace(line, warning=found.sentence, grade_due=found.grade)


def misplaced_tasks(found: Iterable[Misplaced], actor: Actor) -> Iterator[MyTask]:
    """One task a class for principal and secretary, with the names."""
    if not actor.has(*_TOLD):
        return
    by_class: dict[tuple[ClassId, str], list[str]] = {}
    for one in found:
        where = one.class_name or f"{one.old_class} năm học {one.old_year}"
        by_class.setdefault((one.class_id, where), []).append(one.name)
    for (class_id, name), people in by_class.items():
        yield MyTask(TaskKind.MISPLACED, class_id=class_id, class_name=name, people=tuple(people))


def _of_class(
    uow: UnitOfWork, before: SchoolYear, old: SchoolClass, here: dict[ClassId, SchoolClass]
) -> Iterator[Misplaced]:
    state = load_state(uow, old.id)
    seats = {
        seat.pupil_id: here[seat.class_id]
        for seat in uow.roster.seats_of(old.id)
        if seat.class_id in here and seat.left_on is None
    }
    for end in state.ends:
        pupil = end.entry.pupil_id
        goes_on = end.outcome is Promotion.PROMOTED
        now = seats.get(pupil)
        if now is None:
            # Who finished the stage went out; anybody else left by a movement of its own.
            agrees = goes_on or old.grade not in LAST_GRADES
        else:
            agrees = now.grade == old.grade + goes_on
        if not agrees:
            yield Misplaced(
                pupil,
                end.entry.profile.full_name,
                old.id if now is None else now.id,
                "" if now is None else now.name,
                old.name,
                before.name.replace("-", "–"),
                circular(old.regulation).promotion_label(end.outcome, old.grade),
                old.grade + goes_on,
            )
