"""The life of printed papers: rows to dataclasses."""

from __future__ import annotations

from sqlalchemy import Connection, Select, insert, select

from app.domain.ids import AccountId, PrintRunId, PupilId, SchoolYearId
from app.domain.paper_life import PaperAct, PaperEvent, PaperStep
from db.rows.paper_lives import paper_event
from db.rows.prints import print_run


class SqlPaperLives:
    """Fulfils `app.paper_ports.PaperLifeRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, event: PaperEvent) -> None:
        self._db.execute(
            insert(paper_event).values(
                print_run_id=event.run_id,
                act=event.act.value,
                at=event.at,
                by_account=event.by,
                on_day=event.on,
                step=None if event.step is None else event.step.value,
                person_id=event.person,
                people=event.people,
                place=event.place,
                note=event.note,
                due_on=event.due_on,
                pupil_id=event.pupil,
            )
        )

    def of_run(self, run_id: PrintRunId) -> tuple[PaperEvent, ...]:
        return self._read(select(paper_event).where(paper_event.c.print_run_id == run_id))

    def of_year(self, year_id: SchoolYearId) -> tuple[PaperEvent, ...]:
        return self._read(
            select(paper_event)
            .join(print_run, print_run.c.id == paper_event.c.print_run_id)
            .where(print_run.c.school_year_id == year_id)
        )

    def _read(self, wanted: Select[tuple[object, ...]]) -> tuple[PaperEvent, ...]:
        return tuple(
            PaperEvent(
                PrintRunId(r.print_run_id),
                PaperAct(r.act),
                r.at,
                AccountId(r.by_account),
                r.on_day,
                None if r.step is None else PaperStep(r.step),
                None if r.person_id is None else AccountId(r.person_id),
                r.people,
                r.place,
                r.note,
                r.due_on,
                None if r.pupil_id is None else PupilId(r.pupil_id),
            )
            for r in self._db.execute(wanted.order_by(paper_event.c.id))
        )
