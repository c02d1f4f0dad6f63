"""Whether a class may be closed before its GVCN confirmed: a rule of the school (M101, M126)."""

from __future__ import annotations

from datetime import date

from app.domain.ids import ClassId
from app.domain.periods import Period
from app.domain.rule_catalogue import NEEDS_HOMEROOM
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of


def homeroom_confirmed(uow: UnitOfWork, class_id: ClassId, period: Period) -> bool:
    """Whether the GVCN's confirmation of a period stands."""
    return any(
        c.subject_id is None and c.period is period for c in uow.control.confirmations(class_id)
    )


def homeroom_missing(uow: UnitOfWork, class_id: ClassId, period: Period, today: date) -> bool:
    """Whether the close must wait for the GVCN, or be given a reason."""
    year_id = uow.school.class_(class_id).school_year_id
    if not rules_of(uow, year_id, today).flag(NEEDS_HOMEROOM):
        return False
    return not homeroom_confirmed(uow, class_id, period)
