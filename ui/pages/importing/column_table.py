"""The mapping step: every headed column, a few of its values, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.importing.tables import column_letter
from app.text import clean
from ui.theme.typography import Role
from ui.widgets.cards import ScrollPane, hairline
from ui.widgets.combos import Combo
from ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.importing.header_finder import ColumnMapping
    from app.importing.tables import RawSheet
    from ui.theme.look import Look

_SAMPLES = 3
IGNORED = ""


class ColumnTable(ScrollPane):
    """`changed(column, meaning or None)` after the person chose; call `show_mapping` again."""

    changed = Signal(int, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.combos: dict[int, Combo] = {}

    def show_mapping(
        self, sheet: RawSheet, mapping: ColumnMapping, choices: Sequence[tuple[str, str]]
    ) -> None:
        """Columns of `sheet`; `choices` are (meaning, words)."""
        place = self.verticalScrollBar().value()
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.combos = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for at, words in enumerate(
            (self.tr("Cột"), self.tr("Tiêu đề trong tệp"), self.tr("Vài giá trị"),
             self.tr("Nhận làm"))
        ):  # fmt: skip
            grid.addWidget(Label(self._look, words, Role.CAPTION, "ink3"), 0, at)
        every = [(IGNORED, self.tr("Bỏ qua cột này")), *choices]
        for line, headed in enumerate(mapping.header.columns):
            row = 2 * line + 2
            grid.addWidget(hairline(), row - 1, 0, 1, 4)
            heading = " ".join(part for part in (headed.heading, headed.under) if part)
            letter = column_letter(headed.column)
            grid.addWidget(Label(self._look, letter, Role.VALUE, "ink3"), row, 0)
            grid.addWidget(ElidedLabel(self._look, heading or "–", Role.VALUE), row, 1)
            samples = self._samples(sheet, mapping, headed.column)
            grid.addWidget(ElidedLabel(self._look, samples, Role.BODY, "ink2"), row, 2)
            name = self.tr("Cột {letter}, {heading}").format(letter=letter, heading=heading)
            combo = Combo(self._look, name, every)
            combo.set_current(str(mapping.meanings.get(headed.column, IGNORED)))
            combo.picked.connect(
                lambda meaning, column=headed.column: self.changed.emit(column, meaning or None)
            )
            self.combos[headed.column] = combo
            grid.addWidget(combo, row, 3)
        grid.setColumnMinimumWidth(0, 34)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 5)
        grid.setColumnMinimumWidth(3, 230)
        self.body.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        self.verticalScrollBar().setValue(place)

    def _samples(self, sheet: RawSheet, mapping: ColumnMapping, column: int) -> str:
        found: list[str] = []
        for row in range(mapping.header.first_data_row, len(sheet.rows) + 1):
            cell = sheet.cell(row, column)
            if not cell.is_blank:
                found.append(clean(cell.text))
            if len(found) == _SAMPLES:
                break
        return " · ".join(found) or self.tr("trống")
