"""Học bạ as a booklet of one stage: which pages a school year has, whenever they are printed.

Cover and guidance carry no number. Pages 1 and 2 are the pupil's particulars and the record of
schooling; every school year then has a sheet of its own, front and back, so that a new year is
printed on new paper and bound behind the others (M55, M56). Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FIRST_YEAR_PAGE = 3
_PAGES_A_YEAR = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """A level with a booklet of its own; `title` as on the cover, `short` in numbers and lists."""

    first_grade: int
    last_grade: int
    title: str
    short: str

    @property
    def is_primary(self) -> bool:
        """Whether its booklet is the one of TT27/2020 and TT22/2016."""
        return self.first_grade == 1


STAGES = (
    Stage(1, 5, "TIỂU HỌC", "TH"),
    Stage(6, 9, "TRUNG HỌC CƠ SỞ", "THCS"),
    Stage(10, 12, "TRUNG HỌC PHỔ THÔNG", "THPT"),
)


def stage_of(grade: int) -> Stage:
    """The stage a grade (1 to 12) belongs to."""
    return next(s for s in STAGES if s.first_grade <= grade <= s.last_grade)


def year_places(stage: Stage, grades: Sequence[int]) -> tuple[int, ...]:
    """The place (from 0) of each known school year in the booklet; `grades` oldest year first.

    A pupil who came from another school in grade 8 has the places of 6 and 7 left for that
    school's sheets; a year repeated takes the next place and moves the later ones on.
    """
    places: list[int] = []
    for grade in grades:
        least = places[-1] + 1 if places else 0
        places.append(max(least, grade - stage.first_grade))
    return tuple(places)


def first_page(place: int) -> int:
    """The number of the front page of a school year; its back is the next."""
    return _FIRST_YEAR_PAGE + _PAGES_A_YEAR * place


def page_count(stage: Stage, last_place: int, last_grade: int) -> int:
    """Numbered pages of the whole booklet once the stage is over, as known in that last year."""
    return first_page(last_place + stage.last_grade - last_grade) + _PAGES_A_YEAR - 1
