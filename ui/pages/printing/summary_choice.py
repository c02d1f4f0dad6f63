"""Which kỳ of the bảng tổng hợp of a primary class: the row of choices above the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.periods import PRIMARY_TERMS, Period
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ui.theme.look import Look


class SummaryChoice(QWidget):
    """`changed()` after the person chose; `period` is what the buttons speak of."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.periods = Segmented(
            look, [(p.value, p.label) for p in PRIMARY_TERMS], self.tr("Kỳ của bảng tổng hợp")
        )
        self.periods.chosen.connect(lambda _key: self.changed.emit())
        row.addWidget(self.periods, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    @property
    def period(self) -> Period:
        """What is chosen."""
        return Period(self.periods.current())

    @property
    def scope(self) -> str:
        """The same as a word: "CK1"."""
        return self.period.value

    def show_scope(self, key: str) -> None:
        """A kỳ from outside, with the control following; other words change nothing."""
        if key in PRIMARY_TERMS:
            self.periods.set_current(key)
            self.changed.emit()
