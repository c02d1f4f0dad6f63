"""Sổ của giáo viên: previews and numbered runs, by the teacher of the subject or by the office.

Blank books are printed from the frozen list when the year begins (M29 đến M33, M110); filled ones
of what is closed. Each book is a run of its own, so that each has its own signatures, and its own
line when it is handed in (M193).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.print_runs import TEACHER_BOOK, TEACHER_BOOK_BLANK
from app.domain.school import SchoolClass
from app.errors import AccessDenied, RuleRefused
from app.ports import PrintRun, UnitOfWork, UowFactory
from app.presses import PaperPress
from app.progress import Progress, no_progress
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.teacher_book import teacher_book_digest
from app.services.class_results import ClassFacts, load_class
from app.services.class_scope import OVERSEERS
from app.services.print_keeping import (
    Printed,
    draft_stamp,
    keep_run,
    official_run,
    official_stamp,
)
from app.services.standing import require_standing, standing
from app.services.teacher_book_assembly import (
    TeacherBookOrder,
    assemble_teacher_book,
    book_periods,
)

_PRINTS = frozenset({Topic.PRINTS, Topic.SETTINGS})


@dataclass(frozen=True, slots=True)
class BookSubject:
    """A subject whose book a person may print."""

    id: SubjectId
    name: str


@dataclass(frozen=True, slots=True)
class BooksPrinted:
    """What printing every book of some classes came to; `skipped` says why a class has none."""

    runs: tuple[PrintRun, ...]
    skipped: tuple[str, ...] = ()


class TeacherBooks:
    """Renders from one snapshot and keeps what was printed."""

    def __init__(self, uows: UowFactory, clock: Clock, press: PaperPress) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press

    def subjects(self, actor: Actor, class_id: ClassId) -> tuple[BookSubject, ...]:
        """Subjects of a class whose book this person may print, in the class's order."""
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            return tuple(
                BookSubject(one.id, one.name)
                for one in uow.school.subjects(class_id)
                if _may_print(actor, class_id, one.id)
            )

    def periods(self, class_id: ClassId) -> tuple[Period, ...]:
        """Up to where a filled book of the class may reach."""
        with self._uows.read() as uow:
            return book_periods(uow.school.class_(class_id))

    def preview(self, actor: Actor, class_id: ClassId, order: TeacherBookOrder) -> RenderedPdf:
        """The book as it is now, marked "bản làm việc"; no number, nothing kept."""
        now = self._clock.now()
        with self._uows.read() as uow:
            self._permit(uow, actor, class_id, order.subject_id)
            book = assemble_teacher_book(uow, class_id, order, now.date())
            stamp = draft_stamp(uow, teacher_book_digest(book), now)
        return self._press.teacher_book(book, stamp)

    def print(self, actor: Actor, class_id: ClassId, order: TeacherBookOrder) -> CommandResult:
        """One numbered run; the payload is `Printed`.

        Refused for somebody else's subject (`not_your_subject`), before chốt danh sách
        (`roster_not_frozen`) and, filled, while the period is open (`not_closed`).
        """
        with self._uows.write() as uow:
            actor = self._permit(uow, actor, class_id, order.subject_id)
            return self._print(uow, actor, load_class(uow, class_id), order)

    def print_all(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        until: Period,
        *,
        blank: bool,
        class_id: ClassId | None = None,
        progress: Progress = no_progress,
    ) -> CommandResult:
        """Every book of every class, or of one, a run each (M31); the payload is `BooksPrinted`.

        For the office only. Each book is kept as soon as it is drawn, so a cancel keeps what is
        finished; a class that is not ready is left out with its sentence, and where none is ready
        the first one's refusal is raised.
        """
        today = self._clock.today()
        with self._uows.read() as uow:
            require_standing(uow, actor, today, "in sổ của giáo viên cả trường", *OVERSEERS)
            classes = [
                klass
                for klass in uow.school.classes(year_id)
                if class_id in (None, klass.id) and until in book_periods(klass)
            ]
        runs: list[PrintRun] = []
        refusals: list[RuleRefused] = []
        seq = 0
        for done, klass in enumerate(classes):
            with self._uows.read() as uow:
                refusal = _why_not(uow, klass, until, blank=blank)
                subjects = uow.school.subjects(klass.id)
            if refusal is not None:
                refusals.append(refusal)
                continue
            for subject in subjects:
                progress(done, len(classes), f"Lớp {klass.name}, {subject.name}")
                order = TeacherBookOrder(subject.id, until, blank)
                result = self.print(actor, klass.id, order)
                if isinstance(result.payload, Printed):
                    runs.append(result.payload.run)
                seq = result.seq
        if refusals and not runs:
            raise refusals[0]
        printed = BooksPrinted(tuple(runs), tuple(one.sentence for one in refusals))
        return CommandResult(_PRINTS, seq, f"{len(runs)} sổ của giáo viên", class_id, printed)

    def _print(
        self, uow: UnitOfWork, actor: Actor, facts: ClassFacts, order: TeacherBookOrder
    ) -> CommandResult:
        klass, now = facts.klass, self._clock.now()
        refusal = _why_not(uow, klass, order.until, blank=order.blank)
        if refusal is not None:
            raise refusal
        book = assemble_teacher_book(uow, klass.id, order, now.date(), facts)
        stamp = official_stamp(uow, klass.school_year_id, teacher_book_digest(book), now)
        pdf = self._press.teacher_book(book, stamp)
        run = official_run(
            actor,
            klass.school_year_id,
            TEACHER_BOOK_BLANK if order.blank else TEACHER_BOOK,
            order.title(klass, book.subject),
            stamp,
            pdf,
            class_id=klass.id,
            period="" if order.blank else order.until.value,
            copies=order.copies,
            subject_id=order.subject_id,
        )
        return keep_run(uow, actor, run, pdf)

    def _permit(
        self, uow: UnitOfWork, actor: Actor, class_id: ClassId, subject_id: SubjectId
    ) -> Actor:
        actor = standing(uow, actor, self._clock.today())
        if not _may_print(actor, class_id, subject_id):
            raise AccessDenied(
                "not_your_subject",
                f"Sổ này của giáo viên dạy môn ấy ở lớp {uow.school.class_(class_id).name} nên chỉ "
                "người dạy và văn phòng in được; hãy nhờ người dạy in.",
                class_id=class_id,
            )
        return actor


def teacher_book_differs(uow: UnitOfWork, run: PrintRun, facts: ClassFacts | None = None) -> bool:
    """Whether the data of a filled book are no longer what it printed."""
    if run.kind != TEACHER_BOOK or run.class_id is None or run.subject_id is None:
        return False
    order = TeacherBookOrder(run.subject_id, Period(run.period))
    facts = facts or load_class(uow, run.class_id)
    if all(one.id != run.subject_id for one in facts.subjects):
        return True
    # As of the day of the print: who teaches today is no fact of that paper.
    book = assemble_teacher_book(uow, facts.klass.id, order, run.made_at.date(), facts)
    return teacher_book_digest(book).hex != run.data_digest


def _may_print(actor: Actor, class_id: ClassId, subject_id: SubjectId) -> bool:
    return actor.has(*OVERSEERS) or (class_id, subject_id) in actor.teaches


def _why_not(
    uow: UnitOfWork, klass: SchoolClass, until: Period, *, blank: bool
) -> RuleRefused | None:
    """Why no official book of the class can be printed yet."""
    if blank:
        if klass.roster_frozen_at is not None:
            return None
        return RuleRefused(
            "roster_not_frozen",
            f"Lớp {klass.name} chưa chốt danh sách nên chưa in sổ của giáo viên; hãy chốt danh "
            "sách ở trang Danh sách lớp, hoặc xem bản làm việc.",
        )
    if until in uow.control.class_locks(klass.id).closes:
        return None
    return RuleRefused(
        "not_closed",
        f"{until.label} lớp {klass.name} chưa chốt nên chưa in sổ đã ghi điểm; hãy chốt trước, in "
        "sổ để ghi tay, hoặc xem bản làm việc.",
    )
