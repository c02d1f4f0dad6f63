"""Chuyển năm học as the wizard shows it: where each class goes by default, what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.ids import ClassId
from app.domain.roll_over import ClassMove, Fate, OldClass, TeacherCarry
from app.domain.school import SchoolYear


@dataclass(frozen=True, slots=True)
class RollOverClass:
    """One class of the year that is over; `problem` says why it cannot go yet, "" when it can."""

    klass: OldClass
    move: ClassMove
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RollOverBoard:
    """The whole proposal. `refusal` is set when the year cannot be rolled over at all."""

    year: SchoolYear
    next_name: str
    next_dates: tuple[date, date, date]
    classes: tuple[RollOverClass, ...]
    entering: tuple[str, ...]
    refusal: str = ""
    changed: tuple[str, ...] = ()
    """After the act: whose place no longer follows from this year's results, a sentence each."""

    @property
    def waiting(self) -> tuple[RollOverClass, ...]:
        """Classes that something is still to be done for."""
        return tuple(item for item in self.classes if item.problem)

    @property
    def ready(self) -> bool:
        """Whether the roll-over may go on."""
        return bool(self.classes) and not self.waiting and not self.refusal


@dataclass(frozen=True, slots=True)
class RollOverChoice:
    """What the person settled on.

    `entering` are names of further classes, of the lowest grade as a rule. `dates` are the first
    day, the first of học kì II and the last; None takes the usual ones.
    """

    moves: Mapping[ClassId, ClassMove]
    entering: tuple[str, ...] = ()
    teachers: TeacherCarry = TeacherCarry.FOLLOW
    dates: tuple[date, date, date] | None = None


@dataclass(frozen=True, slots=True)
class RollOverDone:
    """What was made. `posts` were proposed; `gaps` are subjects or GVCN without a teacher."""

    year: SchoolYear
    classes: int
    fates: Mapping[Fate, int]
    posts: int
    gaps: int
