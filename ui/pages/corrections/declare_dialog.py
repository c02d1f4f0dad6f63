"""Khai báo: old values from the cells, new values, reason, and where the evidence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.corrections import CaseKind
from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.corrections import words
from ui.pages.corrections.case_parts import caption
from ui.theme.typography import Role
from ui.widgets.cards import Alert, hairline
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import ElidedLabel, Glyph, IconText, Label
from ui.widgets.mark_change import StruckLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.readmodels.correction_case import DeclarationDraft, DraftCell
    from app.readmodels.mark_sheet import CellKey
    from ui.theme.look import Look

_FIELD_WIDTH = 84
_TEXT_WIDTH = 220
_REASONS = {
    CaseKind.MARKS: "Đảo hai chữ số khi chép từ sổ điểm cá nhân",
    CaseKind.CONDUCT: "Ghi nhầm dòng của bạn bên dưới",
    CaseKind.ATTENDANCE: "Gia đình nộp đơn xin phép sau khi chốt",
    CaseKind.PROFILE: "Nhập sai dấu so với giấy khai sinh",
}
"""An example of a reason, by kind."""


class DeclareDialog(EntryDialog):
    """Stays open until the service took the declaration."""

    def __init__(
        self,
        look: Look,
        draft: DeclarationDraft,
        act: Callable[[dict[CellKey, str], str, str, str, str], None],
        parent: QWidget,
    ) -> None:
        """`act(wanted, reason, book, paper, late_reason)` writes or raises AppError."""
        place = self.tr("{subject}, lớp {klass}").format(
            subject=draft.subject_name, klass=draft.class_name
        )
        super().__init__(
            look,
            self.tr("Lập hồ sơ {act}").format(act=draft.about.kind.act),
            note=place,
            icon="pencil",
            parent=parent,
            width=720,
        )
        self._act = act
        self._draft = draft
        self.values: dict[CellKey, TextField] = {}
        self.body.addWidget(self._cells())
        self._refused_cells()
        self.reason = TextField(look, self.tr("Lý do"), _REASONS[draft.about.kind])
        book, paper = draft.proofs
        self.book = TextField(look, book.name, book.example)
        self.paper = TextField(look, paper.name, paper.example)
        self.late = TextField(look, self.tr("Lý do ngoại lệ"))
        self.add_field(LabelledField(look, self.tr("Lý do"), self.reason))
        self.add_field(LabelledField(look, book.asked, self.book))
        self.add_field(LabelledField(look, paper.asked, self.paper))
        self._cutoff_part()
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button("", self._try, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        for field in self.values.values():
            field.textChanged.connect(lambda _text: self._count())
        self._count()
        first = next(iter(self.values.values()), None)
        if first is not None:
            first.setFocus()

    def _cells(self) -> QWidget:
        look = self.look
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        heads = [
            self.tr("STT"),
            self.tr("Học sinh"),
            self.tr("Cột"),
            self.tr("Đang lưu"),
            "",
            self.tr("Đề nghị"),
        ]
        for at, head in enumerate(heads):
            grid.addWidget(caption(look, head), 0, at)
        grid.addWidget(hairline(strong=True), 1, 0, 1, len(heads))
        for line, cell in enumerate((c for c in self._draft.cells if not c.problem), 2):
            self._cell_line(grid, line, cell, self._draft.hint)
        box.setVisible(bool(self.values))
        return box

    def _cell_line(self, grid: QGridLayout, line: int, cell: DraftCell, hint: str) -> None:
        look, middle = self.look, Qt.AlignmentFlag.AlignVCenter
        position = Label(look, str(cell.position), Role.BODY, "ink3")
        grid.addWidget(position, line, 0, middle | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(ElidedLabel(look, cell.pupil, Role.STRONG), line, 1)
        grid.addWidget(Label(look, cell.place), line, 2)
        role = Role.LEAD if cell.is_mark else Role.BODY
        struck = StruckLabel(look, words.value(cell.old), role)
        grid.addWidget(struck, line, 3, middle | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Glyph(look, "arrow-right", "ink2", 16), line, 4, middle)
        name = self.tr("Điểm đề nghị của {pupil}, {column}").format(
            pupil=cell.pupil, column=cell.column
        )
        field = TextField(look, name, hint if cell.is_mark else "")
        if cell.is_mark:
            field.setFixedWidth(_FIELD_WIDTH)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        else:
            field.setText(cell.old)
            field.setMinimumWidth(_TEXT_WIDTH)
        grid.addWidget(field, line, 5)
        self.values[cell.key] = field

    def _refused_cells(self) -> None:
        for cell in (c for c in self._draft.cells if c.problem):
            title = f"{cell.pupil}, {cell.place}"
            line = IconText(self.look, "warning", title, "amber", Role.VALUE)
            self.body.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(Label(self.look, cell.problem, Role.CAPTION, "ink2", wrap=True))

    def _cutoff_part(self) -> None:
        draft = self._draft
        if draft.cutoff is None:
            return
        day = date_vn(draft.cutoff)
        if not draft.past_cutoff:
            text = self.tr("Còn trong hạn lập hồ sơ ({day}).").format(day=day)
            self.body.addWidget(Label(self.look, text, Role.CAPTION, "ink3"))
            return
        self.body.addWidget(
            Alert(
                self.look,
                "clock",
                self.tr("Đã quá hạn lập hồ sơ ({day})").format(day=day),
                self.tr("Ghi lý do ngoại lệ để hiệu trưởng quyết định."),
            )
        )
        self.add_field(LabelledField(self.look, self.tr("Lý do ngoại lệ"), self.late))

    def _wanted(self) -> dict[CellKey, str]:
        """Values typed; a text left as it is asks for nothing."""
        before = {cell.key: "" if cell.is_mark else cell.old for cell in self._draft.cells}
        typed = {key: field.text() for key, field in self.values.items()}
        return {key: text for key, text in typed.items() if text.strip() != before[key]}

    def _count(self) -> None:
        filled = len(self._wanted())
        text = self.tr("Lập hồ sơ cho {n} ô") if filled else self.tr("Lập hồ sơ")
        self.confirm.setText(text.format(n=filled))
        self.confirm.setEnabled(filled > 0)

    def _try(self) -> None:
        wanted = self._wanted()
        texts = [f.text() for f in (self.reason, self.book, self.paper, self.late)]
        if self.attempt(lambda: self._act(wanted, *texts)):
            self.accept()
