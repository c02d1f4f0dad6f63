"""Asks before something that cannot be taken back; the default is the safe answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class ConfirmDialog(FormDialog):
    """`confirmed` only when the named button was pressed; Enter and Esc mean the safe answer."""

    confirmed = Signal()

    def __init__(
        self,
        look: Look,
        title: str,
        sentence: str,
        action: str,
        *,
        points: Sequence[str] = (),
        safe: str = "",
        dangerous: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`action` says what will happen ("Chốt học kì I lớp 7A2"); `points` list consequences."""
        super().__init__(look, title, icon=icon or ("warning" if dangerous else "info"),
                         parent=parent, width=520)  # fmt: skip
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        for point in points:
            self.body.addWidget(Label(look, f"– {point}", Role.BODY, "ink2", wrap=True))
        self.body.addStretch(1)
        self.safe_button = self.add_safe_button(safe or self.tr("Để sau"), self.reject)
        self.action_button = self.add_button(
            action, self._confirm, kind="danger" if dangerous else "primary"
        )

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()


def confirm(
    look: Look,
    parent: QWidget,
    title: str,
    sentence: str,
    action: str,
    on_confirmed: Callable[[], None],
    *,
    points: Sequence[str] = (),
    dangerous: bool = False,
) -> ConfirmDialog:
    """Open the dialog over `parent` and call `on_confirmed` if the named button is pressed."""
    dialog = ConfirmDialog(
        look, title, sentence, action, points=points, dangerous=dangerous, parent=parent
    )
    dialog.confirmed.connect(on_confirmed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
