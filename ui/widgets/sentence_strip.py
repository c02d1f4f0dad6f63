"""A coloured strip with one whole sentence: a refusal that stays until it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from ui.theme.look import Look


class SentenceStrip(QFrame):
    """Hidden while it has nothing to say; breaks lines instead of cutting. Tones as `Alert`."""

    def __init__(self, look: Look, tone: str = "red", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "alert")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(Glyph(look, "warning", tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(look, "", Role.BODY, wrap=True)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty when hidden."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show the sentence; an empty one hides the strip."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
