"""Nothing here yet, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.buttons import primary
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.theme.look import Look

_LINE, _EDGE, _LEAST = 420, 24, 240
"""Logical pixels of a sentence's line, around it, and of the narrowest empty state."""


class EmptyState(QWidget):
    """A ring with an icon, a title, one sentence, and at most one button."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        sentence: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(6)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Ring(look, icon), 0, centre)
        column.addSpacing(8)
        heading = Label(look, title, Role.CARD_TITLE)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(heading, 0, centre)
        words = Label(look, sentence, Role.BODY, "ink2", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = words
        self._give_room(_LINE)
        column.addWidget(words, 0, centre)
        if action:
            column.addSpacing(10)
            column.addWidget(primary(look, action, on_action, action_icon), 0, centre)
        column.addStretch(3)

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrower than the sentence is now: it breaks earlier then."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the sentence breaks earlier instead of leaving the middle."""
        super().resizeEvent(event)
        self._give_room(max(0, min(_LINE, self.width() - 2 * _EDGE)))

    def _give_room(self, width: int) -> None:
        self._words.setFixedWidth(width)
        # Centred in its column the label is not asked how high it is at this width.
        self._words.setMinimumHeight(self._words.heightForWidth(width))


class _Ring(QWidget):
    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setFixedSize(64, 64)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("edge"), 1.2))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        pixmap = self._look.pixmap(self._icon, "ink2", 28, self.devicePixelRatioF())
        painter.drawPixmap(18, 18, pixmap)
