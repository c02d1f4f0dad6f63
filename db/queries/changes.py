"""Changes of mark cells out of the trail, named, in one statement."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, and_, case, desc, func, or_, select

from app.domain.net_change import CellStep
from app.trail_ports import ChangeScope
from db.rows.marks import assessment
from db.rows.roster import pupil
from db.rows.school import klass, subject
from db.rows.trail import trail, trail_cell

_earlier = trail_cell.alias("earlier")
_BEFORE = (
    select(_earlier.c.old)
    .where(
        _earlier.c.pupil_id == trail_cell.c.pupil_id,
        _earlier.c.assessment_id == trail_cell.c.assessment_id,
        _earlier.c.seq < trail_cell.c.seq,
        _earlier.c.old != "",
    )
    .order_by(desc(_earlier.c.seq))
    .limit(1)
    .scalar_subquery()
)
_HELD = case((trail_cell.c.old != "", ""), else_=_BEFORE)
"""For a blank old value: what stood there before it was deleted; NULL for a first value."""
_CASE = case(
    (
        and_(trail.c.kind == "correction.apply", func.json_valid(trail.c.detail)),
        func.json_extract(trail.c.detail, "$.case"),
    ),
    else_=0,
)


class SqlChanges:
    """Fulfils `app.trail_ports.ChangeQueries`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def steps(self, scope: ChangeScope) -> list[CellStep]:
        """One statement, unordered; a first value of a cell is no change and is left out."""
        named = (
            select(
                trail.c.seq,
                trail.c.at,
                func.coalesce(trail.c.account_id, 0),
                trail.c.actor,
                func.coalesce(_CASE, 0),
                klass.c.id,
                klass.c.name,
                subject.c.id,
                subject.c.name,
                assessment.c.term,
                assessment.c.code,
                pupil.c.id,
                pupil.c.full_name,
                trail_cell.c.old,
                trail_cell.c.new,
                func.coalesce(_HELD, ""),
            )
            .select_from(trail)
            .join(trail_cell, trail_cell.c.seq == trail.c.seq)
            .join(assessment, assessment.c.id == trail_cell.c.assessment_id)
            .join(klass, klass.c.id == assessment.c.class_id)
            .join(subject, subject.c.id == assessment.c.subject_id)
            .join(pupil, pupil.c.id == trail_cell.c.pupil_id)
            .where(
                klass.c.school_year_id == scope.year_id,
                or_(trail_cell.c.old != "", _HELD.is_not(None)),
            )
        )
        if scope.since is not None:
            named = named.where(trail.c.at >= scope.since.isoformat())
        if scope.until is not None:
            named = named.where(trail.c.at < (scope.until + timedelta(days=1)).isoformat())
        if scope.class_id is not None:
            named = named.where(trail.c.class_id == scope.class_id)
        return list(map(CellStep._make, self._db.execute(named)))
