"""Decisions of In sổ: which book, which paper is on screen, which runs still agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import CommandResult, Topic
from app.domain.form_settings import BookForm
from app.domain.print_runs import COMPARED_KINDS, PAPER_NAMES, PRIMARY_SUMMARY
from app.readmodels.class_book import BookPart, BookScope
from app.readmodels.print_list import PrintLine
from app.regulations.registry import closing_periods, is_primary
from app.services.booklet_printing import BookletOrder
from app.services.class_scope import readable_classes, sees_run
from app.services.file_names import ascii_name
from app.services.print_keeping import run_file_name
from app.services.printing import PRINTERS, Printed, summary_title
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Job, Lane
from ui.jobs.print_pages import print_pages
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.class_pickers import ClassPickers
from ui.pages.printing.batch_flow import BatchFlow
from ui.pages.printing.order_work import preview_of, print_of
from ui.pages.printing.paper_presenter import PaperPresenter
from ui.pages.printing.signing_dialog import SigningDialog

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from app.domain.ids import ClassId, PrintRunId, SchoolYearId
    from app.domain.periods import Period
    from app.domain.school import SchoolClass
    from app.progress import Progress
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.print_orders import PrintOrder
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext
    from ui.pages.printing.page import PrintingPage


@dataclass(frozen=True, slots=True)
class Paper:
    """What is on screen: the bytes, and what they are."""

    content: bytes
    title: str
    note: str
    file_name: str
    run_id: PrintRunId | None = None

    @property
    def is_draft(self) -> bool:
        """A bản làm việc has no number and is not kept."""
        return self.run_id is None


class PrintingPresenter(QObject):
    """Renders in jobs; keeps nothing but what is on screen."""

    def __init__(
        self, page: PrintingPage, context: PageContext, work: Workspace, outlets: PaperOutlets
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._outlets = outlets
        actor = work.session.actor
        self.may_print = actor.has(*PRINTERS)
        self.usual_paper = work.forms.in_force(BookForm.CLASS_BOOK).paper
        """What the school prints its class books on, see Mẫu sổ."""
        self.pickers = ClassPickers(
            context, work, lambda classes: readable_classes(actor, classes), page
        )
        self.pickers.class_picked.connect(self._on_class)
        self.paper: Paper | None = None
        self.lines: tuple[PrintLine, ...] = ()
        self.batch = BatchFlow(page, context, work)
        self.papers = PaperPresenter(self, context, work, outlets)
        self._comparison: Job | None = None
        self._stale = True
        self._offered: dict[bool, str] = {}

    @property
    def primary(self) -> bool:
        """Whether the book of the class chosen is the bảng tổng hợp."""
        klass = self.pickers.klass
        return klass is not None and is_primary(klass.regulation)

    def start(self) -> None:
        """Read the choices and the runs."""
        self.pickers.load()
        self.reload_runs()
        self.load_pupils()
        self.offer_closed()

    def offer_closed(self) -> None:
        """Offer the last closed period of the class; whoever chose another one keeps it."""
        klass = self.pickers.klass
        if klass is None:
            return
        # Sổ theo lớp and bảng tổng hợp have choices of their own.
        primary, chosen = self.primary, self._page.scope
        if chosen != self._offered.setdefault(primary, chosen):
            return
        locks = self._context.commands.ask(
            lambda: self._work.control.locks(klass.id), at=Anchor(self._page)
        )
        if locks is None:
            return
        order = closing_periods(klass.regulation)
        last = next((p for p in reversed(order) if p in locks.closes), order[0])
        year_over = BookScope.YEAR if last is order[-1] else BookScope.TERM_1
        self._offered[primary] = last.value if primary else year_over.value
        self._page.show_scope(self._offered[primary])

    def load_pupils(self) -> None:
        """Whose học bạ can be printed alone, and what the buttons speak of."""
        klass = self.pickers.klass
        pupils = () if klass is None else self._work.booklets.pupils(klass.id)
        self._page.choice.set_pupils(pupils)
        self._page.show_choice()

    # --- the list

    def reload_runs(self) -> None:
        """Read the runs of the year again; comparing them with the data follows when shown."""
        year_id = self.pickers.year_id
        if year_id is None:
            self.lines = ()
        else:
            read = self._context.commands.ask(
                lambda: (
                    self._work.printing.runs(year_id),
                    self._work.accounts.all(),
                    self._work.sign_offs.of_runs(year_id),
                ),
                at=Anchor(self._page),
            )
            if read is None:
                return
            runs, accounts, signed = read
            people = {account.id: account.full_name for account in accounts}
            classes = {klass.id: klass.name for klass in self._visible()}
            known = {line.id: line.differs for line in self.lines}
            self.lines = tuple(
                PrintLine(
                    run,
                    "" if run.class_id is None else classes.get(run.class_id, ""),
                    people.get(run.made_by, ""),
                    known.get(run.id),
                    signed.get(run.id),
                )
                for run in runs
                if self.may_print
                or (run.class_id in classes and sees_run(self._work.session.actor, run))
            )
        self._page.show_runs(self.lines)
        self.make_stale()

    def show_year(self, year_id: SchoolYearId) -> None:
        """Turn to another year because a paper of it was found."""
        self.pickers.years.show_year(year_id)
        self.pickers.load()
        self._page.show_choice()
        self.reload_runs()

    def make_stale(self) -> None:
        """Data changed: the comparison must be made again, now or when the page is shown."""
        self._stale = True
        if self._page.isVisible():
            self.compare()

    def compare(self) -> None:
        """Find the runs whose data have changed since, in a job."""
        books = [line.run for line in self.lines if line.run.kind in COMPARED_KINDS]
        if not self._stale or self._comparison is not None or not books:
            return
        self._stale = False
        printing = self._work.printing

        def work(progress: Progress) -> dict[PrintRunId, bool]:
            found = {}
            for done, run in enumerate(books):
                progress(done, len(books))
                found[run.id] = printing.differs(run)
            return found

        self._comparison = self._context.jobs.submit(
            work,
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=self._compared,
            on_failure=self._context.commands.fail,
            on_settled=self._comparison_ended,
        )

    def make_way(self) -> None:
        """Put the comparison off: it would keep a print waiting in the same lane."""
        if self._comparison is not None:
            self._stale = True
            self._comparison.cancel()

    def choose(self, line: PrintLine | None) -> None:
        """Show the kept bytes of a run."""
        if line is None:
            return
        content = self._context.commands.ask(
            lambda: self._work.printing.content(line.id), at=Anchor(self._page.runs)
        )
        if content is None:
            return
        note = self.tr("Bản in số {number}, {day}").format(
            number=line.number, day=f"{line.made_at:%d/%m/%Y, %H:%M}"
        )
        name = run_file_name(line.run, line.class_name)
        self._show(Paper(content, line.run.title, note, name, line.id))

    def sign(self, line: PrintLine) -> None:
        """Ký duyệt of a printed book."""
        SigningDialog(self._context, self._work, line, self._page).open()

    # --- new papers

    @property
    def order(self) -> PrintOrder:
        """Which pages and which paper are chosen."""
        return self._page.choice.order

    @property
    def summary_period(self) -> Period | None:
        """The kỳ of the bảng tổng hợp that the buttons speak of; None for every other book."""
        if self.primary and not isinstance(self.order, BookletOrder):
            return self._page.summary.period
        return None

    def left_out(self) -> str:
        """What this book would lack: months of điểm danh nobody has declared (M42)."""
        klass, order = self.pickers.klass, self.order
        if klass is None or self.primary or isinstance(order, BookletOrder):
            return ""
        if order.part is not BookPart.WHOLE:
            return ""
        found = self._context.commands.ask(
            lambda: self._work.printing.left_out(klass.id, order.scope), at=Anchor(self._page)
        )
        return found or ""

    def book_words(self) -> str:
        """The book the buttons speak of: "Sổ theo dõi và đánh giá học sinh, lớp 6A, học kì I"."""
        klass = self.pickers.klass
        if klass is None:
            return ""
        period = self.summary_period
        return (
            self._page.choice.title(klass) if period is None else summary_title(klass.name, period)
        )

    def preview(self) -> None:
        """Render the bản làm việc in a job and show it."""
        klass, order, words = self.pickers.klass, self.order, self.book_words()
        period = self.summary_period
        if klass is None:
            return

        def shown(pdf: RenderedPdf) -> None:
            kind = order.kind if period is None else PRIMARY_SUMMARY
            name = f"{PAPER_NAMES[kind]}_{ascii_name(klass.name)}_ban-lam-viec.pdf"
            note = self.tr("Bản làm việc, chưa có số; không dùng để ký")
            self._show(Paper(pdf.content, words, note, name))

        self.make_way()
        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang dựng bản làm việc"),
            lambda progress: self._draft(klass.id, order, period, progress),
            lane=Lane.DATABASE,
            on_success=shown,
            on_failure=lambda error: self._fail(error, self._page.preview_button),
        )

    def _draft(
        self, class_id: ClassId, order: PrintOrder, period: Period | None, progress: Progress
    ) -> RenderedPdf:
        if period is not None:
            return self._work.printing.preview_summary(class_id, period)
        return preview_of(self._work, self._work.session.actor, class_id, order, progress)

    def _official(
        self,
        class_id: ClassId,
        order: PrintOrder,
        period: Period | None,
        copies: int,
        progress: Progress,
    ) -> CommandResult:
        work, actor = self._work, self._work.session.actor
        if period is not None:
            return work.printing.print_summary(actor, class_id, period, copies)
        return print_of(work, actor, class_id, replace(order, copies=copies), progress)

    def print_official(self, copies: int) -> None:
        """Make the numbered run in a job; refused with a sentence while the period is open."""
        klass, order, period = self.pickers.klass, self.order, self.summary_period
        if klass is None:
            return

        def done(result: CommandResult) -> None:
            self._context.commands.publish(result, self._page)
            self.reload_runs()
            printed = result.payload
            if isinstance(printed, Printed):
                self._page.choose_run(printed.run.id)

        self.make_way()
        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang in bản chính thức"),
            lambda progress: self._official(klass.id, order, period, copies, progress),
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=lambda error: self._fail(error, self._page.official_button),
        )

    def ask_batch(self) -> None:
        """The same choice for every class of the year."""
        year_id = self.pickers.year_id
        if year_id is not None:
            self.batch.ask(year_id, self._page.choice.school_order)

    def show_margin_test(self) -> None:
        """A page to try the printer with, on the paper that is chosen."""
        size = self.order.paper
        pdf = self._context.commands.ask(
            lambda: self._work.paper.margin_test(size, self._work.clock.now()),
            at=Anchor(self._page.test_button),
        )
        if pdf is not None:
            title = self.tr("Trang thử lề, khổ {paper}").format(paper=size.words)
            note = self.tr("Để thử máy in; không cấp số, không giữ trong tệp")
            self._show(Paper(pdf.content, title, note, "trang-thu-le.pdf"))

    # --- out of the program

    def send_to_printer(self) -> None:
        """Ask the printer, then send the pages in a job with cancel."""
        paper = self.paper
        if paper is None:
            return

        def chosen(printer: QPrinter) -> None:
            run_with_progress(
                self._context.jobs,
                self._context.look,
                self._page,
                self.tr("Đang gửi máy in"),
                lambda progress: print_pages(paper.content, printer, progress),
                lane=Lane.FILES,
                on_success=lambda pages: self._context.frame.toast(
                    self.tr("Đã gửi {n} trang tới máy in.").format(n=pages), "green"
                ),
                on_failure=lambda error: self._fail(error, self._page.printer_button),
                on_cancelled=lambda: self._context.frame.toast(
                    self.tr("Đã dừng gửi máy in; những trang máy in đã nhận vẫn có thể ra giấy."),
                    "amber",
                ),
            )

        title = f"{paper.title} · {paper.note}"
        preview = self._page.pane.preview
        self._outlets.choose_printer(self._page, title, preview.pages, chosen, preview.paper_points)

    def save_pdf(self) -> None:
        """Write the very bytes to a file of the person's choice."""
        paper = self.paper
        if paper is None:
            return

        def chosen(path: Path) -> None:
            def saved(_none: object) -> None:
                words = self.tr("Đã lưu {name} vào {folder}.")
                self._context.frame.toast(words.format(name=path.name, folder=path.parent), "green")

            self._context.jobs.submit(
                lambda _progress: self._work.tables.save(path, paper.content),
                owner=self._page,
                lane=Lane.FILES,
                on_success=saved,
                on_failure=lambda error: self._fail(error, self._page.save_button),
            )

        self._outlets.choose_file(self._page, paper.file_name, chosen)

    def open_in_reader(self) -> None:
        """Hand a temporary copy to the system's PDF reader."""
        paper = self.paper
        if paper is not None:
            self._context.commands.ask(
                lambda: self._outlets.open_in_reader(paper.file_name, paper.content)
            )

    # --- inside

    def on_changed(self, result: CommandResult) -> None:
        """Somebody else printed, or changed what books are made of."""
        if Topic.CLASSES in result.topics:
            self.pickers.load()
        if {Topic.CLASSES, Topic.ROSTER} & result.topics:
            self.load_pupils()
        if Topic.LOCKS in result.topics:
            self.offer_closed()
        if {Topic.ATTENDANCE, Topic.SCHOOL, Topic.LOCKS} & result.topics:
            self._page.show_choice()
        if {Topic.PRINTS, Topic.CLASSES} & result.topics:
            self.reload_runs()
        else:
            self.make_stale()
        self.papers.on_changed()

    def _visible(self) -> tuple[SchoolClass, ...]:
        year_id = self.pickers.year_id
        if year_id is None:
            return ()
        actor = self._work.session.actor
        return readable_classes(actor, self._work.setup.classes(year_id))

    def _on_class(self) -> None:
        self.load_pupils()
        self.offer_closed()
        year_id = self.pickers.year_id
        if not self.lines or self.lines[0].run.school_year_id != year_id:
            self.reload_runs()
            self.papers.on_changed()

    def _compared(self, found: dict[PrintRunId, bool]) -> None:
        self.lines = tuple(
            replace(line, differs=found.get(line.id, line.differs)) for line in self.lines
        )
        self._page.show_runs(self.lines)
        self.papers.compared()

    def _comparison_ended(self) -> None:
        self._comparison = None
        if self._stale and self._page.isVisible():
            self.compare()

    def _show(self, paper: Paper) -> None:
        if self._context.commands.ask(lambda: self._page.pane.show_bytes(paper.content)):
            self.paper = paper
            self._page.show_paper(paper)

    def _fail(self, error: Exception, at: QWidget) -> None:
        self._context.commands.fail(error, Anchor(at) if at.isVisible() else None)
