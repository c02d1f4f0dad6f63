"""What a proof-reader and a teacher write: remarks, answers, how a remark was settled; a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import AccountId
    from app.readmodels.proof_reading import ReaderChoice
    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class Asked:
    """One line that is asked: its label and the help under it."""

    label: str
    help_text: str


class WordsDialog(EntryDialog):
    """`act(texts)` gets one text a line; an AppError is said above the foot."""

    def __init__(
        self,
        look: Look,
        title: str,
        lead: str,
        asked: Sequence[Asked],
        action: str,
        act: Callable[[list[str]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(look, title, icon="comment", parent=parent, width=540)
        self._act = act
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.fields = [TextField(look, each.label) for each in asked]
        for each, field in zip(asked, self.fields, strict=True):
            self.add_field(LabelledField(look, each.label, field, each.help_text))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(action, self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.fields[0].setFocus()

    def _try(self) -> None:
        if self.attempt(lambda: self._act([field.text() for field in self.fields])):
            self.accept()


class ReaderDialog(EntryDialog):
    """Who reads one sheet; nobody who teaches it or is its GVCN is offered."""

    def __init__(
        self,
        look: Look,
        lead: str,
        choices: Sequence[ReaderChoice],
        current: AccountId | None,
        act: Callable[[AccountId], object],
        parent: QWidget,
    ) -> None:
        title = self.tr("Đổi người kiểm dò")
        super().__init__(look, title, icon="user-switch", parent=parent, width=540)
        self._act = act
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        label = self.tr("Người kiểm dò")
        self.people = Combo(
            look,
            label,
            [
                (
                    each.account_id,
                    self.tr("{name} ({department}, đang có {n} sổ)").format(
                        name=each.name,
                        department=each.department or self.tr("chưa ghi tổ"),
                        n=each.load,
                    ),
                )
                for each in choices
            ],
        )
        if current is not None:
            self.people.set_current(current)
        help_text = self.tr("Giáo viên của sổ và giáo viên chủ nhiệm của lớp không tự kiểm dò.")
        self.add_field(LabelledField(look, label, self.people, help_text))
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(self.tr("Giao sổ này"), self._try, icon="check")
        self.confirm.setEnabled(bool(choices))
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.people.setFocus()

    def _try(self) -> None:
        if self.attempt(lambda: self._act(self.people.current())):
            self.accept()
