"""Diễn tập khôi phục: open the newest backup as if this PC were gone, and keep the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from app.vault import RECOVERY_UID
from ui.dialogs.entry_dialog import EntryDialog
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.progress import Progress
    from app.restoring import Rehearsal
    from ui.navigation import PageContext


class RehearsalDialog(EntryDialog):
    """`rehearse(uid, secret, progress)` runs as a job; the result stays to be read."""

    def __init__(
        self,
        context: PageContext,
        uid: str,
        name: str,
        rehearse: Callable[[str, str, Progress], CommandResult],
        parent: QWidget,
    ) -> None:
        look = context.look
        title = parent.tr("Diễn tập khôi phục")
        super().__init__(look, title, icon="shield-check", parent=parent, width=600)
        self._context = context
        self._rehearse = rehearse
        self._busy = False
        lead = self.tr(
            "Bản sao lưu mới nhất được chép ra chỗ tạm, mở bằng mật khẩu hoặc mã trên phiếu, kiểm "
            "tra từng trang, chuỗi nhật ký và chữ ký, rồi xóa. Sổ đang dùng không bị đụng tới. Kết "
            "quả và ngày diễn tập ghi vào nhật ký."
        )
        self.body.addWidget(Label(look, lead, Role.BODY, "ink2", wrap=True))
        self.how = Combo(
            look,
            self.tr("Mở bằng"),
            [
                (uid, self.tr("Mật khẩu của {name}").format(name=name)),
                (RECOVERY_UID, self.tr("Mã khôi phục trên phiếu")),
            ],
        )
        self.add_field(LabelledField(look, self.tr("Mở bằng"), self.how))
        self.secret = PasswordField(look, self.tr("Mật khẩu hoặc mã"))
        self.secret_field = self.add_field(
            LabelledField(look, self.tr("Mật khẩu hoặc mã"), self.secret)
        )
        self.outcome = Label(look, "", Role.VALUE, "green", wrap=True)
        self.outcome.hide()
        self.body.addWidget(self.outcome)
        self.add_refusal_line()
        self.body.addStretch(1)
        self.close_button = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.start_button = self.add_button(
            self.tr("Diễn tập ngay"), self._start, icon="shield-check"
        )
        self.secret.textChanged.connect(lambda _text: self._allow())
        self.finished.connect(lambda _code: self.secret.clear())
        self.finished.connect(self.deleteLater)
        self._allow()
        self.secret.setFocus()

    def _allow(self) -> None:
        self.start_button.setEnabled(bool(self.secret.text()) and not self._busy)
        self.how.setEnabled(not self._busy)

    def _start(self) -> None:
        uid, secret = self.how.current(), self.secret.text()
        self._busy = True
        self.secret_field.set_error("")
        self.say(self.tr("Đang chép, mở và kiểm tra bản sao lưu…"), "ink2")
        self._allow()
        self._context.jobs.submit(
            lambda progress: self._rehearse(uid, secret, progress),
            owner=self,
            lane=Lane.DATABASE,
            on_success=self._done,
            on_failure=self._failed,
            on_settled=self._settled,
        )

    def _settled(self) -> None:
        self._busy = False
        self._allow()

    def _done(self, result: CommandResult) -> None:
        self.say("")
        self._context.commands.publish(result)
        found: Rehearsal = result.payload  # type: ignore[assignment]  # payload is typed object
        at = f"{found.backup.checked_at:%H:%M ngày %d/%m/%Y}"
        if found.problem:
            words = self.tr("Bản sao lưu lúc {at} không dùng được: {problem}")
            words = words.format(at=at, problem=found.problem)
        else:
            words = self.tr(
                "Bản sao lưu lúc {at} dùng được: {entries} mục nhật ký khớp chuỗi và chữ ký, "
                "{classes} lớp, {pupils} học sinh."
            ).format(
                at=at, entries=found.entries, classes=found.classes, pupils=found.pupils
            )  # fmt: skip
        self.outcome.set_tone("red" if found.problem else "green")
        self.outcome.setText(words)
        self.outcome.show()
        self._fit()
        self.secret.clear()
        self.close_button.setText(self.tr("Đóng"))

    def _failed(self, error: Exception) -> None:
        self.say("")
        if not isinstance(error, AppError):
            self._context.jobs.report_unexpected(error)
        elif error.code == "wrong_password" or "recovery_code" in error.code:
            self.mark(self.secret_field, error.sentence)
            self.secret.setFocus()
        else:
            self.say(error.sentence)
