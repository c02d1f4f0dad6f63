"""Levels that look odd beside their Điểm KTĐK at the year's end: warnings, never refusals.

The level is the teacher's judgement and no function of the score (TT27/2020, Điều 7).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.primary_levels import SubjectLevel, score_text


@dataclass(frozen=True, slots=True)
class WarningBounds:
    """Scores in tenths; None switches a warning off.

    - `done_from`: Hoàn thành or better below it, Chưa hoàn thành from it on.
    - `good_above`: Hoàn thành tốt at it or below.
    - `good_expected_from`: Hoàn thành only, from it on.
    """

    done_from: int | None = 50
    good_above: int | None = 60
    good_expected_from: int | None = 90


def level_warning(
    subject: str, level: SubjectLevel | None, score: int | None, bounds: WarningBounds
) -> str | None:
    """One sentence to look twice at, or None; nothing is said while a value is missing."""
    if level is None or score is None or not _is_odd(level, score, bounds):
        return None
    return (
        f"Môn {subject}: mức {level.value} ({level.words}) với điểm KTĐK {score_text(score)}; "
        "hãy xem lại mức hoặc điểm, nếu đúng thì giữ nguyên."
    )


def _is_odd(level: SubjectLevel, score: int, bounds: WarningBounds) -> bool:
    done_from = bounds.done_from
    if level is SubjectLevel.NOT_DONE:
        return done_from is not None and score >= done_from
    if done_from is not None and score < done_from:
        return True
    if level is SubjectLevel.GOOD:
        return bounds.good_above is not None and score <= bounds.good_above
    return bounds.good_expected_from is not None and score >= bounds.good_expected_from
