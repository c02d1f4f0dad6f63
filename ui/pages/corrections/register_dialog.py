"""Vào sổ: văn thư gives a declaration its number in the register of the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.corrections import words
from ui.pages.corrections.case_parts import caption, cells_table, declared_line, evidence_boxes
from ui.theme.typography import Role
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.readmodels.correction_case import CaseView
    from ui.theme.look import Look


class RegisterDialog(EntryDialog):
    """Shows what is taken in; the number is proposed and may be typed over."""

    def __init__(
        self, look: Look, view: CaseView, act: Callable[[str], None], parent: QWidget
    ) -> None:
        """`act(number)` writes and raises AppError when it may not."""
        title = self.tr("Vào sổ {case}").format(case=words.case_name(view.row.number).lower())
        super().__init__(look, title, icon="stamp", parent=parent, width=620)
        self._act = act
        self.body.addWidget(cells_table(look, view, effects=False))
        self.body.addWidget(caption(look, self.tr("Lý do người đề nghị ghi")))
        self.body.addWidget(Label(look, view.case.reason, Role.BODY, wrap=True))
        self.body.addWidget(Label(look, declared_line(view), Role.CAPTION, "ink2", wrap=True))
        for box in evidence_boxes(look, view, boxed=False):
            self.body.addWidget(box)
        self.number = TextField(look, self.tr("Số vào sổ"))
        self.number.setText(view.register_proposal)
        self._line = self.add_field(
            LabelledField(
                look,
                self.tr("Số vào sổ"),
                self.number,
                self.tr("Số của sổ tiếp nhận; in trong biên bản và sổ theo dõi."),
            )
        )
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(self.tr("Vào sổ, chuyển kiểm dò"), self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.number.setFocus()

    def error(self) -> str:
        """What is said under the number."""
        return self._line.error()

    def _try(self) -> None:
        if self.attempt(lambda: self._act(self.number.text()), self._line):
            self.accept()
