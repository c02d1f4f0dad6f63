"""Biến động: who came and went in a month, and what that did to each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.domain.attendance import Month
from app.readmodels.pupil_history import ClassCount, MovementLine, MovementMonth
from app.text import date_vn
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.combos import Picker
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look

_SIDE = 330


class MovementsSection(QWidget):
    """`month_picked(Month)` and `export_asked()` follow the person."""

    month_picked = Signal(object)
    export_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.found: MovementMonth | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(CARD_GAP)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        across.addWidget(card, 1)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        row.setSpacing(14)
        self.months = Picker(look, self.tr("Tháng"))
        self.months.combo.picked.connect(lambda key: self.month_picked.emit(Month.read(key)))
        row.addWidget(self.months)
        self.summary = Label(look, "", Role.BODY, "ink2")
        row.addWidget(self.summary)
        row.addStretch(1)
        self.export_button = secondary(
            look, self.tr("Lưu ra Excel"), self.export_asked.emit, "excel"
        )
        row.addWidget(self.export_button)
        card.body.addLayout(row)
        self.model: RecordModel[MovementLine] = RecordModel(
            [
                Column(self.tr("Ngày"), lambda x: date_vn(x.on)),
                Column(self.tr("Lớp"), lambda x: x.class_name),
                Column(self.tr("Họ và tên"), lambda x: x.pupil_name, role=Role.VALUE,
                       tip=lambda x: x.pupil_name),
                Column(self.tr("Biến động"), lambda x: x.words,
                       icon=lambda x: "plus" if x.kind.comes else "minus",
                       tone=lambda x: "green" if x.kind.comes else "amber", tip=lambda x: x.words),
                Column(self.tr("Trường, giấy tờ"), _paper, tip=_paper),
                Column(self.tr("Lý do"), lambda x: x.reason, tone=lambda _x: "ink2",
                       tip=lambda x: x.reason),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Biến động trong tháng"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 104, 1: 52, 2: 158, 3: 168, 4: 158, 5: 110})
        empty = EmptyState(
            look,
            "roster",
            self.tr("Không em nào đến hay đi"),
            self.tr(
                "Chọn tháng khác ở trên; em chuyển đến, chuyển đi, thôi học, trở lại hiện ở đây."
            ),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addLayout(self._stack, 1)
        side = Card(look, self.tr("Sĩ số"), flush=True)
        side.setFixedWidth(_SIDE)
        self.counts: RecordModel[ClassCount] = RecordModel(
            [
                Column(self.tr("Lớp"), lambda x: x.class_name, role=Role.VALUE),
                Column(self.tr("Đầu"), lambda x: str(x.before), number=True),
                Column(self.tr("Tăng"), lambda x: str(x.came or "–"), number=True),
                Column(self.tr("Giảm"), lambda x: str(x.went or "–"), number=True),
                Column(self.tr("Cuối"), lambda x: str(x.after), number=True,
                       role=Role.STRONG),
            ],
            self,
        )  # fmt: skip
        self.count_table = TableView(look, self.tr("Sĩ số các lớp"), row_height=29)
        self.count_table.setModel(self.counts)
        self.count_table.set_widths({0: 74, 1: 60, 2: 60, 3: 60, 4: 60})
        side.body.addWidget(self.count_table, 1)
        across.addWidget(side)

    def set_months(self, months: Sequence[Month], current: Month) -> None:
        """Months to offer, newest first."""
        words = [(m.iso, f"{m.number:02d}/{m.year}") for m in months]
        self.months.combo.set_choices(words, current.iso)

    def show_month(self, found: MovementMonth) -> None:
        """One month's list and counts."""
        self.found = found
        came = sum(row.came for row in found.counts)
        went = sum(row.went for row in found.counts)
        words = (
            self.tr("Tăng {a}, giảm {b}").format(a=came, b=went)
            if found.lines
            else self.tr("Tháng này không có biến động")
        )
        self.summary.setText(words)
        self.model.set_records(found.lines)
        self._stack.setCurrentIndex(0 if found.lines else 1)
        self.counts.set_records(found.counts)


def _paper(line: MovementLine) -> str:
    return ", ".join(text for text in (line.school, line.document) if text)
