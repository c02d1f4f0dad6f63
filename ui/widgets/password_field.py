"""A password field that shows itself on demand and notices a Vietnamese input method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.buttons import icon_button
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from ui.theme.look import Look


class PasswordField(TextField):
    """`vietnamese_typing(bool)`: letters with marks arrive, so Unikey or EVKey is on.

    A password may contain them; the field only warns, because nobody sees the dots go wrong.
    """

    vietnamese_typing = Signal(bool)

    def __init__(
        self, look: Look, name: str, *, tall: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, parent=parent)
        self._look = look
        self._warned = False
        if tall:
            self.setProperty("tall", tall)
        self.setFont(look.font(Role.BODY))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setTextMargins(0, 0, 30, 0)
        self._eye = icon_button(look, "eye", self.tr("Hiện mật khẩu"), self._toggle)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 5, 0)
        row.addStretch(1)
        row.addWidget(self._eye)
        self.textChanged.connect(self._watch)

    @property
    def warns_of_vietnamese(self) -> bool:
        """True while the warning should be shown."""
        return self._warned

    def hide_text(self) -> None:
        """Back to dots."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye")
        self._name_eye(self.tr("Hiện mật khẩu"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch what is typed; Telex sends Backspace and the marked letter."""
        super().keyPressEvent(event)
        if any(ord(letter) > 0x7F for letter in event.text()):
            self._warn(True)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed text counts as typing."""
        super().inputMethodEvent(event)
        if any(ord(letter) > 0x7F for letter in event.commitString() + event.preeditString()):
            self._warn(True)

    def _toggle(self) -> None:
        if self.echoMode() is QLineEdit.EchoMode.Password:
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self._eye.set_icon("eye-off")
            self._name_eye(self.tr("Ẩn mật khẩu"))
        else:
            self.hide_text()

    def _name_eye(self, name: str) -> None:
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(name)

    def _watch(self, text: str) -> None:
        if not text:
            self._warn(False)
        elif any(ord(letter) > 0x7F for letter in text):
            self._warn(True)

    def _warn(self, on: bool) -> None:
        if on is not self._warned:
            self._warned = on
            self.vietnamese_typing.emit(on)
