"""Tổng kết of one class and period, as text ready to be shown; nobody is ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import ClassId, PupilId
from app.domain.periods import PRIMARY_TERMS


class ResultsPeriod(StrEnum):
    """What the table sums up."""

    HK1 = "HK1"
    HK2 = "HK2"
    GK1 = "GK1"
    CK1 = "CK1"
    GK2 = "GK2"
    CN = "CN"
    YEAR = "YEAR"

    @property
    def is_year(self) -> bool:
        """Whether the table shows what follows for the year."""
        return self in (ResultsPeriod.YEAR, ResultsPeriod.CN)

    def fits(self, *, primary: bool) -> bool:
        """Whether a class of that kind has the period."""
        return (self.value in PRIMARY_TERMS) is primary

    def near(self, *, primary: bool) -> ResultsPeriod:
        """The period itself, or the one of the other kind of class in that part of the year."""
        return self if self.fits(primary=primary) else _NEAR[self]


_NEAR = {
    ResultsPeriod.HK1: ResultsPeriod.CK1,
    ResultsPeriod.HK2: ResultsPeriod.CN,
    ResultsPeriod.YEAR: ResultsPeriod.CN,
    ResultsPeriod.GK1: ResultsPeriod.HK1,
    ResultsPeriod.CK1: ResultsPeriod.HK1,
    ResultsPeriod.GK2: ResultsPeriod.HK2,
    ResultsPeriod.CN: ResultsPeriod.YEAR,
}
UNKNOWN = "–"
"""What stands where a part is still missing; never a zero."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One pupil. `subjects` follows the table's; texts are "–" while something is missing.

    `learning_base` and `raised_by` (a subject) are set only when the adjustment clause raised the
    level. `outcome` is of the year; `left_on` is set when the pupil left the class. A subject the
    pupil does not study is "". `average`: ĐTB các môn, where the circular has one.
    """

    pupil_id: PupilId
    position: int
    name: str
    subjects: tuple[str, ...]
    learning: str
    learning_base: str
    raised_by: str
    conduct: str
    absences: str
    outcome: str
    title: str
    left_on: date | None = None
    average: str = ""

    @property
    def learning_words(self) -> str:
        """The level; with an arrow from the former one when it was raised ("Khá → Tốt")."""
        return f"{self.learning_base} → {self.learning}" if self.raised_by else self.learning


@dataclass(frozen=True, slots=True)
class ResultsTable:
    """The class; levels best first, `outcomes` in the order of the circular.

    `has_average`, `has_titles`: whether the circular has them in the period.
    """

    class_id: ClassId
    class_name: str
    grade: int
    circular: str
    period: ResultsPeriod
    subjects: tuple[tuple[str, str], ...]
    """(short name, full name)."""
    rows: tuple[ResultRow, ...]
    learning_levels: tuple[str, ...]
    conduct_levels: tuple[str, ...]
    outcomes: tuple[str, ...]
    titles: tuple[str, ...]
    learning_word: str = "Học tập"
    conduct_word: str = "Rèn luyện"
    has_average: bool = False
    has_titles: bool = True
    primary: bool = False
    """Levels and Điểm KTĐK of a primary class; "learning" is its đánh giá kết quả giáo dục."""

    def present(self) -> tuple[ResultRow, ...]:
        """Pupils still in class."""
        return tuple(row for row in self.rows if row.left_on is None)

    def counts(self, field: str, order: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """How many present pupils have each value of `field`, in `order`; unknown ones last."""
        found = Counter(getattr(row, field) for row in self.present())
        counted = tuple((value, found[value]) for value in order)
        return (*counted, (UNKNOWN, found[UNKNOWN])) if found[UNKNOWN] else counted
