"""In sổ: previews, numbered runs of the class book, and minutes, with their very bytes kept."""

from __future__ import annotations

from dataclasses import replace

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, CorrectionId, PrintRunId, SchoolYearId
from app.domain.papers import BasisUse
from app.domain.periods import Period
from app.domain.print_runs import (
    CORRECTION_MINUTES,
    PRIMARY_SUMMARY,
    SEALING_MINUTES,
    YEAR_LISTS,
    PaperSize,
)
from app.errors import RuleRefused
from app.ports import PrintRun, UowFactory
from app.presses import PaperPress, TablePress
from app.progress import Progress, no_progress
from app.readmodels.book_parts import part_of
from app.readmodels.class_book import (
    BookPart,
    BookScope,
    ClassBook,
    PrintStamp,
    class_book_digest,
)
from app.readmodels.correction_minutes import correction_digest
from app.readmodels.primary_summary import primary_summary_digest
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.sealing_minutes import sealing_digest
from app.readmodels.year_lists import year_lists_digest
from app.services.book_assembly import assemble_book
from app.services.book_attendance import attendance_gap
from app.services.book_files import closed_facts, table_files, wants_tables
from app.services.book_printing import (
    BookOrder,
    keep_book,
    ready_book,
)
from app.services.class_results import load_class
from app.services.class_scope import OVERSEERS
from app.services.correction_papers import assemble_minutes
from app.services.legal_bases import citing
from app.services.media_register import carry_place
from app.services.primary_summary import assemble_summary
from app.services.primary_summary_files import summary_files
from app.services.print_comparing import run_differs
from app.services.print_keeping import Printed as Printed
from app.services.print_keeping import (
    checkpoint_code,
    draft_stamp,
    is_practice_print,
    keep_run,
    official_run,
    official_stamp,
    registered_number,
)
from app.services.sealing_papers import SealingOccasion, assemble_sealing_minutes
from app.services.standing import require_standing, standing
from app.services.year_list_papers import assemble_year_lists

PRINTERS = OVERSEERS
"""Who prints official books (M13: teachers see previews of their own classes)."""


class Printing:
    """Renders what is asked from one snapshot and keeps what was printed."""

    def __init__(
        self, uows: UowFactory, clock: Clock, press: PaperPress, tables: TablePress
    ) -> None:
        self._uows = uows
        self._clock = clock
        self._press = press
        self._tables = tables

    def preview_class_book(
        self,
        class_id: ClassId,
        scope: BookScope,
        progress: Progress = no_progress,
        part: BookPart = BookPart.WHOLE,
        paper: PaperSize = PaperSize.A4,
    ) -> RenderedPdf:
        """The book as it is now, marked "bản làm việc"; no number, nothing kept."""
        order = BookOrder(scope, part, paper)
        with self._uows.read() as uow:
            whole = assemble_book(uow, class_id, order.reach, self._clock.today())
            code = checkpoint_code(uow)
            practice = is_practice_print(uow)
            forms = uow.forms.on(self._clock.today())
        book = part_of(whole, part)
        digest = class_book_digest(book)
        stamp = PrintStamp(
            *("", self._clock.now(), digest),
            draft=True,
            checkpoint_code=code,
            practice=practice,
            paper=paper,
            forms=forms,
        )
        return self._press.class_book(book, stamp, progress)

    def print_class_book(
        self,
        actor: Actor,
        class_id: ClassId,
        scope: BookScope,
        progress: Progress = no_progress,
        copies: int = 1,
        part: BookPart = BookPart.WHOLE,
        paper: PaperSize = PaperSize.A4,
    ) -> CommandResult:
        """One numbered run of the book or a part of it; the payload is `Printed`.

        Refused while the period is open, the list not frozen or a month of điểm danh missing: only
        what is finished is official (see `book_printing.why_not`).
        """
        order = BookOrder(scope, part, paper, copies)
        with self._uows.read() as uow:
            require_standing(uow, actor, self._clock.today(), "in sổ chính thức", *PRINTERS)
            ready = ready_book(uow, class_id, order, self._clock.now())
        pdf = self._press.class_book(ready.book, ready.stamp, progress)
        files = {}
        if wants_tables(order):
            files = table_files(ready.book, self._tables) | closed_facts(
                ready.book, ready.facts, self._tables
            )
        with self._uows.write() as uow:
            # Drawing a book takes a while; the printer's office may have ended meanwhile.
            require_standing(uow, actor, self._clock.today(), "in sổ chính thức", *PRINTERS)
            return keep_book(uow, actor, ready, pdf, files)

    def preview_summary(self, class_id: ClassId, period: Period) -> RenderedPdf:
        """Bảng tổng hợp of a primary class as it is now, marked "bản làm việc"."""
        now = self._clock.now()
        with self._uows.read() as uow:
            table = assemble_summary(uow, class_id, period, now.date())
            stamp = draft_stamp(uow, primary_summary_digest(table), now)
        return self._press.primary_summary(table, stamp)

    def print_summary(
        self, actor: Actor, class_id: ClassId, period: Period, copies: int = 1
    ) -> CommandResult:
        """Bảng tổng hợp of a closed kỳ as one numbered run; the payload is `Printed`."""
        now = self._clock.now()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, now.date(), "in sổ chính thức", *PRINTERS)
            facts = load_class(uow, class_id)
            klass = facts.klass
            if period not in uow.control.class_locks(class_id).closes:
                raise RuleRefused(
                    "not_closed",
                    f"{period.label} lớp {klass.name} chưa chốt nên chưa in bản chính thức; hãy "
                    "chốt trước, hoặc xem bản làm việc.",
                )
            table = assemble_summary(uow, class_id, period, now.date(), facts)
            digest = primary_summary_digest(table)
            paper = PaperSize.A3_LYING
            stamp = official_stamp(uow, klass.school_year_id, digest, now, paper)
            pdf = self._press.primary_summary(table, stamp)
            title = summary_title(klass.name, period)
            run = official_run(
                *(actor, klass.school_year_id, PRIMARY_SUMMARY, title, stamp, pdf),
                class_id=class_id,
                period=period.value,
                copies=copies,
            )
            files = summary_files(table, facts, period, self._tables)
            return keep_run(uow, actor, run, pdf, files)

    def print_correction_minutes(self, actor: Actor, case_id: CorrectionId) -> CommandResult:
        """Biên bản sửa điểm of an applied case; the payload is `Printed`."""
        with self._uows.write() as uow:
            case = uow.corrections.get(case_id)
            day = self._clock.today()
            actor = standing(uow, actor, day)
            if actor.account_id not in (case.requested_by, case.checked_by):
                require(actor, "in biên bản sửa điểm", *PRINTERS)
            minutes = assemble_minutes(uow, case, self._clock.now())
            year_id = uow.school.class_(case.class_id).school_year_id
            matter = f"{minutes.subject} {minutes.class_name}".strip()
            title = f"Biên bản {case.kind.act} số {case.number:02d}, {matter}"
            minutes = replace(
                minutes,
                number=registered_number(uow, year_id, CORRECTION_MINUTES, title),
                bases=citing(uow, year_id, BasisUse.MINUTES),
            )
            digest = correction_digest(minutes)
            stamp = official_stamp(uow, year_id, digest, self._clock.now())
            pdf = self._press.correction_minutes(minutes, stamp)
            run = official_run(
                *(actor, year_id, CORRECTION_MINUTES, title, stamp, pdf),
                class_id=case.class_id,
                correction_id=case.id,
            )
            return keep_run(uow, actor, run, pdf)

    def print_sealing_minutes(
        self, actor: Actor, year_id: SchoolYearId, copy_no: int, occasion: SealingOccasion
    ) -> CommandResult:
        """Biên bản niêm phong of one sealed copy; the payload is `Printed`.

        The place it names goes into the register of media too, where that knows none yet.
        """
        with self._uows.write() as uow:
            actor = require_standing(
                uow, actor, self._clock.today(), "in biên bản niêm phong", *PRINTERS
            )
            minutes = assemble_sealing_minutes(uow, year_id, copy_no, occasion)
            title = f"Biên bản niêm phong năm học {minutes.school_year}, bản {copy_no}"
            minutes = replace(
                minutes,
                number=registered_number(uow, year_id, SEALING_MINUTES, title),
                bases=citing(uow, year_id, BasisUse.MINUTES),
            )
            digest = sealing_digest(minutes)
            stamp = official_stamp(uow, year_id, digest, self._clock.now())
            pdf = self._press.sealing_minutes(minutes, stamp)
            run = official_run(actor, year_id, SEALING_MINUTES, title, stamp, pdf)
            record = next(s for s in uow.control.seals(year_id) if s.copy_no == copy_no)
            placed = carry_place(uow, actor, record, occasion.storage, self._clock.now())
            done = keep_run(uow, actor, run, pdf)
        return replace(done, topics=done.topics | {Topic.SEALS}) if placed else done

    def print_year_lists(self, actor: Actor, class_id: ClassId) -> CommandResult:
        """The five lists of a class as approved; the payload is `Printed`."""
        day = self._clock.today()
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, day, "in danh sách cuối năm", *PRINTERS)
            lists = assemble_year_lists(uow, class_id, day)
            year_id = uow.school.class_(class_id).school_year_id
            digest = year_lists_digest(lists)
            stamp = official_stamp(uow, year_id, digest, self._clock.now())
            pdf = self._press.year_lists(lists, stamp)
            title = f"Danh sách học sinh {lists.occasion}, lớp {lists.class_name}"
            run = official_run(actor, year_id, YEAR_LISTS, title, stamp, pdf, class_id=class_id)
            return keep_run(uow, actor, run, pdf)

    def runs(self, year_id: SchoolYearId) -> tuple[PrintRun, ...]:
        """Every run of the year, newest first."""
        with self._uows.read() as uow:
            return uow.prints.of_year(year_id)

    def content(self, run_id: PrintRunId) -> bytes:
        """The very bytes that were printed."""
        with self._uows.read() as uow:
            return uow.prints.content(run_id)

    def differs(self, run: PrintRun) -> bool:
        """Whether the data of a book, học bạ or slip are no longer what this run printed.

        Teachers' and the principal's names are those of the day of printing.
        """
        with self._uows.read() as uow:
            return run_differs(uow, run)

    def book(self, class_id: ClassId, scope: BookScope) -> ClassBook:
        """The read model itself, for whoever exports it."""
        with self._uows.read() as uow:
            return assemble_book(uow, class_id, scope, self._clock.today())

    def left_out(self, class_id: ClassId, scope: BookScope) -> str:
        """What a book of this scope would lack, and why; empty when it is whole (M42)."""
        with self._uows.read() as uow:
            return attendance_gap(uow, class_id, scope)


def summary_title(class_name: str, period: Period) -> str:
    """As the list of runs and the trail name a bảng tổng hợp."""
    return f"Bảng tổng hợp kết quả đánh giá giáo dục, lớp {class_name}, {period.words}"
