"""TT58/2011 as amended, Điều 15 đến 18: promotion, kiểm tra lại, rèn luyện hè and danh hiệu."""

from __future__ import annotations

from app.domain.marks import CHUA_DAT
from app.domain.subjects import SubjectKind
from app.regulations import tt58_conduct as conduct_words
from app.regulations import tt58_learning as learning_words
from app.regulations.base import LearningResult, Promotion
from app.regulations.tt58_learning import Standing
from app.regulations.tt58_settings import Tt58Settings

MOST_ABSENCES = 45
"""Buổi a year that still allow promotion (Điều 15, khoản 1, điểm b)."""

REASSESS_BELOW = 50
"""A mark subject below this ĐTBmcn (tenths) may be chosen for kiểm tra lại (Điều 16)."""

GOOD_PUPIL = "Học sinh giỏi"
ADVANCED_PUPIL = "Học sinh tiên tiến"


def may_be_reassessed(standing: Standing) -> bool:
    """Whether the pupil may choose the subject for kiểm tra lại (Điều 16)."""
    subject, value = standing
    if value is None:
        return False
    if subject.kind is SubjectKind.COMMENTS:
        return value == CHUA_DAT
    return value < REASSESS_BELOW


def replaced(standing: Standing, settings: Tt58Settings) -> Standing:
    """The year result with the one of kiểm tra lại in its place, if there is one."""
    subject, value = standing
    new = subject.reassessed
    if new is None:
        return standing
    if not settings.lower_reassessment_replaces and value is not None:
        new = max(new, value)
    return (subject, new)


def learning_good_enough(level: str) -> bool:
    """Whether the học lực allows promotion: Trung bình or better (Điều 15)."""
    return level not in (learning_words.YEU, learning_words.KEM)


def promotion(
    *,
    absences: int | None,
    learning: LearningResult | None,
    after_reassessment: LearningResult | None,
    conduct_year: str | None,
    after_summer: str | None,
) -> Promotion:
    """The first line that fits, in the order of Điều 15 to 17."""
    if absences is not None and absences > MOST_ABSENCES:
        return Promotion.RETAINED
    if learning is None or conduct_year is None or absences is None:
        return Promotion.INCOMPLETE
    learning_good = learning_good_enough(learning.final)
    conduct_good = conduct_words.good_enough(conduct_year)
    if learning_good and conduct_good:
        return Promotion.PROMOTED
    if learning.final == learning_words.KEM or not (learning_good or conduct_good):
        return Promotion.RETAINED
    if not learning_good:
        if after_reassessment is None:
            return Promotion.REASSESS
        return _passed(good=learning_good_enough(after_reassessment.final))
    if after_summer is None:
        return Promotion.SUMMER_CONDUCT
    return _passed(good=conduct_words.good_enough(after_summer))


def may_choose_reassessment(
    learning: LearningResult | None, conduct_year: str | None, absences: int | None
) -> bool:
    """Whether Điều 16 is open to the pupil, before or after the new results."""
    if learning is None or conduct_year is None or absences is None or absences > MOST_ABSENCES:
        return False
    return learning.final == learning_words.YEU and conduct_words.good_enough(conduct_year)


def title(learning: LearningResult | None, conduct: str | None) -> str | None:
    """Danh hiệu of a semester or the year (Điều 18); None also while something is missing."""
    if learning is None or conduct is None:
        return None
    if learning.final == learning_words.GIOI and conduct == conduct_words.TOT:
        return GOOD_PUPIL
    fair = learning.final in (learning_words.GIOI, learning_words.KHA)
    if fair and conduct in (conduct_words.TOT, conduct_words.KHA):
        return ADVANCED_PUPIL
    return None


def _passed(*, good: bool) -> Promotion:
    return Promotion.PROMOTED if good else Promotion.RETAINED
