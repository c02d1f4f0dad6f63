"""Pupils and enrolments: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain.ids import ClassId, PupilId, SchoolYearId
from app.domain.pupils import PupilProfile, RosterEntry
from app.text import fold, name_key
from db.repositories.school import new_key
from db.rows.roster import enrolment, pupil
from db.rows.school import klass

_PROFILE = tuple(PupilProfile.__dataclass_fields__)
_ENTRIES = (
    select(pupil, enrolment)
    .join(enrolment, enrolment.c.pupil_id == pupil.c.id)
    .order_by(enrolment.c.position)
)


class SqlRoster:
    """Fulfils `app.ports.RosterRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def entries(self, class_id: ClassId) -> tuple[RosterEntry, ...]:
        rows = self._db.execute(_ENTRIES.where(enrolment.c.class_id == class_id)).mappings()
        return tuple(_entry(row) for row in rows)

    def everyone(self, year_id: SchoolYearId) -> tuple[tuple[ClassId, str, RosterEntry], ...]:
        query = (
            select(pupil, enrolment, klass.c.name.label("class_name"))
            .join(enrolment, enrolment.c.pupil_id == pupil.c.id)
            .join(klass, klass.c.id == enrolment.c.class_id)
            .where(klass.c.school_year_id == year_id)
            .order_by(klass.c.grade, klass.c.name, enrolment.c.position)
        )
        rows = self._db.execute(query).mappings()
        return tuple((ClassId(r["class_id"]), r["class_name"], _entry(r)) for r in rows)

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


def _entry(row: Any) -> RosterEntry:
    profile = PupilProfile(**{name: row[name] for name in _PROFILE})
    return RosterEntry(
        PupilId(row["pupil_id"]),
        row["position"],
        profile,
        row["joined_on"],
        row["left_on"],
        row["left_reason"],
    )
