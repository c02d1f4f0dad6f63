"""School, school year and class as the books name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.ids import AccountId, ClassId, SchoolYearId
from app.domain.periods import Term
from app.text import class_key

_FIRST_YEAR, _LAST_YEAR = 1990, 2199


@dataclass(frozen=True, slots=True)
class School:
    """The school of this file. `authority` is the line above its name on every form."""

    name: str
    stage: str
    authority: str
    commune: str
    province: str


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year; `term2_starts_on` parts the two terms."""

    id: SchoolYearId
    name: str
    starts_on: date
    term2_starts_on: date
    ends_on: date

    @property
    def first_year(self) -> int:
        """2026 for "2026-2027": what the phase-in table of circulars is keyed by."""
        return int(self.name.split("-")[0])

    def people_day(self, day: date) -> date:
        """`day`, or 31/8 once the year and its summer are over.

        A book of the year names who held the offices then, however late it is printed.
        """
        return min(day, date(self.first_year + 1, 8, 31))


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class of one school year with the circular it was created under."""

    id: ClassId
    school_year_id: SchoolYearId
    grade: int
    name: str
    regulation: str
    roster_frozen_at: datetime | None = None

    @property
    def order(self) -> tuple[int, tuple[str | int, ...]]:
        """Sort key of every list of classes: by grade, then as people count (6A2 before 6A10)."""
        return self.grade, class_key(self.name)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `roles` are those in force on the day of the question."""

    id: AccountId
    uid: str
    full_name: str
    department: str
    roles: tuple[str, ...]
    disabled_on: date | None = None
    last_sign_in: datetime | None = None


def term_of_day(year: SchoolYear, day: date) -> Term:
    """The term a day belongs to."""
    return Term.HK1 if day < year.term2_starts_on else Term.HK2


def year_name_is_valid(name: str) -> bool:
    """Whether `name` reads "2026-2027" with consecutive years of this century or so."""
    parts = name.split("-")
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) == 4 for p in parts):
        return False
    return _FIRST_YEAR <= int(parts[0]) <= _LAST_YEAR and int(parts[1]) == int(parts[0]) + 1
