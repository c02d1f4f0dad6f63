"""Old mark struck in red, an arrow, the new mark: as a correction looks on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look

_OVER = 2
"""Pixels by which the red line sticks out on both sides of the figure."""


class StruckLabel(QLabel):
    """A figure struck through by a red line."""

    def __init__(self, look: Look, text: str, role: Role = Role.OLD_MARK) -> None:
        super().__init__(text)
        self._look = look
        font = look.font(role)
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
        self.setProperty("tone", "ink2")
        self.setContentsMargins(_OVER, 0, _OVER, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The figure, then the line through the middle of it."""
        super().paintEvent(event)
        painter = QPainter(self)
        strike(painter, self._look, QRectF(self.rect()), self.font().pixelSize())


def strike(painter: QPainter, look: Look, area: QRectF, pixels: int) -> None:
    """The red line over a figure of `pixels` height that fills `area`, for delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("red"), 3 if pixels > 30 else 1.4))
    y = area.center().y() + pixels * 0.04
    painter.drawLine(QLineF(area.left(), y, area.right(), y))
    painter.restore()


class BigChange(QWidget):
    """Old 44/400 struck, arrow, new 60/600, each with its caption; one cell of a case."""

    def __init__(self, look: Look, old: str, new: str, old_caption: str, new_caption: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        top = Qt.AlignmentFlag.AlignBottom
        row.addLayout(_under(look, StruckLabel(look, old), old_caption), 0)
        row.addWidget(Arrow(look, 44), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(_under(look, Label(look, new, Role.NEW_MARK), new_caption), 0)
        row.setAlignment(top)
        row.addStretch(1)
        self.setAccessibleName(f"{old} → {new}")


class SmallChange(QWidget):
    """The same in one line of a panel."""

    def __init__(self, look: Look, old: str, new: str, role: Role = Role.TITLE) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(StruckLabel(look, old, Role.LEAD))
        row.addWidget(Glyph(look, "arrow-right", "ink2", 16))
        row.addWidget(Label(look, new, role))
        row.addStretch(1)
        self.setAccessibleName(f"{old} → {new}")


class Arrow(QWidget):
    """A long thin arrow between two large figures."""

    def __init__(self, look: Look, width: int) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(width, 24)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Shaft and head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._look.color("ink2"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        right, middle = self.width() - 2.0, self.height() / 2
        painter.drawLine(QLineF(2, middle, right, middle))
        painter.drawLine(QLineF(right - 9, middle - 9, right, middle))
        painter.drawLine(QLineF(right - 9, middle + 9, right, middle))


def paint_change(painter: QPainter, look: Look, area: QRectF, old: str, new: str) -> QSize:
    """Draw "old struck → new" into a table cell; the size used."""
    painter.save()
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(look.font(Role.BODY))
    painter.setPen(look.color("ink2"))
    wide = QFontMetrics(painter.font()).horizontalAdvance(old)
    box = QRectF(area.left() + _OVER, area.top(), wide, area.height())
    painter.drawText(box, middle, old)
    strike(painter, look, box.adjusted(-_OVER, 0, _OVER, 0), 13)
    left = box.right() + 9
    ratio = painter.device().devicePixelRatioF()
    icon = look.pixmap("arrow-right", "ink2", 14, ratio)
    painter.drawPixmap(int(left), int(area.center().y() - 7), icon)
    painter.setFont(look.font(Role.STRONG))
    painter.setPen(look.color("ink"))
    rest = QRectF(left + 21, area.top(), area.right() - left - 21, area.height())
    painter.drawText(rest, middle, new)
    painter.restore()
    return QSize(int(left + 21 - area.left()) + painter.fontMetrics().horizontalAdvance(new), 20)


def _under(look: Look, figure: QLabel, caption: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(figure, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
    column.addWidget(Label(look, caption, Role.CAPTION, "ink3"))
    return column
