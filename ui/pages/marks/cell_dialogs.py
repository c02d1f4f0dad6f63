"""The two small questions of the mark page: why a cell gets a state, when a column is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.marks import CellState
from app.errors import AppError, RuleRefused
from app.readmodels.mark_sheet import SheetColumn
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.look import Look
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField

_TITLES = {
    CellState.PENDING_MAKEUP: ("Chờ kiểm tra bù", "hourglass", "Lý do vắng, ai cho kiểm tra bù"),
    CellState.ZERO_ABSENT: ("Điểm 0 vì vắng", "person-cross", "Lý do ghi điểm 0"),
    CellState.EXEMPT: ("Miễn", "dash", "Số và ngày quyết định miễn"),
    CellState.TRANSFERRED: ("Điểm trường cũ", "transfer", "Trường cũ và giấy tờ kèm theo"),
    CellState.EMPTY: ("Bỏ trạng thái", "trash", "Lý do bỏ trạng thái"),
}
_SAVE_WORDS = {
    CellState.PENDING_MAKEUP: "Ghi chờ bù cho {n} ô",
    CellState.ZERO_ABSENT: "Ghi 0,0 cho {n} ô",
    CellState.EXEMPT: "Ghi miễn cho {n} ô",
    CellState.TRANSFERRED: "Ghi điểm trường cũ vào {n} ô",
    CellState.EMPTY: "Để trống {n} ô",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkDialogs", text)


class StateDialog(EntryDialog):
    """Asks the reason of an explicit state; stays open until the service accepted it."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        state: CellState,
        cells: int,
        save: Callable[[str, str], None],
    ) -> None:
        """`save(reason, value_text)` writes and raises AppError when it may not."""
        title, icon, label = _TITLES[state]
        super().__init__(look, _tr(title), icon=icon, parent=parent, width=480)
        self._save = save
        self.value: TextField | None = None
        if state is CellState.TRANSFERRED:
            self.value = TextField(look, _tr("Điểm"), "8,5")
            self._value_line = self.add_field(LabelledField(look, _tr("Điểm"), self.value))
        self.reason = TextField(look, _tr(label))
        self._reason_line = self.add_field(
            LabelledField(look, _tr(label), self.reason, _tr("In trong lịch sử ô; bắt buộc."))
        )
        self.add_safe_button(_tr("Để sau"), self.reject)
        words = _tr(_SAVE_WORDS[state]).format(n=cells)
        self.confirm = self.add_button(words, self._try, icon="check")
        (self.value or self.reason).setFocus()

    def _try(self) -> None:
        reason = self.reason.text()
        if not reason.strip():
            self._reason_line.set_error(
                _tr("Chưa ghi lý do; lý do được giữ cùng điểm và in trong lịch sử ô.")
            )
            self.reason.setFocus()
            return
        try:
            self._save(reason, self.value.text() if self.value is not None else "")
        except AppError as error:
            self._reason_line.set_error(error.sentence)
            return
        self.accept()


class DatesDialog(EntryDialog):
    """Asks ngày kiểm tra, ngày trả bài, hạn vào điểm of a column; an empty field means no date."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        column: SheetColumn,
        save: Callable[[date | None, date | None, date | None], None],
    ) -> None:
        """`save(test_on, due_on, returned_on)` writes and raises AppError when it may not."""
        title = _tr("Ngày của cột {column}").format(column=column.title)
        super().__init__(look, title, icon="calendar", parent=parent, width=420)
        self._save = save
        self.test_on = DateField(look, _tr("Ngày kiểm tra"), column.test_on)
        self.returned_on = DateField(look, _tr("Ngày trả bài"), column.returned_on)
        self.due_on = DateField(look, _tr("Hạn vào điểm"), column.due_on)
        self._test_line = self.add_field(LabelledField(look, _tr("Ngày kiểm tra"), self.test_on))
        self._returned_line = self.add_field(
            LabelledField(look, _tr("Ngày trả bài cho học sinh"), self.returned_on)
        )
        self._due_line = self.add_field(
            LabelledField(
                look,
                _tr("Hạn vào điểm"),
                self.due_on,
                _tr(
                    "Để trống thì tính theo quy định của trường. Sau ngày này ô trống thành "
                    "“thiếu”, ô ghi thêm thành “vào muộn”."
                ),
            )
        )
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.confirm = self.add_button(_tr("Lưu các ngày"), self._try, icon="check")
        self.test_on.setFocus()

    def _try(self) -> None:
        line = self._test_line
        try:
            test_on = self.test_on.value()
            line = self._returned_line
            returned_on = self.returned_on.value()
            line = self._due_line
            due_on = self.due_on.value()
        except RuleRefused as error:
            line.set_error(error.sentence)
            return
        try:
            self._save(test_on, due_on, returned_on)
        except AppError as error:
            self._due_line.set_error(error.sentence)
            return
        self.accept()
