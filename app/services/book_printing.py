"""Official runs of the class book: what may be printed when, the numbered set, keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.actor import Actor
from app.changes import CommandResult
from app.domain.ids import ClassId
from app.domain.periods import Period, Term
from app.domain.print_runs import (
    BOOK_KINDS,
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_CONFIRMATION,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    PRIMARY_SUMMARY,
    PaperSize,
)
from app.domain.school import SchoolClass
from app.errors import RuleRefused
from app.ports import PrintRun, UnitOfWork
from app.readmodels.book_parts import part_of
from app.readmodels.class_book import (
    BookPart,
    BookScope,
    ClassBook,
    PrintStamp,
    book_is_as_printed,
    class_book_digest,
)
from app.readmodels.primary_summary import primary_summary_digest
from app.readmodels.rendered_pdf import RenderedPdf
from app.regulations.registry import circular
from app.services.book_assembly import assemble_book
from app.services.book_attendance import missing_months
from app.services.class_results import ClassFacts, load_class
from app.services.primary_summary import assemble_summary
from app.services.print_keeping import keep_run, official_run, official_stamp

_KINDS = {
    BookPart.WHOLE: CLASS_BOOK,
    BookPart.OPENING: CLASS_BOOK_OPENING,
    BookPart.ATTENDANCE: CLASS_BOOK_ATTENDANCE,
    BookPart.MARKS: CLASS_BOOK_MARKS,
    BookPart.CONFIRMATION: CLASS_BOOK_CONFIRMATION,
}
_PARTS = {kind: part for part, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class BookOrder:
    """What somebody wants printed of a class's book: which pages, on which paper, how often."""

    scope: BookScope = BookScope.YEAR
    part: BookPart = BookPart.WHOLE
    paper: PaperSize = PaperSize.A4
    copies: int = 1

    @property
    def reach(self) -> BookScope:
        """The scope of the book its facts are taken of; parts of no term are of the year."""
        return self.scope if self.part.of_term else BookScope.YEAR

    @property
    def period(self) -> Period | None:
        """The period that must be closed first; None for a part of no term."""
        if not self.part.of_term:
            return None
        return Period.HK1 if self.scope is BookScope.TERM_1 else Period.HK2

    @property
    def kind(self) -> str:
        """The kind its run is kept under."""
        return _KINDS[self.part]

    @property
    def words(self) -> str:
        """Which pages: "cả năm", "phần mở đầu", "phần ghi điểm học kì I"."""
        words = {
            BookPart.WHOLE: "",
            BookPart.OPENING: "phần mở đầu",
            BookPart.ATTENDANCE: "phần theo dõi chuyên cần",
            BookPart.MARKS: "phần ghi điểm",
            BookPart.CONFIRMATION: "bảng xác nhận kết quả",
        }
        period = "" if self.period is None else self.period.words
        return f"{words[self.part]} {period}".strip()

    def title(self, klass: SchoolClass) -> str:
        """As the list of runs and the trail name it: the book of the class's circular."""
        return f"{circular(klass.regulation).book_name}, lớp {klass.name}, {self.words}"


@dataclass(frozen=True, slots=True)
class ReadyBook:
    """A book about to be drawn: its facts, its number and the moment on its pages."""

    klass: SchoolClass
    order: BookOrder
    book: ClassBook
    stamp: PrintStamp
    facts: ClassFacts
    trail_seq: int
    """The trail's last entry when the facts were read: nothing is written without one."""


def why_not(uow: UnitOfWork, klass: SchoolClass, order: BookOrder) -> RuleRefused | None:
    """Why no official run of this order can be made yet; None when it can.

    Marks wait for the close, the opening for chốt danh sách (M30, M37), điểm danh for the
    declaration of every month (M42).
    """
    period = order.period
    if period is not None:
        if period in uow.control.class_locks(klass.id).closes:
            return None
        return RuleRefused(
            "not_closed",
            f"{period.label} lớp {klass.name} chưa chốt nên chưa in bản chính thức; hãy chốt "
            "trước, hoặc xem bản làm việc.",
        )
    if order.part is BookPart.OPENING:
        if klass.roster_frozen_at is not None:
            return None
        return RuleRefused(
            "roster_not_frozen",
            f"Lớp {klass.name} chưa chốt danh sách nên chưa in phần mở đầu chính thức; hãy chốt "
            "danh sách ở trang Danh sách lớp, hoặc xem bản làm việc.",
        )
    missing = missing_months(uow, klass, tuple(Term))
    if not missing:
        return None
    return RuleRefused(
        "attendance_incomplete",
        f"Lớp {klass.name} chưa báo đủ điểm danh {missing} nên chưa in phần theo dõi chuyên cần; "
        "giáo viên chủ nhiệm báo đủ từng tháng ở trang Điểm danh rồi in.",
    )


def ready_book(
    uow: UnitOfWork, class_id: ClassId, order: BookOrder, at: datetime, number: int | None = None
) -> ReadyBook:
    """Everything a run prints, from one snapshot; refused as `why_not` says.

    `number`: the run's number when earlier ones of a batch are not kept yet.
    """
    klass = uow.school.class_(class_id)
    refusal = why_not(uow, klass, order)
    if refusal is not None:
        raise refusal
    facts = load_class(uow, class_id)
    book = part_of(assemble_book(uow, class_id, order.reach, at.date(), facts), order.part)
    digest = class_book_digest(book)
    stamp = official_stamp(uow, klass.school_year_id, digest, at, order.paper, number)
    return ReadyBook(klass, order, book, stamp, facts, uow.trail.head()[0])


def keep_book(
    uow: UnitOfWork,
    actor: Actor,
    ready: ReadyBook,
    pdf: RenderedPdf,
    files: dict[str, bytes],
    own_entries: int = 0,
) -> CommandResult:
    """Keep a drawn book; refused (`changed_while_printing`) when its data or number moved on.

    `own_entries`: how many runs of the same batch were kept since the facts were read.
    """
    klass, order, stamp = ready.klass, ready.order, ready.stamp
    moved = int(stamp.run_number) != uow.prints.next_number(klass.school_year_id)
    if not moved and uow.trail.head()[0] != ready.trail_seq + own_entries:
        day = stamp.printed_at.date()
        again = part_of(assemble_book(uow, klass.id, order.reach, day), order.part)
        moved = class_book_digest(again) != stamp.digest
    if moved:
        raise RuleRefused(
            "changed_while_printing",
            f"Số liệu lớp {klass.name} vừa thay đổi trong lúc in nên bản này bị bỏ; hãy in lại.",
        )
    run = official_run(
        *(actor, klass.school_year_id, order.kind, order.title(klass), stamp, pdf),
        class_id=klass.id,
        period="" if order.period is None else order.period.value,
        copies=order.copies,
    )
    return keep_run(uow, actor, run, pdf, files)


def book_differs(uow: UnitOfWork, run: PrintRun, facts: ClassFacts | None = None) -> bool:
    """Whether the class's data are no longer what a run of its book printed.

    `facts`: the class as read in this transaction, when it is at hand.
    """
    if run.class_id is not None and run.kind == PRIMARY_SUMMARY:
        day, kept = run.made_at.date(), Period(run.period)
        table = assemble_summary(uow, run.class_id, kept, day, facts)
        return primary_summary_digest(table).hex != run.data_digest
    if run.kind not in BOOK_KINDS or run.class_id is None:
        return False
    scope = BookScope.TERM_1 if run.period == Period.HK1 else BookScope.YEAR
    # As of the day of the print: who leads the school today is no fact of that paper.
    book = assemble_book(uow, run.class_id, scope, run.made_at.date(), facts)
    return not book_is_as_printed(part_of(book, _PARTS[run.kind]), run.data_digest)
