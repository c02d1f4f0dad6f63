"""Pupils and enrolments: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain.ids import ClassId, PupilId, SchoolYearId
from app.domain.pupils import PupilProfile, RosterEntry, Seat
from app.text import fold, name_key
from db.repositories.new_key import new_key
from db.rows.roster import enrolment, pupil
from db.rows.school import klass

_PROFILE = tuple(PupilProfile.__dataclass_fields__)
_LINE = (
    enrolment.c.pupil_id,
    enrolment.c.position,
    enrolment.c.joined_on,
    enrolment.c.left_on,
    enrolment.c.left_reason,
    *(pupil.c[name] for name in _PROFILE),
)
"""What `_entry` takes apart by place."""
_ENTRIES = (
    select(*_LINE).join(pupil, pupil.c.id == enrolment.c.pupil_id).order_by(enrolment.c.position)
)
_EVERYONE = (
    select(klass.c.id, klass.c.name, *_LINE)
    .join(enrolment, enrolment.c.class_id == klass.c.id)
    .join(pupil, pupil.c.id == enrolment.c.pupil_id)
    .order_by(klass.c.grade, klass.c.name, enrolment.c.position)
)


class SqlRoster:
    """Fulfils `app.ports.RosterRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def entries(self, class_id: ClassId) -> tuple[RosterEntry, ...]:
        rows = self._db.execute(_ENTRIES.where(enrolment.c.class_id == class_id))
        return tuple([_entry(row) for row in rows])

    def everyone(self, year_id: SchoolYearId) -> tuple[tuple[ClassId, str, RosterEntry], ...]:
        rows = self._db.execute(_EVERYONE.where(klass.c.school_year_id == year_id))
        return tuple([(row[0], row[1], _entry(row[2:])) for row in rows])

    def seats_of(self, class_id: ClassId) -> tuple[Seat, ...]:
        """Every class that pupils of this class ever sat in, this one included."""
        here = select(enrolment.c.pupil_id).where(enrolment.c.class_id == class_id)
        rows = self._db.execute(
            select(
                enrolment.c.pupil_id,
                enrolment.c.class_id,
                enrolment.c.joined_on,
                enrolment.c.left_on,
            )
            .where(enrolment.c.pupil_id.in_(here))
            .order_by(enrolment.c.pupil_id, enrolment.c.class_id)
        )
        return tuple([Seat(*row) for row in rows])

    def add_pupil(self, profile: PupilProfile) -> PupilId:
        added = self._db.execute(insert(pupil).values(**_values(profile)))
        return PupilId(new_key(added))

    def update_profile(self, pupil_id: PupilId, profile: PupilProfile) -> None:
        self._db.execute(update(pupil).where(pupil.c.id == pupil_id).values(**_values(profile)))

    def enrol(self, class_id: ClassId, pupil_id: PupilId, position: int, joined_on: date) -> None:
        self._db.execute(
            insert(enrolment).values(
                class_id=class_id, pupil_id=pupil_id, position=position, joined_on=joined_on
            )
        )

    def set_positions(self, class_id: ClassId, order: Sequence[PupilId]) -> None:
        if not order:
            return
        statement = (
            update(enrolment)
            .where(
                enrolment.c.class_id == class_id, enrolment.c.pupil_id == bindparam("which_pupil")
            )
            .values(position=bindparam("new_position"))
        )
        self._db.execute(
            statement,
            [{"which_pupil": p, "new_position": n} for n, p in enumerate(order, 1)],
        )

    def mark_left(self, class_id: ClassId, pupil_id: PupilId, on: date | None, reason: str) -> None:
        self._db.execute(
            update(enrolment)
            .where(enrolment.c.class_id == class_id, enrolment.c.pupil_id == pupil_id)
            .values(left_on=on, left_reason=reason)
        )


def _values(profile: PupilProfile) -> dict[str, Any]:
    return {
        **asdict(profile),
        "sort_key": name_key(profile.full_name),
        "search_key": fold(profile.full_name),
    }


def _entry(line: Sequence[Any]) -> RosterEntry:
    pupil_id, position, joined_on, left_on, left_reason, *profile = line
    return RosterEntry(pupil_id, position, PupilProfile(*profile), joined_on, left_on, left_reason)
