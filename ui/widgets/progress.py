"""A thin bar: how much of a count is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look


class ThinBar(QWidget):
    """4 px high; the figure belongs beside it, because a bar alone says too little."""

    def __init__(self, look: Look, parent: QWidget | None = None, tone: str = "accent") -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._done, self._total = 0, 0
        self.setFixedHeight(6)
        self.setMinimumWidth(48)
        look.changed.connect(self.update)

    def set_share(self, done: int, total: int, tone: str | None = None) -> None:
        """`total` 0 draws an empty bar."""
        self._done, self._total = done, total
        self._tone = tone or self._tone
        self.setAccessibleName(f"{done}/{total}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Trough and share."""
        area = QRectF(0, (self.height() - 5) / 2, self.width(), 5)
        paint_bar(QPainter(self), self._look, area, self._done, self._total, self._tone)


def paint_bar(
    painter: QPainter, look: Look, area: QRectF, done: int, total: int, tone: str = "accent"
) -> None:
    """Draw the bar into `area`, for delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = area.height() / 2
    painter.setBrush(look.color("line2"))
    painter.drawRoundedRect(area, radius, radius)
    if total > 0 and done > 0:
        share = QRectF(area)
        share.setWidth(max(area.height(), area.width() * min(done, total) / total))
        painter.setBrush(look.color(tone))
        painter.drawRoundedRect(share, radius, radius)
    painter.restore()
