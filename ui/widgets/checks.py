"""Check boxes and radio buttons with our own drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look

_SIDE = 16


class CheckBox(QCheckBox):
    """A square box; the whole line is the target."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setFont(look.font(Role.BODY))
        look.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        """Box and words."""
        return _line_size(self.font(), self.text())

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """The words count too."""
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - _SIDE) / 2, _SIDE, _SIDE)
        paint_check(
            painter, self._look, box, on=self.isChecked(), enabled=self.isEnabled(),
            ring=self.hasFocus(),
        )  # fmt: skip
        _words(painter, self._look, self.text(), self.rect().width(), self.height(), self)


class RadioButton(QRadioButton):
    """A round box."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setFont(look.font(Role.BODY))
        look.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        """Box and words."""
        return _line_size(self.font(), self.text())

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """The words count too."""
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, dot, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(1 + _SIDE / 2, self.height() / 2)
        on, enabled = self.isChecked(), self.isEnabled()
        tone = "accent" if (on or self.hasFocus()) and enabled else "edge"
        painter.setPen(QPen(self._look.color(tone), 2 if self.hasFocus() else 1.2))
        painter.setBrush(self._look.color("paper"))
        painter.drawEllipse(centre, 7, 7)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("accent" if enabled else "ink3"))
            painter.drawEllipse(centre, 3.6, 3.6)
        _words(painter, self._look, self.text(), self.rect().width(), self.height(), self)


def paint_check(
    painter: QPainter,
    look: Look,
    box: QRectF,
    *,
    on: bool,
    enabled: bool = True,
    ring: bool = False,
) -> None:
    """Draw a check box into `box`, for delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = ("accent" if enabled else "ink3") if on else "paper"
    edge = "accent" if (on or ring) and enabled else "edge"
    painter.setPen(QPen(look.color("ink" if ring and on else edge), 2 if ring else 1.2))
    painter.setBrush(look.color(fill))
    painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
    if on:
        pen = QPen(look.color("on"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y = box.x(), box.y()
        painter.drawPolyline(
            [QPointF(x + 4, y + 8.2), QPointF(x + 7, y + 11.2), QPointF(x + 12, y + 5)]
        )
    painter.restore()


def _line_size(font: object, text: str) -> QSize:
    metrics = QFontMetrics(font)  # type: ignore[call-overload]
    return QSize(_SIDE + 12 + metrics.horizontalAdvance(text), max(22, metrics.height() + 4))


def _words(
    painter: QPainter, look: Look, text: str, width: int, height: int, owner: QWidget
) -> None:
    painter.setPen(look.color("ink" if owner.isEnabled() else "ink3"))
    area = QRectF(_SIDE + 9, 0, width - _SIDE - 9, height)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), text)
