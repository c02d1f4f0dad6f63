"""The decision behind a change of rules or forms: number, day, first day on which it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.rule_book import RuleAct
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField

if TYPE_CHECKING:
    from datetime import date

    from ui.theme.look import Look


class DecisionRow(QWidget):
    """Số quyết định, ngày quyết định, có hiệu lực từ; `act()` reads them."""

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.number = TextField(look, _tr("Số quyết định"), "41/QĐ-THCS")
        self.decided_on = DateField(look, _tr("Ngày quyết định"), today)
        self.starts_on = DateField(look, _tr("Có hiệu lực từ"), today)
        row.addWidget(LabelledField(look, _tr("Số quyết định của hiệu trưởng"), self.number), 4)
        row.addWidget(LabelledField(look, _tr("Ngày quyết định"), self.decided_on), 3)
        row.addWidget(LabelledField(look, _tr("Có hiệu lực từ"), self.starts_on), 3)

    def act(self, note: str = "") -> RuleAct:
        """What was typed; RuleRefused when a date is no day."""
        return RuleAct(self.number.text(), self.decided_on.value(), self.starts_on.value(), note)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DecisionRow", text)
