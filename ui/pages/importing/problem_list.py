"""The check step: what is wrong with the file, row by row, and the bad rows as Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.importing.problems import RowProblem, Severity
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look

_ICONS = {Severity.ERROR: "warning", Severity.WARNING: "info", Severity.NOTE: "check"}
_TONES = {Severity.ERROR: "red", Severity.WARNING: "amber", Severity.NOTE: "ink2"}


class ProblemList(QWidget):
    """`save_requested()` when the bad rows shall go to a file."""

    save_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(18)
        self._counts = {
            severity: IconText(look, _ICONS[severity], "", _TONES[severity], Role.VALUE)
            for severity in Severity
        }
        for count in self._counts.values():
            head.addWidget(count)
        head.addStretch(1)
        self.save_button = link(
            look,
            self.tr("Lưu các dòng lỗi ra Excel để sửa rồi nhập lại"),
            self.save_requested.emit,
            "download",
        )
        head.addWidget(self.save_button)
        column.addLayout(head)
        self.model: RecordModel[RowProblem] = RecordModel(
            [
                Column(self.tr("Mức"), self._word, icon=lambda p: _ICONS[p.severity],
                       tone=lambda p: _TONES[p.severity]),
                Column(self.tr("Dòng"), lambda p: str(p.excel_row or ""), number=True),
                Column(self.tr("Cột"), lambda p: p.column_label, tip=lambda p: p.column_label),
                Column(self.tr("Giá trị"), lambda p: p.value, tip=lambda p: p.value),
                Column(self.tr("Vì sao"), lambda p: p.reason, tone=lambda p: "ink2",
                       tip=lambda p: p.sentence),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các dòng có vấn đề"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 112, 1: 58, 2: 170, 3: 116})
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_whole())
        column.addWidget(self.table, 1)
        self.whole = Label(look, "", Role.BODY, "ink2", wrap=True)
        column.addWidget(self.whole)
        self._clean = EmptyState(
            look,
            "check",
            self.tr("Không dòng nào có vấn đề"),
            self.tr("Mọi dòng trong tệp đều đọc được. Tiếp tục để xem khác biệt với sổ."),
        )
        column.addWidget(self._clean, 1)

    def show_problems(self, problems: Sequence[RowProblem], bad_rows: int) -> None:
        """The gravest first; `bad_rows` is how many rows cannot be taken."""
        order = {severity: at for at, severity in enumerate(Severity)}
        self.model.set_records(sorted(problems, key=lambda p: (order[p.severity], p.excel_row)))
        words = {
            Severity.ERROR: self.tr("{n} lỗi, {r} dòng không nhận"),
            Severity.WARNING: self.tr("{n} chỗ cần xem lại"),
            Severity.NOTE: self.tr("{n} chỗ đã tự sửa"),
        }
        for severity, label in self._counts.items():
            count = sum(p.severity is severity for p in problems)
            label.set_state(
                _ICONS[severity], words[severity].format(n=count, r=bad_rows), _TONES[severity]
            )
            label.setVisible(count > 0)
        self.save_button.setVisible(bad_rows > 0)
        self.table.setVisible(bool(problems))
        self._clean.setVisible(not problems)
        self.whole.setVisible(bool(problems))
        if problems:
            self.table.selectRow(0)
        self._show_whole()

    def _show_whole(self) -> None:
        """The chosen row in full: reasons are longer than a line."""
        row = self.table.chosen_row()
        known = 0 <= row < self.model.rowCount()
        self.whole.setText(self.model.record(row).sentence if known else "")

    def _word(self, problem: RowProblem) -> str:
        return {
            Severity.ERROR: self.tr("Lỗi"),
            Severity.WARNING: self.tr("Xem lại"),
            Severity.NOTE: self.tr("Đã sửa"),
        }[problem.severity]
