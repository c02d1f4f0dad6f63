"""The register of sealed media: rows to dataclasses."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from app.domain.ids import AccountId, SchoolYearId
from app.domain.media_events import MediumAct, MediumEvent, MediumState
from db.rows.media import medium_event


class SqlMedia:
    """Fulfils `app.media_ports.MediaRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, event: MediumEvent) -> None:
        self._db.execute(
            insert(medium_event).values(
                school_year_id=event.school_year_id,
                copy_no=event.copy_no,
                act=event.act.value,
                at=event.at,
                by_account=event.by,
                people=event.people,
                place=event.place,
                note=event.note,
                next_check_on=event.next_check_on,
                state=None if event.state is None else event.state.value,
                files=event.files,
                bytes=event.bytes,
            )
        )

    def of_year(self, year_id: SchoolYearId) -> tuple[MediumEvent, ...]:
        rows = self._db.execute(
            select(medium_event)
            .where(medium_event.c.school_year_id == year_id)
            .order_by(medium_event.c.id)
        )
        return tuple(
            MediumEvent(
                year_id,
                r.copy_no,
                MediumAct(r.act),
                r.at,
                AccountId(r.by_account),
                r.people,
                r.place,
                r.note,
                r.next_check_on,
                None if r.state is None else MediumState(r.state),
                r.files,
                r.bytes,
            )
            for r in rows
        )
