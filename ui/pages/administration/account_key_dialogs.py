"""Dialogs about a person's keys and office: correct a name, revoke, hand the school over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.domain.school import Account
    from ui.theme.look import Look


class EditAccountDialog(EntryDialog):
    """`save(full name, department)`."""

    def __init__(
        self,
        look: Look,
        person: Account,
        departments: Sequence[str],
        save: Callable[[str, str], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Sửa tài khoản")
        super().__init__(look, title, note=person.uid, icon="pencil", parent=parent, width=480)
        self._save = save
        self.name = TextField(look, self.tr("Họ và tên"))
        self.name.setText(person.full_name)
        self.add_field(LabelledField(look, self.tr("Họ và tên"), self.name))
        units = [(name, name) for name in departments]
        self.department = Combo(look, self.tr("Tổ, phòng"), units)
        self.department.setEditable(True)
        self.department.setCurrentText(person.department)
        self.add_field(LabelledField(look, self.tr("Tổ, phòng"), self.department))
        note = self.tr(
            "Tên đăng nhập giữ nguyên. Chữ ký và giấy tờ đã in vẫn mang tên lúc ký, lúc in."
        )
        self.body.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True))
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lưu tên và tổ"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.name.setFocus()

    def _submit(self) -> None:
        name, unit = self.name.text(), self.department.currentText()
        if self.attempt(lambda: self._save(name, unit)):
            self.accept()


class RevokeDialog(EntryDialog):
    """What a revocation does and what it cannot; `revoke()` runs as a job of the caller."""

    def __init__(
        self, look: Look, person: Account, revoke: Callable[[RevokeDialog], None], parent: QWidget
    ) -> None:
        title = parent.tr("Thu hồi tài khoản")
        super().__init__(look, title, icon="users-out", parent=parent, width=600)
        self._revoke = revoke
        self._busy = False
        self.body.addWidget(Label(look, person.full_name, Role.LABEL_TITLE))
        for words in (
            self.tr(
                "Tài khoản bị khóa, khóa mở tệp của người này bị lấy đi và cả tệp được mã hóa lại "
                "bằng khóa mới. Mật khẩu của mọi người khác giữ nguyên, phiếu khôi phục vẫn dùng "
                "được."
            ),
            self.tr(
                "Những bản sao có từ trước (bản sao lưu, USB, ổ đã niêm phong) người này vẫn mở "
                "được bằng mật khẩu cũ nếu đang giữ chúng. Hãy thu lại các ổ ấy; sao lưu bản mới "
                "ngay sau khi thu hồi."
            ),
            self.tr(
                "Những gì người này đã ghi, đã ký vẫn giữ nguyên và vẫn kiểm tra được. Thu hồi rồi "
                "thì không mở lại được: muốn dùng lại phải đặt mật khẩu mới."
            ),
        ):
            self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        self.agreed = CheckBox(look, self.tr("Tôi hiểu bản sao cũ vẫn đọc được với người ấy"))
        self.agreed.toggled.connect(lambda _on: self._allow())
        self.body.addWidget(self.agreed)
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        words = self.tr("Thu hồi tài khoản {name}").format(name=person.full_name)
        self.revoke_button = self.add_button(words, self._submit, kind="danger")
        self.guard(self.revoke_button)
        self.finished.connect(self.deleteLater)
        self._allow()

    def set_busy(self, busy: bool) -> None:
        """While the file is encrypted anew."""
        self._busy = busy
        self.say(self.tr("Đang mã hóa lại tệp bằng khóa mới…") if busy else "", "ink2")
        self._allow()

    @override
    def reject(self) -> None:
        """Not while the key is being changed: its ending is waited for."""
        if not self._busy:
            super().reject()

    def _submit(self) -> None:
        self._revoke(self)

    def _allow(self) -> None:
        self.revoke_button.setEnabled(self.agreed.isChecked() and not self._busy)
        self.agreed.setEnabled(not self._busy)


class HandoverDialog(EntryDialog):
    """Bàn giao hiệu trưởng: `hand_over(account id, day)`, only by the principal in office."""

    def __init__(
        self,
        look: Look,
        principal: str,
        people: Sequence[tuple[int, str]],
        today: date,
        hand_over: Callable[[int, date | None], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Bàn giao chức hiệu trưởng")
        super().__init__(look, title, icon="signature", parent=parent, width=560)
        self._hand_over = hand_over
        words = self.tr(
            "{name} thôi làm hiệu trưởng từ hôm trước ngày bàn giao; người nhận ký duyệt, chốt và "
            "niêm phong từ ngày ấy bằng khóa ký của mình. Chữ ký cũ vẫn có giá trị."
        ).format(name=principal)
        self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        self.who = Combo(look, self.tr("Người nhận"), people)
        self.add_field(LabelledField(look, self.tr("Người nhận"), self.who))
        self.day = DateField(look, self.tr("Từ ngày"), today)
        self.add_field(
            LabelledField(look, self.tr("Từ ngày"), self.day,
                          self.tr("Hôm nay hoặc ngày sau; theo quyết định bổ nhiệm"))
        )  # fmt: skip
        note = self.tr(
            "Sau bàn giao, người nhận lập mã khôi phục mới và in phiếu; phiếu cũ hết hiệu lực."
        )
        self.body.addWidget(Label(look, note, Role.BODY, "ink2", wrap=True))
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, kind="danger")
        self.guard(self.save_button)
        self.who.picked.connect(lambda _id: self._words())
        self.finished.connect(self.deleteLater)
        self._words()

    def _words(self) -> None:
        self.save_button.setText(self.tr("Bàn giao cho {name}").format(name=self.who.currentText()))

    def _submit(self) -> None:
        if self.attempt(lambda: self._hand_over(self.who.current(), self.day.value())):
            self.accept()
