"""The recovery code of a file: on paper first, then proved by typing two groups back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import frame
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look

_FULL = 5
"""Groups of five characters; the last one is shorter and is not asked for."""


class RecoveryCodeDialog(EntryDialog):
    """`confirmed` comes only once both groups were typed right.

    The code stands on the screen only after somebody chose to copy it by hand. `on_print` answers
    whether paper came out; it raises AppError when no paper printer took the sheet.
    """

    confirmed = Signal()

    def __init__(
        self,
        look: Look,
        code: str,
        on_print: Callable[[], object],
        parent: QWidget,
        *,
        done_words: str = "",
    ) -> None:
        title = parent.tr("Phiếu khôi phục của trường")
        super().__init__(look, title, icon="key", parent=parent, width=640)
        self.printed = False
        self._groups = code.split("-")
        self._print = on_print
        self.asked = sorted(random.SystemRandom().sample(range(_FULL), 2))
        said = self.tr(
            "Đây là mã duy nhất mở được sổ khi mọi người đều quên mật khẩu. In phiếu, cho vào "
            "phong bì dán kín, cất trong tủ có khóa. Mã không lưu ở đâu trong máy."
        )
        self.body.addWidget(Label(look, said, Role.BODY, "ink2", wrap=True))
        self._build_code()
        proof = self.tr("Gõ lại hai nhóm ghi trên giấy để chắc chắn đã có phiếu.")
        self.body.addWidget(Label(look, proof, Role.BODY, "ink2", wrap=True))
        self.answers: list[TextField] = []
        for index in self.asked:
            words = self.tr("Nhóm thứ {n}").format(n=index + 1)
            answer = TextField(look, words)
            answer.setEnabled(False)
            answer.textChanged.connect(self._check)
            self.answers.append(answer)
            self.add_field(LabelledField(look, words, answer))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.later_button = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.print_button = self.add_button(
            self.tr("In phiếu khôi phục"), self._on_print, kind="secondary", icon="printer"
        )
        self.done_button = self.add_button(
            done_words or self.tr("Đã cất phiếu, vào sổ"), self._finish, icon="check"
        )
        self.done_button.setEnabled(False)
        self.print_button.setFocus()

    def reveal(self) -> None:
        """Show the code to be copied by hand."""
        self.say("")
        self.code_label.setText("  ".join(self._groups))
        self.by_hand.hide()
        self._hint.setText(
            self.tr("Chép đủ sáu nhóm vào giấy. Đừng chụp ảnh, đừng chép vào tệp hay tin nhắn.")
        )
        self._allow()

    def _build_code(self) -> None:
        box = frame("inset")
        column = self._code_column(box)
        hidden = ["•" * len(group) for group in self._groups]
        self.code_label = Label(self.look, "  ".join(hidden), Role.CARD_TITLE)
        self.code_label.setAccessibleName(self.tr("Mã khôi phục"))
        column.addWidget(self.code_label)
        self._hint = Label(
            self.look,
            self.tr("Mã chỉ ra giấy. Không có máy in thì hiện lên màn hình để chép tay."),
            Role.CAPTION,
            "ink3",
            wrap=True,
        )
        column.addWidget(self._hint)
        words = self.tr("Không in được: hiện mã để chép tay")
        self.by_hand = link(self.look, words, self.reveal, "eye")
        column.addWidget(self.by_hand)
        self.body.addWidget(box)

    @staticmethod
    def _code_column(box: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        return column

    def _on_print(self) -> None:
        def act() -> None:
            if self._print():
                self.printed = True
                self._allow()
                self.say(self.tr("Đã gửi phiếu tới máy in. Xem lại giấy rồi gõ hai nhóm."), "green")

        self.attempt(act)

    def _allow(self) -> None:
        for answer in self.answers:
            answer.setEnabled(True)
        self.answers[0].setFocus()

    def _check(self) -> None:
        self.done_button.setEnabled(
            all(
                answer.text().strip().upper() == self._groups[index]
                for answer, index in zip(self.answers, self.asked, strict=True)
            )
        )

    def _finish(self) -> None:
        self.code_label.clear()
        self.accept()
        self.confirmed.emit()
