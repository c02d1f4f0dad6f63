"""The recovery code of a new file: printed, then proved by typing two groups back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.look import Look
from ui.theme.typography import Role
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

_ASKED = (1, 3)
"""Which groups (from 0) are typed back."""


class RecoveryCodeDialog(EntryDialog):
    """`confirmed` comes only once both groups were typed right.

    `on_print` raises AppError when no paper printer took the sheet; the sentence stays in here.
    """

    confirmed = Signal()

    def __init__(
        self, look: Look, code: str, on_print: Callable[[], object], parent: QWidget
    ) -> None:
        title = self.tr("Phiếu khôi phục của trường")
        super().__init__(look, title, icon="key", parent=parent, width=640)
        self._groups = code.split("-")
        said = self.tr(
            "Đây là mã duy nhất mở được sổ khi mọi người đều quên mật khẩu. In phiếu, cho vào "
            "phong bì dán kín, cất trong tủ có khóa. Mã không lưu ở đâu trong máy."
        )
        self.body.addWidget(Label(look, said, Role.BODY, "ink2", wrap=True))
        self.code_label = Label(look, "  ".join(self._groups), Role.CARD_TITLE)
        self.code_label.setAccessibleName(self.tr("Mã khôi phục"))
        self.body.addWidget(self.code_label)
        proof = self.tr(
            "Gõ lại hai nhóm trên phiếu vừa in (hoặc chép tay) để chắc chắn đã có phiếu."
        )
        self.body.addWidget(Label(look, proof, Role.BODY, "ink2", wrap=True))
        self.answers: list[TextField] = []
        self._fields: list[LabelledField] = []
        for index in _ASKED:
            words = self.tr("Nhóm thứ {n}").format(n=index + 1)
            answer = TextField(look, words)
            answer.textChanged.connect(self._check)
            self.answers.append(answer)
            self._fields.append(self.add_field(LabelledField(look, words, answer)))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("In phiếu khôi phục"), lambda: self.attempt(on_print))
        self.done_button = self.add_button(self.tr("Đã cất phiếu, vào sổ"), self._finish)
        self.done_button.setEnabled(False)

    def _check(self) -> None:
        self.done_button.setEnabled(
            all(
                answer.text().strip().upper() == self._groups[index]
                for answer, index in zip(self.answers, _ASKED, strict=True)
            )
        )

    def _finish(self) -> None:
        self.code_label.clear()
        self.accept()
        self.confirmed.emit()
