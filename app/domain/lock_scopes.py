"""Phạm vi of a window, a late opening or a lock: the whole school, some grades, or one class."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.ids import ClassId
from app.domain.school import SchoolClass
from app.domain.school_levels import Level

LEVELS: tuple[tuple[str, frozenset[int]], ...] = tuple(
    (level.short, frozenset(level.grades)) for level in Level
)
"""Grades of each level."""


@dataclass(frozen=True, slots=True)
class LockScope:
    """Which classes of a school year: all when `grades` is empty and `class_id` is None.

    `class_name` is for words only.
    """

    grades: frozenset[int] = frozenset()
    class_id: ClassId | None = None
    class_name: str = ""

    def reaches(self, class_id: ClassId, grade: int) -> bool:
        """Whether a class lies in it."""
        if self.class_id is not None:
            return class_id == self.class_id
        return not self.grades or grade in self.grades

    def classes(self, every: Iterable[SchoolClass]) -> tuple[SchoolClass, ...]:
        """Those of `every` that lie in it, in their order."""
        return tuple(k for k in every if self.reaches(k.id, k.grade))

    @property
    def words(self) -> str:
        """As "toàn trường", "cấp THCS", "khối 6, 7" or "lớp 6A"."""
        if self.class_id is not None:
            return f"lớp {self.class_name}"
        if not self.grades:
            return "toàn trường"
        level = next((name for name, grades in LEVELS if grades == self.grades), "")
        return level or f"khối {', '.join(str(grade) for grade in sorted(self.grades))}"

    @property
    def is_whole_school(self) -> bool:
        """Whether every class lies in it."""
        return self.class_id is None and not self.grades


WHOLE_SCHOOL = LockScope()


def scopes_of(classes: Collection[SchoolClass]) -> tuple[LockScope, ...]:
    """Every scope that makes a difference for these classes, the widest first."""
    grades = sorted({k.grade for k in classes})
    levels = [g for _, g in LEVELS if g.intersection(grades)]
    wide = [LockScope(level) for level in levels] if len(levels) > 1 else []
    middle = [LockScope(frozenset({grade})) for grade in grades] if len(grades) > 1 else []
    return (
        WHOLE_SCHOOL,
        *wide,
        *middle,
        *(LockScope(class_id=k.id, class_name=k.name) for k in classes),
    )
