"""How pupils came and went: one pupil's history, and the monthly list of the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.attendance import Month
from app.domain.ids import ClassId, PupilId
from app.domain.movements import MovementKind


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One step as people read it; `who` entered it ("" for what an older file only dated)."""

    class_id: ClassId
    class_name: str
    pupil_id: PupilId
    pupil_name: str
    born: str
    kind: MovementKind
    on: date
    other_class: str
    school: str
    document: str
    reason: str
    who: str

    @property
    def words(self) -> str:
        """Kind, with the class on the other side."""
        return f"{self.kind.label} {self.other_class}".strip()


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Sĩ số of a class: on the eve of the month, what came and went in it, on its last day."""

    class_id: ClassId
    class_name: str
    before: int
    came: int
    went: int

    @property
    def after(self) -> int:
        """On the last day."""
        return self.before + self.came - self.went


@dataclass(frozen=True, slots=True)
class MovementMonth:
    """Danh sách biến động học sinh của tháng (M201)."""

    year_name: str
    month: Month
    lines: tuple[MovementLine, ...]
    counts: tuple[ClassCount, ...]
