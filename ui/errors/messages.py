"""How a refusal reaches the person: by the cell, over the page, or in a dialog.

Dialog and popover are imported when there is something to say: the sign-in window starts without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QWidget

from app.errors import AccessDenied, AppError, EnvironmentProblem, StaleData

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme.look import Look
    from ui.widgets.toast import ToastHost


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a sentence points: a widget, or a rectangle in its coordinates (a cell)."""

    widget: QWidget
    rect: QRect | None = None

    def area(self) -> QRect:
        """The rectangle in the widget's coordinates."""
        return self.rect if self.rect is not None else self.widget.rect()


class RefusalVoice(Protocol):
    """Says a refusal to the person."""

    def speak(
        self,
        error: AppError,
        at: Anchor | None = None,
        *,
        retry: Callable[[], None] | None = None,
        on_reload: Callable[[], None] | None = None,
    ) -> None:
        """Show `error.sentence`, pointing at `at` where there is one."""
        ...


class ScreenVoice:
    """Popover at the cell, toast over the page, dialog when the environment failed."""

    def __init__(self, look: Look, window: QWidget, toasts: ToastHost) -> None:
        self._look = look
        self._window = window
        self._toasts = toasts

    def speak(
        self,
        error: AppError,
        at: Anchor | None = None,
        *,
        retry: Callable[[], None] | None = None,
        on_reload: Callable[[], None] | None = None,
    ) -> None:
        """Show `error.sentence` the way its kind asks for."""
        if isinstance(error, EnvironmentProblem):
            from ui.dialogs.problem_dialog import ProblemDialog

            ProblemDialog(self._look, error, retry, self._window).open()
        elif isinstance(error, StaleData):
            label = QCoreApplication.translate("ScreenVoice", "Tải lại")
            action = (label, on_reload) if on_reload is not None else None
            self._toasts.show_message(error.sentence, tone="amber", action=action)
        elif at is not None:
            from ui.widgets.popover import NotePopover

            title = title_of(error)
            NotePopover(self._look, title, error.sentence, self._window).point_at(
                at.widget, at.area()
            )
        else:
            self._toasts.show_message(error.sentence, tone="red")


def title_of(error: AppError) -> str:
    """Heading over a refusal's sentence."""
    if isinstance(error, AccessDenied):
        return QCoreApplication.translate("ScreenVoice", "Việc này cần người khác")
    return QCoreApplication.translate("ScreenVoice", "Chưa ghi được")
