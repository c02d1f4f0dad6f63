"""A class roster as one person may see it: lines, completeness, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.ids import ClassId, PupilId
from app.domain.pupils import FIELD_TITLES, PupilProfile, RosterEntry

SENSITIVE = (
    "personal_id",
    "ethnicity",
    "address",
    "priority_group",
    "father",
    "father_job",
    "mother",
    "mother_job",
    "phone",
    "note",
)
"""Fields that only the office, the leaders and the class's own GVCN see."""

WANTED = (
    "full_name",
    "birth_date",
    "sex",
    "ministry_code",
    "personal_id",
    "ethnicity",
    "birthplace",
    "address",
    "father",
    "mother",
    "phone",
)
"""Fields the books and the ministry's file want of every pupil; one parent is enough."""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One pupil's line; `missing` are fields of `WANTED` that are still blank.

    Fields of `SENSITIVE` are blank in `profile` when the viewer may not see them; `missing` then
    leaves them out.
    """

    pupil_id: PupilId
    position: int
    profile: PupilProfile
    joined_on: date
    left_on: date | None
    left_reason: str
    missing: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        """Still in the class."""
        return self.left_on is None

    @property
    def missing_words(self) -> str:
        """What is still blank, in words."""
        return ", ".join(FIELD_TITLES[name] for name in self.missing)


@dataclass(frozen=True, slots=True)
class RosterView:
    """The roster of one class for one viewer."""

    class_id: ClassId
    class_name: str
    grade: int
    year_name: str
    frozen_at: datetime | None
    lines: tuple[RosterLine, ...]
    shows_sensitive: bool
    may_edit: bool
    may_move: bool
    may_freeze: bool

    @property
    def here(self) -> int:
        """Pupils still in the class."""
        return sum(line.is_here for line in self.lines)

    @property
    def girls(self) -> int:
        """Girls still in the class."""
        return sum(line.is_here and line.profile.sex == "Nữ" for line in self.lines)

    def completeness(self) -> dict[str, tuple[int, int]]:
        """Field of `WANTED` -> (filled, pupils), of those still in the class; unseen left out."""
        seen = [name for name in WANTED if self.shows_sensitive or name not in SENSITIVE]
        here = [line for line in self.lines if line.is_here]
        return {name: (sum(name not in line.missing for line in here), len(here)) for name in seen}


def roster_line(entry: RosterEntry, *, shows_sensitive: bool) -> RosterLine:
    """The line of an entry for a viewer."""
    profile = entry.profile
    blank = [name for name in WANTED if not getattr(profile, name)]
    if "father" not in blank or "mother" not in blank:
        blank = [name for name in blank if name not in ("father", "mother")]
    if not shows_sensitive:
        hidden: dict[str, Any] = dict.fromkeys(SENSITIVE, "")
        profile = replace(profile, **hidden)
        blank = [name for name in blank if name not in SENSITIVE]
    return RosterLine(
        entry.pupil_id,
        entry.position,
        profile,
        entry.joined_on,
        entry.left_on,
        entry.left_reason,
        tuple(blank),
    )
