"""Tổ chuyên môn: progress, everybody's tasks, internal checks, the tổ themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from ui.pages.departments.check_dialog import CheckDialog, check_units
from ui.pages.departments.checks_tab import ChecksTab
from ui.pages.departments.dialogs import ReportDialog, SettleDialog, SubjectsDialog
from ui.pages.departments.people_tab import PeopleTab
from ui.pages.departments.presenter import DepartmentsPresenter
from ui.pages.departments.progress_tab import ProgressTab
from ui.pages.departments.units_tab import UnitsTab
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.domain.periods import EntryTerm
    from app.readmodels.work_board import Grouping
    from app.workspace import Workspace
    from ui.navigation import PageContext

PROGRESS, PEOPLE, CHECKS, UNITS = "progress", "people", "checks", "units"
_TABS = (PROGRESS, PEOPLE, CHECKS, UNITS)


class DepartmentsPage(QWidget):
    """Layout and dialogs; `presenter` decides. Teachers see the checks about themselves only."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._context = context
        self._work = work
        self._stale = True
        self.tab = CHECKS
        self.presenter = DepartmentsPresenter(self, context, work)
        looks, look, today = self.presenter.looks, context.look, work.clock.today()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self.progress = ProgressTab(look)
        self.people = PeopleTab(look, today)
        self.checks = ChecksTab(
            look, today, may_check=self.presenter.may_check, may_print=self.presenter.may_print
        )
        self.units = UnitsTab(look, may_give=self.presenter.may_give)
        self._stack = QStackedLayout()
        for tab in (self.progress, self.people, self.checks, self.units):
            self._stack.addWidget(tab)
        outer.addLayout(self._stack, 1)
        self._connect()
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self._on_year)
        context.bus.listen(self, frozenset(Topic), lambda _result: self._on_changed())
        self.years.load()
        self._use_year()
        self.show_tab(PROGRESS if looks else CHECKS)

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def go_to(self, **where: Any) -> None:
        """`tab` is "progress", "people", "checks" or "units"."""
        tab = str(where.get("tab", self.tab))
        self.show_tab(tab if self.presenter.looks else CHECKS)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what changes

    def show_tab(self, tab: str) -> None:
        """One of the four parts."""
        self.tab = tab
        self.tabs.set_current(tab)
        self._stack.setCurrentIndex(_TABS.index(tab))
        self.refresh()

    def refresh(self) -> None:
        """Read the part that is shown; the others are read when they are."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        presenter = self.presenter
        match self.tab:
            case "progress":
                presenter.read_board(self.progress.show_board)
            case "people":
                presenter.read_people(self.people.show_people)
            case "checks":
                self.checks.show_checks(presenter.checks())
            case _:
                presenter.use_departments()
                self.units.show_departments(presenter.departments, presenter.subject_names())

    # --- inside

    def _head(self) -> QHBoxLayout:
        look = self._context.look
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(look, self.tr("Tổ chuyên môn"), Role.TITLE))
        head.addSpacing(8)
        self.tabs = Segmented(
            look,
            [
                (PROGRESS, self.tr("Tiến độ")),
                (PEOPLE, self.tr("Việc từng người")),
                (CHECKS, self.tr("Kiểm tra")),
                (UNITS, self.tr("Các tổ")),
            ],
            self.tr("Phần của trang Tổ chuyên môn"),
        )
        self.tabs.chosen.connect(self.show_tab)
        head.addWidget(self.tabs)
        head.addStretch(1)
        words = Label(look, self.tr("Tổ"), Role.BODY, "ink3")
        self.unit = Combo(look, self.tr("Tổ"))
        self.unit.picked.connect(self._on_unit)
        words.setBuddy(self.unit)
        head.addWidget(words)
        head.addWidget(self.unit)
        for widget in (self.tabs, words, self.unit):
            widget.setVisible(self.presenter.looks)
        return head

    def _connect(self) -> None:
        presenter, progress = self.presenter, self.progress
        progress.by_chosen.connect(self._on_by)
        progress.term_chosen.connect(self._on_term)
        progress.month_chosen.connect(self._on_month)
        progress.export_asked.connect(presenter.export_board)
        progress.report_asked.connect(self._ask_report)
        progress.report_button.setVisible(presenter.may_print)
        self.people.print_button.setVisible(presenter.may_print)
        self.people.export_asked.connect(presenter.export_people)
        self.people.print_asked.connect(lambda: presenter.print_reminders(self.people.print_button))
        self.checks.record_asked.connect(self._ask_check)
        self.checks.settle_asked.connect(self._ask_settle)
        self.checks.print_asked.connect(self._print_check)
        self.units.subjects_asked.connect(self._ask_subjects)
        self.units.accounts_asked.connect(
            lambda: self._context.open_page("administration", section="accounts")
        )

    def _use_year(self) -> None:
        presenter = self.presenter
        presenter.use_year(self.years.year)
        names = [(one.name, one.name) for one in presenter.departments]
        everywhere = [("", self.tr("Toàn trường"))] if presenter.looks_everywhere else []
        self.unit.set_choices([*everywhere, *names], presenter.department)
        self.progress.show_terms(presenter.terms, presenter.term)

    def _on_year(self) -> None:
        self._use_year()
        self.refresh()

    def _on_unit(self, name: str) -> None:
        self.presenter.department = name
        self.refresh()

    def _on_by(self, by: Grouping) -> None:
        self.presenter.by = by
        self.refresh()

    def _on_term(self, term: EntryTerm) -> None:
        self.presenter.term = term
        self.presenter.month = ""
        self.refresh()

    def _on_month(self, month: str) -> None:
        self.presenter.month = month
        self.refresh()

    def _on_changed(self) -> None:
        self._stale = True
        self.refresh()

    def _ask_report(self) -> None:
        presenter, board = self.presenter, self.presenter.board
        if board is None:
            return
        if not presenter.department:
            self._context.frame.toast(
                self.tr("Báo cáo tháng là của một tổ: hãy chọn tổ ở góc trên bên phải."), "amber"
            )
            return
        ReportDialog(
            self._context.look, presenter.department, board.months,
            presenter.month or _latest(board.months, f"{self._work.clock.today():%Y-%m}"),
            presenter.print_report, self,
        ).open()  # fmt: skip

    def _ask_check(self) -> None:
        presenter, work = self.presenter, self._work
        year = presenter.year
        if year is None:
            return
        units = check_units(
            [one.name for one in presenter.departments],
            presenter.actor.department,
            everywhere=presenter.looks_everywhere,
            school=self.tr("Toàn trường"),
        )
        people = [
            account
            for account in work.accounts.all()
            if account.disabled_on is None and account.id != presenter.actor.account_id
        ]
        CheckDialog(
            self._context.look, self._work.clock.today(), units, people,
            work.setup.classes(year.id), work.setup.subjects, presenter.record, self,
        ).open()  # fmt: skip

    def _ask_settle(self) -> None:
        finding = self.checks.chosen_finding()
        if finding is not None:
            SettleDialog(
                self._context.look,
                finding,
                lambda note: self.presenter.settle(finding.id, note),
                self,
            ).open()

    def _print_check(self) -> None:
        check = self.checks.chosen()
        if check is not None:
            self.presenter.print_check(check, self.checks.print_button)

    def _ask_subjects(self) -> None:
        chosen, presenter = self.units.chosen(), self.presenter
        if chosen is None or not presenter.may_give:
            return
        owners = {code: one.name for one in presenter.departments for code in one.subjects}
        SubjectsDialog(
            self._context.look, chosen, presenter.subject_names(), owners, presenter.proposal(),
            lambda codes: presenter.give_subjects(chosen.name, codes), self,
        ).open()  # fmt: skip


def _latest(months: tuple[str, ...], today: str) -> str:
    """The last month that has begun."""
    begun = [month for month in months if month <= today]
    return begun[-1] if begun else ""
