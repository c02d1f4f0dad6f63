"""Tạo sổ cho trường: the few facts without which no book can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.school_facts import STAGES, USUAL_STAGE
from app.text import clean
from ui.pages.welcome.draft import SchoolDraft
from ui.theme.typography import Role
from ui.widgets.buttons import Button, link
from ui.widgets.cards import ScrollPane
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.focus import pass_focus
from ui.widgets.labels import Label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.welcome.draft import PasswordVerdict
    from ui.theme.look import Look


class CreateForm(QWidget):
    """`drafted(SchoolDraft)` once every field is filled and the password is good, twice."""

    drafted = Signal(object)
    back_requested = Signal()

    def __init__(
        self, look: Look, judge: Callable[[str], PasswordVerdict], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._judge = judge
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        back = link(look, self.tr("Trở lại"), self.back_requested.emit, "arrow-left")
        top = QHBoxLayout()
        top.addWidget(back)
        top.addStretch(1)
        column.addLayout(top)
        column.addSpacing(10)
        column.addWidget(Label(look, self.tr("Tạo sổ cho trường"), Role.GATE_TITLE))
        column.addSpacing(4)
        line = self.tr("Năm dòng đầu in trên mọi sổ và văn bản; về sau sửa được trong Quản trị.")
        column.addWidget(Label(look, line, Role.BODY, "ink2", wrap=True))
        column.addSpacing(16)
        scroll = ScrollPane(self.tr("Thông tin của trường"))
        body = scroll.body
        body.setSpacing(14)
        body.setContentsMargins(0, 0, 14, 0)
        self._build(body)
        body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addSpacing(14)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        note = self.tr("Sổ chỉ nằm trên máy này, được mã hóa; bước sau chọn chỗ lưu tệp.")
        foot.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True), 1)
        self.create_button = Button(
            look, self.tr("Tạo sổ"), self._submit, kind="primary", icon="book-new", tall="gate"
        )
        self.create_button.setMinimumWidth(132)
        foot.addWidget(self.create_button)
        column.addLayout(foot)
        pass_focus(self, self.school.field)

    def set_busy(self, busy: bool) -> None:
        """While the file is being made."""
        self.setEnabled(not busy)
        self.create_button.setText(self.tr("Đang tạo sổ…") if busy else self.tr("Tạo sổ"))

    def show_refusal(self, sentence: str) -> None:
        """Why the book was not made."""
        self.again.set_error(sentence)

    def _build(self, body: QVBoxLayout) -> None:
        self.school = self._text(self.tr("Tên trường"), self.tr("Trường THCS Sông Trăng"))
        self.authority = self._text(
            self.tr("Cơ quan quản lý (dòng trên tên trường)"), self.tr("UBND xã Sông Trăng")
        )
        self.commune = self._text(self.tr("Xã, phường"), self.tr("xã Sông Trăng"))
        self.province = self._text(self.tr("Tỉnh, thành phố"), self.tr("tỉnh Thanh Hóa"))
        self.principal = self._text(self.tr("Hiệu trưởng (họ và tên)"), "")
        self.stage = Combo(self._look, self.tr("Cấp học"), list(STAGES.items()))
        self.stage.set_current(USUAL_STAGE)
        self.stage.setMinimumHeight(34)
        level = LabelledField(self._look, self.tr("Cấp học"), self.stage)
        body.addWidget(self.school)
        body.addLayout(side_by_side(self.authority, level))
        body.addLayout(side_by_side(self.commune, self.province))
        body.addWidget(self.principal)
        first = PasswordField(self._look, self.tr("Mật khẩu của hiệu trưởng"))
        second = PasswordField(self._look, self.tr("Gõ lại mật khẩu"))
        rule = self.tr("Ít nhất 10 ký tự; một câu dài dễ nhớ là tốt nhất.")
        self.password = LabelledField(self._look, self.tr("Mật khẩu của hiệu trưởng"), first, rule)
        self.again = LabelledField(self._look, self.tr("Gõ lại mật khẩu"), second)
        body.addLayout(side_by_side(self.password, self.again))
        first.textChanged.connect(self._rate)
        first.vietnamese_typing.connect(lambda on: self._warn(self.password, on))
        second.returnPressed.connect(self._submit)
        self._first, self._second = first, second

    def _text(self, label: str, example: str) -> LabelledField:
        return LabelledField(self._look, label, TextField(self._look, label, example))

    def _rate(self, text: str) -> None:
        if not text:
            self.password.set_error("")
        if not text or self._first.warns_of_vietnamese:
            return
        verdict = self._judge(text)
        self.password.set_note(verdict.sentence, "green" if verdict.is_good else "amber")

    def _warn(self, field: LabelledField, on: bool) -> None:
        if on:
            words = self.tr("Bộ gõ tiếng Việt đang bật. Hãy chuyển sang tiếng Anh rồi gõ lại.")
            field.set_note(words, "amber")
        else:
            field.set_error("")

    def _submit(self) -> None:
        texts = (self.school, self.authority, self.commune, self.province, self.principal)
        empty: QWidget | None = None
        for field in texts:
            blank = not clean(_words_of(field))
            field.set_error(self.tr("Chưa ghi dòng này.") if blank else "")
            if blank and empty is None:
                empty = field.field
        verdict = self._judge(self._first.text())
        self.password.set_error("" if verdict.is_good else verdict.sentence)
        same = self._first.text() == self._second.text()
        self.again.set_error("" if same else self.tr("Hai lần gõ mật khẩu chưa giống nhau."))
        if empty is None and not verdict.is_good:
            empty = self._first
        if empty is None and not same:
            empty = self._second
        if empty is not None:
            empty.setFocus()
            return
        school, authority, commune, province, principal = (
            clean(_words_of(field)) for field in texts
        )
        draft = SchoolDraft(
            school, authority, commune, province, principal, password=self._first.text(),
            stage=self.stage.current(),
        )  # fmt: skip
        self.drafted.emit(draft)


def _words_of(field: LabelledField) -> str:
    return field.field.text() if isinstance(field.field, TextField) else ""
