"""Quên mật khẩu: what the person does, and the recovery code for the one who keeps the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from ui.dialogs.entry_dialog import EntryDialog
from ui.jobs.job_runner import JobRunner, Lane
from ui.theme.typography import Role
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class RecoveryDialog(EntryDialog):
    """Takes the printed code; `on_recover(code)` runs in the FILES lane."""

    def __init__(
        self,
        look: Look,
        jobs: JobRunner,
        on_recover: Callable[[str], object],
        on_recovered: Callable[[object], None],
        parent: QWidget,
    ) -> None:
        title = self.tr("Quên mật khẩu")
        super().__init__(look, title, icon="key", parent=parent, width=540)
        self._jobs = jobs
        self._on_recover = on_recover
        self._on_recovered = on_recovered
        self.finished.connect(self.deleteLater)
        said = self.tr(
            "Giáo viên quên mật khẩu: hãy gặp hiệu trưởng hoặc người quản trị hệ thống. Họ "
            "cấp mật khẩu mới trong Quản trị, việc này được ghi vào nhật ký và ký trên giấy."
        )
        self.body.addWidget(Label(look, said, Role.BODY, "ink2", wrap=True))
        only = self.tr(
            "Khi không còn ai vào được sổ, người giữ phiếu khôi phục gõ mã in trên phiếu vào đây."
        )
        self.body.addWidget(Label(look, only, Role.BODY, "ink2", wrap=True))
        self.code = TextField(look, self.tr("Mã khôi phục"))
        self.field = self.add_field(
            LabelledField(
                look,
                self.tr("Mã khôi phục"),
                self.code,
                self.tr("Gõ từng nhóm như trên phiếu; chữ hoa hay thường, có gạch hay không."),
            )
        )
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.open_button = self.add_button(
            self.tr("Mở sổ bằng mã khôi phục"), self._submit, icon="lock-open"
        )
        self.open_button.setEnabled(False)
        self.code.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text.strip())))
        self.code.setFocus()

    def _submit(self) -> None:
        code = self.code.text().strip()
        self.field.set_error("")
        self._set_busy(True)
        self._jobs.submit(
            lambda progress: self._on_recover(code),
            owner=self,
            lane=Lane.FILES,
            on_success=self._recovered,
            on_failure=self._refused,
            on_cancelled=lambda: self._set_busy(False),
        )

    def _recovered(self, outcome: object) -> None:
        self.code.clear()
        self.accept()
        self._on_recovered(outcome)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, AppError):
            self.field.set_error(error.sentence)
            self.code.setFocus()
        else:
            self._jobs.report_unexpected(error)

    def _set_busy(self, busy: bool) -> None:
        self.code.setEnabled(not busy)
        self.open_button.setEnabled(not busy)
