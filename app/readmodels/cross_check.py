"""Đối chiếu danh sách: what another list says differently from the book, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import PupilId


class Difference(StrEnum):
    """How a line of the other list and the book part."""

    DIFFERS = "differs"
    BLANK_THERE = "blank_there"
    BLANK_HERE = "blank_here"
    ONLY_THERE = "only_there"
    ONLY_HERE = "only_here"
    ELSEWHERE = "elsewhere"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """Words on screen and in the exported table."""
        return _LABELS[self]


_LABELS = {
    Difference.DIFFERS: "Khác nhau",
    Difference.BLANK_THERE: "Tệp để trống",
    Difference.BLANK_HERE: "Sổ để trống",
    Difference.ONLY_THERE: "Chỉ có trong tệp",
    Difference.ONLY_HERE: "Chỉ có trong sổ",
    Difference.ELSEWHERE: "Ở lớp khác",
    Difference.UNREADABLE: "Không đọc được",
}


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """One difference; `row` is the file's line (0 without one), `pupil_id` None for a stranger."""

    kind: Difference
    row: int
    pupil_id: PupilId | None
    name: str
    field: str
    title: str
    here: str
    there: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """The result for one class: pupils compared, those without any difference, the differences."""

    class_name: str
    source: str
    compared: int
    same: int
    fields: tuple[str, ...]
    cells: tuple[CheckedCell, ...]
