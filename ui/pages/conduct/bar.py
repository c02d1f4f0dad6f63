"""The bar under the rèn luyện grid: what is selected, how many pupils have which level."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.readmodels.mark_sheet import CellKey
from app.services.conduct_entry import initials_of
from ui.models.mark_grid_model import Section
from ui.theme.tokens import GRID_MARGIN, SELECTION_BAR
from ui.theme.typography import Role
from ui.widgets.cards import clear
from ui.widgets.chips import KeyCap
from ui.widgets.labels import Label
from ui.widgets.mark_grid.selection_bar import place_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.models.mark_grid_model import MarkGridModel
    from ui.theme.look import Look
    from ui.widgets.mark_grid.blocks import Block


class ConductBar(QFrame):
    """Place, counts a level, then the initials that may be typed."""

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
        row.addWidget(Label(look, self.tr("Gõ chữ đầu:"), Role.CAPTION, "ink3"))
        self._look = look
        self._legend = QHBoxLayout()
        self._legend.setSpacing(7)
        row.addLayout(self._legend)
        self._levels: tuple[str, ...] = ()

    def show_state(
        self, model: MarkGridModel, levels: Sequence[str], blocks: Sequence[Block]
    ) -> None:
        """Follow the selection and the shown term; pupils who left are not counted."""
        self._name_keys(tuple(levels))
        self.place.setText(place_in_words(model, blocks))
        key = "YEAR.level" if model.section is Section.YEAR else f"{model.section.value}.level"
        self.counts.setText(self._counted(model, levels, key))

    def _name_keys(self, levels: tuple[str, ...]) -> None:
        """The initials of the circular's own levels."""
        if levels == self._levels:
            return
        self._levels = levels
        clear(self._legend)
        for level in levels:
            self._legend.addWidget(KeyCap(self._look, initials_of(level)))
            self._legend.addWidget(Label(self._look, level, Role.CAPTION, "ink2"))
            self._legend.addSpacing(6)

    def _counted(self, model: MarkGridModel, levels: Sequence[str], key: str) -> str:
        found = Counter(level_texts(model, key))
        parts = [f"{level} {found[level]}" for level in levels]
        empty = found[""] + found["–"]
        if empty:
            parts.append(self.tr("chưa có mức {n}").format(n=empty))
        return "  ·  ".join(parts)


def level_texts(model: MarkGridModel, key: str) -> list[str]:
    """Texts of one column for the pupils still in class."""
    return [
        model.view_of(CellKey(pupil.pupil_id, key)).text
        for pupil in model.sheet.rows
        if pupil.left_on is None
    ]
