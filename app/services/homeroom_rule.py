"""Whether a class may be closed before its GVCN confirmed: a setting of the school (M101, M126)."""

from __future__ import annotations

from app.domain.ids import ClassId
from app.domain.periods import Period
from app.ports import UnitOfWork

SETTING = "close.needs_homeroom"
"""Key in `setting`: "1" (also when absent) asks for the GVCN first, "0" does not."""


def homeroom_confirmed(uow: UnitOfWork, class_id: ClassId, period: Period) -> bool:
    """Whether the GVCN's confirmation of a period stands."""
    return any(
        c.subject_id is None and c.period is period for c in uow.control.confirmations(class_id)
    )


def homeroom_missing(uow: UnitOfWork, class_id: ClassId, period: Period) -> bool:
    """Whether the close must wait for the GVCN, or be given a reason."""
    if uow.school.setting(SETTING, "1") != "1":
        return False
    return not homeroom_confirmed(uow, class_id, period)
