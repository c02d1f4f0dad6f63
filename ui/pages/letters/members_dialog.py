"""Thành viên: who sits on a board of the year, in which seat, with which duty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from app.domain.letters import BoardMember, Seat
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField, side_by_side
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.letters import Board
    from ui.theme.look import Look

_ROW, _WIDTH = 29, 860


class MembersDialog(EntryDialog):
    """`save(members)` replaces everybody; an empty board starts from whoever holds the offices."""

    def __init__(
        self,
        look: Look,
        board: Board,
        members: Sequence[BoardMember],
        proposal: Sequence[BoardMember],
        people: Sequence[BoardMember],
        save: Callable[[tuple[BoardMember, ...]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look, board.label, icon="people", parent=parent, width=_WIDTH, height=DIALOG_HEIGHT
        )
        self._proposal, self._save, self._people = tuple(proposal), save, tuple(people)
        self.rows: RecordModel[BoardMember] = RecordModel(
            [
                Column(_tr("Họ và tên"), lambda m: m.full_name, role=Role.VALUE),
                Column(_tr("Chức vụ"), lambda m: m.office, tip=lambda m: m.office),
                Column(_tr("Vai trò"), lambda m: m.seat.label_on(board)),
                Column(_tr("Nhiệm vụ"), lambda m: m.duty, tip=lambda m: m.duty),
            ],
            self,
        )
        self.table = TableView(look, board.label, row_height=_ROW)
        self.table.setModel(self.rows)
        self.table.set_widths({0: 180, 1: 160, 2: 120})
        self.table.setMinimumHeight(200)
        self.body.addWidget(self.table, 1)
        self.person = Combo(look, _tr("Người"), [(n, _named(m)) for n, m in enumerate(people)])
        self.seat = Combo(
            look, _tr("Vai trò"), [(seat.value, seat.label_on(board)) for seat in Seat]
        )
        self.seat.set_current(Seat.MEMBER.value)
        self.body.addLayout(
            side_by_side(
                LabelledField(look, _tr("Người"), self.person),
                LabelledField(look, _tr("Vai trò"), self.seat),
            )
        )
        self.duty = TextField(look, _tr("Nhiệm vụ"))
        self.add_field(LabelledField(look, _tr("Nhiệm vụ cụ thể"), self.duty))
        buttons = QHBoxLayout()
        self.add_one_button = secondary(look, _tr("Thêm vào danh sách"), self.add_one, "plus")
        self.drop_button = secondary(look, _tr("Bỏ dòng đang chọn"), self.drop, "close")
        self.propose_button = secondary(look, _tr("Theo chức danh"), self.propose, "refresh")
        for button in (self.add_one_button, self.drop_button, self.propose_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Ghi danh sách"), self._submit, icon="check")
        self.guard(self.save_button)
        self.rows.set_records(members or proposal)
        self.finished.connect(self.deleteLater)
        self.person.setFocus()

    def add_one(self) -> None:
        """The person chosen, in seat order; somebody listed already takes the new seat and duty."""
        person = self._people[self.person.current()]
        found = replace(person, seat=Seat(self.seat.current()), duty=self.duty.text())
        others = [m for m in self.rows.records() if m.account_id != found.account_id]
        order = list(Seat)
        self.rows.set_records(sorted([*others, found], key=lambda m: order.index(m.seat)))
        self.duty.clear()

    def drop(self) -> None:
        """Take the chosen line out."""
        row = self.table.chosen_row()
        if row >= 0:
            kept = self.rows.records()
            self.rows.set_records((*kept[:row], *kept[row + 1 :]))

    def propose(self) -> None:
        """Whoever holds the offices today."""
        self.rows.set_records(self._proposal)

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.rows.records())):
            self.accept()


def _named(member: BoardMember) -> str:
    return f"{member.full_name}, {member.office.lower()}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("MembersDialog", text)
