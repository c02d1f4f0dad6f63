"""Trường: the facts that stand on every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.domain.school import School
from app.errors import AppError
from app.services.school_facts import STAGES, USUAL_STAGE
from app.services.school_setup import SETTERS
from ui.pages.administration.section import Section
from ui.theme.typography import Role
from ui.widgets.buttons import primary
from ui.widgets.cards import Card
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext


class SchoolSection(Section):
    """A form that is saved as a whole; a blank line is refused under the form."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, work, year, parent)
        card = Card(self.look, self.tr("Thông tin trường"), self.tr("in trên mọi biểu mẫu"))
        card.setMaximumWidth(640)
        self.fields: dict[str, TextField] = {}
        for name, title, hint in (
            ("authority", self.tr("Cơ quan chủ quản"), self.tr("Dòng trên tên trường")),
            ("name", self.tr("Tên trường"), ""),
            ("commune", self.tr("Xã, phường"), self.tr("Ghi cả chữ xã hoặc phường")),
            ("province", self.tr("Tỉnh, thành phố"), ""),
        ):
            field = TextField(self.look, title)
            field.textEdited.connect(lambda _text: self._edited())
            self.fields[name] = field
            card.body.addWidget(LabelledField(self.look, title, field, hint))
        level = self.tr("Cấp học")
        self.stage = Combo(self.look, level, list(STAGES.items()))
        self.stage.setMinimumHeight(34)
        self.stage.picked.connect(lambda _stage: self._edited())
        hint = self.tr(
            "Trường thêm cấp thì đổi ở đây, đăng nhập lại, rồi lập môn học và lớp của cấp ấy"
        )
        card.body.addWidget(LabelledField(self.look, level, self.stage, hint))
        self.refusal = Label(self.look, "", Role.VALUE, "red", wrap=True)
        self.refusal.hide()
        card.body.addWidget(self.refusal)
        foot = QHBoxLayout()
        self.save_button = primary(self.look, self.tr("Lưu thông tin trường"), self._save, "check")
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        self.column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addStretch(1)
        self._facts: School | None = None

    def refresh(self) -> None:
        """What the file says now."""
        self._facts = self.work.setup.school()
        may = self.work.session.actor.has(*SETTERS)
        for name, field in self.fields.items():
            field.setText(getattr(self._facts, name) if self._facts else "")
            field.setReadOnly(not may)
        self.stage.set_current(self._facts.stage if self._facts else USUAL_STAGE)
        self.stage.setEnabled(may)
        self.save_button.setVisible(may)
        self._edited()

    def _edited(self) -> None:
        self.refusal.hide()
        self.save_button.setEnabled(self._typed() != self._facts)

    def _typed(self) -> School | None:
        if self._facts is None:
            return None
        texts = {name: field.text() for name, field in self.fields.items()}
        return School(stage=str(self.stage.current()), **texts)

    def _save(self) -> None:
        typed = self._typed()
        if typed is None:
            return
        try:
            result = self.work.setup.save_school(self.work.session.actor, typed)
        except AppError as error:
            self.refusal.setText(error.sentence)
            self.refusal.show()
            return
        self.done(result)
