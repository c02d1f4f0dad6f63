"""A row of choices of which exactly one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look


class Segmented(QFrame):
    """`chosen(key)` follows the person's choice; left and right arrows move it."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: Sequence[tuple[str, str]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are (key, words); `name` is the accessible name of the whole."""
        super().__init__(parent)
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._look = look
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        for key, words in choices:
            button = QPushButton(words)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFont(look.font(Role.VALUE))
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        if choices:
            self.set_current(choices[0][0])

    def current(self) -> str:
        """Key of the choice that is on; empty without choices."""
        return next((key for key, b in self._buttons.items() if b.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Turn `key` on without a signal."""
        self._buttons[key].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Other words for one choice, e.g. with a count."""
        self._buttons[key].setText(words)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Take a choice that makes no sense now out of the row, or put it back."""
        self._buttons[key].setVisible(shown)
