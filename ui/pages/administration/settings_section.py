"""Thiết lập: the school's own choices; what has a page of its own is one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError
from app.services.school_setup import SETTERS
from app.services.settings import BACKUP_HOURS, IDLE, NUMBERS, NumberSetting
from ui.pages.administration.section import Section
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import link, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext

_OFFERED = {
    IDLE.key: (2, 3, 5, 10, 15, 20, 30, 60),
    BACKUP_HOURS.key: (0, 1, 2, 3, 4, 6, 8, 12, 24),
}
_COMBO = 180


class SettingsSection(Section):
    """A change is saved at once, as everywhere; a refusal is said over the page."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        across = QHBoxLayout()
        across.setSpacing(CARD_GAP)
        self.combos: dict[str, Combo] = {}
        across.addWidget(self._numbers_card(), 6, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(CARD_GAP)
        side.addWidget(self._symbol_card())
        side.addWidget(self._elsewhere_card())
        side.addStretch(1)
        across.addLayout(side, 5)
        self.column.addLayout(across)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """What is in force now."""
        actor = self.work.session.actor
        for setting in NUMBERS:
            combo = self.combos[setting.key]
            value = self.work.settings.number(setting)
            offered = sorted({*_OFFERED[setting.key], value})
            combo.set_choices([(n, self._words(setting, n)) for n in offered], value)
            combo.setEnabled(actor.has(*setting.setters))
        self.symbol.setText(self.work.settings.symbol())
        may = actor.has(*SETTERS)
        self.symbol.setReadOnly(not may)
        self.symbol_button.setVisible(may)
        self._symbol_edited()

    def save_symbol(self) -> None:
        """Lưu ký hiệu."""
        actor = self.work.session.actor
        self.symbol_field.set_error("")
        try:
            result = self.work.settings.set_symbol(actor, self.symbol.text())
        except AppError as error:
            self.symbol_field.set_error(error.sentence)
            return
        self.done(result)

    def _picked(self, setting: NumberSetting, value: int) -> None:
        actor = self.work.session.actor
        done = self.run(lambda: self.work.settings.set_number(actor, setting, value))
        if done is None:
            self.refresh()

    def _words(self, setting: NumberSetting, value: int) -> str:
        if value == 0 and setting.zero:
            return setting.zero
        return f"{value} {setting.unit}"

    def _symbol_edited(self) -> None:
        self.symbol_button.setEnabled(self.symbol.text() != self.work.settings.symbol())

    def _numbers_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Quy ước của trường"), self.tr("đổi là có hiệu lực ngay"))
        for at, setting in enumerate(NUMBERS):
            if at:
                card.body.addWidget(hairline())
            row = QHBoxLayout()
            row.setSpacing(14)
            words = QVBoxLayout()
            words.setSpacing(1)
            title = Label(look, setting.title, Role.VALUE)
            words.addWidget(title)
            words.addWidget(Label(look, setting.hint, Role.CAPTION, "ink3", wrap=True))
            row.addLayout(words, 1)
            combo = Combo(look, setting.title)
            combo.setMinimumWidth(_COMBO)
            title.setBuddy(combo)
            combo.picked.connect(lambda value, s=setting: self._picked(s, value))
            self.combos[setting.key] = combo
            row.addWidget(combo, 0, Qt.AlignmentFlag.AlignVCenter)
            card.body.addLayout(row)
        return card

    def _symbol_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Số văn bản"))
        self.symbol = TextField(look, self.tr("Ký hiệu của trường"), "THCS…")
        self.symbol.textEdited.connect(lambda _text: self._symbol_edited())
        self.symbol.returnPressed.connect(self.save_symbol)
        self.symbol_field = LabelledField(
            look, self.tr("Ký hiệu của trường"), self.symbol,
            self.tr("Phần sau dấu gạch: số 03/BB-THCSĐX thì ghi THCSĐX"),
        )  # fmt: skip
        card.body.addWidget(self.symbol_field)
        row = QHBoxLayout()
        self.symbol_button = secondary(look, self.tr("Lưu ký hiệu"), self.save_symbol, "check")
        row.addWidget(self.symbol_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _elsewhere_card(self) -> Card:
        look = self.look
        card = Card(look, self.tr("Đặt ở trang khác"))
        here = "administration"
        for words, page, section in (
            (self.tr("Quy định: hạn vào điểm, người duyệt, minh chứng, mở ô"), here, "rules"),
            (self.tr("Đợt nhập, hạn lập hồ sơ sửa điểm"), "lock_control", ""),
            (self.tr("Ngày của năm học, lịch học, ngày nghỉ"), here, "year"),
            (self.tr("Thư mục sao lưu, diễn tập, phiếu khôi phục"), here, "backups"),
            (self.tr("Căn cứ pháp lý, số văn bản"), here, "papers"),
            (self.tr("Gõ nhanh 75 = 7,5 (của riêng tôi)"), here, "password"),
        ):
            row = QHBoxLayout()
            row.addWidget(link(look, words, self._opener(page, section), arrow=True))
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _opener(self, page: str, section: str) -> Callable[[], bool]:
        where = {"section": section} if section else {}
        return lambda: self.context.open_page(page, **where)
