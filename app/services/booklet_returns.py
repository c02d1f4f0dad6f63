"""In sổ theo dõi trả học bạ: a class's pupils with what the paper board knows (M53, M115)."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.paper_life import PaperEvent, PaperStep
from app.domain.print_runs import BOOKLET_KINDS, BOOKLET_RETURNS
from app.domain.pupils import RosterEntry
from app.domain.school import School
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.booklet_returns import (
    BookletReturns,
    ReturnedBooklet,
    booklet_returns_digest,
)
from app.services.book_assembly import book_people, left_words, school_lines
from app.services.class_results import load_class
from app.services.paper_lives import read_rows
from app.services.print_keeping import keep_run, official_run, official_stamp
from app.services.printing import PRINTERS
from app.services.standing import require_standing
from app.text import date_vn


class BookletReturnPapers:
    """One numbered run each time it is printed; blank lines are signed when the học bạ goes out."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def print(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """The payload is `Printed`. Refused for a class of nobody."""
        with self._uows.write() as uow:
            day = self._clock.today()
            actor = require_standing(uow, actor, day, "in sổ theo dõi trả học bạ", *PRINTERS)
            paper = assemble_returns(uow, class_id, day, actor.name)
            year_id = uow.school.class_(class_id).school_year_id
            digest = booklet_returns_digest(paper)
            stamp = official_stamp(uow, year_id, digest, self._clock.now())
            pdf = self._press.booklet_returns(paper, stamp)
            title = f"Sổ theo dõi trả học bạ, lớp {paper.class_name}"
            run = official_run(
                *(actor, year_id, BOOKLET_RETURNS, title, stamp, pdf), class_id=class_id
            )
            return keep_run(uow, actor, run, pdf)


def assemble_returns(uow: UnitOfWork, class_id: ClassId, day: date, maker: str) -> BookletReturns:
    """The register as of `day`; who left during the year stands in it too."""
    facts = load_class(uow, class_id)
    if not facts.entries:
        raise RuleRefused(
            "no_pupils",
            f"Lớp {facts.klass.name} không có học sinh nên sổ trả học bạ còn trống; hãy chọn lớp "
            "khác.",
        )
    own, everybody = _handed_out(uow, class_id, day)
    people = book_people(uow, facts, facts.year.people_day(day))
    return BookletReturns(
        school=school_lines(uow.school.get() or School("", "thcs", "", "", "")),
        day=day.day,
        month=day.month,
        year=day.year,
        class_name=facts.klass.name,
        school_year=facts.year.name.replace("-", "–"),
        rows=tuple(_row(entry, own.get(entry.pupil_id)) for entry in facts.entries),
        whole_class=(
            "" if everybody is None else f"{everybody.people}, ngày {date_vn(everybody.on)}"
        ),
        homeroom_teacher=people.homeroom,
        principal=people.principal,
        maker=maker,
    )


def _handed_out(
    uow: UnitOfWork, class_id: ClassId, day: date
) -> tuple[dict[PupilId, PaperEvent], PaperEvent | None]:
    """The last hand-out of each pupil's học bạ, and one of the whole class's."""
    year_id = uow.school.class_(class_id).school_year_id
    runs = tuple(
        run
        for run in uow.prints.of_year(year_id)
        if run.class_id == class_id and run.kind in BOOKLET_KINDS
    )
    own: dict[PupilId, PaperEvent] = {}
    everybody: PaperEvent | None = None
    # Newest first: what was noted of an earlier run is overtaken.
    for row in reversed(read_rows(uow, year_id, runs, day)):
        for event in row.life.noted(PaperStep.HAND_OUT):
            pupil = event.pupil or row.run.pupil_id
            if pupil is None:
                everybody = event
            else:
                own[pupil] = event
    return own, everybody


def _row(entry: RosterEntry, event: PaperEvent | None) -> ReturnedBooklet:
    p, left = entry.profile, left_words(entry)
    line = ReturnedBooklet(entry.position, p.full_name, date_vn(p.birth_date), note=left)
    if event is None:
        return line
    note = "; ".join(text for text in (left, event.note) if text)
    return ReturnedBooklet(
        line.position, line.name, line.birth_date, date_vn(event.on), event.people, note
    )
