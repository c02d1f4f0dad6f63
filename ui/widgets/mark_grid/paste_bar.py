"""The wrong-column guard's question, over the grid, answered or ignored without a dialog."""

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


class PasteBar(QFrame):
    """The safe answer comes first, has the focus and is what Enter and Esc give."""

    answered = Signal(bool)
    """True: paste into these columns; False: write nothing."""

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
        self.decline = secondary(look, self.tr("Không dán"), lambda: self._answer(agreed=False))
        self.accept = secondary(look, "", lambda: self._answer(agreed=True))
        self.decline.setAutoDefault(True)
        row.addWidget(self.decline)
        row.addWidget(self.accept)
        self.hide()

    def ask(self, sentence: str, columns: str) -> None:
        """Show the guard's sentence; `columns` names where the paste would go."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.accept.setText(self.tr("Vẫn dán vào {columns}").format(columns=columns))
        self.show()
        self.decline.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(agreed=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer(agreed=self.accept.hasFocus())
        else:
            super().keyPressEvent(event)

    def _answer(self, *, agreed: bool) -> None:
        self.hide()
        self.answered.emit(agreed)
