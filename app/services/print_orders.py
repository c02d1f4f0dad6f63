"""What may be ordered of a class as an official run: its book or its học bạ, by the same steps."""

from __future__ import annotations

from datetime import datetime

from app.actor import Actor
from app.batch_press import BookJob, DrawnBook
from app.changes import CommandResult
from app.domain.ids import ClassId
from app.domain.school import SchoolClass
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.presses import TablePress
from app.regulations.registry import is_primary
from app.services import book_printing as books
from app.services import booklet_printing as booklets
from app.services.book_files import closed_facts, wants_tables
from app.services.book_printing import BookOrder, ReadyBook
from app.services.booklet_printing import BookletOrder, ReadyBooklets

PrintOrder = BookOrder | BookletOrder
ReadyPrint = ReadyBook | ReadyBooklets


def why_not(uow: UnitOfWork, klass: SchoolClass, order: PrintOrder) -> RuleRefused | None:
    """Why no official run of this order can be made yet; None when it can."""
    if isinstance(order, BookletOrder):
        return booklets.booklets_why_not(uow, klass, order)
    return books.why_not(uow, klass, order)


def is_form_of(klass: SchoolClass, order: PrintOrder) -> bool:
    """Whether the class keeps such a book at all; a school may have classes that keep another."""
    return isinstance(order, BookletOrder) or not is_primary(klass.regulation)


def ready_print(
    uow: UnitOfWork, class_id: ClassId, order: PrintOrder, at: datetime, number: int | None = None
) -> ReadyPrint:
    """Everything a run prints, from one snapshot; refused as `why_not` says."""
    if isinstance(order, BookletOrder):
        return booklets.ready_booklets(uow, class_id, order, at, number)
    return books.ready_book(uow, class_id, order, at, number)


def drawing_of(ready: ReadyPrint) -> BookJob:
    """What a press is asked to draw."""
    if isinstance(ready, ReadyBooklets):
        return BookJob(ready.paper, ready.stamp)
    return BookJob(ready.book, ready.stamp, wants_tables(ready.order))


def keep_print(
    uow: UnitOfWork,
    actor: Actor,
    ready: ReadyPrint,
    drawn: DrawnBook,
    tables: TablePress,
    own_entries: int = 0,
) -> CommandResult:
    """Keep what was drawn; refused (`changed_while_printing`) when data or number moved on.

    `own_entries`: how many runs of the same batch were kept since the facts were read.
    """
    if isinstance(ready, ReadyBooklets):
        return booklets.keep_booklets(uow, actor, ready, drawn.pdf, own_entries)
    files = drawn.files
    if files:
        files = files | closed_facts(ready.book, ready.facts, tables)
    return books.keep_book(uow, actor, ready, drawn.pdf, files, own_entries)
