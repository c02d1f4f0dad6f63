"""Các tổ: who leads each, its members, the subjects it looks after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.departments import Department
    from ui.theme.look import Look


class UnitsTab(QWidget):
    """Shows every tổ; every act is asked of the page."""

    subjects_asked = Signal()
    accounts_asked = Signal()

    def __init__(self, look: Look, *, may_give: bool) -> None:
        super().__init__()
        self._names: Mapping[str, str] = {}
        self._may_give = may_give
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        words = self.tr(
            "Tổ trưởng xem sổ, nhắc việc, kiểm tra thành viên tổ mình; kiểm dò hồ sơ sửa điểm các "
            "môn của tổ."
        )
        bar.addWidget(Label(look, words, Role.BODY, "ink2"))
        bar.addStretch(1)
        self.accounts_button = secondary(
            look, self.tr("Đổi tổ, tổ trưởng…"), self.accounts_asked.emit, "people"
        )
        self.accounts_button.setVisible(may_give)
        self.subjects_button = primary(
            look, self.tr("Giao môn…"), self.subjects_asked.emit, "pencil"
        )
        self.subjects_button.setVisible(may_give)
        bar.addWidget(self.accounts_button)
        bar.addWidget(self.subjects_button)
        outer.addLayout(bar)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        self.model: RecordModel[Department] = RecordModel(
            [
                Column(self.tr("Tổ"), lambda d: d.name, role=Role.STRONG),
                Column(self.tr("Tổ trưởng"), lambda d: d.head_names or self.tr("chưa có"),
                       tone=lambda d: "ink" if d.heads else "ink3"),
                Column(self.tr("Thành viên"), lambda d: str(len(d.members)), number=True,
                       tip=lambda d: ", ".join(m.full_name for m in d.members)),
                Column(self.tr("Môn phụ trách"), self._subjects,
                       tone=lambda d: "ink" if d.subjects else "ink3", tip=self._subjects),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các tổ"), row_height=38)
        self.table.setModel(self.model)
        self.table.set_widths({0: 230, 1: 230, 2: 104})
        self.table.activated.connect(lambda _index: self.subjects_asked.emit())
        card.body.addWidget(self.table, 1)
        outer.addWidget(card, 1)

    def show_departments(
        self, departments: tuple[Department, ...], names: Mapping[str, str]
    ) -> None:
        """Every tổ; `names` say the codes of subjects."""
        kept = self.chosen()
        self._names = names
        self.model.set_records(departments)
        at = [d.name for d in departments]
        if departments:
            self.table.selectRow(at.index(kept.name) if kept and kept.name in at else 0)
        self.subjects_button.setEnabled(bool(departments))

    def chosen(self) -> Department | None:
        """The tổ at the current row."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def _subjects(self, department: Department) -> str:
        names = [self._names[code] for code in department.subjects if code in self._names]
        return ", ".join(names) or self.tr("chưa giao môn")
