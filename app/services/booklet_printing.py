"""Học bạ on paper: when it may be printed, previews, numbered runs of a class or of one pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.print_runs import (
    BOOKLET_KINDS,
    REPORT_BOOKLET,
    REPORT_BOOKLET_OPENING,
    REPORT_BOOKLET_YEAR,
    PaperSize,
)
from app.domain.school import SchoolClass
from app.errors import AccessDenied, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.progress import Progress, no_progress
from app.readmodels.class_book import PrintStamp
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.report_booklet import BookletPart, ReportBooklets, report_booklets_digest
from app.regulations.registry import year_period
from app.services.booklet_assembly import (
    assemble_booklets,
    refuse_unclosed_before,
)
from app.services.class_results import ClassFacts
from app.services.class_scope import OVERSEERS, sees_profiles
from app.services.print_keeping import (
    draft_stamp,
    keep_run,
    official_run,
    official_stamp,
)
from app.services.standing import require_standing, standing

_WHAT = "in học bạ chính thức"
_KINDS = {
    BookletPart.WHOLE: REPORT_BOOKLET,
    BookletPart.OPENING: REPORT_BOOKLET_OPENING,
    BookletPart.YEAR: REPORT_BOOKLET_YEAR,
}
_PARTS = {kind: part for part, kind in _KINDS.items()}
_WORDS = {
    BookletPart.WHOLE: "cả quyển",
    BookletPart.OPENING: "bìa và trang thông tin",
    BookletPart.YEAR: "trang của năm học",
}


@dataclass(frozen=True, slots=True)
class BookletOrder:
    """Which pages of học bạ, how often; of one pupil, or of everybody in the class."""

    part: BookletPart = BookletPart.WHOLE
    pupil_id: PupilId | None = None
    copies: int = 1

    @property
    def paper(self) -> PaperSize:
        """The sheets are bound into booklets of one size."""
        return PaperSize.A4

    @property
    def kind(self) -> str:
        """The kind its run is kept under."""
        return _KINDS[self.part]

    @property
    def words(self) -> str:
        """Which pages."""
        return _WORDS[self.part]

    def title(self, klass: SchoolClass, pupil: str = "") -> str:
        """As the list of runs and the trail name it; `pupil` is the name of the one pupil."""
        whose = f"{pupil}, " if self.pupil_id is not None else ""
        return f"Học bạ {whose}lớp {klass.name}, {self.words}"


@dataclass(frozen=True, slots=True)
class ReadyBooklets:
    """Booklets about to be drawn: facts, number and the moment on their pages."""

    klass: SchoolClass
    order: BookletOrder
    paper: ReportBooklets
    stamp: PrintStamp
    trail_seq: int
    """The trail's last entry when the facts were read: nothing is written without one."""


def booklets_why_not(
    uow: UnitOfWork, klass: SchoolClass, order: BookletOrder
) -> RuleRefused | None:
    """Why no official run of this order can be made yet; None when it can.

    The opening waits for chốt danh sách (M48), pages of results for the close of the year (M51).
    """
    try:
        if order.part is BookletPart.OPENING:
            if klass.roster_frozen_at is not None:
                return None
            return RuleRefused(
                "roster_not_frozen",
                f"Lớp {klass.name} chưa chốt danh sách nên chưa in bìa và trang thông tin của học "
                "bạ; hãy chốt danh sách ở trang Danh sách lớp, hoặc xem bản làm việc.",
            )
        closing = year_period(klass.regulation)
        if closing not in uow.control.class_locks(klass.id).closes:
            return RuleRefused(
                "not_closed",
                f"{closing.label} lớp {klass.name} chưa chốt nên chưa in học bạ chính thức; "
                "hãy chốt trước, hoặc xem bản làm việc.",
            )
        if order.part is BookletPart.WHOLE:
            refuse_unclosed_before(uow, klass, order.pupil_id)
    except RuleRefused as refusal:
        return refusal
    return None


def ready_booklets(
    uow: UnitOfWork,
    class_id: ClassId,
    order: BookletOrder,
    at: datetime,
    number: int | None = None,
) -> ReadyBooklets:
    """Everything a run prints, from one snapshot; refused as `booklets_why_not` says.

    `number`: the run's number when earlier ones of a batch are not kept yet.
    """
    klass = uow.school.class_(class_id)
    refusal = booklets_why_not(uow, klass, order)
    if refusal is not None:
        raise refusal
    paper = assemble_booklets(uow, class_id, order.part, at.date(), order.pupil_id)
    digest = report_booklets_digest(paper)
    stamp = official_stamp(uow, klass.school_year_id, digest, at, order.paper, number)
    return ReadyBooklets(klass, order, paper, stamp, uow.trail.head()[0])


def keep_booklets(
    uow: UnitOfWork, actor: Actor, ready: ReadyBooklets, pdf: RenderedPdf, own_entries: int = 0
) -> CommandResult:
    """Keep drawn booklets; refused (`changed_while_printing`) when data or number moved on.

    `own_entries`: how many runs of the same batch were kept since the facts were read.
    """
    klass, order, stamp = ready.klass, ready.order, ready.stamp
    moved = int(stamp.run_number) != uow.prints.next_number(klass.school_year_id)
    if not moved and uow.trail.head()[0] != ready.trail_seq + own_entries:
        day = stamp.printed_at.date()
        again = assemble_booklets(uow, klass.id, order.part, day, order.pupil_id)
        moved = report_booklets_digest(again) != stamp.digest
    if moved:
        raise RuleRefused(
            "changed_while_printing",
            f"Số liệu lớp {klass.name} vừa thay đổi trong lúc in nên bản này bị bỏ; hãy in lại.",
        )
    title = order.title(klass, ready.paper.booklets[0].particulars.name)
    run = official_run(
        *(actor, klass.school_year_id, order.kind, title, stamp, pdf),
        class_id=klass.id,
        pupil_id=order.pupil_id,
        copies=order.copies,
    )
    return keep_run(uow, actor, run, pdf)


def booklets_differ(uow: UnitOfWork, run: PrintRun, facts: ClassFacts | None = None) -> bool:
    """Whether the data are no longer what a run of học bạ printed, earlier years included."""
    if run.kind not in BOOKLET_KINDS or run.class_id is None:
        return False
    part, day = _PARTS[run.kind], run.made_at.date()
    try:
        paper = assemble_booklets(uow, run.class_id, part, day, run.pupil_id, facts)
    except RuleRefused:
        # Nobody is left in the class that was printed.
        return True
    return report_booklets_digest(paper).hex != run.data_digest


class BookletPrinting:
    """In học bạ: bản làm việc for whoever sees the profiles, official runs for the office."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def pupils(self, class_id: ClassId) -> tuple[tuple[PupilId, str], ...]:
        """Whose booklets can be printed alone, by name in roster order; who left is there too."""
        with self._uows.read() as uow:
            entries = uow.roster.entries(class_id)
        return tuple((entry.pupil_id, entry.profile.full_name) for entry in entries)

    def preview(
        self,
        actor: Actor,
        class_id: ClassId,
        order: BookletOrder,
        progress: Progress = no_progress,
    ) -> RenderedPdf:
        """The booklets as they are now, marked "bản làm việc"; no number, nothing kept.

        Raises AccessDenied for whoever is neither the class's GVCN nor of the office.
        """
        now = self._clock.now()
        with self._uows.read() as uow:
            actor = standing(uow, actor, now.date())
            if not sees_profiles(actor, class_id):
                raise AccessDenied(
                    "not_your_class",
                    f"Học bạ lớp {uow.school.class_(class_id).name} chỉ văn phòng và GVCN của lớp "
                    "xem được; hãy nhờ GVCN của lớp.",
                    class_id=class_id,
                )
            paper = assemble_booklets(uow, class_id, order.part, now.date(), order.pupil_id)
            stamp = draft_stamp(uow, report_booklets_digest(paper), now, order.paper)
        return self._press.report_booklets(paper, stamp, progress)

    def print(
        self,
        actor: Actor,
        class_id: ClassId,
        order: BookletOrder,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """One numbered run that holds every booklet of the order; the payload is `Printed`.

        Refused while the year is open (see `booklets_why_not`).
        """
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), _WHAT, *OVERSEERS)
            ready = ready_booklets(uow, class_id, order, self._clock.now())
        pdf = self._press.report_booklets(ready.paper, ready.stamp, progress)
        with self._uows.write() as uow:
            # Drawing takes a while; the printer's office may have ended meanwhile.
            require_standing(uow, actor, self._clock.today(), _WHAT, *OVERSEERS)
            return keep_booklets(uow, actor, ready, pdf)
