"""Tổng kết: results of a class, and why each is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Topic
from app.domain.periods import PRIMARY_TERMS, Period, short_term
from app.readmodels.results_table import UNKNOWN, ResultRow, ResultsPeriod, ResultsTable
from ui.pages.results.lists_tab import ListsTab
from ui.pages.results.presenter import FilterChoice, ResultsPresenter
from ui.pages.results.reasons_panel import ReasonsPanel
from ui.pages.results.stats_acts import StatsActs
from ui.pages.results.stats_tab import STATS_KINDS, StatsTab
from ui.pages.results.summer_tab import SummerTab
from ui.pages.results.year_end_acts import YearEndActs
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN, SIDE_PANEL
from ui.theme.typography import Role
from ui.widgets.buttons import primary
from ui.widgets.cards import Card, hairline
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import pass_focus
from ui.widgets.frozen_table import FrozenTable
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.regulations.base import Reason
    from app.services.changed_results import ChangedResult
    from app.workspace import Workspace
    from ui.dialogs.save_table import TableOutlet
    from ui.navigation import PageContext

_TOPICS = (
    Topic.MARKS,
    Topic.RESULTS,
    Topic.CONDUCT,
    Topic.ROSTER,
    Topic.CLASSES,
    Topic.LOCKS,
    Topic.SEALS,
)
TABLE, LISTS, SUMMER, STATS = "table", "lists", "summer", "stats"
_SUBJECT_WIDTH = 62
_NAME_WIDTH = 188
_HEAD_AIR = 30
"""Left and right of a heading, so that no subject is cut to "Ngo…"."""


class ResultsPage(QWidget):
    """Layout only; `presenter` decides, the circular computes."""

    def __init__(
        self, context: PageContext, work: Workspace, outlet: TableOutlet | None = None
    ) -> None:
        super().__init__()
        self._look = context.look
        self.presenter = ResultsPresenter(self, context, work)
        self.acts = YearEndActs(self, context, work, outlet)
        self.counting = StatsActs(self, context, work, outlet)
        self.model: RecordModel[ResultRow] | None = None
        self.view: FrozenTable | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._content = self._body()
        self._stack.addWidget(self._content)
        self.lists, self.summer = ListsTab(self._look), SummerTab(self._look)
        self.stats = StatsTab(self._look)
        for tab in (self.lists, self.summer, self.stats):
            tab.asked.connect(self._on_asked)
            self._stack.addWidget(tab)
        self.summer.saved.connect(self.acts.save_result)
        self._nothing: QWidget | None = None
        context.bus.listen(self, _TOPICS, self.presenter.on_changed)
        self.presenter.start()

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """Year and class."""
        return self.presenter.pickers.widgets()

    def go_to(self, **where: Any) -> None:
        """`class_id`, `pupil_id`, `period` ("HK1", "HK2", "YEAR"), `tab` ("table", "lists",
        "summer", "stats"); `confirm` opens the GVCN's confirmation.
        """
        if "class_id" in where:
            period = str(where.get("period", ""))
            self.tabs.set_current(str(where.get("tab", TABLE)))
            self.presenter.show(where["class_id"], where.get("pupil_id"), period)
            self._show_head()
        if where.get("confirm"):
            self._confirm()

    # --- for the presenter

    def show_table(
        self,
        table: ResultsTable,
        rows: Sequence[ResultRow],
        filters: Sequence[FilterChoice],
        chosen: tuple[str, str],
    ) -> None:
        """The class at one period; keeps the chosen pupil."""
        if not table.rows:
            self._show_empty(
                "roster",
                self.tr("Lớp {name} chưa có học sinh").format(name=table.class_name),
                self.tr("Văn thư nhập danh sách lớp từ Excel trong Danh sách lớp."),
            )
            return
        self.show_tab()
        self.filter.set_choices([(choice.key, choice.words) for choice in filters], chosen)
        note = self.presenter.shown_words(table, rows)
        self._card.set_title(self._title_of(table), note)
        self.model = RecordModel(self._columns(table), self)
        self.model.set_records(rows)
        self._put_view(table)
        self._show_counts(table)
        at = next((n for n, r in enumerate(rows) if r.pupil_id == self.presenter.chosen), 0)
        if rows and self.view is not None:
            self.view.choose(at)
        else:
            self.show_no_reasons()

    def show_reasons(
        self, row: ResultRow, reasons: Sequence[Reason], changed: Sequence[ChangedResult]
    ) -> None:
        """Fill the right panel."""
        if not reasons and not changed:
            self.panel.show_nothing(
                self.tr("Kết quả giáo dục, khen thưởng và lên lớp được xét ở cuối năm học.")
            )
            return
        self.panel.show_reasons(row, reasons, changed)

    def show_no_reasons(self) -> None:
        """Nobody is chosen."""
        self.panel.show_nothing(self.tr("Không có học sinh nào trong danh sách đang lọc."))

    def show_nothing(self) -> None:
        """No class to look at."""
        self._show_empty(
            "sum",
            self.tr("Chưa có lớp nào để xem"),
            self.tr(
                "Tài khoản này chưa được phân công lớp nào, hoặc năm học chưa có lớp. Văn thư lập "
                "lớp và phân công trong Quản trị, sau đó kết quả hiện ở đây."
            ),
        )

    def show_tab(self) -> None:
        """The tab chosen, filled from the class on screen."""
        klass, tab = self.presenter.pickers.klass, self.tabs.current()
        if klass is None:
            return
        shown: dict[str, QWidget] = {
            TABLE: self._content,
            LISTS: self.lists,
            SUMMER: self.summer,
            STATS: self.stats,
        }
        if tab in (LISTS, SUMMER):
            self.acts.show_board(klass.id)
        elif tab == STATS:
            self.counting.show(klass.id, self.presenter.period)
        self._stack.setCurrentWidget(shown[tab])
        self._show_head()

    def period_words(self, period: ResultsPeriod) -> str:
        """Inside a title: "học kì I"."""
        return {
            ResultsPeriod.HK1: self.tr("học kì I"),
            ResultsPeriod.HK2: self.tr("học kì II"),
            ResultsPeriod.YEAR: self.tr("cả năm"),
        }.get(period) or Period(period.value).words

    # --- inside

    def _on_asked(self, what: str) -> None:
        if what in STATS_KINDS:
            self.show_tab()
        elif what in ("excel_stats", "excel_figures"):
            self.counting.on_asked(what)
        else:
            self.acts.on_asked(what)

    def _show_head(self) -> None:
        """Only what the tab uses; the GVCN's button while the period is open."""
        tab, primary = self.tabs.current(), self.presenter.primary
        for one in ResultsPeriod:
            self.periods.set_shown(one.value, shown=one.fits(primary=primary))
        self.periods.set_current(self.presenter.period.value)
        self.periods.setVisible(tab in (TABLE, STATS))
        table = self.presenter.table
        for widget in (self._filter_words, self.filter):
            # An empty box beside a word would look broken.
            widget.setVisible(tab == TABLE and table is not None and bool(table.rows))
        period = self.presenter.confirmable()
        self.confirm_button.setVisible(tab == TABLE and period is not None)

    def _confirm(self) -> None:
        period, klass = self.presenter.confirmable(), self.presenter.pickers.klass
        if period is not None and klass is not None:
            self.acts.confirm_class(klass.id, period)

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(look, self.tr("Tổng kết"), Role.TITLE))
        tabs = [
            (TABLE, self.tr("Bảng kết quả")),
            (LISTS, self.tr("Danh sách đề nghị")),
            (SUMMER, self.tr("Sau hè")),
            (STATS, self.tr("Thống kê")),
        ]
        self.tabs = Segmented(look, tabs, self.tr("Phần của Tổng kết"))
        self.tabs.chosen.connect(lambda _key: self.show_tab())
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignVCenter)
        # Those of the class on screen are shown.
        choices = [
            (ResultsPeriod.HK1.value, self.tr("Học kì I")),
            (ResultsPeriod.HK2.value, self.tr("Học kì II")),
            (ResultsPeriod.YEAR.value, self.tr("Cả năm")),
            *((period.value, short_term(period)) for period in PRIMARY_TERMS),
        ]
        self.periods = Segmented(look, choices, self.tr("Kỳ đang xem"))
        self.periods.chosen.connect(self.presenter.set_period)
        row.addWidget(self.periods, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        words = self._filter_words = Label(look, self.tr("Lọc"), Role.BODY, "ink3")
        self.filter = Combo(look, self.tr("Lọc theo kết quả"))
        self.filter.setMinimumWidth(150)
        words.setBuddy(self.filter)
        self.filter.picked.connect(self.presenter.set_filter)
        row.addWidget(words)
        row.addWidget(self.filter)
        self.confirm_button = primary(look, self.tr("Xác nhận lớp…"), self._confirm, "check")
        self.confirm_button.hide()
        row.addWidget(self.confirm_button)
        return row

    def _body(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        self._card = Card(self._look, " ", flush=True)
        self._place = QVBoxLayout()
        self._card.body.setSpacing(0)
        self._card.body.addLayout(self._place, 1)
        self._card.body.addWidget(hairline())
        self.counts = [ElidedLabel(self._look, "", Role.BODY, "ink2") for _ in range(3)]
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 8, 15, 2)
        foot.setSpacing(3)
        for line in self.counts:
            foot.addWidget(line)
        self._card.body.addLayout(foot)
        row.addWidget(self._card, 1)
        self.panel = ReasonsPanel(self._look)
        self.panel.setFixedWidth(SIDE_PANEL)
        row.addWidget(self.panel)
        return box

    def _put_view(self, table: ResultsTable) -> None:
        former, model = self.view, self.model
        if model is None:
            return
        name = self.tr("Kết quả lớp {name}").format(name=table.class_name)
        self.view = FrozenTable(self._look, name, 2, row_height=29)
        widths = {0: 54, 1: _NAME_WIDTH, 2: 112, 3: 98, 4: 90}
        at = 5
        if table.primary:
            of_year = table.period.is_year
            widths = {0: 54, 1: _NAME_WIDTH} | ({2: 164, 3: 168, 4: 142, 5: 90} if of_year else {})
            at = 6 if of_year else 2
        else:
            more = (
                (table.period is ResultsPeriod.YEAR, 178),
                (table.has_titles, 142),
                (table.has_average, _SUBJECT_WIDTH),
            )
            for shown, width in more:
                if shown:
                    widths[at] = width
                    at += 1
        metrics = QFontMetrics(self._look.font(Role.BODY))
        for column, (short, _) in enumerate(table.subjects, at):
            widths[column] = max(_SUBJECT_WIDTH, metrics.horizontalAdvance(short) + _HEAD_AIR)
        widths[at + len(table.subjects)] = _SUBJECT_WIDTH
        self.view.set_model(model, widths)
        self.view.row_chosen.connect(
            lambda row: self.presenter.choose(model.record(row) if row >= 0 else None)
        )
        self._place.addWidget(self.view)
        pass_focus(self._card, self.view)
        if former is not None:
            self._place.removeWidget(former)
            former.hide()
            former.deleteLater()

    def _columns(self, table: ResultsTable) -> list[Column[ResultRow]]:
        def tone(row: ResultRow) -> str:
            return "ink" if row.left_on is None else "ink3"

        if table.primary:
            return self._primary_columns(table, tone)
        columns: list[Column[ResultRow]] = [
            Column(self.tr("STT"), lambda r: str(r.position), number=True, tone=lambda r: "ink3"),
            Column(self.tr("Họ và tên"), lambda r: r.name, role=Role.VALUE, tone=tone,
                   icon=lambda r: "not-equal" if r.pupil_id in self.presenter.changed else "",
                   tip=self._name_tip),
            Column(table.learning_word, lambda r: r.learning_words, role=Role.STRONG, tone=tone,
                   tip=self._raised_words),
            Column(table.conduct_word, lambda r: r.conduct, tone=tone),
            Column(self.tr("Buổi nghỉ"), lambda r: r.absences, number=True, tone=tone),
        ]  # fmt: skip
        if table.period is ResultsPeriod.YEAR:
            columns += [
                Column(self.tr("Kết quả"), self._outcome, tone=tone, tip=self._outcome),
            ]
        if table.has_titles:
            columns.append(
                Column(self.tr("Danh hiệu"), lambda r: r.title, tone=tone, tip=lambda r: r.title)
            )
        if table.has_average:
            columns.append(
                Column(self.tr("ĐTB"), lambda r: r.average, number=True, role=Role.STRONG,
                       tone=tone)
            )  # fmt: skip
        columns += [self._subject(at, short) for at, (short, _) in enumerate(table.subjects)]
        # The last column takes what is left, so that no figure is torn away from its neighbours.
        return [*columns, Column("", lambda r: "")]

    def _primary_columns(
        self, table: ResultsTable, tone: Callable[[ResultRow], str]
    ) -> list[Column[ResultRow]]:
        """Levels and tests of a kỳ; at the year's end what the circular concludes before them."""
        columns: list[Column[ResultRow]] = [
            Column(self.tr("STT"), lambda r: str(r.position), number=True, tone=lambda r: "ink3"),
            Column(self.tr("Họ và tên"), lambda r: r.name, role=Role.VALUE, tone=tone,
                   tip=self._left_words),
        ]  # fmt: skip
        if table.period.is_year:
            columns += [
                Column(self.tr("Kết quả giáo dục"), lambda r: r.learning, role=Role.STRONG,
                       tone=tone),
                Column(self.tr("Lên lớp"), self._outcome, tone=tone, tip=self._outcome),
                Column(self.tr("Khen thưởng"), lambda r: r.title, tone=tone, tip=lambda r: r.title),
                Column(self.tr("Buổi nghỉ"), lambda r: r.absences, number=True, tone=tone),
            ]  # fmt: skip
        columns += [self._subject(at, short) for at, (short, _) in enumerate(table.subjects)]
        return [*columns, Column("", lambda r: "")]

    def _subject(self, at: int, short: str) -> Column[ResultRow]:
        return Column(
            short,
            lambda r: r.subjects[at],
            number=True,
            tone=lambda r: "ink3" if r.left_on is not None or r.subjects[at] == UNKNOWN else "ink",
        )

    def _name_tip(self, row: ResultRow) -> str:
        """Why the line is marked: it left, or it differs from what was closed."""
        changed = [one.sentence for one in self.presenter.changed.get(row.pupil_id, ())]
        return "\n".join(text for text in (self._left_words(row), *changed) if text)

    def _outcome(self, row: ResultRow) -> str:
        return row.outcome if row.left_on is None else self._left_words(row)

    def _left_words(self, row: ResultRow) -> str:
        if row.left_on is None:
            return row.name
        return self.tr("Rời lớp {day}").format(day=f"{row.left_on:%d/%m/%Y}")

    def _raised_words(self, row: ResultRow) -> str:
        if not row.raised_by:
            return row.learning
        return self.tr("Điều chỉnh từ {base} lên {final} vì môn {subject}").format(
            base=row.learning_base, final=row.learning, subject=row.raised_by
        )

    def _title_of(self, table: ResultsTable) -> str:
        words = {
            ResultsPeriod.HK1: self.tr("Lớp {name}, học kì I"),
            ResultsPeriod.HK2: self.tr("Lớp {name}, học kì II"),
            ResultsPeriod.YEAR: self.tr("Lớp {name}, cả năm"),
        }
        plain = self.tr("Lớp {name}, {period}")
        return words.get(table.period, plain).format(
            name=table.class_name, period=self.period_words(table.period)
        )

    def _show_counts(self, table: ResultsTable) -> None:
        lines = [
            (table.learning_word, table.counts("learning", table.learning_levels)),
            (table.conduct_word, table.counts("conduct", table.conduct_levels)),
        ]
        if table.primary:
            known = table.counts("learning", table.learning_levels)
            lines = [(self.tr("Kết quả giáo dục"), known)] if table.period.is_year else []
        if table.period.is_year:
            outcomes = [c for c in table.counts("outcome", table.outcomes) if c[1]]
            titles = [c for c in table.counts("title", table.titles) if c[1]]
            lines.append((self.tr("Kết quả"), (*outcomes, *titles)))
        for label in self.counts:
            label.hide()
        for label, (title, found) in zip(self.counts, lines, strict=False):
            parts = [
                f"{self.tr('chưa đủ dữ liệu') if value == UNKNOWN else value} {count}"
                for value, count in found
            ]
            label.setText(f"{title}:  " + "  ·  ".join(parts))
            label.show()

    def _show_empty(self, icon: str, title: str, sentence: str) -> None:
        if self._nothing is not None:
            self._stack.removeWidget(self._nothing)
            self._nothing.hide()
            self._nothing.deleteLater()
        self._nothing = EmptyState(self._look, icon, title, sentence)
        self._stack.addWidget(self._nothing)
        self._stack.setCurrentWidget(self._nothing)
        self.filter.set_choices([])
        self._show_head()
