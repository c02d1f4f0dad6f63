"""Bảng phân công: every sheet of the term, who reads it, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.readmodels.proof_reading import AssignmentLine, ProofBoard
from ui.pages.proofs.words import line_state, tr
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from ui.theme.look import Look

_ROW = 30


class TableTab(QWidget):
    """Shows a board; every act is asked of the page."""

    propose_asked = Signal()
    change_asked = Signal()
    print_asked = Signal()
    open_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        self.count = Label(look, "", Role.BODY, "ink2")
        bar.addWidget(self.count)
        bar.addStretch(1)
        self.print_button = secondary(
            look, tr("In bảng phân công"), self.print_asked.emit, "printer"
        )
        self.change_button = secondary(
            look, tr("Đổi người dò…"), self.change_asked.emit, "user-switch"
        )
        self.propose_button = secondary(
            look, tr("Phân công tự động"), self.propose_asked.emit, "refresh"
        )
        self.open_button = primary(look, tr("Mở để dò"), self.open_asked.emit, "eye")
        for button in (self.print_button, self.change_button, self.propose_button,
                       self.open_button):  # fmt: skip
            bar.addWidget(button)
        outer.addLayout(bar)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        self.model: RecordModel[AssignmentLine] = RecordModel(
            [
                Column(tr("Lớp"), lambda r: r.class_name, role=Role.STRONG),
                Column(tr("Môn"), lambda r: r.subject_name, role=Role.VALUE),
                Column(tr("Giáo viên của sổ"), lambda r: r.teacher or tr("chưa phân công dạy"),
                       tone=lambda _r: "ink2"),
                Column(tr("Người kiểm dò"), lambda r: r.reader or "–",
                       tone=lambda r: "accent" if r.mine else "ink",
                       icon=lambda r: "user" if r.mine else ""),
                Column(tr("Cột đã đối chiếu"), lambda r: f"{r.proved}/{r.columns}", number=True),
                Column(tr("Tình trạng"), lambda r: line_state(r)[0],
                       tone=lambda r: line_state(r)[1], icon=lambda r: line_state(r)[2]),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, tr("Bảng phân công kiểm dò"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 66, 1: 170, 2: 200, 3: 210, 4: 130})
        self.table.activated.connect(lambda _index: self.open_asked.emit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        empty = EmptyState(
            look,
            "eye",
            tr("Chưa có sổ nào để kiểm dò"),
            tr("Khi lớp có môn học và giáo viên, ban giám hiệu phân công người kiểm dò ở đây; sổ "
               "được giao cho thầy cô hiện trong danh sách này."),
        )  # fmt: skip
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        outer.addWidget(card, 1)
        self._may_assign = False

    def show_board(self, board: ProofBoard) -> None:
        """The table again, keeping the chosen sheet."""
        kept = self.chosen()
        self._may_assign = board.may_assign
        self.model.set_records(board.lines)
        self._stack.setCurrentIndex(0 if board.lines else 1)
        sheets = [line.sheet for line in board.lines]
        if board.lines:
            first = next((n for n, line in enumerate(board.lines) if line.mine), 0)
            at = sheets.index(kept.sheet) if kept and kept.sheet in sheets else first
            self.table.selectRow(at)
        given = sum(line.assignment is not None for line in board.lines)
        rule = tr("bắt buộc trước khi chốt") if board.required else tr("không bắt buộc")
        words = tr("{given}/{all} sổ đã giao · {done} sổ đã xác nhận · {rule}")
        self.count.setText(
            words.format(given=given, all=len(board.lines), done=board.confirmed, rule=rule)
        )
        self.print_button.setVisible(board.may_print)
        for button in (self.change_button, self.propose_button):
            button.setVisible(board.may_assign)
        self._follow()

    def chosen(self) -> AssignmentLine | None:
        """The sheet at the current row."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def _follow(self) -> None:
        line = self.chosen()
        self.open_button.setEnabled(line is not None)
        self.change_button.setEnabled(line is not None)
        mine = line is not None and line.mine
        self.open_button.setText(tr("Mở để dò") if mine else tr("Xem sổ"))
