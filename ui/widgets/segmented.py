"""A row of choices of which exactly one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.labels import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.theme.look import Look

_AIR, _TIGHT_AIR, _EDGES = 26, 10, 4
"""Pixels of a choice besides its words: padding of the style sheet and border; of the whole row."""


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
        # The widths below are given by the row; they must not keep it from becoming narrow.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
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
        self._share()
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
        self._share()
        self.updateGeometry()

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Take a choice that makes no sense now out of the row, or put it back."""
        self._buttons[key].setVisible(shown)
        self._share()
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """With air, whatever is shown now: a row that gets room again takes it."""
        return QSize(self._width_with(_AIR), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Every word whole, with less air around it."""
        return QSize(self._width_with(_TIGHT_AIR), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window takes the air, not the words."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Each choice as wide as its words need: Qt would shorten the long ones first."""
        tight = self.width() < self._width_with(_AIR)
        metrics = QFontMetrics(self._look.font(Role.VALUE))
        for button in self._buttons.values():
            words = metrics.horizontalAdvance(button.text())
            button.setFixedWidth(words + (_TIGHT_AIR if tight else _AIR))
            if bool(button.property("tight")) is not tight:
                button.setProperty("tight", tight)
                restyle(button)

    def _width_with(self, air: int) -> int:
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        metrics = QFontMetrics(self._look.font(Role.VALUE))
        words = sum(metrics.horizontalAdvance(button.text()) for button in shown)
        return words + len(shown) * air + _EDGES
