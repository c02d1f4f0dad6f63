"""Cấp học: a fact of the grade, and so of a class; a school has one level or several."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of general education with its grades (Luật Giáo dục 2019, Điều 28)."""

    PRIMARY = "th"
    LOWER = "thcs"
    UPPER = "thpt"

    @property
    def grades(self) -> range:
        """1 to 5, 6 to 9, 10 to 12."""
        return _GRADES[self]

    @property
    def label(self) -> str:
        """As the books and the law write it: "Trung học cơ sở"."""
        return _LABELS[self]

    @property
    def short(self) -> str:
        """Inside a sentence: "cấp THCS"."""
        return "cấp tiểu học" if self is Level.PRIMARY else f"cấp {self.value.upper()}"


_GRADES = {Level.PRIMARY: range(1, 6), Level.LOWER: range(6, 10), Level.UPPER: range(10, 13)}
_LABELS = {
    Level.PRIMARY: "Tiểu học",
    Level.LOWER: "Trung học cơ sở",
    Level.UPPER: "Trung học phổ thông",
}


def level_of(grade: int) -> Level:
    """The level of a grade; raises ValueError outside 1 to 12."""
    for level in Level:
        if grade in level.grades:
            return level
    raise ValueError(grade)


def begins_level(grade: int) -> bool:
    """Whether a level begins with the grade: whoever enters it comes from another level."""
    return any(grade == level.grades.start for level in Level)
