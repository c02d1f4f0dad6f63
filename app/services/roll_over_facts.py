"""What a roll-over is decided on: every class of the old year with each pupil's final word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.roll_over import OldClass, YearPupil
from app.domain.school import SchoolClass, SchoolYear
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.progress import Progress, no_progress
from app.regulations.base import LAST_GRADES, Promotion
from app.services.curriculum_filling import school_grades
from app.services.year_end_board import next_step
from app.services.year_end_state import YearEndState, load_state


@dataclass(frozen=True, slots=True)
class SettledClass:
    """A class as it goes into the next year; `problem` says what must be done first, "" nothing."""

    klass: OldClass
    problem: str = ""


def settled_classes(
    uow: UnitOfWork, year: SchoolYear, progress: Progress = no_progress
) -> tuple[SettledClass, ...]:
    """Every class of a year by grade and name, computed from its marks and approved lists."""
    classes = uow.school.classes(year.id)
    found: list[SettledClass] = []
    for done, klass in enumerate(classes):
        progress(done, len(classes), f"Đọc kết quả lớp {klass.name}")
        found.append(settled_class(uow, klass))
    return tuple(found)


def settled_class(uow: UnitOfWork, klass: SchoolClass) -> SettledClass:
    """One class; a pupil who is not decided yet counts as staying, and the problem says so."""
    state = load_state(uow, klass.id)
    promoted = {e.entry.pupil_id: e.outcome is Promotion.PROMOTED for e in state.ends}
    pupils = tuple(
        YearPupil(e.pupil_id, e.profile.full_name, promoted.get(e.pupil_id))
        for e in state.facts.entries
    )
    completes, goes_on = klass.grade in LAST_GRADES, klass.grade + 1 in school_grades(uow)
    old = OldClass(klass.id, klass.grade, klass.name, pupils, completes, goes_on)
    return SettledClass(old, _problem(state))


def refuse_unsettled(year: SchoolYear, next_name: str, found: Sequence[SettledClass]) -> None:
    """Refuse while a result is pending or a list is not approved; names the classes."""
    waiting = [item for item in found if item.problem]
    if waiting:
        named = "; ".join(f"{item.klass.name}: {item.problem}" for item in waiting[:5])
        more = f"; và {len(waiting) - 5} lớp nữa" if len(waiting) > 5 else ""
        raise RuleRefused(
            "year_not_settled",
            f"Chưa chuyển sang năm học {next_name} được vì {len(waiting)} lớp của năm học "
            f"{year.name} chưa xong ({named}{more}). Hãy làm xong ở trang Tổng kết và Đóng mở sổ "
            "rồi chuyển.",
            classes=tuple(item.klass.name for item in waiting),
        )


def _problem(state: YearEndState) -> str:
    if state.final:
        return ""
    if not state.year_closed:
        return "chưa chốt học kì II và cả năm"
    said = next_step(state).rstrip(".")
    return said[0].lower() + said[1:]
