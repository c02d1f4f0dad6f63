"""A dialog people type in: Enter goes on to the next field and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from typing_extensions import override

from app.errors import AppError
from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets.buttons import Button
    from ui.widgets.fields import LabelledField


class EntryDialog(FormDialog):
    """`guarded` buttons answer the mouse and the space bar only, never Enter."""

    _refusal: Label | None = None
    _guarded: tuple[QPushButton, ...] = ()

    def guard(self, *buttons: Button) -> None:
        """Buttons that Enter must not press by accident."""
        self._guarded = (*self._guarded, *buttons)

    def add_refusal_line(self) -> None:
        """Room for a refusal, at the end of the body."""
        self._refusal = Label(self.look, "", Role.VALUE, "red", wrap=True)
        self._refusal.hide()
        self.body.addWidget(self._refusal)

    def refusal(self) -> str:
        """The refusal shown; empty without one."""
        return "" if self._refusal is None else self._refusal.text()

    def say(self, sentence: str) -> None:
        """Show why nothing was written; an empty sentence takes it away."""
        if self._refusal is not None:
            self._refusal.setText(sentence)
            self._refusal.setVisible(bool(sentence))
            if sentence:
                self._scroll.ensureWidgetVisible(self._refusal)

    def attempt(self, act: Callable[[], None], field: LabelledField | None = None) -> bool:
        """Run `act`; a refusal is said under `field` or at the end of the body, and is False."""
        self.say("")
        try:
            act()
        except AppError as error:
            if field is not None:
                field.set_error(error.sentence)
            else:
                self.say(error.sentence)
            return False
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: the next field, or the focused button unless it is guarded."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            if focused not in self._guarded:
                focused.click()
        elif isinstance(focused, QLineEdit):
            self.focusNextChild()
        event.accept()
