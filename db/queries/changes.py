"""Changes of mark cells out of the trail, named, in one statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    desc,
    exists,
    func,
    literal,
    or_,
    select,
)

from app.domain.inquiries import WorkHours
from app.domain.net_change import CellStep
from app.domain.trail import TrailEntry
from app.trail_ports import ChangeScope, LooseWrite
from db.rows.control import entry_window, late_opening, period_close
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
_TYPED = ("mark.set",)
_NO_WORK = ("session", "backup")
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
        changed = _named(scope).where(or_(trail_cell.c.old != "", _HELD.is_not(None)))
        return list(map(CellStep._make, self._db.execute(changed)))

    def after_close(self, scope: ChangeScope) -> list[CellStep]:
        """Every step after its class x period was closed, first values too, in the trail's order.

        A column belongs to the period of the same code: semesters and kỳ of primary schools.
        """
        late = (
            _named(scope)
            .join(
                period_close,
                and_(
                    period_close.c.class_id == assessment.c.class_id,
                    period_close.c.period == assessment.c.term,
                ),
            )
            .where(trail.c.at > cast(period_close.c.closed_at, Text))
            .order_by(trail.c.seq, trail_cell.c.ordinal)
        )
        return list(map(CellStep._make, self._db.execute(late)))

    def outside_windows(self, scope: ChangeScope) -> list[LooseWrite]:
        """Marks typed on a day no entry window and no late opening covered, sheet by sheet.

        A window taken back counts for what was typed before that. What a case wrote has its own
        ground and is left out.
        """
        day = func.substr(trail.c.at, 1, 10)
        window = exists().where(
            entry_window.c.school_year_id == klass.c.school_year_id,
            entry_window.c.period == assessment.c.term,
            cast(entry_window.c.opens_on, Text) <= day,
            cast(entry_window.c.closes_on, Text) >= day,
            or_(
                entry_window.c.withdrawn_at.is_(None),
                cast(entry_window.c.withdrawn_at, Text) >= trail.c.at,
            ),
            or_(entry_window.c.class_id.is_(None), entry_window.c.class_id == klass.c.id),
            or_(
                entry_window.c.grades == "",
                func.instr(
                    literal(",").concat(entry_window.c.grades).concat(","),
                    literal(",").concat(cast(klass.c.grade, Text)).concat(","),
                )
                > 0,
            ),
        )
        opening = exists().where(
            late_opening.c.class_id == klass.c.id,
            late_opening.c.period == assessment.c.term,
            or_(
                late_opening.c.subject_id.is_(None),
                late_opening.c.subject_id == assessment.c.subject_id,
            ),
            cast(late_opening.c.opens_on, Text) <= day,
            cast(late_opening.c.closes_on, Text) >= day,
        )
        loose = (
            select(
                trail.c.seq,
                trail.c.at,
                trail.c.actor,
                trail.c.kind,
                klass.c.name,
                subject.c.name,
                assessment.c.term,
                func.count(),
            )
            .select_from(trail)
            .join(trail_cell, trail_cell.c.seq == trail.c.seq)
            .join(assessment, assessment.c.id == trail_cell.c.assessment_id)
            .join(klass, klass.c.id == assessment.c.class_id)
            .join(subject, subject.c.id == assessment.c.subject_id)
            .where(
                klass.c.school_year_id == scope.year_id,
                trail.c.kind.in_(_TYPED),
                ~window,
                ~opening,
            )
            .group_by(trail.c.seq, assessment.c.subject_id, assessment.c.term)
            .order_by(trail.c.seq)
        )
        return list(map(LooseWrite._make, self._db.execute(_within(loose, scope))))

    def odd_hours(self, scope: ChangeScope, usual: WorkHours) -> list[TrailEntry]:
        """Entries outside the usual hours, the oldest first.

        Coming, going and backups are no work on the book and are left out.
        """
        hour = func.substr(trail.c.at, 12, 2)
        outside: list[ColumnElement[bool]] = [
            hour < f"{usual.begins:02d}",
            hour >= f"{usual.ends:02d}",
        ]
        if usual.sunday_off:
            outside.append(func.strftime("%w", func.substr(trail.c.at, 1, 10)) == "0")
        odd = (
            select(trail)
            .where(
                or_(*outside),
                *(trail.c.kind.not_like(f"{family}.%") for family in _NO_WORK),
            )
            .order_by(trail.c.seq)
        )
        return [TrailEntry(*row) for row in self._db.execute(_within(odd, scope))]


def _named(scope: ChangeScope) -> Select[Any]:
    """Every step of the scope with its names, in the order of `CellStep`."""
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
        .where(klass.c.school_year_id == scope.year_id)
    )
    return _within(named, scope)


def _within(query: Select[Any], scope: ChangeScope) -> Select[Any]:
    """The days and the class of the scope."""
    if scope.since is not None:
        query = query.where(trail.c.at >= scope.since.isoformat())
    if scope.until is not None:
        query = query.where(trail.c.at < (scope.until + timedelta(days=1)).isoformat())
    if scope.class_id is not None:
        query = query.where(trail.c.class_id == scope.class_id)
    return query
