"""A decision that is signed: a sentence, what follows from it, a few fields, password, one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.deciding import decide
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.tokens import DIALOG_WIDTH
from ui.theme.typography import Role
from ui.widgets.decider_bar import DeciderBar
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.errors import AppError
    from app.school_file import Decider
    from app.vault import Signer
    from ui.navigation import PageContext

_PASSWORD_CODES = ("wrong_password", "unknown_person", "role_required", "key_not_recorded")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its key in the values handed to `act`, label, example, help line."""

    key: str
    label: str
    example: str = ""
    help_text: str = ""


class SignedDialog(EntryDialog):
    """Stays open until the act succeeded or was put off; Enter never signs."""

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str,
        action: str,
        deciders: Sequence[tuple[str, str]],
        prove: Callable[[str, str], Decider],
        act: Callable[[Signer, Mapping[str, str]], CommandResult],
        parent: QWidget,
        *,
        points: Sequence[str] = (),
        fields: Sequence[Asked] = (),
        danger: bool = False,
    ) -> None:
        """`deciders` are (sign-in name, name); `act(signer, values by key)` raises AppError."""
        super().__init__(
            context.look, title, icon="signature", parent=parent, width=min(760, DIALOG_WIDTH)
        )
        look = context.look
        self._context, self._prove, self._act = context, prove, act
        self._busy = False
        self.body.addWidget(Label(look, sentence, Role.BODY, "ink2", wrap=True))
        for point in points:
            self.body.addWidget(Label(look, f"– {point}", Role.BODY, "ink2", wrap=True))
        self.fields: dict[str, TextField] = {}
        for asked in fields:
            field = self.fields[asked.key] = TextField(look, asked.label, asked.example)
            self.add_field(LabelledField(look, asked.label, field, asked.help_text))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.decider = DeciderBar(look, _tr("Người ký"), deciders)
        self.add_foot_widget(self.decider)
        self.later = self.add_safe_button(_tr("Để sau"), self.reject)
        kind = "danger" if danger else "primary"
        self.sign_button = self.add_button(action, self._decide, kind=kind, icon="signature")
        self.guard(self.sign_button)
        self.decider.ready.connect(lambda _on: self._allow())
        self.finished.connect(lambda _code: self.decider.forget())
        self.finished.connect(self.deleteLater)
        self._allow()
        first = next(iter(self.fields.values()), None)
        (first or self.decider.password).setFocus()

    def _allow(self) -> None:
        self.sign_button.setEnabled(self.decider.is_ready() and not self._busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.decider.setEnabled(not busy)
        self._allow()

    def _decide(self) -> None:
        uid, password = self.decider.uid, self.decider.password.text()
        values = {key: field.text() for key, field in self.fields.items()}
        self.say("")
        self._set_busy(True)
        decide(
            self._context.jobs,
            self._context.commands,
            owner=self,
            prove=lambda: self._prove(uid, password),
            act=lambda decider: self._act(decider.signer, values),
            on_done=self._on_done,
            on_refused=self._on_refused,
            on_settled=lambda: self._set_busy(False),
        )

    def _on_done(self, result: CommandResult) -> None:
        self.accept()
        self._context.frame.toast(f"{result.summary}.", "green")

    def _on_refused(self, error: AppError) -> None:
        self.say(error.sentence)
        self.decider.setEnabled(True)
        if error.code in _PASSWORD_CODES or not self.fields:
            self.decider.forget()
            self.decider.password.setFocus()
        else:
            empty = next((f for f in self.fields.values() if not f.text().strip()), None)
            (empty or next(iter(self.fields.values()))).setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignedDialog", text)
