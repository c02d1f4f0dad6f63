"""Whether the data are no longer what a run printed, whatever kind of paper it is."""

from __future__ import annotations

from app.ports import PrintRun, UnitOfWork
from app.services.book_printing import book_differs
from app.services.booklet_printing import booklets_differ
from app.services.result_slips import slips_differ
from app.services.teacher_books import teacher_book_differs


def run_differs(uow: UnitOfWork, run: PrintRun) -> bool:
    """False for papers that are not compared (see `print_runs.COMPARED_KINDS`).

    Teachers' and the principal's names are those of the day of printing.
    """
    return (
        book_differs(uow, run)
        or booklets_differ(uow, run)
        or teacher_book_differs(uow, run)
        or slips_differ(uow, run)
    )
