"""Decisions of In cả trường: ask, print with progress, tell, save the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.batch_printing import BatchOutcome
from app.services.book_printing import BookOrder
from app.services.booklet_printing import BookletOrder
from app.services.print_keeping import run_file_name
from ui.dialogs.file_dialogs import choose_folder
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.printing.batch_dialogs import BatchDialog, OutcomeDialog

if TYPE_CHECKING:
    from pathlib import Path

    from app.changes import CommandResult
    from app.domain.ids import SchoolYearId
    from app.ports import PrintRun
    from app.progress import Progress
    from app.services.print_orders import PrintOrder
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.printing.page import PrintingPage


class BatchFlow(QObject):
    """Runs whole-school prints of one page; the runs show up in its list by themselves."""

    def __init__(self, page: PrintingPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work

    def ask(self, year_id: SchoolYearId, order: PrintOrder) -> None:
        """Show which classes would be printed."""
        plan = self._context.commands.ask(
            lambda: self._work.batches.plan(year_id, order), at=Anchor(self._page.batch_button)
        )
        if plan is None:
            return
        book = (
            self.tr("Học bạ")
            if isinstance(order, BookletOrder)
            else self.tr("Sổ theo dõi và đánh giá học sinh")
        )
        what = self.tr("{book}, {part}, khổ {paper}").format(
            book=book, part=order.words, paper=order.paper.words
        )
        BatchDialog(
            self._context.look,
            self._page,
            what,
            plan,
            lambda copies, booklets: self.print_all(
                year_id,
                replace(order, copies=copies),
                (BookletOrder(copies=copies),) if booklets else (),
            ),
            offers_booklets=isinstance(order, BookOrder) and order == BookOrder(paper=order.paper),
        ).open()

    def print_all(
        self, year_id: SchoolYearId, order: PrintOrder, also: tuple[PrintOrder, ...] = ()
    ) -> None:
        """Print in a job; Hủy keeps what has its number."""
        actor = self._work.session.actor

        def done(result: CommandResult) -> None:
            self._context.commands.publish(result, self._page)
            self._page.presenter.reload_runs()
            if isinstance(result.payload, BatchOutcome):
                self.tell(result.payload)

        def failed(error: Exception) -> None:
            # Runs made before the fault are kept: show them.
            self._page.presenter.reload_runs()
            self._context.commands.fail(error, Anchor(self._page.batch_button))

        self._page.presenter.make_way()
        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang in sổ cả trường"),
            lambda progress: self._work.batches.print_all(actor, year_id, order, progress, also),
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=failed,
        )

    def tell(self, outcome: BatchOutcome) -> None:
        """Numbers given, classes left out and why."""

        def save() -> None:
            title = self.tr("Thư mục để lưu các PDF")
            choose_folder(self._page, title, lambda folder: self.save_all(outcome.runs, folder))

        OutcomeDialog(self._context.look, self._page, outcome, save).open()

    def save_all(self, runs: tuple[PrintRun, ...], folder: Path) -> None:
        """Write every run's kept bytes, each file whole or not at all."""

        def work(progress: Progress) -> int:
            classes = self._work.setup.classes(runs[0].school_year_id)
            names = {klass.id: klass.name for klass in classes}
            for done, run in enumerate(runs):
                progress(done, len(runs), run.title)
                name = run_file_name(run, "" if run.class_id is None else names[run.class_id])
                self._work.tables.save(folder / name, self._work.printing.content(run.id))
            return len(runs)

        def saved(count: int) -> None:
            words = self.tr("Đã lưu {n} tệp PDF vào {folder}.").format(n=count, folder=folder)
            self._context.frame.toast(words, "green")

        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang lưu các PDF"),
            work,
            lane=Lane.DATABASE,
            on_success=saved,
            on_failure=lambda error: self._context.commands.fail(
                error, Anchor(self._page.batch_button)
            ),
        )
