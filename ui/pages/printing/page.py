"""In sổ: numbered runs at the left, the very paper at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.domain.print_runs import (
    COMPARED_KINDS,
    PaperSize,
)
from app.readmodels.print_list import PrintLine
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.pages.printing.book_choice import BookChoice
from ui.pages.printing.official_dialog import OfficialDialog
from ui.pages.printing.own_papers import OwnPapers
from ui.pages.printing.paper_words import not_compared, run_title
from ui.pages.printing.presenter import Paper, PrintingPresenter
from ui.pages.printing.summary_choice import SummaryChoice
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import link, primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.paper_pane import PaperPane
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.sentence_strip import SentenceStrip
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from app.domain.ids import PrintRunId
    from app.workspace import Workspace
    from ui.navigation import PageContext

RUNS, PAPERS = "runs", "papers"
_TOPICS = (
    Topic.PRINTS,
    Topic.ATTENDANCE,
    Topic.MARKS,
    Topic.CONDUCT,
    Topic.RESULTS,
    Topic.ROSTER,
    Topic.CLASSES,
    Topic.LOCKS,
)


class PrintingPage(QWidget):
    """Layout only; `presenter` decides. `outlets` are the printer, file and reader dialogs."""

    def __init__(
        self, context: PageContext, work: Workspace, outlets: PaperOutlets | None = None
    ) -> None:
        super().__init__()
        self._look = context.look
        outlets = outlets or SystemOutlets()
        self.presenter = PrintingPresenter(self, context, work, outlets)
        self.own_papers = OwnPapers(self, context, work, outlets)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self._tabs = QStackedLayout()
        self._tabs.addWidget(self._runs_leaf())
        self._tabs.addWidget(self.presenter.papers.view)
        outer.addLayout(self._tabs, 1)
        context.bus.listen(self, _TOPICS, self.presenter.on_changed)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year and class."""
        return self.presenter.pickers.widgets()

    def go_to(self, **where: Any) -> None:
        """`run_id` shows a run; `class_id` and `scope` ("HK1", "CN") choose a book; `tab` may be
        "runs" or "papers", where `run_id` or a run's `number` is a line of the board.
        """
        if "tab" in where:
            self.show_tab(str(where["tab"]))
        if "class_id" in where and self.presenter.pickers.show(where["class_id"]):
            self.presenter.load_pupils()
        if "scope" in where:
            self.show_scope(str(where["scope"]))
        if "number" in where:
            self.presenter.papers.choose_number(int(where["number"]))
        if "run_id" in where and self.tabs.current() == PAPERS:
            self.presenter.papers.view.choose(where["run_id"])
        elif "run_id" in where:
            self.choose_run(where["run_id"])

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Compare the runs with the data only while somebody looks."""
        super().showEvent(event)
        self.presenter.compare()

    def help_chapter(self) -> str:
        """The manual's chapter of the tab on top."""
        return "papers" if self.tabs.current() == PAPERS else "printing"

    # --- for the presenter

    @property
    def scope(self) -> str:
        """The period chosen for the class's book: "HK1", "CN", or a kỳ of primary schools."""
        return self._periods.scope

    def show_scope(self, key: str) -> None:
        """Choose it from outside, with the control following."""
        self._periods.show_scope(key)

    @property
    def _periods(self) -> BookChoice | SummaryChoice:
        return self.summary if self.presenter.primary else self.choice

    def show_tab(self, tab: str) -> None:
        """Bản in, or Bảng giấy."""
        self.tabs.set_current(tab)
        papers = tab == PAPERS
        self._tabs.setCurrentIndex(int(papers))
        for widget in (self.book, self.preview_button, self.official_button):
            widget.setVisible(not papers)
        self.code.setVisible(papers)
        self.register_button.setVisible(papers and self.presenter.may_print)
        self.show_choice()
        if papers:
            self.presenter.papers.look_at()
            pass_focus(self, self.code)

    def show_choice(self) -> None:
        """Which book the buttons speak of."""
        words = self.presenter.book_words()
        has_book = bool(words)
        self.preview_button.setEnabled(has_book)
        self.official_button.setEnabled(has_book)
        self.official_button.setVisible(self.presenter.may_print and self.tabs.current() == RUNS)
        self.choice.show_kind(primary=self.presenter.primary)
        of_summary = self.presenter.summary_period is not None
        self.summary.setVisible(of_summary)
        self.batch_button.setVisible(self.presenter.may_print and not of_summary)
        self.batch_button.setEnabled(has_book)
        self.more_button.setEnabled(has_book)
        self.book.setText(words or self.tr("Chưa có lớp nào để in."))
        self.left_out.say(self.presenter.left_out())

    def show_runs(self, lines: Sequence[PrintLine]) -> None:
        """The list, keeping the chosen run without showing it anew."""
        chosen = self._chosen_id()
        changed = sum(bool(line.differs) for line in lines)
        note = self.tr("{n} bản").format(n=len(lines))
        if changed:
            note = self.tr("{n} bản, {changed} khác bản in").format(n=len(lines), changed=changed)
        self._runs_box.set_title(self.tr("Bản in của năm học"), note)
        self._quiet = True
        self._model.set_records(lines)
        at = next((n for n, line in enumerate(lines) if line.id == chosen), -1)
        if at >= 0:
            self.runs.selectRow(at)
        self._quiet = False
        self._list.setCurrentIndex(0 if lines else 1)
        self._show_sign()

    def choose_run(self, run_id: PrintRunId) -> None:
        """Select a run and show its bytes."""
        for row, line in enumerate(self._model.records()):
            if line.id == run_id:
                self.runs.setFocus(Qt.FocusReason.OtherFocusReason)
                self.runs.clearSelection()
                self._quiet = True
                self.runs.selectRow(row)
                self._quiet = False
                self.presenter.choose(line)
                self.runs.scrollTo(self._model.index(row, 0))

    def show_paper(self, paper: Paper) -> None:
        """Words and buttons of the paper on screen; its bytes are in `pane` already."""
        self._paper_title.setText(paper.title)
        self._paper_note.setText(paper.note)
        self._paper_note.set_tone("amber" if paper.is_draft else "ink3")
        self._place.setCurrentIndex(0)
        for button in (self.printer_button, self.save_button, self.reader_button):
            button.setEnabled(True)
        if paper.is_draft:
            self._quiet = True
            self.runs.clearSelection()
            self.runs.setCurrentIndex(self._model.index(-1, -1))
            self._quiet = False
        self._show_sign()

    # --- inside

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(look, self.tr("In sổ"), Role.TITLE))
        self.tabs = Segmented(
            look,
            [(RUNS, self.tr("Bản in")), (PAPERS, self.tr("Bảng giấy"))],
            self.tr("Xem bản in hay bảng giấy"),
        )
        self.tabs.chosen.connect(self.show_tab)
        row.addWidget(self.tabs)
        self.book = ElidedLabel(look, "", Role.BODY, "ink2")
        row.addWidget(self.book, 1)
        self.preview_button = secondary(
            look, self.tr("Xem bản làm việc"), self.presenter.preview, "eye"
        )
        self.official_button = primary(
            look, self.tr("In bản chính thức"), self._ask_official, "printer"
        )
        row.addWidget(self.preview_button)
        row.addWidget(self.official_button)
        self.code = self.presenter.papers.view.code
        self.code.hide()
        self.register_button = self.presenter.papers.view.register_button
        self.register_button.hide()
        row.addWidget(self.code, 1, Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.register_button)
        return row

    def _runs_leaf(self) -> QWidget:
        look = self._look
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.choice = BookChoice(look, self.presenter.usual_paper)
        self.choice.changed.connect(self.show_choice)
        self.summary = SummaryChoice(look)
        self.summary.changed.connect(self.show_choice)
        self.batch_button = secondary(
            look, self.tr("In cả trường…"), self.presenter.ask_batch, "printer"
        )
        self.more_button = self.own_papers.menu_button(lambda: self.presenter.pickers.klass)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self.choice)
        choices.addWidget(self.summary)
        choices.addStretch(1)
        self.test_button = link(look, self.tr("Trang thử lề"), self.presenter.show_margin_test)
        choices.addWidget(self.test_button)
        choices.addWidget(self.more_button)
        choices.addWidget(self.batch_button)
        column.addLayout(choices)
        self.left_out = SentenceStrip(look, "amber")
        column.addWidget(self.left_out)
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._runs_card(), 6)
        columns.addWidget(self._paper_card(), 5)
        column.addLayout(columns, 1)
        return leaf

    def _runs_card(self) -> QWidget:
        self._runs_box = card = Card(self._look, " ", flush=True)
        self._model: RecordModel[PrintLine] = RecordModel(self._columns(), self)
        self._quiet = False
        self.runs = TableView(self._look, self.tr("Bản in của năm học"), row_height=46, fifth=False)
        self.runs.setModel(self._model)
        self.runs.set_widths({0: 250, 1: 92, 2: 116, 3: 126})
        self.runs.selectionModel().currentRowChanged.connect(lambda now, _was: self._on_row(now))
        empty = EmptyState(
            self._look,
            "printer",
            self.tr("Chưa có bản in chính thức nào"),
            self.tr(
                "Chốt kỳ của lớp trong Đóng mở sổ, rồi bấm “In bản chính thức”. Bản làm việc xem "
                "lúc nào cũng được và không nằm trong danh sách này."
            ),
        )
        holder = QWidget()
        self._list = QStackedLayout(holder)
        self._list.addWidget(self.runs)
        self._list.addWidget(empty)
        card.body.addWidget(holder, 1)
        return card

    def _columns(self) -> list[Column[PrintLine]]:
        return [
            Column(self.tr("Bản in"), lambda r: run_title(r.run, r.class_name), role=Role.VALUE,
                   second=self._second, tip=lambda r: r.run.title),
            Column(self.tr("Mã dữ liệu"), lambda r: r.code,
                   tip=lambda r: r.run.data_digest),
            Column(self.tr("Lúc in"), lambda r: f"{r.made_at:%d/%m %H:%M}",
                   second=lambda r: r.made_by, tip=lambda r: r.made_by),
            Column(self.tr("So với nay"), self._state, icon=self._state_icon,
                   tone=self._state_tone, tip=self._state_tip, second=self._signed),
        ]  # fmt: skip

    def _second(self, line: PrintLine) -> str:
        pages = self.tr("bản in số {number}, {pages} trang").format(
            number=line.number, pages=line.run.pages
        )
        if line.run.copies > 1:
            pages += self.tr(", {n} bản giấy").format(n=line.run.copies)
        if line.run.paper is not PaperSize.A4:
            pages += self.tr(", {paper}").format(paper=line.run.paper.words)
        return pages

    def _state(self, line: PrintLine) -> str:
        if line.run.kind not in COMPARED_KINDS:
            return not_compared(line.run.kind)
        if line.differs is None:
            return self.tr("đang so…")
        return self.tr("khác bản in") if line.differs else self.tr("đúng bản in")

    def _signed(self, line: PrintLine) -> str:
        if line.signed is None:
            return ""
        if line.signed.stands:
            return self.tr("HT ký duyệt {on}").format(on=f"{line.signed.at:%d/%m}")
        return self.tr("chữ ký duyệt hết hiệu lực")

    def _state_icon(self, line: PrintLine) -> str:
        if line.run.kind not in COMPARED_KINDS:
            return "signature"
        if line.differs is None:
            return "hourglass"
        return "not-equal" if line.differs else "check"

    def _state_tone(self, line: PrintLine) -> str:
        if line.run.kind not in COMPARED_KINDS or line.differs is None:
            return "ink2"
        return "red" if line.differs else "green"

    def _state_tip(self, line: PrintLine) -> str:
        if line.signed is not None and not line.signed.stands:
            return self.tr("Chữ ký duyệt hết hiệu lực: {why}.").format(why=line.signed.voided_why)
        if not line.differs:
            return ""
        return self.tr("Số liệu của sổ đã đổi sau bản in này; hãy in lại và ký bản mới.")

    def _paper_card(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 0, 1, 8)
        card.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(15, 12, 15, 8)
        head.setSpacing(1)
        self._paper_title = ElidedLabel(look, self.tr("Chưa mở bản nào"), Role.CARD_TITLE)
        self._paper_note = Label(look, "", Role.CAPTION, "ink3")
        head.addWidget(self._paper_title)
        head.addWidget(self._paper_note)
        card.body.addLayout(head)
        card.body.addWidget(hairline())
        self.pane = PaperPane(look, self.tr("Tờ giấy như sẽ in ra"))
        nothing = EmptyState(
            look,
            "file",
            self.tr("Chọn một bản in hoặc xem bản làm việc"),
            self.tr("Tờ giấy hiện ở đây đúng từng byte như tệp PDF được giữ và được niêm phong."),
        )
        holder = QWidget()
        self._place = QStackedLayout(holder)
        self._place.addWidget(self.pane)
        self._place.addWidget(nothing)
        self._place.setCurrentIndex(1)
        card.body.addWidget(holder, 1)
        card.body.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 10, 15, 4)
        foot.setSpacing(8)
        self.printer_button = secondary(
            look, self.tr("Gửi máy in…"), self.presenter.send_to_printer, "printer"
        )
        self.save_button = secondary(look, self.tr("Lưu PDF…"), self.presenter.save_pdf, "download")
        self.reader_button = secondary(
            look, self.tr("Mở bằng trình đọc PDF"), self.presenter.open_in_reader, "link"
        )
        for button in (self.printer_button, self.save_button, self.reader_button):
            button.setEnabled(False)
            foot.addWidget(button)
        foot.addStretch(1)
        self.sign_button = secondary(look, self.tr("Ký duyệt…"), self._sign, "signature")
        self.sign_button.hide()
        foot.addWidget(self.sign_button)
        card.body.addLayout(foot)
        return card

    def _sign(self) -> None:
        line = self._chosen_line()
        if line is not None:
            self.presenter.sign(line)

    def _show_sign(self) -> None:
        """Offered for a book on screen that is still true and not signed yet."""
        line = self._chosen_line()
        shown = line is not None and line.signable and self.presenter.may_print
        self.sign_button.setVisible(shown)

    def _ask_official(self) -> None:
        words = self.presenter.book_words()
        if words:
            left_out = self.presenter.left_out()
            OfficialDialog(self._look, self, words, self.presenter.print_official, left_out).open()

    def _on_row(self, now: Any) -> None:
        if not self._quiet and now.isValid():
            self.presenter.choose(self._model.record(now.row()))

    def _chosen_id(self) -> PrintRunId | None:
        line = self._chosen_line()
        return None if line is None else line.id

    def _chosen_line(self) -> PrintLine | None:
        row = self.runs.chosen_row()
        records = self._model.records()
        return records[row] if 0 <= row < len(records) else None
