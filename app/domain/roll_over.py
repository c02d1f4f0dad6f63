"""Chuyển năm học: what becomes of every pupil when a school year is over. Pure.

A pupil whose year is decided moves up or stays in the grade; the last grade of a stage completes
its programme; who left stays out (TT22/2021, Điều 12 and 14; TT27/2020, Điều 11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ClassId, PupilId
from app.domain.school_levels import level_of


class Fate(StrEnum):
    """What the next year brings to a pupil."""

    MOVES_UP = "moves_up"
    STAYS = "stays"
    COMPLETES = "completes"
    LEFT = "left"

    @property
    def label(self) -> str:
        """Words on screen and in lists."""
        return {
            Fate.MOVES_UP: "Lên lớp",
            Fate.STAYS: "Ở lại lớp",
            Fate.COMPLETES: "Hoàn thành cấp học",
            Fate.LEFT: "Đã rời trường",
        }[self]


class TeacherCarry(StrEnum):
    """Which teachers the new classes are proposed to have."""

    FOLLOW = "follow"
    GRADE = "grade"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class YearPupil:
    """A line of an old class: still in it or not; `promoted` is the final word, None once left."""

    pupil_id: PupilId
    name: str
    promoted: bool | None


@dataclass(frozen=True, slots=True)
class OldClass:
    """A class of the year that is over; `completes` says that its grade ends a level.

    `goes_on`: the school has the next level too, so whoever completes this one may stay.
    """

    id: ClassId
    grade: int
    name: str
    pupils: tuple[YearPupil, ...]
    completes: bool = False
    goes_on: bool = False

    def count(self, *, promoted: bool | None) -> int:
        """Pupils with that word; None counts who left."""
        return sum(pupil.promoted is promoted for pupil in self.pupils)


@dataclass(frozen=True, slots=True)
class ClassMove:
    """Where a class goes: names of next year's classes, "" for out of the school."""

    up_to: str
    stays_in: str


@dataclass(frozen=True, slots=True)
class PupilFate:
    """What becomes of one pupil; `to` is next year's class, "" for out of the school."""

    pupil_id: PupilId
    name: str
    from_class: ClassId
    fate: Fate
    to: str = ""


def class_rest(name: str, grade: int) -> str:
    """What follows the grade in a class's name: "A1" of "6A1"."""
    return name.removeprefix(str(grade))


def usual_move(klass: OldClass) -> ClassMove:
    """Same letter, next grade; a class that completes a level goes out of a school that ends so."""
    rest = class_rest(klass.name, klass.grade)
    out = klass.completes and not klass.goes_on
    return ClassMove("" if out else f"{klass.grade + 1}{rest}", klass.name)


def pupil_fates(
    classes: Sequence[OldClass], moves: Mapping[ClassId, ClassMove]
) -> tuple[PupilFate, ...]:
    """One fate a pupil, in the order of the classes.

    A pupil who changed class within the year has a line in each: the class he is still in counts,
    and of those he left the last one. Every class needs its move.
    """
    found: dict[PupilId, PupilFate] = {}
    for klass in classes:
        for pupil in klass.pupils:
            fate = _fate(klass, pupil, moves[klass.id])
            former = found.get(pupil.pupil_id)
            if former is None or former.fate is Fate.LEFT:
                found[pupil.pupil_id] = fate
    return tuple(found.values())


def count_fates(fates: Iterable[PupilFate]) -> dict[Fate, int]:
    """How many pupils have each fate, none left out."""
    counted = Counter(one.fate for one in fates)
    return {fate: counted[fate] for fate in Fate}


def rosters(fates: Iterable[PupilFate]) -> dict[str, tuple[PupilId, ...]]:
    """Next year's classes by name with the pupils they begin with."""
    found: dict[str, list[PupilId]] = {}
    for one in fates:
        if one.to:
            found.setdefault(one.to, []).append(one.pupil_id)
    return {name: tuple(pupils) for name, pupils in found.items()}


def teacher_source(
    name: str, grade: int, classes: Sequence[OldClass], carry: TeacherCarry
) -> OldClass | None:
    """The old class whose teachers a new class is proposed to have.

    GRADE: the class of the same name. FOLLOW: the class of the same letter one grade below; for the
    grade a level begins with the one of the level's highest grade, whose teachers have become free:
    teachers do not follow their pupils into another level.
    """
    rest = class_rest(name, grade)
    alike = [k for k in classes if class_rest(k.name, k.grade) == rest]
    if carry is TeacherCarry.NONE or not classes:
        return None
    if carry is TeacherCarry.GRADE:
        wanted = grade
    else:
        level = level_of(grade).grades
        taught = [k.grade for k in classes if k.grade in level]
        wanted = grade - 1 if taught and grade > min(taught) else max(taught, default=grade)
    return next((k for k in alike if k.grade == wanted), None)


def _fate(klass: OldClass, pupil: YearPupil, move: ClassMove) -> PupilFate:
    where = (pupil.pupil_id, pupil.name, klass.id)
    if pupil.promoted is None:
        return PupilFate(*where, Fate.LEFT)
    if not pupil.promoted:
        return PupilFate(*where, Fate.STAYS, move.stays_in)
    return PupilFate(*where, Fate.MOVES_UP if move.up_to else Fate.COMPLETES, move.up_to)
