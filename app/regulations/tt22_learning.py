"""TT22/2021, Điều 9 khoản 2 và 3: kết quả học tập and its adjustment to the adjacent level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.marks import CHUA_DAT, DAT
from app.domain.subjects import SubjectKind
from app.regulations import tt22_conduct as words
from app.regulations.base import LearningResult, SubjectYear
from app.regulations.tt22_settings import RaiseReading, Tt22Settings

LEVELS = words.LEVELS
FAILED = len(LEVELS) - 1
"""Rank of Chưa đạt; ranks count from 0 = Tốt."""

Standing = tuple[SubjectYear, int | None]
"""A subject that counts in a period, and its result there."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a level asks for: marks in tenths, inclusive."""

    level: str
    point: str
    every: int
    most: int
    failed_comments: int


SUBJECTS_WANTED = 6
"""How many mark subjects must reach `Requirement.most`; absolute, not a share."""

REQUIREMENTS = (
    Requirement(words.TOT, "a", every=65, most=80, failed_comments=0),
    Requirement(words.KHA, "b", every=50, most=65, failed_comments=0),
    Requirement(words.DAT, "c", every=35, most=50, failed_comments=1),
)

RAISABLE_TO = 1
"""The adjustment compares with điểm a (rank 0) and điểm b (rank 1) only."""

STEPS = 2
"""It wants a fall of at least so many levels, and gives one back."""

FULL_MARK = 100


def base_rank(marks: Sequence[int], failed_comments: int) -> int:
    """Rank of the level before adjustment (khoản 2): the first requirement that holds, else 3."""
    lowest = min(marks, default=FULL_MARK)
    for rank, wanted in enumerate(REQUIREMENTS):
        if failed_comments > wanted.failed_comments or lowest < wanted.every:
            continue
        floor = wanted.most
        if sum([mark >= floor for mark in marks]) >= SUBJECTS_WANTED:
            return rank
    return FAILED


def judge(
    standings: Sequence[Standing], settings: Tt22Settings, *, adjust: bool = True
) -> LearningResult | None:
    """Kết quả học tập of one period from the subjects that count in it.

    None while any result is missing, or when no subject counts. `adjust=False` leaves khoản 3 out.
    """
    if not standings:
        return None
    marks: list[int] = []
    failed = 0
    for subject, value in standings:
        if value is None:
            return None
        if subject.kind is SubjectKind.MARKS:
            marks.append(value)
        elif value == CHUA_DAT:
            failed += 1
    rank = base_rank(marks, failed)
    if adjust and rank >= STEPS:
        cause = cause_of_fall(standings, marks, failed, rank, settings)
        if cause is not None:
            return LearningResult(LEVELS[rank], LEVELS[rank - 1], cause.key)
    return LearningResult(LEVELS[rank], LEVELS[rank])


def cause_of_fall(
    standings: Sequence[Standing],
    marks: Sequence[int],
    failed: int,
    rank: int,
    settings: Tt22Settings,
) -> SubjectYear | None:
    """The one subject whose result alone costs two or more levels (khoản 3), first in order."""
    # Without the one subject the rest must reach Khá, so no second one may fall short of it.
    short = failed + sum([mark < REQUIREMENTS[RAISABLE_TO].every for mark in marks])
    if short > 1:
        return None
    for subject, value in standings:
        if value is None or _never_in_the_way(subject, value):
            continue
        if subject.kind is SubjectKind.COMMENTS and not settings.comment_subject_counts_for_raise:
            continue
        reached = _rank_without(subject.kind, value, marks, failed, settings.raise_reading)
        if reached <= RAISABLE_TO and rank - reached >= STEPS:
            return subject
    return None


def _never_in_the_way(subject: SubjectYear, value: int) -> bool:
    if subject.kind is SubjectKind.COMMENTS:
        return value == DAT
    return value >= REQUIREMENTS[0].every


def _rank_without(
    kind: SubjectKind, value: int, marks: Sequence[int], failed: int, reading: RaiseReading
) -> int:
    if kind is SubjectKind.COMMENTS:
        return base_rank(marks, failed - 1)
    rest = list(marks)
    rest.remove(value)
    if reading is RaiseReading.WAIVER:
        rest.append(FULL_MARK)
    return base_rank(rest, failed)
