"""Locks the screen when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    )
)
DEFAULT_MINUTES = 10


class IdleLock(QObject):
    """`idle_reached` once after `minutes` without a touch; 0 minutes switches it off.

    Listens to windows, not to the application: a Python filter on every event of every widget
    would slow the mark grid down.
    """

    idle_reached = Signal()

    def __init__(self, app: QGuiApplication, minutes: int = DEFAULT_MINUTES) -> None:
        super().__init__()
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle_reached)
        app.focusWindowChanged.connect(self._listen)

    @property
    def is_watching(self) -> bool:
        """True while the time runs."""
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """The school's setting."""
        self._minutes = minutes
        if self.is_watching:
            self.watch()

    def watch(self, window: QWindow | None = None) -> None:
        """Start counting: somebody is signed in; `window` is where touches arrive."""
        self._listen(window)
        if self._minutes > 0:
            self._timer.start(self._minutes * 60_000)
        else:
            self._timer.stop()

    def rest(self) -> None:
        """Nobody is signed in."""
        self._timer.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any touch starts the time again; nothing is swallowed."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
