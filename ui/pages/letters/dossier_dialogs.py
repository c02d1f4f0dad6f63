"""Dialogs of Hồ sơ nộp: receiver and deadline, a paper enclosed by hand, the handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.dossiers import EnclosedPaper
from ui.dialogs.entry_dialog import EntryDialog
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.domain.dossiers import Dossier
    from app.readmodels.dossier_board import DossierLine
    from ui.theme.look import Look

_WIDTH = 560


class PlanDialog(EntryDialog):
    """`save(receiver, due_on)`."""

    def __init__(
        self,
        look: Look,
        dossier: Dossier,
        save: Callable[[str, date | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, _tr("Nơi nhận, hạn nộp hồ sơ"), icon="calendar", parent=parent, width=_WIDTH
        )
        self._save = save
        self.receiver = TextField(look, _tr("Cơ quan nhận hồ sơ"))
        self.receiver.setText(dossier.receiver)
        self.add_field(
            LabelledField(
                look,
                _tr("Cơ quan nhận hồ sơ"),
                self.receiver,
                _tr("Để trống thì là cơ quan chủ quản của trường"),
            )
        )
        self.due = DateField(look, _tr("Hạn nộp"))
        self.due.set_value(dossier.due_on)
        self.add_field(LabelledField(look, _tr("Hạn nộp"), self.due))
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Ghi"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.receiver.setFocus()

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.receiver.text(), self.due.value())):
            self.accept()


class EnclosureDialog(EntryDialog):
    """`save(paper)`: a paper with its sheets, or the reason why there is none."""

    def __init__(
        self,
        look: Look,
        line: DossierLine,
        save: Callable[[EnclosedPaper], None],
        parent: QWidget,
    ) -> None:
        super().__init__(look, line.part.label, icon="file", parent=parent, width=_WIDTH)
        self._save, self._part = save, line.part
        known = line.enclosed or EnclosedPaper(line.part)
        self.paper = TextField(look, _tr("Giấy tờ đóng kèm"))
        self.paper.setText(known.title)
        words = (
            _tr("Để trống thì dùng bản in chính thức của văn bản trong chương trình")
            if line.part.letters
            else _tr("Tên giấy tờ có sẵn ở trường, đóng sau trang nêu tên")
        )
        self.add_field(LabelledField(look, _tr("Giấy tờ đóng kèm"), self.paper, words))
        self.sheets = TextField(look, _tr("Số tờ"))
        self.sheets.setText(str(known.sheets) if known.sheets else "")
        self.add_field(
            LabelledField(look, _tr("Số tờ"), self.sheets, _tr("Để mục lục chừa đúng số trang"))
        )
        self.left_out = TextField(look, _tr("Lý do không có"))
        self.left_out.setText(known.left_out)
        self.add_field(
            LabelledField(
                look, _tr("Hoặc lý do không có phần này"), self.left_out,
                _tr("Thí dụ: phần mềm đã được Sở thẩm định, không phải gửi đĩa"),
            )
        )  # fmt: skip
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Ghi"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.paper.setFocus()

    def _submit(self) -> None:
        typed = self.sheets.text().strip()
        sheets = int(typed) if typed.isascii() and typed.isdigit() else 0
        found = EnclosedPaper(self._part, self.paper.text(), sheets, self.left_out.text())
        if self.attempt(lambda: self._save(found)):
            self.accept()


class HandInDialog(EntryDialog):
    """`save(on, how)`."""

    def __init__(
        self, look: Look, today: date, save: Callable[[date, str], None], parent: QWidget
    ) -> None:
        super().__init__(look, _tr("Ghi đã nộp hồ sơ"), icon="check", parent=parent, width=_WIDTH)
        self._save = save
        self.day = DateField(look, _tr("Ngày nộp"))
        self.day.set_value(today)
        self._day_field = self.add_field(LabelledField(look, _tr("Ngày nộp"), self.day))
        self.how = TextField(look, _tr("Nộp cách nào, ai nhận"))
        self.add_field(
            LabelledField(
                look, _tr("Nộp cách nào, ai nhận"), self.how, _tr("Thí dụ: nộp tại bộ phận một cửa")
            )
        )
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Ghi đã nộp"), self._submit, icon="check")
        self.finished.connect(self.deleteLater)
        self.how.setFocus()

    def _submit(self) -> None:
        day = self.day.value()
        if day is None:
            self.mark(self._day_field, _tr("Chưa ghi ngày nộp; hãy ghi ngày như trên giấy nhận."))
        elif self.attempt(lambda: self._save(day, self.how.text())):
            self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("DossierDialogs", text)
