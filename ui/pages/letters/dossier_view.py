"""Hồ sơ nộp: the checklist, the deadline, and the buttons that make it one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.readmodels.dossier_board import DossierLine
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.readmodels.dossier_board import DossierBoard
    from ui.pages.letters.dossier_acts import DossierActs
    from ui.theme.look import Look


class DossierView(QWidget):
    """Layout only; `acts` decides."""

    def __init__(self, look: Look, acts: DossierActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(CARD_GAP)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.deadline = Label(look, "", Role.BODY, "ink2", wrap=True)
        row.addWidget(self.deadline, 1)
        self.plan_button = secondary(look, self.tr("Nơi nhận, hạn nộp…"), acts.plan, "calendar")
        self.part_button = secondary(look, self.tr("Giấy tờ kèm…"), acts.enclose, "file")
        self.hand_button = secondary(look, self.tr("Ghi đã nộp…"), acts.hand_in, "check")
        self.look_button = secondary(look, self.tr("Xem hồ sơ"), acts.preview, "eye")
        self.print_button = primary(look, self.tr("In hồ sơ"), acts.print_dossier, "printer")
        for button in (
            self.plan_button,
            self.part_button,
            self.hand_button,
            self.look_button,
            self.print_button,
        ):
            row.addWidget(button)
        outer.addLayout(row)
        self.card = Card(look, self.tr("Hồ sơ sổ điểm điện tử"), flush=True)
        self.lines: RecordModel[DossierLine] = RecordModel(
            [
                Column(self.tr("Phần"), lambda line: line.part.label, role=Role.VALUE,
                       tip=lambda line: line.part.label),
                Column(self.tr("Tình trạng"), lambda line: line.words,
                       icon=lambda line: "check" if line.ready else "hourglass",
                       tone=lambda line: "green" if line.ready else "amber",
                       tip=lambda line: line.words),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Các phần của hồ sơ"), row_height=38)
        self.table.setModel(self.lines)
        self.table.set_widths({0: 480})
        self.table.activated.connect(lambda _index: acts.enclose())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_part())
        self.card.body.addWidget(self.table, 1)
        outer.addWidget(self.card, 1)

    def show_board(self, board: DossierBoard, *, may_set: bool) -> None:
        """The checklist as it is now."""
        kept = self.table.chosen_row()
        done = sum(line.ready for line in board.lines)
        note = self.tr("{done} trên {all} phần").format(done=done, all=len(board.lines))
        self.card.set_title(self.tr("Hồ sơ sổ điểm điện tử"), note)
        self.lines.set_records(board.lines)
        self.table.selectRow(max(kept, 0))
        self.deadline.setText(board.words)
        self.deadline.set_tone(board.tone)
        self.print_button.setEnabled(not board.missing)
        for button in (self.plan_button, self.part_button, self.hand_button):
            button.setVisible(may_set)
        self.hand_button.setEnabled(board.printed)
        self._show_part()

    def chosen(self) -> DossierLine | None:
        """The part at the current row."""
        row = self.table.chosen_row()
        return self.lines.record(row) if row >= 0 else None

    def _show_part(self) -> None:
        self.part_button.setEnabled(self.chosen() is not None)
