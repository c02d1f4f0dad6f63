"""A school living by one of the shipped rule profiles, day by day: for journeys of procedures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from app.clock import VIETNAM
from app.domain.ids import ClassId
from app.domain.paper_life import PaperStep
from app.domain.periods import Term
from app.errors import AppError
from app.readmodels.home import Duty, MyTask, TaskKind
from app.services.attendance_entry import AttendanceEntry
from app.services.rule_book import RuleAct
from app.services.rules_in_force import calendar_of
from app.services.tasks import Tasks
from app.workspace import Workspace
from tests.gui.page_kit import workspace
from tests.support.school import TestSchool


class Procedure:
    """Shorthands over the services; every refusal is proved to have written nothing."""

    def __init__(self, school: TestSchool, profile: str, decided: date) -> None:
        """The principal takes the profile on `decided`, by a decision of that day."""
        self.school = school
        self.on(decided)
        rules, principal = self.work("principal").rules, school.actor("principal")
        rules.choose(principal, school.year_id, profile, self.act("41/QĐ-HT"))

    def act(self, number: str) -> RuleAct:
        """A decision on rules, of today and from today."""
        today = self.school.clock.today()
        return RuleAct(number, today, today)

    def on(self, day: date, hour: int = 9) -> None:
        """The clock on a morning of the year."""
        self.school.clock.move_to(datetime.combine(day, time(hour), VIETNAM))

    def work(self, who: str) -> Workspace:
        """Every service, with `who` signed in."""
        return workspace(self.school, who)

    def refused(self, code: str, call: Callable[..., object], *args: object, **named: object):
        """The sentence of a refusal with this code."""
        before = self.school.trail_kinds()
        with pytest.raises(AppError) as caught:
            call(*args, **named)
        assert self.school.trail_kinds() == before, "a refusal writes nothing"
        assert caught.value.code == code, f"{caught.value.code}: {caught.value.sentence}"
        assert caught.value.sentence.endswith(".")
        return caught.value.sentence

    def tasks(self, who: str) -> tuple[MyTask, ...]:
        """What waits for somebody today."""
        actor = self.school.actor(who)
        return Tasks(self.school.uow, self.school.clock).overview(actor, self.school.year_id).tasks

    def duties(self, who: str) -> dict[Duty, MyTask]:
        """The dated duties among them."""
        return {t.duty: t for t in self.tasks(who) if t.kind is TaskKind.DUTY}

    def passes(self, run, *steps: PaperStep, keeper: str = "Trần Thị Mai") -> None:
        """A paper goes through the steps, all its signers at once."""
        board, secretary = self.work("secretary").papers, self.school.actor("secretary")
        today = self.school.clock.today()
        for step in steps:
            rows = board.board(secretary, self.school.year_id).rows
            life = next(row for row in rows if row.id == run.id).life
            stored = step is PaperStep.STORE
            board.note_step(
                secretary, run.id, step, today,
                persons=[s.account_id for s in life.signers] if step is PaperStep.TEACHERS else (),
                people=keeper if stored else "", place="Tủ 2, ngăn 3" if stored else "",
            )  # fmt: skip

    def declare_months(self, class_id: ClassId, term: Term, who: str = "homeroom") -> list[bool]:
        """The GVCN declares what is left of a term, each month on its last day in time.

        Whether each was late.
        """
        entry, late = AttendanceEntry(self.school.uow, self.school.clock), []
        with self.school.uow.read() as uow:
            year = uow.school.year(self.school.year_id)
            calendar = calendar_of(uow, year, self.school.clock.today())
            declared = uow.attendance.declared_in_year(year.id).get(class_id, set())
        for span in [s for s in calendar.spans() if s.term is term and s.key not in declared]:
            self.on(max(calendar.due_on(span.month), self.school.clock.today()))
            done = entry.declare(self.school.actor(who), class_id, span.month, term)
            late.append("muộn" in done.summary)
        return late
