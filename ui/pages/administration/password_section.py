"""Của tôi: change one's own password, and how one's own keyboard is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.errors import AppError
from ui.jobs.job_runner import Lane
from ui.pages.administration.section import Section
from ui.theme.typography import Role
from ui.widgets.buttons import primary
from ui.widgets.cards import Card
from ui.widgets.checks import CheckBox
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext


class PasswordSection(Section):
    """Three fields; a refusal goes under the field it is about."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        look = self.look
        card = Card(look, self.tr("Mật khẩu của tôi"), work.session.actor.name)
        card.setMaximumWidth(560)
        self.old = PasswordField(look, self.tr("Mật khẩu đang dùng"))
        self.new = PasswordField(look, self.tr("Mật khẩu mới"))
        self.again = PasswordField(look, self.tr("Gõ lại mật khẩu mới"))
        self.old_field = LabelledField(look, self.tr("Mật khẩu đang dùng"), self.old)
        self.new_field = LabelledField(
            look,
            self.tr("Mật khẩu mới"),
            self.new,
            self.tr("Ít nhất 10 ký tự, không phổ biến; một câu dễ nhớ là tốt nhất"),
        )
        self.again_field = LabelledField(look, self.tr("Gõ lại mật khẩu mới"), self.again)
        for labelled in (self.old_field, self.new_field, self.again_field):
            card.body.addWidget(labelled)
        foot = QHBoxLayout()
        self.save_button = primary(look, self.tr("Đổi mật khẩu"), self.save, "key")
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        for field in (self.old, self.new, self.again):
            field.textChanged.connect(lambda _text: self._enable())
            field.returnPressed.connect(self.focusNextChild)
        self.column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._typing_card(), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addStretch(1)
        self._enable()

    def refresh(self) -> None:
        """The own choice of typing."""
        self.fast.setChecked(self.work.settings.fast_entry(self.work.session.actor))

    def save(self) -> None:
        """Check the repetition here, the rest in the service, as a job."""
        for labelled in (self.old_field, self.new_field, self.again_field):
            labelled.set_error("")
        if self.new.text() != self.again.text():
            self.again_field.set_error(self.tr("Hai lần gõ chưa giống nhau; gõ lại."))
            self.again.setFocus()
            return
        actor = self.work.session.actor
        old, new = self.old.text(), self.new.text()
        self.save_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self._enable()
            if not isinstance(error, AppError):
                self.context.jobs.report_unexpected(error)
            elif error.code.startswith("password_"):
                self.new_field.set_error(error.sentence)
            else:
                self.old_field.set_error(error.sentence)
                self.old.setFocus()

        def succeeded(result: CommandResult) -> None:
            for field in (self.old, self.new, self.again):
                field.clear()
                field.hide_text()
            self.done(result)
            self.context.frame.toast(self.tr("Đã đổi mật khẩu."), "green")

        self.context.jobs.submit(
            lambda progress: self.work.accounts.change_own_password(actor, old, new),
            owner=self,
            lane=Lane.DATABASE,
            on_success=succeeded,
            on_failure=failed,
            on_cancelled=self._enable,
        )

    def _typing_card(self) -> Card:
        card = Card(self.look, self.tr("Cách gõ điểm của tôi"))
        card.setMaximumWidth(560)
        self.fast = CheckBox(self.look, self.tr("Gõ nhanh: 75 là 7,5"))
        self.fast.clicked.connect(self._choose_fast)
        card.body.addWidget(self.fast)
        words = self.tr(
            "Chỉ khi gõ từng ô; dán và nhập tệp không bao giờ hiểu như vậy. Tắt thì 75 bị từ chối."
        )
        card.body.addWidget(Label(self.look, words, Role.CAPTION, "ink3", wrap=True))
        return card

    def _choose_fast(self, on: bool) -> None:
        actor = self.work.session.actor
        if self.run(lambda: self.work.settings.set_fast_entry(actor, on=on)) is None:
            self.refresh()

    def _enable(self) -> None:
        filled = all(field.text() for field in (self.old, self.new, self.again))
        self.save_button.setEnabled(filled)
