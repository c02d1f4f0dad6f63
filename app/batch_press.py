"""Port to what draws many books at once; `exports` fulfils it with processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from app.readmodels.class_book import ClassBook, PrintStamp
from app.readmodels.rendered_pdf import RenderedPdf
from app.readmodels.report_booklet import ReportBooklets


@dataclass(frozen=True, slots=True)
class BookJob:
    """One class's book or học bạ to draw.

    `with_tables` asks for the XLSX and CSV files kept beside a class book too.
    """

    book: ClassBook | ReportBooklets
    stamp: PrintStamp
    with_tables: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBook:
    """A finished book and its data files, by name."""

    pdf: RenderedPdf
    files: dict[str, bytes]


class BatchPress(Protocol):
    """Draws books; never sees the database and leaves nothing on a disk."""

    def books(
        self, jobs: Iterable[BookJob], count: int, still_wanted: Callable[[], None]
    ) -> Generator[DrawnBook, None, None]:
        """The books in the order of `jobs`, which are taken one by one as hands become free.

        `count` says how many to expect. `still_wanted` is called several times a second and may
        raise `Cancelled`: everything stops at once, as when
        the generator is closed. A book that cannot be drawn raises its own
        AppError in its turn; EnvironmentProblem `print_worker_died` when a process was ended.
        """
        ...
