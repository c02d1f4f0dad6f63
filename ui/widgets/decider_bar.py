"""Who decides and with which password, at the left of a dialog's foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look

_FIELD_WIDTH = 176


class DeciderBar(QWidget):
    """`ready(bool)`: somebody is chosen and a password typed. Choices are (uid, words)."""

    ready = Signal(bool)

    def __init__(self, look: Look, who: str, choices: Sequence[tuple[str, str]]) -> None:
        """`who` is the accessible name of the chooser ("Người duyệt")."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.people = Combo(look, who, choices)
        self.people.setMinimumHeight(34)
        self.people.setMaximumWidth(250)
        self._words = Label(look, self.tr("Mật khẩu"), Role.VALUE)
        self.password = PasswordField(look, self.tr("Mật khẩu"))
        self.password.setFixedWidth(_FIELD_WIDTH)
        self._words.setBuddy(self.password)
        row.addWidget(self.people)
        row.addWidget(self._words)
        row.addWidget(self.password)
        self.people.picked.connect(lambda _uid: self._on_person())
        self.password.textChanged.connect(lambda _text: self._tell())
        self._name()

    @property
    def uid(self) -> str:
        """Sign-in name of who decides; empty when nobody may."""
        return self.people.current() or ""

    def is_ready(self) -> bool:
        """Whether somebody is chosen and a password typed."""
        return bool(self.uid) and bool(self.password.text())

    def forget(self) -> None:
        """Leave no dots behind."""
        self.password.clear()
        self.password.hide_text()

    def _on_person(self) -> None:
        self.forget()
        self._name()
        self._tell()
        self.password.setFocus()

    def _name(self) -> None:
        name = self.people.currentText()
        self.password.setAccessibleName(self.tr("Mật khẩu của {name}").format(name=name))

    def _tell(self) -> None:
        self.ready.emit(self.is_ready())
