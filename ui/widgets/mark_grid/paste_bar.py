"""A question before a paste, over the grid, answered or ignored without a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.theme.look import Look
from ui.theme.tokens import GRID_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.labels import Glyph, Label

_DECLINED = -1


class PasteBar(QFrame):
    """The safe answer comes first, has the focus and is what Enter and Esc give."""

    answered = Signal(int)
    """Which way to go on, from 0; -1: write nothing."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "alert")
        self.setProperty("tone", "amber")
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_MARGIN, 7, GRID_MARGIN, 7)
        row.setSpacing(10)
        row.addWidget(Glyph(look, "warning", "amber", 18))
        self.sentence = Label(look, "", Role.VALUE, wrap=True)
        row.addWidget(self.sentence, 1)
        self.decline = secondary(look, self.tr("Không dán"), lambda: self._answer(_DECLINED))
        self.accept = secondary(look, "", lambda: self._answer(0))
        self.other = secondary(look, "", lambda: self._answer(1))
        self.decline.setAutoDefault(True)
        for button in (self.decline, self.accept, self.other):
            row.addWidget(button)
        self.hide()

    def ask(self, sentence: str, ways: tuple[str, ...]) -> None:
        """Show a sentence and one or two ways to go on, in words of what happens."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        for button, words in zip((self.accept, self.other), (*ways, ""), strict=False):
            button.setText(words)
            button.setVisible(bool(words))
        self.show()
        self.decline.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(_DECLINED)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen = [at for at, b in enumerate((self.accept, self.other)) if b.hasFocus()]
            self._answer(chosen[0] if chosen else _DECLINED)
        else:
            super().keyPressEvent(event)

    def _answer(self, at: int) -> None:
        self.hide()
        self.answered.emit(at)
