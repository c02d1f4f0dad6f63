"""Photos and movements of pupils: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.movements import Movement, MovementKind, MovementPaper
from db.rows.roster import enrolment, pupil_movement, pupil_photo
from db.rows.school import klass

_MOVEMENTS = select(
    pupil_movement.c.class_id,
    pupil_movement.c.pupil_id,
    pupil_movement.c.kind,
    pupil_movement.c.on_day,
    pupil_movement.c.reason,
    pupil_movement.c.other_school,
    pupil_movement.c.document,
    pupil_movement.c.other_class_id,
    pupil_movement.c.entered_by,
    pupil_movement.c.entered_at,
).order_by(pupil_movement.c.on_day, pupil_movement.c.id)
"""What `_movement` takes apart by place."""


class SqlPupilRecords:
    """Fulfils `app.pupil_ports.PupilRecordRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def photo(self, pupil_id: PupilId) -> bytes | None:
        found = self._db.execute(
            select(pupil_photo.c.content).where(pupil_photo.c.pupil_id == pupil_id)
        ).scalar()
        return None if found is None else bytes(found)

    def with_photo(self, class_id: ClassId) -> frozenset[PupilId]:
        rows = self._db.execute(
            select(pupil_photo.c.pupil_id)
            .join(enrolment, enrolment.c.pupil_id == pupil_photo.c.pupil_id)
            .where(enrolment.c.class_id == class_id)
        )
        return frozenset(PupilId(row[0]) for row in rows)

    def put_photo(self, pupil_id: PupilId, content: bytes, by: AccountId, at: datetime) -> None:
        self.remove_photo(pupil_id)
        self._db.execute(
            insert(pupil_photo).values(pupil_id=pupil_id, content=content, added_by=by, added_at=at)
        )

    def remove_photo(self, pupil_id: PupilId) -> None:
        self._db.execute(delete(pupil_photo).where(pupil_photo.c.pupil_id == pupil_id))

    def add_movement(self, movement: Movement) -> None:
        self._db.execute(
            insert(pupil_movement).values(
                class_id=movement.class_id,
                pupil_id=movement.pupil_id,
                kind=movement.kind.value,
                on_day=movement.on,
                reason=movement.reason,
                other_school=movement.paper.school,
                document=movement.paper.document,
                other_class_id=movement.other_class_id,
                entered_by=movement.entered_by,
                entered_at=movement.entered_at,
            )
        )

    def movements_of(self, pupil_id: PupilId) -> tuple[Movement, ...]:
        rows = self._db.execute(_MOVEMENTS.where(pupil_movement.c.pupil_id == pupil_id))
        return tuple([_movement(*row) for row in rows])

    def movements_in(self, year_id: SchoolYearId, first: date, last: date) -> tuple[Movement, ...]:
        rows = self._db.execute(
            _MOVEMENTS.join(klass, klass.c.id == pupil_movement.c.class_id).where(
                klass.c.school_year_id == year_id,
                pupil_movement.c.on_day >= first,
                pupil_movement.c.on_day <= last,
            )
        )
        return tuple([_movement(*row) for row in rows])


def _movement(
    class_id: ClassId,
    pupil_id: PupilId,
    kind: str,
    on: date,
    reason: str,
    school: str,
    document: str,
    *rest: Any,
) -> Movement:
    paper = MovementPaper(school, document)
    return Movement(class_id, pupil_id, MovementKind(kind), on, reason, paper, *rest)
