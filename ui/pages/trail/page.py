"""Nhật ký: who did what and when, each entry with its cells, and whether the chain holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.services.trail_review import SignedMark, TrailLine
from ui.pages.trail.entry_panel import EntryPanel
from ui.pages.trail.net_presenter import NetPresenter
from ui.pages.trail.presenter import ChainWords, TrailPresenter
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import ElidedLabel, Glyph, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from app.domain.ids import ClassId
    from app.services.trail_cells import CellLine
    from app.workspace import Workspace
    from ui.navigation import PageContext

ENTRIES, NET = "entries", "net"
_PANEL = 400
_LONG_LIST = 190
"""Px a filter takes at most, whatever the longest name is."""


class TrailPage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self.presenter = TrailPresenter(self, context, work)
        self._quiet = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self._tabs = QStackedLayout()
        self._tabs.addWidget(self._entries())
        self.net = NetPresenter(self, context, work)
        self._tabs.addWidget(self.net.view)
        outer.addLayout(self._tabs, 1)
        context.bus.listen(self, frozenset(Topic), self.presenter.on_changed)
        context.bus.listen(self, frozenset(Topic), self.net.on_changed)
        self.presenter.start()

    # --- for the window

    def go_to(self, **where: Any) -> None:
        """`class_id`, `account_id` and `kind` set the filters; `seq` chooses an entry; `tab` may be
        "entries" or "net".
        """
        if "tab" in where:
            self._show_tab(str(where["tab"]))
        for key, combo, apply in (
            ("class_id", self.classes, self.presenter.set_class),
            ("account_id", self.people, self.presenter.set_person),
            ("kind", self.kinds, self.presenter.set_kind),
        ):
            if key in where and combo.set_current(where[key]):
                apply(where[key])
        if "seq" in where:
            self._choose_seq(int(where["seq"]))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what was written while nobody looked."""
        super().showEvent(event)
        self.presenter.on_shown()

    # --- for the presenter

    def show_choices(
        self,
        classes: Sequence[tuple[ClassId | None, str]],
        people: Sequence[tuple[int | None, str]],
        kinds: Sequence[tuple[str, str]],
    ) -> None:
        """Fill the filters."""
        self.classes.set_choices(classes, self.presenter.class_id)
        self.people.set_choices(people)
        self.kinds.set_choices(kinds)

    def show_lines(self, lines: Sequence[TrailLine]) -> None:
        """The list, keeping the chosen entry."""
        row = self.table.chosen_row()
        records = self.model.records()
        chosen = records[row].seq if 0 <= row < len(records) else None
        self._quiet = True
        self.model.set_records(lines)
        self._quiet = False
        self._stack.setCurrentIndex(0 if lines else 1)
        self._count.setText(self.tr("{n} mục").format(n=len(lines)))
        self.more_button.setVisible(self.presenter.may_have_more)
        at = next((n for n, line in enumerate(lines) if line.seq == chosen), 0)
        if lines:
            self.table.selectRow(at)
        else:
            self.presenter.choose(None)

    def show_entry(self, line: TrailLine, cells: Sequence[CellLine]) -> None:
        """Fill the right side."""
        self.panel.show_entry(line, cells)

    def show_no_entry(self) -> None:
        """Nothing to explain."""
        self.panel.show_nothing(self.tr("Không có mục nào trong danh sách đang lọc."))

    def show_marks(self, marks: Sequence[SignedMark]) -> None:
        """Signed checkpoints."""
        self.panel.show_marks(marks)

    def show_verdict(self, words: ChainWords) -> None:
        """What became of a printed code."""
        self.panel.show_verdict(words.icon, words.tone, words.sentence)

    def show_nothing(self) -> None:
        """A teacher without a class."""
        self.show_lines(())
        self.show_chain(self.presenter.chain)

    def show_chain(self, words: ChainWords) -> None:
        """The state of the chain, in words and with a shape."""
        reviews = self.presenter.reviews_all
        self._chain_glyph.set_icon(words.icon, words.tone)
        self._chain_text.setText(words.sentence)
        self._chain_text.set_tone(words.tone)
        self._chain_text.setAccessibleName(words.sentence)
        for widget in (self._chain_glyph, self._chain_text, self.check_button):
            widget.setVisible(reviews)

    def chain_sentence(self) -> str:
        """What is said of the chain now."""
        return self._chain_text.text()

    # --- inside

    def _show_tab(self, tab: str) -> None:
        self.tabs.set_current(tab)
        self._tabs.setCurrentIndex(int(tab == NET))
        if tab == NET:
            self.net.look_at()

    def _entries(self) -> QWidget:
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._filters())
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._list(), 1)
        self.panel = EntryPanel(self._look, with_marks=self.presenter.reviews_all)
        self.panel.setFixedWidth(_PANEL)
        self.panel.code_entered.connect(self.presenter.compare_code)
        columns.addWidget(self.panel)
        column.addLayout(columns, 1)
        return leaf

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Label(look, self.tr("Nhật ký"), Role.TITLE))
        row.addSpacing(8)
        self.tabs = Segmented(
            look,
            [(ENTRIES, self.tr("Từng mục")), (NET, self.tr("Thay đổi ròng"))],
            self.tr("Cách xem nhật ký"),
        )
        self.tabs.chosen.connect(self._show_tab)
        row.addWidget(self.tabs)
        row.addSpacing(8)
        self._chain_glyph = Glyph(look, "history", "ink2", 18)
        self._chain_text = ElidedLabel(look, "", Role.VALUE, "ink2")
        row.addWidget(self._chain_glyph)
        row.addWidget(self._chain_text, 1)
        self.check_button = secondary(
            look, self.tr("Kiểm tra chuỗi"), self.presenter.check_chain, "shield-check"
        )
        row.addWidget(self.check_button)
        return row

    def _filters(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(10)
        self.classes = Combo(look, self.tr("Lớp"))
        self.people = Combo(look, self.tr("Người"))
        self.kinds = Combo(look, self.tr("Việc"))
        self.classes.picked.connect(self.presenter.set_class)
        self.people.picked.connect(self.presenter.set_person)
        self.kinds.picked.connect(self.presenter.set_kind)
        for words, combo in (
            (self.tr("Lớp"), self.classes),
            (self.tr("Người"), self.people),
            (self.tr("Việc"), self.kinds),
        ):
            label = Label(look, words, Role.BODY, "ink3")
            label.setBuddy(combo)
            combo.setMaximumWidth(_LONG_LIST)
            row.addWidget(label)
            row.addWidget(combo)
        name = self.tr("Tìm trong nhật ký")
        self.search = SearchField(look, name, self.tr("Tìm theo chữ, không cần dấu"))
        self.search.textChanged.connect(self.presenter.set_text)
        row.addWidget(self.search, 1)
        return row

    def _list(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        card.body.setSpacing(0)
        self.model: RecordModel[TrailLine] = RecordModel(
            [
                Column(self.tr("Lúc"), lambda r: f"{r.at:%d/%m/%Y}",
                       second=lambda r: f"{r.at:%H:%M:%S}", tip=lambda r: str(r.seq)),
                Column(self.tr("Người"), lambda r: r.who or self.tr("chương trình"),
                       role=Role.VALUE, second=self._place, tip=lambda r: r.who),
                Column(self.tr("Việc"), lambda r: r.sentence, second=lambda r: r.title,
                       tip=lambda r: r.sentence),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các mục nhật ký"), row_height=44, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 104, 1: 160})
        self.table.selectionModel().currentRowChanged.connect(lambda now, _was: self._on_row(now))
        empty = EmptyState(
            look,
            "history",
            self.tr("Không có mục nào"),
            self.tr("Không mục nào khớp với bộ lọc. Hãy bỏ bớt một điều kiện, hoặc đọc lùi thêm."),
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        card.body.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 7, 15, 2)
        self._count = Label(look, "", Role.CAPTION, "ink3")
        self.more_button = link(look, self.tr("Đọc lùi thêm 500 mục"), self.presenter.read_more)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self.more_button)
        card.body.addLayout(foot)
        return card

    def _place(self, line: TrailLine) -> str:
        number = self.tr("mục {n}").format(n=line.seq)
        return f"{line.class_name} · {number}" if line.class_name else number

    def _on_row(self, now: Any) -> None:
        if not self._quiet and now.isValid():
            self.presenter.choose(self.model.record(now.row()))

    def _choose_seq(self, seq: int) -> None:
        for row, line in enumerate(self.model.records()):
            if line.seq == seq:
                self.table.selectRow(row)
                self.table.scrollTo(self.model.index(row, 0))
