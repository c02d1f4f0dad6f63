"""Thống kê of Tổng kết: how many pupils reached what, by subject and by class; nobody is named."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import ClassId, SubjectId
from app.domain.subjects import SubjectKind

BANDS = ("8,0–10", "6,5–7,9", "5,0–6,4", "3,5–4,9", "dưới 3,5")
"""Bands of ĐTB that the levels of the circular turn on."""
OUTCOMES = ("Lên lớp", "Không lên lớp", "Còn chờ")
"""Where a pupil stands at the end of the year."""


@dataclass(frozen=True, slots=True)
class SubjectStat:
    """One subject of a class. `counts` follow `BANDS`, or are (Đ, CĐ) for a comment subject, or
    (T, H or Đ, C) in primary schools.

    `average` in tenths, None without marks; `missing` pupils have no result yet.
    """

    subject_id: SubjectId
    subject: str
    teacher: str
    kind: SubjectKind
    counts: tuple[int, ...]
    missing: int
    average: int | None

    @property
    def pupils(self) -> int:
        """Pupils counted."""
        return sum(self.counts) + self.missing

    @property
    def reached(self) -> int:
        """Pupils at 5,0 or more, or Đ; in primary schools all but C."""
        if self.kind.is_primary:
            return sum(self.counts[:2])
        by_marks = self.kind is SubjectKind.MARKS
        return sum(self.counts[:3]) if by_marks else self.counts[0]


@dataclass(frozen=True, slots=True)
class ClassStat:
    """One class, or a sum of classes (`class_id` None): pupils by level, outcome and title."""

    class_id: ClassId | None
    class_name: str
    pupils: int
    learning: tuple[int, ...]
    conduct: tuple[int, ...]
    outcomes: tuple[int, ...]
    titles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatHeads:
    """Names of the columns of `ClassStat`, best first."""

    learning: tuple[str, ...]
    conduct: tuple[str, ...]
    outcomes: tuple[str, ...]
    titles: tuple[str, ...]


def reached_words(stat: SubjectStat) -> str:
    """Share that reached the subject's demand; a dash while nobody has a result at all."""
    return share(stat.reached, 0 if stat.missing >= stat.pupils else stat.pupils)


def share(part: int, whole: int) -> str:
    """Percent with one decimal, rounded half up: "66,7 %"; a dash of nobody."""
    if not whole:
        return "–"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10} %"
