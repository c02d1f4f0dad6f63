"""Tìm nhanh: one reading of what a person may find, kept in memory by the window."""

from __future__ import annotations

from collections import Counter

from app.actor import Actor
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.ports import UowFactory
from app.readmodels.find_index import (
    FindIndex,
    FoundCase,
    FoundClass,
    FoundPupil,
    FoundRun,
    FoundSheet,
)
from app.services.class_scope import OVERSEERS, sees_roster
from app.services.correction_board import CorrectionBoard
from app.services.mark_entry import MarkEntry
from app.services.standing import standing


class Finding:
    """Reads the index of one year; a few statements, 2,025 pupils: run it as a job."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def index(self, actor: Actor, year_id: SchoolYearId) -> FindIndex:
        """Classes and pupils as the roster shows them, sheets, cases and printed sets."""
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            everyone = [
                FoundPupil(
                    entry.pupil_id,
                    class_id,
                    entry.profile.full_name,
                    class_name,
                    entry.left_on is None,
                )
                for class_id, class_name, entry in uow.roster.everyone(year_id)
                if sees_roster(actor, class_id)
            ]
            here = Counter(pupil.class_id for pupil in everyone if pupil.is_here)
            classes = tuple(
                FoundClass(klass.id, klass.name, here[klass.id])
                for klass in uow.school.classes(year_id)
                if sees_roster(actor, klass.id)
            )
            runs = tuple(
                FoundRun(run.id, run.number, run.title)
                for run in uow.prints.of_year(year_id)
                if actor.has(*OVERSEERS) or run.class_id in actor.homeroom
            )
        return FindIndex(
            classes=classes,
            sheets=tuple(
                FoundSheet(*found)
                for found in MarkEntry(self._uows, self._clock).sheets(actor, year_id)
            ),
            pupils=tuple(everyone),
            cases=tuple(
                FoundCase(
                    row.id, row.number, f"{row.subject_name} {row.class_name}", row.step.label
                )
                for row in CorrectionBoard(self._uows, self._clock).rows(actor, year_id)
            ),
            runs=runs,
        )
