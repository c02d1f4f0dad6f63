"""Changing one's own password, and setting a new one after the recovery code was accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.welcome.draft import PasswordVerdict
from ui.theme.look import Look
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField


class _NewPassword(EntryDialog):
    """The part both share: the new password twice, judged as it is typed."""

    def __init__(
        self,
        look: Look,
        title: str,
        judge: Callable[[str], PasswordVerdict],
        parent: QWidget,
    ) -> None:
        super().__init__(look, title, icon="key", parent=parent, width=520)
        self._judge = judge
        self.new = PasswordField(look, self.tr("Mật khẩu mới"))
        self.again = PasswordField(look, self.tr("Gõ lại mật khẩu mới"))

    def _add_new_fields(self, look: Look) -> None:
        hint = self.tr("Ít nhất 10 ký tự; một câu dễ nhớ với thầy cô là tốt nhất.")
        self._new_field = self.add_field(
            LabelledField(look, self.tr("Mật khẩu mới"), self.new, hint)
        )
        self._again_field = self.add_field(
            LabelledField(look, self.tr("Gõ lại mật khẩu mới"), self.again)
        )
        self.body.addStretch(1)

    def _is_good(self) -> bool:
        verdict = self._judge(self.new.text())
        self._new_field.set_error("" if verdict.is_good else verdict.sentence)
        same = self.new.text() == self.again.text()
        self._again_field.set_error("" if same else self.tr("Hai lần gõ chưa giống nhau; gõ lại."))
        return verdict.is_good and same


class ChangePasswordDialog(_NewPassword):
    """`on_change(old, new)` is called once both are plausible."""

    def __init__(
        self,
        look: Look,
        judge: Callable[[str], PasswordVerdict],
        on_change: Callable[[str, str], object],
        parent: QWidget,
        *,
        because: str = "",
    ) -> None:
        """`because` says why it has to be changed now; whoever does not is not let in."""
        super().__init__(look, parent.tr("Đổi mật khẩu của tôi"), judge, parent)
        self._on_change = on_change
        if because:
            self.body.addWidget(Label(look, because, Role.BODY, "ink2", wrap=True))
        self.old = PasswordField(look, self.tr("Mật khẩu đang dùng"))
        self.add_field(LabelledField(look, self.tr("Mật khẩu đang dùng"), self.old))
        self._add_new_fields(look)
        # The new fields are older than this one; Tab and Enter go down the dialog.
        QWidget.setTabOrder(self.old, self.new)
        self.old.setFocus()
        later = self.tr("Thôi, ra khỏi sổ") if because else self.tr("Để sau")
        self.add_safe_button(later, self.reject)
        self.change_button = self.add_button(self.tr("Đổi mật khẩu"), self._submit, icon="check")

    def _submit(self) -> None:
        if not self._is_good():
            return
        old, new = self.old.text(), self.new.text()
        self.accept()
        self._on_change(old, new)


class NewPasswordDialog(_NewPassword):
    """After the recovery code: whose password, and which. `on_set(uid, password)`."""

    def __init__(
        self,
        look: Look,
        people: Sequence[tuple[str, str]],
        judge: Callable[[str], PasswordVerdict],
        on_set: Callable[[str, str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(look, parent.tr("Đặt mật khẩu mới"), judge, parent)
        self._on_set = on_set
        said = self.tr(
            "Mã khôi phục đúng. Chọn hiệu trưởng hoặc quản trị rồi đặt mật khẩu mới; việc này được "
            "ghi vào nhật ký, sau đó hãy in phiếu khôi phục mới."
        )
        self.body.addWidget(Label(look, said, Role.BODY, "ink2", wrap=True))
        self.who = Combo(look, self.tr("Người đặt mật khẩu"))
        for uid, words in people:
            self.who.addItem(words, uid)
        self.add_field(LabelledField(look, self.tr("Người đặt mật khẩu"), self.who))
        self._add_new_fields(look)
        QWidget.setTabOrder(self.who, self.new)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.set_button = self.add_button(self.tr("Đặt mật khẩu và vào sổ"), self._submit)

    def _submit(self) -> None:
        if not self._is_good():
            return
        uid, password = str(self.who.currentData()), self.new.text()
        self.accept()
        self._on_set(uid, password)
