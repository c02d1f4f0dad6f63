"""When a mark that comes from elsewhere may be written: before the close, whatever the window says.

Entry windows order the typing of teachers. A mark of a former school, or of the class a pupil came
from, is a fact on paper already, so the window does not stop it; seal, close and column lock do,
and a late opening (mở bổ sung) lets an empty cell be filled as it lets teachers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.ids import AssessmentId
from app.domain.locks import ClassLocks, EntryWindow, WhyLocked, refusal
from app.domain.periods import EntryTerm, period_of


def transfer_stop(
    locks: ClassLocks,
    term: EntryTerm,
    subject_id: int,
    assessment_id: AssessmentId | None,
    today: date,
) -> WhyLocked | None:
    """Why an empty cell takes no mark from elsewhere today, or None when it does."""
    period = period_of(term)
    open_today = EntryWindow(0, period, today, today, "", today, "")
    return refusal(
        replace(locks, windows=(open_today,)),
        period=period,
        subject_id=subject_id,
        assessment_id=assessment_id,
        is_empty=True,
        today=today,
    )
