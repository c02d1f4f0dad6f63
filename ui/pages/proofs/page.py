"""Kiểm dò: the table of assignments, the check screen, the remarks; one term of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.domain.periods import Period, entry_term
from app.readmodels.mark_sheet import SheetId
from ui.pages.proofs.acts import ProofActs
from ui.pages.proofs.check_tab import CheckTab
from ui.pages.proofs.presenter import ProofsPresenter
from ui.pages.proofs.remarks_tab import RemarksTab
from ui.pages.proofs.table_tab import TableTab
from ui.pages.proofs.words import tr
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.readmodels.proof_reading import ProofSheet
    from app.workspace import Workspace
    from ui.navigation import PageContext

TABLE, CHECK, REMARKS = "table", "check", "remarks"
_TABS = (TABLE, CHECK, REMARKS)
_TOPICS = (Topic.PROOFS, Topic.MARKS, Topic.LOCKS, Topic.ROSTER, Topic.CLASSES, Topic.ACCOUNTS)


class ProofsPage(QWidget):
    """Layout only; `presenter` reads and `acts` writes."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        look = context.look
        self.presenter = ProofsPresenter(context, work)
        self.acts = ProofActs(self, context, work)
        self._stale = self._behind = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(look, tr("Kiểm dò"), Role.TITLE))
        head.addSpacing(8)
        self.tabs = Segmented(
            look,
            [(TABLE, tr("Phân công")), (CHECK, tr("Dò sổ")), (REMARKS, tr("Nhận xét"))],
            tr("Phần của trang Kiểm dò"),
        )
        self.tabs.chosen.connect(self.show_tab)
        head.addWidget(self.tabs)
        head.addStretch(1)
        words = Label(look, tr("Kỳ"), Role.BODY, "ink3")
        self.periods = Combo(look, tr("Kỳ kiểm dò"))
        self.periods.picked.connect(self._on_period)
        words.setBuddy(self.periods)
        head.addWidget(words)
        head.addWidget(self.periods)
        outer.addLayout(head)
        self._stack = QStackedLayout()
        self.table = TableTab(look)
        self.check = CheckTab(look)
        self.remarks = RemarksTab(look)
        for tab in (self.table, self.check, self.remarks):
            self._stack.addWidget(tab)
        outer.addLayout(self._stack, 1)
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self._on_year)
        self.acts.connect_tabs()
        self.check.sheet_picked.connect(self.open_sheet)
        self.table.open_asked.connect(self._open_chosen)
        self.remarks.filter_changed.connect(self.refresh)
        context.bus.listen(self, _TOPICS, lambda _result: self._on_changed())
        self.years.load()
        self._on_year()
        if self.presenter.has_sheets_to_read():
            self.show_tab(CHECK)

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def go_to(self, **where: Any) -> None:
        """`class_id` and `subject_id` open a sheet, `period` ("HK1") a term, `tab` a part."""
        if "period" in where:
            self.periods.set_current(Period(where["period"]))
            self._on_period(Period(where["period"]))
        tab = str(where.get("tab", CHECK))
        if "class_id" in where and "subject_id" in where:
            sheet = SheetId(where["class_id"], where["subject_id"])
            if tab == REMARKS:
                self.remarks.choose_sheet(sheet)
            else:
                self.open_sheet(sheet)
        self.show_tab(tab)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what changes

    def show_tab(self, tab: str) -> None:
        """One of the three parts."""
        if self._behind:
            self.refresh()
        self.tabs.set_current(tab)
        self._stack.setCurrentIndex(_TABS.index(tab))
        if tab == CHECK and self.check.sheet is not None:
            self.check.grid.setFocus()

    def refresh(self) -> None:
        """Read everything again; what is chosen stays."""
        self._stale = self._behind = False
        found = self.presenter.read(resolved=self.remarks.all_box.isChecked())
        if found is None:
            return
        board, remarks = found
        self.table.show_board(board)
        self.remarks.show_remarks(remarks)
        waiting = self.presenter.waiting_for_me(remarks)
        words = tr("Nhận xét ({n})").format(n=waiting) if waiting else tr("Nhận xét")
        self.tabs.set_words(REMARKS, words)
        self.check.show_choices(self.presenter.choices(), self.presenter.sheet_id)
        self.show_sheet()

    def refresh_sheet(self) -> None:
        """A cell was read: the other parts catch up when they are shown."""
        self._behind = True
        self.show_sheet()

    def show_sheet(self) -> ProofSheet | None:
        """The sheet of the check screen, read again."""
        sheet = self.presenter.sheet()
        self.check.show_sheet(sheet)
        return sheet

    def open_sheet(self, sheet: SheetId) -> None:
        """Another sheet on the check screen."""
        self.presenter.sheet_id = sheet
        self.check.show_choices(self.presenter.choices(), sheet)
        self.show_sheet()
        self.check.grid.setFocus()

    # --- inside

    def _open_chosen(self) -> None:
        line = self.table.chosen()
        if line is not None:
            self.open_sheet(line.sheet)
            self.show_tab(CHECK)

    def _on_year(self) -> None:
        self.presenter.use_year(self.years.year)
        self.periods.set_choices(
            [(each, entry_term(each.value).label) for each in self.presenter.periods],
            self.presenter.period,
        )
        self.refresh()

    def _on_period(self, period: Period) -> None:
        self.presenter.use_period(period)
        self.refresh()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
