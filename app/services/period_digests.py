"""The data digest of any period a class can close, the summer included."""

from __future__ import annotations

from app.digests import DataDigest
from app.domain.periods import Period
from app.ports import UnitOfWork
from app.services.class_results import ClassFacts
from app.services.period_close import period_digest
from app.services.year_end_state import state_of, summer_digest


def digest_of(uow: UnitOfWork, facts: ClassFacts, period: Period) -> DataDigest:
    """d1 of what a close of the period would freeze now."""
    if period is not Period.HE:
        return period_digest(facts, period)
    return summer_digest(state_of(uow, facts))
