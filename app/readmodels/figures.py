"""Số liệu of classes, grades and the school: how many pupils reached what, nobody named or ranked.

Counts can be added, so a grade is the sum of its classes; an average is kept as sum and number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.pupils import PupilProfile
from app.text import fold


class PupilGroup(StrEnum):
    """Whom the reports of the sector ask for apart (Thông tư 24/2018: nữ, dân tộc, hòa nhập)."""

    ALL = "all"
    FEMALE = "female"
    MINORITY = "minority"
    FEMALE_MINORITY = "female_minority"
    INCLUSIVE = "inclusive"

    @property
    def label(self) -> str:
        """Words on screen and in Excel."""
        return {
            PupilGroup.ALL: "Tất cả",
            PupilGroup.FEMALE: "Nữ",
            PupilGroup.MINORITY: "Dân tộc thiểu số",
            PupilGroup.FEMALE_MINORITY: "Nữ dân tộc thiểu số",
            PupilGroup.INCLUSIVE: "Học hòa nhập",
        }[self]

    def holds(self, profile: PupilProfile) -> bool:
        """Whether a pupil belongs to it; a profile without an ethnicity counts as Kinh."""
        female = fold(profile.sex) == "nu"
        minority = fold(profile.ethnicity) not in ("", "kinh")
        return {
            PupilGroup.ALL: True,
            PupilGroup.FEMALE: female,
            PupilGroup.MINORITY: minority,
            PupilGroup.FEMALE_MINORITY: female and minority,
            PupilGroup.INCLUSIVE: bool(profile.inclusion),
        }[self]


OPEN_GROUPS = (PupilGroup.ALL, PupilGroup.FEMALE)
"""What may be shown to whoever may not read ethnicity and inclusion in the roster."""


class MeasureKind(StrEnum):
    """What is counted."""

    LEARNING = "learning"
    CONDUCT = "conduct"
    OUTCOME = "outcome"
    TITLE = "title"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Measure:
    """Pupils by level of one result. `counts` follow `levels`; who has none yet is in no count.

    `pupils` are those it is about: of a subject whoever studies it.

    `code` tells subjects apart. `tenths` and `averaged` are the sum and the number of the marks of
    PupilGroup.ALL where the circular has an average, else 0.
    """

    kind: MeasureKind
    name: str
    levels: tuple[str, ...]
    counts: Mapping[PupilGroup, tuple[int, ...]]
    pupils: Mapping[PupilGroup, int]
    code: str = ""
    tenths: int = 0
    averaged: int = 0

    @property
    def average(self) -> int | None:
        """Mean in tenths, half up; None where the circular has none or nobody has a mark."""
        if not self.averaged:
            return None
        return (2 * self.tenths + self.averaged) // (2 * self.averaged)

    def known(self, group: PupilGroup) -> int:
        """Pupils of a group who have a level."""
        return sum(self.counts[group])

    def plus(self, other: Measure) -> Measure:
        """Both together; they count the same thing."""
        counts = {
            group: tuple(a + b for a, b in zip(mine, other.counts[group], strict=True))
            for group, mine in self.counts.items()
        }
        pupils = {group: n + other.pupils[group] for group, n in self.pupils.items()}
        return Measure(
            self.kind, self.name, self.levels, counts, pupils, self.code,
            self.tenths + other.tenths, self.averaged + other.averaged,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """One class, one grade, or the classes of one circular (`grade` None)."""

    name: str
    grade: int | None
    circular: str
    pupils: Mapping[PupilGroup, int]
    measures: tuple[Measure, ...]

    def of(self, kind: MeasureKind) -> Measure | None:
        """The measure of a kind that is there once."""
        return next((measure for measure in self.measures if measure.kind is kind), None)

    @property
    def subjects(self) -> tuple[Measure, ...]:
        """Measures of subjects, in the order of the book."""
        return tuple(m for m in self.measures if m.kind is MeasureKind.SUBJECT)


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """Figures of a period. `whole` has one entry a circular: levels of two never add up."""

    classes: tuple[Figures, ...]
    grades: tuple[Figures, ...]
    whole: tuple[Figures, ...]
    groups: tuple[PupilGroup, ...]


def added(name: str, grade: int | None, parts: Sequence[Figures]) -> Figures:
    """The sum of classes under one circular; a subject counts where it is studied."""
    pupils = {g: sum(part.pupils[g] for part in parts) for g in parts[0].pupils}
    measures: dict[tuple[MeasureKind, str], Measure] = {}
    for part in parts:
        for measure in part.measures:
            key = (measure.kind, measure.code)
            former = measures.get(key)
            measures[key] = measure if former is None else former.plus(measure)
    return Figures(name, grade, parts[0].circular, pupils, tuple(measures.values()))
