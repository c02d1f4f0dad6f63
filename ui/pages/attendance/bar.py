"""The bar under the attendance grid: the selection, counts of the shown days, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.attendance import Absence
from ui.pages.attendance.words import place_words
from ui.theme.tokens import GRID_MARGIN, SELECTION_BAR
from ui.theme.typography import Role
from ui.widgets.chips import KeyCap
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.models.attendance_grid_model import AttendanceGridModel
    from ui.theme.look import Look
    from ui.widgets.mark_grid.blocks import Block


class AttendanceBar(QFrame):
    """Place, P and K of the shown days, then what each key does."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "selectionbar")
        self.setFixedHeight(SELECTION_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_MARGIN, 0, GRID_MARGIN, 0)
        row.setSpacing(7)
        self.place = Label(look, "", Role.STRONG)
        row.addWidget(self.place)
        row.addSpacing(9)
        self.counts = Label(look, "", Role.BODY, "ink2")
        row.addWidget(self.counts)
        row.addStretch(1)
        row.addWidget(Glyph(look, "clock", "amber", 14))
        row.addWidget(Label(look, self.tr("ghi sau hạn"), Role.CAPTION, "ink2"))
        row.addSpacing(9)
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(7)
        for key, words in (
            ("P", self.tr("có phép")),
            ("K", self.tr("không phép")),
            (self.tr("Cách"), self.tr("đổi lần lượt")),
            ("Delete", self.tr("có mặt")),
        ):
            keys.addWidget(KeyCap(look, key))
            keys.addWidget(Label(look, words, Role.CAPTION, "ink2"))
            keys.addSpacing(4)
        row.addWidget(self._keys)

    def show_state(
        self, model: AttendanceGridModel, blocks: Sequence[Block], *, may_enter: bool
    ) -> None:
        """Follow the selection and the counts."""
        self._keys.setVisible(may_enter)
        self.place.setText(place_words(model, blocks))
        self.counts.setText(self._counted(model))

    def _counted(self, model: AttendanceGridModel) -> str:
        signs = [kind for row in model.sheet.rows for kind in row.marks.values()]
        excused = signs.count(Absence.EXCUSED)
        parts = [
            self.tr("P {n}").format(n=excused),
            self.tr("K {n}").format(n=len(signs) - excused),
            self.tr("TS {n} buổi nghỉ").format(n=len(signs)),
        ]
        if model.in_words:
            day = model.sheet.days[0].day
            there = [row for row in model.sheet.rows if row.is_there(day)]
            parts.insert(0, self.tr("Sĩ số {n}").format(n=len(there)))
            parts.insert(1, self.tr("có mặt {n}").format(n=len(there) - len(signs)))
        return "  ·  ".join(parts)
