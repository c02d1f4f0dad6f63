"""Rèn luyện grid of one class: levels, comments and days absent of both terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import ClassId, PupilId
from app.domain.locks import WhyLocked
from app.domain.periods import EntryTerm

CONDUCT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("HK1.level", "Học kì I"),
    ("HK1.excused", "Nghỉ có phép"),
    ("HK1.unexcused", "Nghỉ không phép"),
    ("HK1.comment", "Nhận xét học kì I"),
    ("HK2.level", "Học kì II"),
    ("HK2.excused", "Nghỉ có phép"),
    ("HK2.unexcused", "Nghỉ không phép"),
    ("HK2.comment", "Nhận xét học kì II"),
    ("YEAR.level", "Cả năm"),
    ("YEAR.absences", "Tổng buổi nghỉ"),
)
"""Keys and headings; YEAR columns are computed, but for a level the circular has entered."""


@dataclass(frozen=True, slots=True)
class ConductRowView:
    """One pupil's line; `texts` by column key; `left_on` is set when the pupil left."""

    pupil_id: PupilId
    position: int
    name: str
    left: bool
    texts: dict[str, str]
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConductSheet:
    """The grid; `editable` by column key, `locked_why` by column key where it is not.

    `answers` says the same with who, when and how. `fillable`: columns whose empty cells a late
    opening lets be filled, and nothing more. `counted`: columns that điểm danh counts.
    `word`: what the circular calls it; `year_entered`: the year's level is entered, not computed.
    """

    class_id: ClassId
    class_name: str
    levels: tuple[str, ...]
    rows: tuple[ConductRowView, ...]
    editable: dict[str, bool]
    locked_why: dict[str, str]
    chip: str
    chip_open: bool
    answers: dict[str, WhyLocked] = field(default_factory=dict)
    school_year: str = ""
    fillable: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    word: str = "Rèn luyện"
    year_entered: bool = False
    term_chips: Mapping[EntryTerm, tuple[str, bool]] = field(default_factory=dict)
    """State of each term in words and whether it is open; `chip` speaks of the running one."""

    def is_computed(self, key: str) -> bool:
        """Whether nobody ever types into the column: it follows from others, or is counted."""
        of_year = key.startswith("YEAR") and not (self.year_entered and key == "YEAR.level")
        return of_year or key in self.counted

    def may_type(self, row: ConductRowView, key: str) -> bool:
        """Whether this pupil's cell of column `key` can be typed into."""
        opened = self.editable[key] or (key in self.fillable and not row.texts[key])
        return opened and not row.left
