"""Sửa điểm: three lists of cases and one case at the right. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import CommandResult, Topic
from app.domain.corrections import CaseAbout, CaseKind, Correction
from app.errors import AppError, RuleRefused
from app.readmodels.mark_sheet import CellKey
from ui.pages.corrections.case_panel import CasePanel
from ui.pages.corrections.case_steps import CaseSteps
from ui.pages.corrections.case_table import CaseTable
from ui.pages.corrections.presenter import CaseList, CorrectionsPresenter
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from app.domain.ids import CorrectionId
    from app.readmodels.correction_case import CaseView
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.corrections.declare_dialog import DeclareDialog

PAGE_ID = "corrections"
_PANEL_WIDTH = 392
_TOPICS = (Topic.CORRECTIONS, Topic.MARKS, Topic.LOCKS, Topic.ROSTER, Topic.PRINTS, Topic.ACCOUNTS)


class CorrectionsPage(QWidget):
    """`go_to(case_id=…)` shows a case; `go_to(new=[CellKey…], about=CaseAbout)` declares one, with
    `sheet=SheetId` instead for marks.
    """

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self.presenter = CorrectionsPresenter(work)
        self._view: CaseView | None = None
        self.steps = CaseSteps(context, self.presenter, self, self.refresh, self.show_case)
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self._on_year)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 14)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._build_body()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        context.bus.listen(self, _TOPICS, lambda _result: self.refresh())
        self.years.load()
        self.presenter.year_id = self.years.year_id
        self.refresh()
        self.lists.set_current(self.presenter.first_list())
        self._show_list()

    # For the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def go_to(self, **where: Any) -> None:
        """Show a case, or open the declaration for cells of a sheet."""
        case_id = where.get("case_id")
        if case_id is not None:
            self.show_case(case_id)
        keys, sheet, about = where.get("new"), where.get("sheet"), where.get("about")
        if sheet is not None:
            about = CaseAbout(CaseKind.MARKS, *sheet)
        if keys and about is not None:
            self.declare(about, [CellKey(*key) for key in keys])

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The chip of the top bar belongs to the page that is shown."""
        super().showEvent(event)
        self._show_lock()

    # What changes

    def refresh(self) -> None:
        """Read the year's cases again and keep the chosen one."""
        if self._context.commands.ask(self.presenter.load) is None:
            return
        self._write_down_expired()
        self._show_counts()
        self._show_list()
        if self.presenter.has_open_cells():
            self._timer.start()
        else:
            self._timer.stop()

    def tick(self) -> None:
        """A second has passed: counts go down, and what has run out is written down as shut."""
        now = self._context.clock.now()
        if self.presenter.any_expired(now):
            self.refresh()
            return
        self.table.cases.tick()
        self.panel.tick(now)

    def show_case(self, case_id: CorrectionId) -> None:
        """Choose a case, in the list that has it."""
        if self.presenter.row(case_id) is None:
            self.refresh()
        if self.presenter.row(case_id) is None:
            error = RuleRefused(
                "not_found",
                self.tr("Không thấy hồ sơ này trong năm học đang chọn; hãy đổi năm học rồi tìm."),
            )
            self._context.commands.fail(error)
            return
        if self.table.cases.row_of(case_id) < 0:
            self.lists.set_current(CaseList.ALL)
            self._show_list()
        self._choose(case_id)

    def declare(self, about: CaseAbout, keys: Sequence[CellKey]) -> DeclareDialog | None:
        """Open the declaration for these cells; None when they cannot be read."""
        return self.steps.declare(about, keys, self._after_declaring)

    # Inside

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Label(look, self.tr("Sửa điểm"), Role.TITLE))
        self.lists = Segmented(
            look,
            [(which.value, which.value) for which in CaseList],
            self.tr("Danh sách hồ sơ đang xem"),
        )
        self.lists.chosen.connect(lambda _key: self._show_list())
        row.addWidget(self.lists, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.books_button = secondary(
            look, self.tr("In nhật ký, sổ theo dõi…"), self.steps.open_books, "printer"
        )
        self.books_button.setVisible(self.presenter.may_print_books)
        row.addWidget(self.books_button)
        row.addWidget(
            secondary(
                look,
                self.tr("Lập hồ sơ từ sổ điểm"),
                lambda: self._context.open_page("marks"),
                "mark-book",
            )
        )
        return row

    def _build_body(self) -> None:
        look = self._look
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(CARD_GAP)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 6, 1, 8)
        self.table = CaseTable(look, self.tr("Hồ sơ sửa điểm"), self._context.clock)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_chosen())
        card.body.addWidget(self.table)
        across.addWidget(card, 1)
        self.panel = CasePanel(look)
        self.panel.setFixedWidth(_PANEL_WIDTH)
        self.panel.asked.connect(self._on_asked)
        across.addWidget(self.panel)
        self._stack.addWidget(body)
        self._nothing = QWidget()
        self._nothing_box = QVBoxLayout(self._nothing)
        self._nothing_box.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._nothing)

    def _on_year(self) -> None:
        self.presenter.year_id = self.years.year_id
        self.refresh()

    def _show_counts(self) -> None:
        titles = {
            CaseList.FOR_ME: self.tr("Việc của tôi"),
            CaseList.MINE: self.tr("Tôi đề nghị"),
            CaseList.ALL: self.tr("Tất cả"),
        }
        for which, title in titles.items():
            count = self.presenter.count(which)
            self.lists.set_words(which.value, f"{title}  {count}" if count else title)
        self._context.frame.set_badge(PAGE_ID, self.presenter.count(CaseList.FOR_ME))

    def _show_list(self) -> None:
        kept = None if self._view is None else self._view.row.id
        rows = self.presenter.shown(CaseList(self.lists.current()))
        self.table.cases.set_records(rows)
        if not rows:
            self._view = None
            self._show_nothing()
            return
        self._stack.setCurrentIndex(0)
        known = {row.id for row in rows}
        self._choose(kept if kept in known and kept is not None else rows[0].id)

    def _show_nothing(self) -> None:
        while (item := self._nothing_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        title, sentence = {
            CaseList.FOR_ME: (
                self.tr("Không có hồ sơ nào đang chờ thầy cô"),
                self.tr(
                    "Hồ sơ cần kiểm dò, cần duyệt hoặc cần ghi điểm hiện ở đây. Xem hồ sơ của "
                    "người khác ở “Tất cả”."
                ),
            ),
            CaseList.MINE: (
                self.tr("Thầy cô chưa đề nghị sửa điểm nào"),
                self.tr(
                    "Mở Sổ điểm, chọn ô đã khóa cần sửa rồi bấm “Lập hồ sơ sửa điểm” trong khung "
                    "“Vì sao không sửa được?”."
                ),
            ),
            CaseList.ALL: (
                self.tr("Năm học này chưa có hồ sơ sửa điểm"),
                self.tr(
                    "Ô đã khóa chỉ đổi được bằng hồ sơ: khai báo, kiểm dò, duyệt, ghi rồi khóa "
                    "lại. Lập hồ sơ từ ô cần sửa trong Sổ điểm."
                ),
            ),
        }[CaseList(self.lists.current())]
        self._nothing_box.addWidget(EmptyState(self._look, "pencil", title, sentence))
        self._stack.setCurrentIndex(1)
        self._show_lock()

    def _choose(self, case_id: CorrectionId) -> None:
        at = self.table.cases.row_of(case_id)
        if self.table.chosen_row() == at:
            self._show_chosen()
        else:
            self.table.selectRow(at)

    def _show_chosen(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        view = self._context.commands.ask(lambda: self.presenter.case(row.id))
        if view is None:
            return
        self._view = view
        self.panel.show_case(view, self._context.clock.now())
        self._show_lock()

    def _show_lock(self) -> None:
        if not self.isVisible():
            return
        if self._view is None:
            self._context.frame.set_lock("", is_open=True)
        else:
            self._context.frame.set_lock(self._view.lock_chip, is_open=self._view.chip_open)

    def _write_down_expired(self) -> None:
        if not self.presenter.any_expired(self._context.clock.now()):
            return
        try:
            result = self.presenter.relock()
        except AppError as error:
            self._context.commands.fail(error)
            return
        if result is not None:
            self._context.commands.publish(result, self)
            self._context.frame.toast(f"{result.summary}.", "amber")
        self.presenter.load()

    def _on_asked(self, what: str) -> None:
        if self._view is not None:
            self.steps.take(what, self._view)

    def _after_declaring(self, result: CommandResult) -> None:
        self.refresh()
        if isinstance(result.payload, Correction):
            self.lists.set_current(CaseList.MINE)
            self._show_list()
            self._choose(result.payload.id)
