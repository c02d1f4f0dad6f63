"""Dialogs of Văn bản: a legal basis, an outgoing paper, its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.papers import OUTGOING, BasisUse, DocumentKind
from app.errors import AppError, RuleRefused
from app.services.legal_bases import BasisDraft
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.domain.papers import OutgoingDocument
    from app.services.document_register import NumberProposal
    from ui.theme.look import Look

_FIELD = 34
_CITED = (
    DocumentKind.LETTER,
    DocumentKind.DECISION,
    DocumentKind.CIRCULAR,
    DocumentKind.DECREE,
    DocumentKind.LAW,
    DocumentKind.PLAN,
    DocumentKind.NOTICE,
)


class BasisDialog(EntryDialog):
    """`save(draft, twin_is_right)`; a twin is asked about in here, in words."""

    def __init__(
        self,
        look: Look,
        save: Callable[[BasisDraft, bool], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Thêm căn cứ pháp lý")
        super().__init__(look, title, icon="file", parent=parent, width=620)
        self._save = save
        self._twin_shown = False
        self.kind = Combo(look, self.tr("Loại"), [(kind, kind.label) for kind in _CITED])
        self.kind.setMinimumHeight(_FIELD)
        self.number = TextField(look, self.tr("Số, ký hiệu"), "1539/GDĐT-HV")
        self.day = DateField(look, self.tr("Ngày ban hành"))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(14)
        across.addWidget(LabelledField(look, self.tr("Loại"), self.kind), 3)
        across.addWidget(LabelledField(look, self.tr("Số, ký hiệu"), self.number), 4)
        across.addWidget(LabelledField(look, self.tr("Ngày ban hành"), self.day), 3)
        self.body.addWidget(row)
        self.issuer = TextField(look, self.tr("Cơ quan ban hành"), self.tr("Sở GDĐT Thanh Hóa"))
        self.add_field(LabelledField(look, self.tr("Cơ quan ban hành"), self.issuer))
        self.summary = TextField(look, self.tr("Trích yếu"))
        self.add_field(
            LabelledField(look, self.tr("Trích yếu"), self.summary,
                          self.tr("Như trên văn bản, thí dụ: hướng dẫn đánh giá học sinh"))
        )  # fmt: skip
        self.body.addWidget(Label(look, self.tr("In làm căn cứ trong"), Role.VALUE, "ink2"))
        uses = QWidget()
        places = QHBoxLayout(uses)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(20)
        self.uses = {use: CheckBox(look, use.label) for use in BasisUse}
        for box in self.uses.values():
            places.addWidget(box)
        places.addStretch(1)
        self.body.addWidget(uses)
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Thêm căn cứ"), self._submit, icon="plus")
        for field in (self.number, self.issuer, self.day):
            field.textChanged.connect(lambda _text: self._ask_again())
        self.finished.connect(self.deleteLater)
        self.number.setFocus()

    def _draft(self) -> BasisDraft:
        uses = [use for use, box in self.uses.items() if box.isChecked()]
        return BasisDraft(
            DocumentKind(self.kind.current()), self.number.text(), self.day.value(),
            self.issuer.text(), self.summary.text(), uses,
        )  # fmt: skip

    def _ask_again(self) -> None:
        self._twin_shown = False
        self.save_button.setText(self.tr("Thêm căn cứ"))

    def _submit(self) -> None:
        self.say("")
        try:
            self._save(self._draft(), self._twin_shown)
        except RuleRefused as refusal:
            if refusal.code == "basis_twin":
                self._twin_shown = True
                self.save_button.setText(self.tr("Đúng là hai văn bản, thêm cả hai"))
                self.say(refusal.sentence, "amber")
            else:
                self.say(refusal.sentence)
        except AppError as error:
            self.say(error.sentence)
        else:
            self.accept()


class DocumentDialog(EntryDialog):
    """`save(kind, summary)`: a paper of the school whose number may wait."""

    def __init__(
        self, look: Look, save: Callable[[DocumentKind, str], None], parent: QWidget
    ) -> None:
        title = parent.tr("Ghi văn bản đi")
        super().__init__(look, title, icon="file", parent=parent, width=520)
        self._save = save
        self.kind = Combo(look, self.tr("Loại"), [(kind, kind.label) for kind in OUTGOING])
        self.add_field(LabelledField(look, self.tr("Loại"), self.kind))
        self.summary = TextField(look, self.tr("Trích yếu"))
        self.add_field(
            LabelledField(look, self.tr("Trích yếu"), self.summary,
                          self.tr("Số và ngày để trống được; văn thư cấp sau"))
        )  # fmt: skip
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Ghi văn bản"), self._submit, icon="plus")
        self.finished.connect(self.deleteLater)
        self.summary.setFocus()

    def _submit(self) -> None:
        kind, summary = DocumentKind(self.kind.current()), self.summary.text()
        if self.attempt(lambda: self._save(kind, summary)):
            self.accept()


class NumberDialog(EntryDialog):
    """`save(number, symbol, day)`; once given a number stays."""

    def __init__(
        self,
        look: Look,
        document: OutgoingDocument,
        proposal: NumberProposal,
        save: Callable[[int, str, date], None],
        parent: QWidget,
    ) -> None:
        title = parent.tr("Cấp số văn bản")
        super().__init__(
            look, title, note=document.kind.label, icon="stamp", parent=parent, width=520
        )
        self._save = save
        self.body.addWidget(Label(look, document.summary, Role.VALUE, wrap=True))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(14)
        self.number = TextField(look, self.tr("Số"))
        self.number.setText(str(proposal.number))
        self.symbol = TextField(look, self.tr("Ký hiệu"), "BB-THCS…")
        self.symbol.setText(proposal.symbol)
        self.day = DateField(look, self.tr("Ngày văn bản"), proposal.issued_on)
        across.addWidget(LabelledField(look, self.tr("Số"), self.number), 1)
        across.addWidget(LabelledField(look, self.tr("Ký hiệu"), self.symbol), 2)
        across.addWidget(LabelledField(look, self.tr("Ngày văn bản"), self.day), 2)
        self.body.addWidget(row)
        note = self.tr("Số đã cấp không đổi, không cấp lại cho văn bản khác cùng loại trong năm.")
        self.body.addWidget(Label(look, note, Role.CAPTION, "ink3", wrap=True))
        self.add_refusal_line()
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button("", self._submit, icon="stamp")
        for field in (self.number, self.symbol):
            field.textChanged.connect(lambda _text: self._words())
        self.finished.connect(self.deleteLater)
        self._words()

    def _words(self) -> None:
        code = "/".join(part for part in (self.number.text(), self.symbol.text()) if part)
        self.save_button.setText(self.tr("Cấp số {code}").format(code=code))

    def _submit(self) -> None:
        def act() -> None:
            text = self.number.text().strip()
            if not (text.isascii() and text.isdecimal() and len(text) <= 6):
                raise RuleRefused(
                    "document_number", f"“{text}” không phải số văn bản; hãy ghi số từ 1 trở lên."
                )
            day = self.day.value()
            if day is None:
                raise RuleRefused(
                    "document_day", "Ngày văn bản còn trống; hãy ghi ngày trên văn bản."
                )
            self._save(int(text), self.symbol.text(), day)

        if self.attempt(act):
            self.accept()
