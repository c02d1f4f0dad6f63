"""Văn bản: the school's letters at the left with their state, the paper itself at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Topic
from app.domain.letters import LetterKind
from app.readmodels.letter import LetterLine
from ui.pages.letters.dossier_view import DossierView
from ui.pages.letters.presenter import LettersPresenter
from ui.pages.letters.preview_dialog import PreviewDialog
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.labels import Label
from ui.widgets.paper_pane import PaperPane
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.sentence_strip import SentenceStrip
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.rendered_pdf import RenderedPdf
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext

LETTERS, DOSSIER = "letters", "dossier"
_TOPICS = (
    Topic.SETTINGS,
    Topic.PRINTS,
    Topic.ACCOUNTS,
    Topic.SCHOOL,
    Topic.CLASSES,
    Topic.LOCKS,
    Topic.PROOFS,
)


class LettersPage(QWidget):
    """Layout only; `presenter` decides. `outlets` are the printer, file and reader dialogs."""

    def __init__(
        self, context: PageContext, work: Workspace, outlets: PaperOutlets | None = None
    ) -> None:
        super().__init__()
        self._look = context.look
        self.years = YearPicker(context, work)
        holder = QWidget(self)
        holder.hide()
        self.years.setParent(holder)
        self.presenter = LettersPresenter(self, context, work, outlets)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self._tabs = QStackedLayout()
        self._tabs.addWidget(self._letters_leaf())
        self.dossier = DossierView(context.look, self.presenter.dossier)
        self._tabs.addWidget(self.dossier)
        self._tabs.addWidget(
            EmptyState(
                self._look,
                "file",
                self.tr("Trường chưa có năm học"),
                self.tr("Lập năm học ở Quản trị trước; văn bản thuộc về một năm học."),
            )
        )
        outer.addLayout(self._tabs, 1)
        context.bus.listen(self, _TOPICS, lambda _result: self.presenter.refresh())
        self.years.year_picked.connect(self.presenter.refresh)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year, once there is one."""
        return [self.years] if self.years.years else []

    def go_to(self, **where: Any) -> None:
        """`tab`: "letters" or "dossier"; `kind`: the value of a `LetterKind`."""
        if where.get("tab") in (LETTERS, DOSSIER):
            self.show_tab(str(where["tab"]))
        if "kind" in where:
            self.choose(LetterKind(where["kind"]))

    # --- for the presenter

    def show_tab(self, tab: str) -> None:
        """Văn bản, or Hồ sơ nộp."""
        self.tabs.set_current(tab)
        letters, has_year = tab == LETTERS, self.years.year is not None
        self._tabs.setCurrentIndex((0 if letters else 1) if has_year else 2)
        self.presenter.tab_shown(dossier=not letters and has_year)
        self.show_buttons()

    def show_buttons(self) -> None:
        """Those of the letter chosen, as far as this person may."""
        line = self.chosen()
        here = self._tabs.currentIndex() == 0 and line is not None
        self.print_button.setVisible(here)
        self.word_button.setVisible(here)
        self.edit_button.setVisible(here and self.presenter.may_set)
        has_board = line is not None and self.presenter.board_of(line.kind) is not None
        self.members_button.setVisible(here and has_board and self.presenter.may_set)

    def show_lines(self, lines: Sequence[LetterLine]) -> None:
        """The list, keeping the chosen kind."""
        kept = self.chosen()
        self.lines.set_records(lines)
        kinds = [line.kind for line in lines]
        at = kinds.index(kept.kind) if kept is not None and kept.kind in kinds else 0
        if lines:
            self.table.selectRow(at)

    def choose(self, kind: LetterKind) -> None:
        """Show a letter."""
        for row, line in enumerate(self.lines.records()):
            if line.kind is kind:
                self.table.selectRow(row)

    def chosen(self) -> LetterLine | None:
        """The letter at the current row."""
        row = self.table.chosen_row()
        return self.lines.record(row) if row >= 0 else None

    def show_letter(self, title: str, note: str, gaps: Sequence[str], content: bytes) -> None:
        """A draft on screen with what it still lacks."""
        self._paper.set_title(title, note)
        said = self.tr("Chưa in chính thức được: {gaps}.").format(gaps="; ".join(gaps))
        self.gaps.say(said if gaps else "")
        self.print_button.setEnabled(not gaps)
        self.pane.show_bytes(content)

    def show_dossier(self, pdf: RenderedPdf) -> None:
        """The whole dossier as a working copy, in a window of its own."""
        PreviewDialog(
            self._look, self.tr("Hồ sơ sổ điểm điện tử, bản làm việc"), pdf.content, self
        ).open()

    # --- inside

    def _head(self) -> QHBoxLayout:
        look, acts = self._look, self.presenter
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(look, self.tr("Văn bản"), Role.TITLE))
        self.tabs = Segmented(
            look,
            [(LETTERS, self.tr("Từng văn bản")), (DOSSIER, self.tr("Hồ sơ nộp"))],
            self.tr("Xem từng văn bản hay hồ sơ nộp"),
        )
        self.tabs.chosen.connect(self.show_tab)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.members_button = secondary(look, self.tr("Thành viên…"), acts.members, "people")
        self.edit_button = secondary(look, self.tr("Sửa nội dung…"), acts.edit, "pencil")
        self.word_button = secondary(look, self.tr("Lưu tệp Word"), acts.save_word, "download")
        self.print_button = primary(look, self.tr("In chính thức"), acts.print_letter, "printer")
        for button in (self.members_button, self.edit_button, self.word_button, self.print_button):
            row.addWidget(button)
        return row

    def _letters_leaf(self) -> QWidget:
        look = self._look
        leaf = QWidget()
        columns = QHBoxLayout(leaf)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(CARD_GAP)
        listed = Card(look, self.tr("Văn bản của năm học"), flush=True)
        self.lines: RecordModel[LetterLine] = RecordModel(
            [
                Column(self.tr("Văn bản"), lambda line: line.kind.label, role=Role.VALUE,
                       second=self._version, tip=lambda line: line.kind.label),
                Column(self.tr("Tình trạng"), lambda line: line.state, tone=_tone,
                       tip=lambda line: line.state),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Văn bản của năm học"), row_height=46, fifth=False)
        self.table.setModel(self.lines)
        self.table.set_widths({0: 330}, whole=(1,))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.presenter.chosen())
        listed.body.addWidget(self.table, 1)
        columns.addWidget(listed, 6)
        paper = self._paper = Card(look, self.tr("Xem trước"), flush=True)
        self.gaps = SentenceStrip(look, "amber")
        paper.body.addWidget(self.gaps)
        self.pane = PaperPane(look, self.tr("Văn bản đang xem"))
        paper.body.addWidget(self.pane, 1)
        columns.addWidget(paper, 7)
        pass_focus(self, self.table)
        return leaf

    def _version(self, line: LetterLine) -> str:
        if not line.version:
            return self.tr("mẫu của chương trình")
        return self.tr("bản của trường, lần {n}").format(n=line.version)


def _tone(line: LetterLine) -> str:
    if line.document is not None and line.document.code:
        return "green"
    return "amber" if line.prints and line.kind.numbered else "ink2"
