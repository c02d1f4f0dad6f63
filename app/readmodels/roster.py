"""A class roster as one person may see it: lines, completeness, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.ids import ClassId, PupilId
from app.domain.pupils import FIELD_TITLES, PHONE_FIELDS, PupilProfile, RosterEntry

_OPEN = ("full_name", "birth_date", "sex", "ministry_code", "birthplace")
LAST_PRIMARY_GRADE = 5

SENSITIVE = tuple(name for name in FIELD_TITLES if name not in _OPEN)
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
"""Fields the books and the ministry's file want of every pupil; one parent or guardian is enough,
and so is one telephone number of any of them.
"""


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
    has_photo: bool = False
    warning: str = ""
    """Why the pupil may be in the wrong class, in one sentence."""
    grade_due: int | None = None
    """The grade that the pupil belongs to then."""

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
    may_verify: bool = False
    may_add_former_marks: bool = False
    may_correct: bool = False

    @property
    def is_primary(self) -> bool:
        """A class of tiểu học, assessed by levels in four kỳ."""
        return self.grade <= LAST_PRIMARY_GRADE

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


def missing_fields(profile: PupilProfile) -> tuple[str, ...]:
    """Fields of `WANTED` that are blank and that nothing else stands for."""
    blank = [name for name in WANTED if not getattr(profile, name)]
    if any((profile.father, profile.mother, profile.guardian)):
        blank = [name for name in blank if name not in ("father", "mother")]
    if any(getattr(profile, name) for name in PHONE_FIELDS):
        blank = [name for name in blank if name != "phone"]
    return tuple(blank)


def roster_line(
    entry: RosterEntry, *, shows_sensitive: bool, has_photo: bool = False
) -> RosterLine:
    """The line of an entry for a viewer."""
    profile = entry.profile
    blank = missing_fields(profile)
    if not shows_sensitive:
        empty = PupilProfile("")
        hidden: dict[str, Any] = {name: getattr(empty, name) for name in SENSITIVE}
        profile = replace(profile, **hidden)
        blank = tuple(name for name in blank if name not in SENSITIVE)
    return RosterLine(
        entry.pupil_id,
        entry.position,
        profile,
        entry.joined_on,
        entry.left_on,
        entry.left_reason,
        blank,
        has_photo and shows_sensitive,
    )
