"""Dialogs of Tài khoản: a new person, a role with its days, a password set anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.roles import Role
from app.errors import AppError
from ui.dialogs.entry_dialog import EntryDialog
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role as TextRole
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.changes import CommandResult
    from ui.navigation import PageContext

GIVEN = tuple(role for role in Role if role is not Role.PRINCIPAL)
"""Roles that are given like any other; the principal's is handed over."""


class _JobDialog(EntryDialog):
    """Its command derives a key (about 0,2 s), so it runs as a job; refusals stay in here."""

    context: PageContext
    on_done: Callable[[CommandResult], None]
    save_button: QWidget

    def submit(self, command: Callable[[], CommandResult], field: LabelledField) -> None:
        """Run `command`; a refusal of the password goes under `field`."""
        self.say("")
        field.set_error("")
        self.save_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.save_button.setEnabled(True)
            # While it was disabled the focus walked on to the close button.
            field.field.setFocus()
            if not isinstance(error, AppError):
                self.context.jobs.report_unexpected(error)
            elif error.code.startswith("password"):
                field.set_error(error.sentence)
            else:
                self.say(error.sentence)

        def succeeded(result: CommandResult) -> None:
            self.accept()
            self.on_done(result)

        self.context.jobs.submit(
            lambda progress: command(),
            owner=self,
            lane=Lane.DATABASE,
            on_success=succeeded,
            on_failure=failed,
            on_cancelled=lambda: self.save_button.setEnabled(True),
        )


class AccountDialog(_JobDialog):
    """`add(full name, department, roles, password)`."""

    def __init__(
        self,
        context: PageContext,
        departments: Sequence[str],
        add: Callable[[str, str, tuple[Role, ...], str], CommandResult],
        on_done: Callable[[CommandResult], None],
        parent: QWidget,
    ) -> None:
        look = context.look
        super().__init__(look, parent.tr("Thêm tài khoản"), icon="user", parent=parent, width=620)
        self.context, self.on_done, self._add = context, on_done, add
        self.name = TextField(look, self.tr("Họ và tên"))
        self.department = Combo(look, self.tr("Tổ"), [(name, name) for name in departments])
        self.department.setEditable(True)
        self.department.setCurrentText("")
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(LabelledField(look, self.tr("Họ và tên"), self.name), 0, 0)
        grid.addWidget(LabelledField(look, self.tr("Tổ, phòng"), self.department), 0, 1)
        self.body.addWidget(box)
        lead = self.tr("Vai trò, có hiệu lực từ hôm nay")
        self.body.addWidget(Label(look, lead, TextRole.VALUE, "ink2"))
        self.roles: dict[Role, CheckBox] = {}
        roles = QWidget()
        places = QGridLayout(roles)
        places.setContentsMargins(0, 0, 0, 0)
        for at, role in enumerate(GIVEN):
            self.roles[role] = CheckBox(look, role.label)
            places.addWidget(self.roles[role], at // 2, at % 2)
        self.body.addWidget(roles)
        note = self.tr("Dạy lớp nào, môn nào thì phân công ở phần Phân công.")
        self.body.addWidget(Label(look, note, TextRole.CAPTION, "ink3", wrap=True))
        self.password = PasswordField(look, self.tr("Mật khẩu ban đầu"))
        self.password_field = self.add_field(
            LabelledField(
                look,
                self.tr("Mật khẩu ban đầu"),
                self.password,
                self.tr("Ít nhất 10 ký tự, không phổ biến; dặn người dùng tự đổi ngay"),
            )
        )
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Thêm tài khoản"), self._submit, icon="plus")
        self.finished.connect(self.deleteLater)
        self.name.setFocus()

    def _submit(self) -> None:
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        name, unit = self.name.text(), self.department.currentText()
        password = self.password.text()
        self.submit(lambda: self._add(name, unit, roles, password), self.password_field)


class ResetPasswordDialog(_JobDialog):
    """`reset(password)`: new keys for somebody who forgot."""

    def __init__(
        self,
        context: PageContext,
        name: str,
        reset: Callable[[str], CommandResult],
        on_done: Callable[[CommandResult], None],
        parent: QWidget,
    ) -> None:
        look = context.look
        super().__init__(look, parent.tr("Đặt lại mật khẩu"), icon="key", parent=parent, width=520)
        self.context, self.on_done, self._reset = context, on_done, reset
        self.body.addWidget(Label(look, name, TextRole.LABEL_TITLE))
        lead = self.tr(
            "Người này nhận mật khẩu mới và khóa ký mới; việc này ghi vào nhật ký. Chữ ký cũ vẫn "
            "kiểm tra được như trước."
        )
        self.body.addWidget(Label(look, lead, TextRole.BODY, "ink2", wrap=True))
        self.password = PasswordField(look, self.tr("Mật khẩu mới"))
        self.password_field = self.add_field(
            LabelledField(
                look, self.tr("Mật khẩu mới"), self.password,
                self.tr("Ít nhất 10 ký tự, không phổ biến"),
            )
        )  # fmt: skip
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Đặt lại mật khẩu"), self._submit, icon="key")
        self.finished.connect(self.deleteLater)
        self.password.setFocus()

    def _submit(self) -> None:
        password = self.password.text()
        self.submit(lambda: self._reset(password), self.password_field)


class RoleDialog(EntryDialog):
    """Give a role from a day on, or end one: `save(role, day)`."""

    def __init__(
        self,
        context: PageContext,
        title: str,
        action: str,
        name: str,
        roles: Sequence[Role],
        day_title: str,
        today: date,
        save: Callable[[Role, date | None], None],
        parent: QWidget,
        *,
        dangerous: bool = False,
    ) -> None:
        look = context.look
        super().__init__(look, title, icon="user", parent=parent, width=480)
        self._save = save
        self.body.addWidget(Label(look, name, TextRole.LABEL_TITLE))
        self.role = Combo(look, self.tr("Vai trò"), [(role, role.label) for role in roles])
        self.add_field(LabelledField(look, self.tr("Vai trò"), self.role))
        self.day = DateField(look, day_title, today)
        self.add_field(LabelledField(look, day_title, self.day))
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(
            action, self._submit, kind="danger" if dangerous else "primary"
        )
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(Role(self.role.current()), self.day.value())):
            self.accept()
