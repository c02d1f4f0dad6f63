"""Chips, key caps, badges and initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.tokens import RADIUS_FIELD
from ui.theme.typography import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.theme.look import Look

_GROUNDS = {
    "green": "green_t",
    "amber": "amber_t",
    "red": "red_t",
    "accent": "tint",
    "ink2": "well",
    "ink3": "well",
}

_TAIL = 11
"""Room behind the words, in pixels."""
_LEAST_CHARACTERS = 14
"""What a squeezed chip still says: "Đã chốt 17/01"."""


class Chip(QWidget):
    """A state in words on its own ground, 28 high; tones green, amber, red, accent, ink2."""

    def __init__(
        self, look: Look, text: str = "", tone: str = "ink2", icon: str = "", height: int = 28
    ) -> None:
        super().__init__()
        self._look = look
        self._text, self._tone, self._icon = text, tone, icon
        self._height = height
        self.setFont(look.font(Role.VALUE))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look.changed.connect(self.update)

    def text(self) -> str:
        """The words shown."""
        return self._text

    def set_state(self, text: str, tone: str, icon: str = "") -> None:
        """Words, tone and icon change together."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """As wide as its words."""
        words = QFontMetrics(self.font()).horizontalAdvance(self._text)
        return QSize(self._lead() + words + _TAIL, self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        """In a crowded row its first words give way to an ellipsis, never another's name."""
        least = QFontMetrics(self.font()).averageCharWidth() * _LEAST_CHARACTERS
        return QSize(min(self._lead() + least + _TAIL, self.sizeHint().width()), self._height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole sentence is a pointer away while it is cut."""
        super().resizeEvent(event)
        self.setToolTip(self._text if self.width() < self.sizeHint().width() else "")

    def _lead(self) -> int:
        return 32 if self._icon else 12

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color(_GROUNDS[self._tone]))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        if self._icon:
            pixmap = self._look.pixmap(self._icon, self._tone, 16, self.devicePixelRatioF())
            painter.drawPixmap(9, (self.height() - 16) // 2, pixmap)
        painter.setPen(self._look.color(self._tone))
        area = self.rect().adjusted(self._lead(), 0, 0, 0)
        words = QFontMetrics(self.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, area.width() - _TAIL + 2
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), words)


class KeyCap(QLabel):
    """A key of the keyboard, 11 px."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__(key)
        self.setProperty("kind", "keycap")
        self.setFont(look.font(Role.SMALL_STRONG))
        self.setFixedHeight(18)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)


class Avatar(QWidget):
    """Initials in a disc: the last two words of a Vietnamese name."""

    def __init__(self, look: Look, name: str, side: int = 30, *, chosen: bool = False) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._chosen = chosen
        self.setFixedSize(side, side)
        self.setFont(look.font(Role.SMALL_STRONG))
        look.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Somebody else."""
        self._name = name
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and initials."""
        painter = QPainter(self)
        paint_avatar(painter, self._look, QRectF(self.rect()), self._name, chosen=self._chosen)


def initials(name: str) -> str:
    """First letters of the last two words ("Vũ Đình Khải" -> "ĐK")."""
    words = name.split()[-2:]
    return "".join(word[0].upper() for word in words)


def paint_avatar(
    painter: QPainter,
    look: Look,
    area: QRectF,
    name: str,
    *,
    chosen: bool = False,
    tone: str = "tint",
) -> None:
    """Draw the disc into `area`, for delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent" if chosen else tone))
    painter.drawEllipse(area)
    ink = "on" if chosen else ("accent" if tone == "tint" else "ink2")
    painter.setPen(look.color(ink))
    painter.setFont(look.font(Role.SMALL_STRONG))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), initials(name))
    painter.restore()
