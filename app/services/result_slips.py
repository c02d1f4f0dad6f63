"""In phiếu kết quả: previews and numbered runs, of a class or a pupil, by the GVCN too (M13)."""

from __future__ import annotations

from dataclasses import dataclass

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Period
from app.domain.print_runs import RESULT_SLIP
from app.domain.school import SchoolClass
from app.errors import AccessDenied, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.result_slip import result_slips_digest
from app.services.class_results import ClassFacts, load_class
from app.services.class_scope import sees_profiles
from app.services.print_keeping import (
    draft_stamp,
    keep_run,
    official_run,
    official_stamp,
)
from app.services.result_slip_assembly import (
    assemble_slips,
    slip_period_words,
    slip_periods,
)
from app.services.standing import standing


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """Whose slips of which period: of one pupil, or of everybody in the class."""

    period: Period
    pupil_id: PupilId | None = None
    copies: int = 1

    def title(self, klass: SchoolClass, pupil: str = "") -> str:
        """As the list of runs and the trail name it."""
        whose = f"{pupil}, " if self.pupil_id is not None else ""
        when = slip_period_words(self.period)
        return f"Phiếu kết quả {whose}lớp {klass.name}, {when[:1].lower()}{when[1:]}"


class ResultSlipPrinting:
    """Renders from one snapshot and keeps what was printed."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def periods(self, class_id: ClassId) -> tuple[Period, ...]:
        """Periods the class has slips of."""
        with self._uows.read() as uow:
            return slip_periods(uow.school.class_(class_id).regulation)

    def preview(self, actor: Actor, class_id: ClassId, order: SlipOrder) -> RenderedPdf:
        """The slips as they are now, marked "bản làm việc"; no number, nothing kept."""
        now = self._clock.now()
        with self._uows.read() as uow:
            self._permit(uow, actor, class_id)
            slips = assemble_slips(uow, class_id, order.period, now.date(), order.pupil_id)
            stamp = draft_stamp(uow, result_slips_digest(slips), now)
        return self._press.result_slips(slips, stamp)

    def print(self, actor: Actor, class_id: ClassId, order: SlipOrder) -> CommandResult:
        """One numbered run of every page of the order; the payload is `Printed`.

        Refused while the period is open (`not_closed`) and for whoever is neither the class's GVCN
        nor of the office (`not_your_class`).
        """
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = self._permit(uow, actor, class_id)
            facts = load_class(uow, class_id)
            klass = facts.klass
            if order.period not in uow.control.class_locks(class_id).closes:
                raise RuleRefused(
                    "not_closed",
                    f"{order.period.label} lớp {klass.name} chưa chốt nên chưa in phiếu chính "
                    "thức; hãy chốt trước, hoặc xem bản làm việc.",
                )
            slips = assemble_slips(uow, class_id, order.period, now.date(), order.pupil_id, facts)
            stamp = official_stamp(uow, klass.school_year_id, result_slips_digest(slips), now)
            pdf = self._press.result_slips(slips, stamp)
            run = official_run(
                actor,
                klass.school_year_id,
                RESULT_SLIP,
                order.title(klass, slips.slips[0].name),
                stamp,
                pdf,
                class_id=class_id,
                period=order.period.value,
                pupil_id=order.pupil_id,
                copies=order.copies,
            )
            return keep_run(uow, actor, run, pdf)

    def _permit(self, uow: UnitOfWork, actor: Actor, class_id: ClassId) -> Actor:
        actor = standing(uow, actor, self._clock.today())
        if not sees_profiles(actor, class_id):
            raise AccessDenied(
                "not_your_class",
                f"Phiếu kết quả lớp {uow.school.class_(class_id).name} do GVCN của lớp hoặc văn "
                "phòng in; hãy nhờ GVCN của lớp.",
                class_id=class_id,
            )
        return actor


def slips_differ(uow: UnitOfWork, run: PrintRun, facts: ClassFacts | None = None) -> bool:
    """Whether the data are no longer what a run of slips printed."""
    if run.kind != RESULT_SLIP or run.class_id is None:
        return False
    day = run.made_at.date()
    try:
        slips = assemble_slips(uow, run.class_id, Period(run.period), day, run.pupil_id, facts)
    except RuleRefused:
        # Nobody is left in the class that was printed.
        return True
    return result_slips_digest(slips).hex != run.data_digest
