"""Text on screen: role for the font, tone for the colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.theme.look import Look


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def restyle(widget: QWidget) -> None:
    """Make a changed property (`tone`, `kind`, `ring`) take effect."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """Plain text unless `rich`; `wrap` breaks lines."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        tone: str = "ink",
        *,
        wrap: bool = False,
        rich: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setFont(look.font(role))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)

    def set_tone(self, tone: str) -> None:
        """Another token for the text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class ElidedLabel(QLabel):
    """One line, cut at the end with …; the whole text is in the tooltip when it is cut."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self.setFont(look.font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @override
    def minimumSizeHint(self) -> QSize:
        """Room for an ellipsis is enough."""
        return QSize(24, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        """The whole text, if there is room."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2)

    def set_tone(self, tone: str) -> None:
        """Another token for the text."""
        self._tone = tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self._look.color(self._tone if self.isEnabled() else "ink3"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), shown)
        tip = self.text() if shown != self.text() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class Glyph(QWidget):
    """One icon, always sharp; purely for the eye, so give the words beside it."""

    def __init__(
        self,
        look: Look,
        name: str,
        tone: str = "ink2",
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._tone = tone
        self._side = size
        self.setFixedSize(size, size)
        look.changed.connect(self.update)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Another icon, perhaps in another tone."""
        self._name = name
        self._tone = tone or self._tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw at the screen's own scale."""
        if not self._name:
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, self._look.pixmap(self._name, self._tone, self._side, ratio))


class IconText(QWidget):
    """Icon and words in one tone: how a state is told without relying on colour."""

    def __init__(
        self,
        look: Look,
        icon: str,
        text: str,
        tone: str = "ink2",
        role: Role = Role.CAPTION,
        size: int = 16,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._glyph = Glyph(look, icon, tone, size)
        self._label = Label(look, text, role, tone, wrap=wrap)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop if wrap else _MIDDLE)
        row.addWidget(self._label, int(wrap))

    def text(self) -> str:
        """The words."""
        return self._label.text()

    def set_state(self, icon: str, text: str, tone: str, icon_tone: str = "") -> None:
        """Icon, words and tone change together; the icon may have a tone of its own."""
        self._glyph.set_icon(icon, icon_tone or tone)
        self._label.setText(text)
        self._label.set_tone(tone)
