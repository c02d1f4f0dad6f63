"""A sentence over the page that goes by itself, with at most one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme.look import Look

_ICONS = {"green": "check-disc", "amber": "warning", "red": "warning", "accent": "info"}
_MS_PER_LETTER, _LEAST_MS, _LONGEST_MS = 65, 4000, 15000


class ToastHost(QObject):
    """Shows one toast at a time at the foot of `window`, above its status strip."""

    def __init__(self, look: Look, window: QWidget, *, lift: int = 40) -> None:
        """`lift`: pixels between the toast and the window's lower edge."""
        super().__init__(window)
        self._look = look
        self._window = window
        self._lift = lift
        self._toast: QFrame | None = None
        self._sentence = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        window.installEventFilter(self)

    @property
    def sentence(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._sentence

    def show_message(
        self,
        sentence: str,
        tone: str = "accent",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say one sentence; it stays as long as it takes to read, longer with an action."""
        self.clear()
        toast = QFrame(self._window)
        toast.setProperty("kind", "toast")
        toast.setAccessibleName(sentence)
        row = QHBoxLayout(toast)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(Glyph(self._look, _ICONS[tone], tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(self._look, sentence, Role.BODY, wrap=True)
        words.setMinimumWidth(min(520, words.fontMetrics().horizontalAdvance(sentence) + 4))
        words.setMaximumWidth(560)
        row.addWidget(words)
        if action is not None:
            row.addWidget(link(self._look, action[0], lambda: self._act(action[1])))
        row.addWidget(icon_button(self._look, "close", self.tr("Đóng lời nhắn"), self.clear))
        self._toast, self._sentence = toast, sentence
        toast.show()
        self._place()
        read = min(_LONGEST_MS, max(_LEAST_MS, len(sentence) * _MS_PER_LETTER))
        self._timer.start(read * 2 if action is not None else read)

    def clear(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        self._sentence = ""
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _act(self, call: Callable[[], object]) -> None:
        self.clear()
        call()

    def _place(self) -> None:
        if self._toast is None:
            return
        self._toast.adjustSize()
        left = (self._window.width() - self._toast.width()) // 2
        self._toast.move(left, self._window.height() - self._toast.height() - self._lift)
        self._toast.raise_()
