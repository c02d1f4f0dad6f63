"""TT22/2021, Điều 12 đến 15: promotion, kiểm tra đánh giá lại, and the titles of the year."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.marks import CHUA_DAT
from app.domain.subjects import SubjectKind
from app.regulations import tt22_conduct as words
from app.regulations.base import LearningResult, Promotion
from app.regulations.tt22_learning import SUBJECTS_WANTED, Standing
from app.regulations.tt22_settings import Tt22Settings

MOST_ABSENCES = 45
"""Buổi a year that still allow promotion (Điều 12, khoản 1, điểm c)."""

REASSESS_BELOW = 50
"""A mark subject below this ĐTBmcn (tenths) is assessed again (Điều 14)."""

EXCELLENT_MARK = 90
"""ĐTBmcn (tenths) that six subjects need for the first title (Điều 15, khoản 1, điểm a)."""

EXCELLENT_PUPIL = "Học sinh Xuất sắc"
GOOD_PUPIL = "Học sinh Giỏi"


def must_be_reassessed(standing: Standing) -> bool:
    """Whether a year result belongs to the subjects of Điều 14."""
    subject, value = standing
    if value is None:
        return False
    if subject.kind is SubjectKind.COMMENTS:
        return value == CHUA_DAT
    return value < REASSESS_BELOW


def replaced(standing: Standing, settings: Tt22Settings) -> Standing:
    """The year result with the one of kiểm tra, đánh giá lại in its place, if there is one."""
    subject, value = standing
    new = subject.reassessed
    if new is None:
        return standing
    if not settings.lower_reassessment_replaces and value is not None:
        new = max(new, value)
    return (subject, new)


def promotion(
    *,
    any_exempt: bool,
    absences: int | None,
    learning: LearningResult | None,
    after_reassessment: LearningResult | None,
    conduct_year: str | None,
    after_summer: str | None,
    settings: Tt22Settings,
) -> Promotion:
    """The first line that fits, in the order of Điều 11 to 14.

    `after_reassessment` is None until the results that are waited for have come.
    """
    if any_exempt:
        return Promotion.PRINCIPAL_DECIDES
    if absences is not None and absences > MOST_ABSENCES:
        return Promotion.RETAINED
    if learning is None or conduct_year is None or absences is None:
        return Promotion.INCOMPLETE
    learning_good = learning.final != words.CHUA_DAT
    conduct_good = conduct_year != words.CHUA_DAT
    if learning_good and conduct_good:
        return Promotion.PROMOTED
    if not learning_good and not conduct_good:
        if settings.principal_decides_when_both_failed:
            return Promotion.PRINCIPAL_DECIDES
        return Promotion.RETAINED
    if not learning_good:
        if after_reassessment is None:
            return Promotion.REASSESS
        return _passed(after_reassessment.final)
    return Promotion.SUMMER_CONDUCT if after_summer is None else _passed(after_summer)


def asks_for_reassessment(
    learning: LearningResult | None, conduct_year: str | None, absences: int | None
) -> bool:
    """Whether the pupil has the right and the need of Điều 14, before or after the new results."""
    if learning is None or conduct_year is None or absences is None or absences > MOST_ABSENCES:
        return False
    return learning.final == words.CHUA_DAT and conduct_year != words.CHUA_DAT


def year_title(
    standings: Sequence[Standing], learning: LearningResult | None, conduct_year: str | None
) -> str | None:
    """Danh hiệu of the year (Điều 15, khoản 1, điểm a); the better one replaces the other."""
    if learning is None or learning.final != words.TOT or conduct_year != words.TOT:
        return None
    if excellent_subjects(standings) >= SUBJECTS_WANTED:
        return EXCELLENT_PUPIL
    return GOOD_PUPIL


def excellent_subjects(standings: Sequence[Standing]) -> int:
    """How many mark subjects have a ĐTBmcn of 9,0 or more."""
    return sum(
        subject.kind is SubjectKind.MARKS and value is not None and value >= EXCELLENT_MARK
        for subject, value in standings
    )


def _passed(level: str) -> Promotion:
    return Promotion.RETAINED if level == words.CHUA_DAT else Promotion.PROMOTED
