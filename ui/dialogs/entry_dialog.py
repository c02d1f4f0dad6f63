"""A dialog people type in: Enter goes on to the next field and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout
from typing_extensions import override

from app.errors import AppError
from ui.dialogs.form_dialog import FormDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets.buttons import Button
    from ui.widgets.fields import LabelledField


class EntryDialog(FormDialog):
    """`guarded` buttons answer the mouse and the space bar only, never Enter."""

    _refusal: Label | None = None
    _acting: Button | None = None

    def guard(self, *buttons: Button) -> None:
        """Buttons that Enter must not press by accident."""
        for button in buttons:
            button.pressed_by_enter = False

    @override
    def add_button(
        self, text: str, on_click: Callable[[], object], *, kind: str = "primary", icon: str = ""
    ) -> Button:
        """As in any dialog; the last one is where Enter leads from the last field."""
        self._acting = super().add_button(text, on_click, kind=kind, icon=icon)
        return self._acting

    def add_refusal_line(self) -> None:
        """Room for a refusal under the body, where no scrolling hides it."""
        self._refusal = Label(self.look, "", Role.VALUE, "red", wrap=True)
        self._refusal.setContentsMargins(26, 6, 26, 10)
        self._refusal.hide()
        # Under the body only: a side panel has no height to give away.
        left = QVBoxLayout()
        left.setSpacing(0)
        self._middle.removeWidget(self._scroll)
        left.addWidget(self._scroll, 1)
        left.addWidget(self._refusal)
        self._middle.insertLayout(0, left, 1)

    def refusal(self) -> str:
        """The refusal shown; empty without one."""
        return "" if self._refusal is None else self._refusal.text()

    def say(self, sentence: str, tone: str = "red") -> None:
        """Show why nothing was written; an empty sentence takes it away."""
        line = self._refusal
        if line is None:
            return
        before = 0 if line.isHidden() else line.heightForWidth(self.width())
        line.set_tone(tone)
        line.setText(sentence)
        line.setHidden(not sentence)
        after = line.heightForWidth(self.width()) if sentence else 0
        if not self._limit_height and self.isVisible():
            self.setFixedHeight(min(DIALOG_HEIGHT, self.height() + after - before))

    def attempt(self, act: Callable[[], object], field: LabelledField | None = None) -> bool:
        """Run `act`; a refusal is said under `field` or above the foot, and is False."""
        self.say("")
        try:
            act()
        except AppError as error:
            if field is not None:
                self.mark(field, error.sentence)
            else:
                self.say(error.sentence)
            return False
        return True

    def mark(self, field: LabelledField, sentence: str) -> None:
        """Say what is wrong under a field and make room for it."""
        field.set_error(sentence)
        if self.isVisible():
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, at last to the acting button; it presses none guarded."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QLineEdit):
            self._go_on(focused)
        event.accept()

    def _go_on(self, field: QLineEdit) -> None:
        self.focusNextChild()
        if isinstance(self.focusWidget(), QPushButton) and self._acting is not None:
            # Not on to the safe button: a second Enter would throw away what was typed.
            target = self._acting if self._acting.isEnabled() else field
            target.setFocus(Qt.FocusReason.TabFocusReason)
