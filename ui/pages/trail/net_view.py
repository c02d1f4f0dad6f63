"""Thay đổi ròng: touched cells from their first to their last value, with counts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.net_change import CellStep, Direction, NetChange
from app.readmodels.net_change import NetChangeReport, Tally
from app.services.net_changes import column_words_of
from ui.theme.tokens import CARD_GAP, CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.chips import Chip
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from ui.pages.trail.net_presenter import NetPresenter
    from ui.theme.look import Look

STEPS, PEOPLE, COLUMNS, HOURS = "steps", "people", "columns", "hours"
DIFFERENT, ALL = "different", "all"
_PANEL = 400
_TONES = {
    Direction.UP: "accent",
    Direction.DOWN: "amber",
    Direction.EMPTIED: "red",
    Direction.OTHER: "ink2",
    Direction.SAME: "ink3",
}
_ICONS = {
    Direction.UP: "chevron-up",
    Direction.DOWN: "chevron-down",
    Direction.EMPTIED: "trash",
    Direction.OTHER: "not-equal",
    Direction.SAME: "dash",
}


class NetView(QWidget):
    """Layout only; `presenter` decides what is read and shown."""

    def __init__(self, look: Look, presenter: NetPresenter) -> None:
        super().__init__()
        self._look = look
        self._presenter = presenter
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self._filters())
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._list(), 1)
        panel = self._panel()
        panel.setFixedWidth(_PANEL)
        columns.addWidget(panel)
        outer.addLayout(columns, 1)

    # --- for the presenter

    def show_report(self, report: NetChangeReport, rows: Sequence[NetChange]) -> None:
        """The counts of everything found, and the rows that pass the choice of view."""
        self.chips["steps"].set_state(self._count(report.steps, self.tr("lần sửa")), "ink2")
        self.chips["up"].set_state(
            self._count(report.up, self.tr("ô tăng")), "accent" if report.up else "ink3",
            "chevron-up",
        )  # fmt: skip
        self.chips["down"].set_state(
            self._count(report.down, self.tr("ô giảm")), "amber" if report.down else "ink3",
            "chevron-down",
        )  # fmt: skip
        self.chips["same"].set_state(self._count(report.same, self.tr("ô như cũ")), "ink3", "dash")
        self.model.set_records(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._note.setText(
            self.tr(
                "{n} ô hiện ra · {people} người sửa · {classes} lớp · {approved} lần sửa theo hồ "
                "sơ được duyệt"
            ).format(
                n=len(rows),
                people=len(report.people),
                classes=len(report.classes),
                approved=report.steps - report.unapproved,
            )
        )
        for key, tallies in (
            (PEOPLE, report.people), (COLUMNS, report.columns), (HOURS, report.hours),
        ):  # fmt: skip
            self._tallies[key].set_records(tallies)
        for button in (self.excel_button, self.print_button):
            button.setEnabled(bool(report.changes))
        if rows:
            self.table.selectRow(0)
        else:
            self.show_steps(None)

    def show_steps(self, change: NetChange | None) -> None:
        """The whole history of the chosen cell."""
        self._title.setText("" if change is None else change.place.pupil)
        self._place.setText(
            ""
            if change is None
            else f"{change.place.class_name} · {change.place.subject} · "
            f"{column_words_of(change.place)}"
        )
        self.steps_model.set_records(() if change is None else change.steps)

    def show_choices(
        self,
        years: Sequence[tuple[object, str]],
        classes: Sequence[tuple[object, str]],
        people: Sequence[tuple[object, str]],
    ) -> None:
        """Fill the filters; one school year needs no choice."""
        self.years.set_choices(years)
        self.years.setVisible(len(years) > 1)
        self.classes.set_choices(classes)
        self.people.set_choices(people)

    def say(self, sentence: str) -> None:
        """A refusal of a typed day, under the filters' table."""
        self._note.setText(sentence)

    # --- inside

    def _filters(self) -> QHBoxLayout:
        look, presenter = self._look, self._presenter
        row = QHBoxLayout()
        row.setSpacing(10)
        self.years = Combo(look, self.tr("Năm học"))
        self.years.picked.connect(presenter.set_year)
        row.addWidget(self.years)
        self.since = DateField(look, self.tr("Từ ngày"))
        self.until = DateField(look, self.tr("Đến hết ngày"))
        for words, field, apply in (
            (self.tr("Từ"), self.since, presenter.set_since),
            (self.tr("đến hết"), self.until, presenter.set_until),
        ):
            label = Label(look, words, Role.BODY, "ink3")
            label.setBuddy(field)
            field.setFixedWidth(154)
            field.date_chosen.connect(apply)
            field.refused.connect(self.say)
            row.addWidget(label)
            row.addWidget(field)
        self.classes = Combo(look, self.tr("Lớp"))
        self.people = Combo(look, self.tr("Người sửa"))
        self.classes.picked.connect(presenter.set_class)
        self.people.picked.connect(presenter.set_person)
        self.people.setMaximumWidth(180)
        row.addWidget(self.classes)
        row.addWidget(self.people)
        row.addStretch(1)
        self.excel_button = secondary(look, self.tr("Xuất Excel…"), presenter.export, "excel")
        self.print_button = primary(look, self.tr("In bảng…"), presenter.print_paper, "printer")
        self.print_button.setVisible(presenter.may_print)
        row.addWidget(self.excel_button)
        row.addWidget(self.print_button)
        return row

    def _list(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 6)
        card.body.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 0)
        head.setSpacing(8)
        self.chips = {key: Chip(look) for key in ("steps", "up", "down", "same")}
        for chip in self.chips.values():
            head.addWidget(chip)
        head.addStretch(1)
        self.which = Segmented(
            look,
            [(DIFFERENT, self.tr("Khác ban đầu")), (ALL, self.tr("Tất cả"))],
            self.tr("Các ô hiện ra"),
        )
        self.which.chosen.connect(self._presenter.set_which)
        head.addWidget(self.which)
        card.body.addLayout(head)
        self.model: RecordModel[NetChange] = RecordModel(
            [
                Column(self.tr("Học sinh"), lambda c: c.place.pupil, role=Role.VALUE,
                       second=lambda c: c.place.class_name, tip=lambda c: c.place.pupil),
                Column(self.tr("Môn và cột"), lambda c: c.place.subject,
                       second=lambda c: column_words_of(c.place), tip=lambda c: c.place.subject),
                Column(self.tr("Ban đầu"), lambda c: c.first or "–", centred=True,
                       tone=lambda _c: "ink2", tip=lambda c: c.first),
                Column(self.tr("Sau cùng"), lambda c: c.last or self.tr("xóa"), centred=True,
                       role=Role.STRONG, tip=lambda c: c.last),
                Column(self.tr("Chiều"), lambda c: c.direction.value,
                       icon=lambda c: _ICONS[c.direction], tone=lambda c: _TONES[c.direction]),
                Column(self.tr("Lần"), lambda c: str(len(c.steps)), number=True),
                Column(self.tr("Người sửa và căn cứ"), lambda c: ", ".join(c.people),
                       second=self._presenter.grounds,
                       tip=lambda c: f"{', '.join(c.people)}: {self._presenter.grounds(c)}"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các ô bị sửa"), row_height=44, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 152, 1: 126, 2: 78, 3: 84, 4: 84, 5: 48})
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _was: self.show_steps(
                self.model.record(now.row()) if now.isValid() else None
            )
        )
        empty = EmptyState(
            look,
            "shield-check",
            self.tr("Không ô điểm nào bị sửa"),
            self.tr(
                "Trong thời gian và lớp đã chọn, không điểm nào đã có lại đổi sang giá trị khác. "
                "Nhập điểm lần đầu không tính là sửa."
            ),
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        card.body.addWidget(hairline())
        self._note = ElidedLabel(look, "", Role.CAPTION, "ink3")
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 0, 15, 2)
        foot.addWidget(self._note)
        card.body.addLayout(foot)
        return card

    def _panel(self) -> Card:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        self.leaves = Segmented(
            look,
            [
                (STEPS, self.tr("Ô đang chọn")),
                (PEOPLE, self.tr("Người")),
                (COLUMNS, self.tr("Cột")),
                (HOURS, self.tr("Giờ")),
            ],
            self.tr("Bên phải"),
        )
        row = QHBoxLayout()
        row.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 2)
        row.addWidget(self.leaves)
        row.addStretch(1)
        card.body.addLayout(row)
        leaves = QStackedWidget()
        order = (STEPS, PEOPLE, COLUMNS, HOURS)
        leaves.addWidget(self._steps_leaf())
        self._tallies: dict[str, RecordModel[Tally]] = {}
        for key, words in (
            (PEOPLE, self.tr("Người sửa")),
            (COLUMNS, self.tr("Môn và cột")),
            (HOURS, self.tr("Giờ trong ngày")),
        ):
            leaves.addWidget(self._tally_leaf(key, words))
        self.leaves.chosen.connect(lambda key: leaves.setCurrentIndex(order.index(key)))
        card.body.addWidget(leaves, 1)
        return card

    def _steps_leaf(self) -> QWidget:
        look = self._look
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = QVBoxLayout()
        words.setContentsMargins(CARD_PADDING - 1, 4, CARD_PADDING, 6)
        self._title = ElidedLabel(look, "", Role.CARD_TITLE)
        self._place = ElidedLabel(look, "", Role.BODY, "ink2")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self._title)
        words.addWidget(self._place)
        column.addLayout(words)
        column.addWidget(hairline())
        self.steps_model: RecordModel[CellStep] = RecordModel(
            [
                Column(self.tr("Lúc"), self._day, second=lambda s: s.at[11:19],
                       tip=lambda s: self.tr("mục {n}").format(n=s.seq)),
                Column(self.tr("Người"), lambda s: s.actor, role=Role.VALUE, second=self._ground,
                       tip=lambda s: s.actor),
                Column(self.tr("Trước"), lambda s: s.old or "–", centred=True,
                       tone=lambda _s: "ink2", tip=lambda s: s.old),
                Column(self.tr("Sau"), lambda s: s.new or self.tr("xóa"), centred=True,
                       role=Role.STRONG, tip=lambda s: s.new),
            ],
            self,
        )  # fmt: skip
        table = TableView(look, self.tr("Từng lần sửa của ô"), row_height=44, fifth=False)
        table.setModel(self.steps_model)
        table.set_widths({0: 106, 1: 140, 2: 58, 3: 70})
        column.addWidget(table, 1)
        return leaf

    def _tally_leaf(self, key: str, words: str) -> QWidget:
        model: RecordModel[Tally] = RecordModel(
            [
                Column(words, lambda t: f"{t.key} giờ" if key == HOURS else t.key, role=Role.VALUE,
                       second=self._ends, tip=lambda t: t.key),
                Column(self.tr("Lần sửa"), lambda t: str(t.steps), number=True, role=Role.STRONG),
                Column(self.tr("Số ô"), lambda t: str(t.cells), number=True),
            ],
            self,
        )  # fmt: skip
        table = TableView(self._look, words, row_height=44, fifth=False)
        table.setModel(model)
        table.set_widths({0: 230, 1: 78, 2: 60})
        self._tallies[key] = model
        return table

    def _on_row(self, now: QModelIndex) -> None:
        self.show_steps(self.model.record(now.row()) if now.isValid() else None)

    def _ends(self, tally: Tally) -> str:
        return self.tr("{up} tăng · {down} giảm · {same} như cũ").format(
            up=tally.up, down=tally.down, same=tally.same
        )

    def _ground(self, step: CellStep) -> str:
        if step.case:
            return self.tr("hồ sơ {n}").format(n=f"{step.case:02d}")
        return self.tr("cột còn mở")

    @staticmethod
    def _day(step: CellStep) -> str:
        return "/".join(reversed(step.at[:10].split("-")))

    @staticmethod
    def _count(number: int, words: str) -> str:
        return f"{number:,} {words}".replace(",", ".")
