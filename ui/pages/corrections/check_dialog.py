"""Kiểm dò: the second person says whether book, paper and case agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup

from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.corrections import words
from ui.pages.corrections.case_parts import caption, cells_table, evidence_boxes, text_change
from ui.theme.typography import Role
from ui.widgets.checks import RadioButton
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.mark_change import SmallChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.readmodels.correction_case import CaseView
    from ui.theme.look import Look


class CheckDialog(EntryDialog):
    """Nothing is chosen beforehand; the button says which of the two it will write."""

    def __init__(
        self, look: Look, view: CaseView, act: Callable[[bool, str], None], parent: QWidget
    ) -> None:
        """`act(agrees, note)` writes and raises AppError when it may not."""
        row = view.row
        title = self.tr("Kiểm dò {case}").format(case=words.case_name(row.number).lower())
        super().__init__(look, title, icon="search", parent=parent, width=620)
        self._act = act
        self.body.setSpacing(7)
        if len(row.cells) == 1:
            cell = row.cells[0]
            self.body.addWidget(Label(look, cell.pupil, Role.LABEL_TITLE))
            self.body.addWidget(Label(look, words.place(row, cell), Role.CAPTION, "ink2"))
            if words.is_text(cell):
                self.body.addWidget(text_change(look, cell))
            else:
                old, new = words.value(cell.old), words.value(cell.new)
                self.body.addWidget(SmallChange(look, old, new))
        else:
            self.body.addWidget(cells_table(look, view, effects=False))
        self.body.addWidget(caption(look, self.tr("Lý do người đề nghị ghi")))
        self.body.addWidget(Label(look, view.case.reason, Role.BODY, wrap=True))
        self.body.addWidget(caption(look, self.tr("Hãy mở hai thứ này trên giấy rồi so")))
        for box in evidence_boxes(look, view, boxed=False):
            self.body.addWidget(box)
        what = (
            words.value(row.cells[0].new) if len(row.cells) == 1 else self.tr("các giá trị đề nghị")
        )
        self.agrees = RadioButton(
            look,
            self.tr("Khớp: {first} và {second} đều ghi {what}").format(
                first=view.proofs[0].lower(), second=view.proofs[1].lower(), what=what
            ),
        )
        self.differs = RadioButton(look, self.tr("Không khớp: hồ sơ đóng lại, không ô nào bị sửa"))
        self._choice = QButtonGroup(self)
        for button in (self.agrees, self.differs):
            self._choice.addButton(button)
            self.body.addWidget(button)
            button.toggled.connect(lambda _on: self._choose())
        self.note = TextField(look, self.tr("Ghi chú của người kiểm dò"))
        self._line = self.add_field(
            LabelledField(
                look,
                self.tr("Ghi chú của người kiểm dò"),
                self.note,
                self.tr("Không khớp thì phải ghi rõ không khớp chỗ nào; in trong biên bản."),
            )
        )
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(self.tr("Ghi kết quả kiểm dò"), self._try, icon="check")
        self.guard(self.confirm)
        self.confirm.setEnabled(False)
        self.finished.connect(self.deleteLater)

    def _choose(self) -> None:
        self.confirm.setEnabled(True)
        self.confirm.setText(
            self.tr("Ghi: khớp, trình duyệt")
            if self.agrees.isChecked()
            else self.tr("Ghi: không khớp, đóng hồ sơ")
        )
        self._line.set_error("")

    def error(self) -> str:
        """What is said under the note."""
        return self._line.error()

    def _try(self) -> None:
        agrees, note = self.agrees.isChecked(), self.note.text()
        if self.attempt(lambda: self._act(agrees, note), self._line):
            self.accept()
        else:
            self.note.setFocus()
