"""The amber band over everything while the open file is not the school's book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look

_HEIGHT = 34


class PracticeBand(QWidget):
    """`left`: back to the real book."""

    left = Signal()

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(Glyph(look, "flask", "amber", 18))
        self.words = Label(look, words, Role.STRONG, "amber")
        row.addWidget(self.words)
        line = self.tr("Làm gì ở đây cũng không đụng tới sổ thật; giấy in ra có chữ BẢN TẬP.")
        row.addWidget(Label(look, line, Role.CAPTION, "ink2"))
        row.addStretch(1)
        self.back_button = Button(look, self.tr("Về sổ thật"), self.left.emit, kind="link",
                                  icon="arrow-left")  # fmt: skip
        row.addWidget(self.back_button)
        self.setAccessibleName(words)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Amber ground, a rule of its ink below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("amber_t"))
        painter.fillRect(0, self.height() - 2, self.width(), 2, self._look.color("amber"))
