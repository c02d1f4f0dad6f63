"""The right side of Nhật ký: one entry with its cells, or the signed checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.trail_cells import CellLine
from app.services.trail_review import SignedMark, TrailLine
from ui.theme.tokens import CARD_PADDING
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card, ScrollPane, hairline
from ui.widgets.fields import TextField
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme.look import Look

_ENTRY, _MARKS = "entry", "marks"


class EntryPanel(Card):
    """Two leaves: "Mục đang chọn" and "Mốc ký"; `code_entered(text)`: compare a printed code."""

    code_entered = Signal(str)

    def __init__(self, look: Look, *, with_marks: bool) -> None:
        super().__init__(look, flush=True)
        self._look = look
        self.body.setContentsMargins(1, 10, 1, 8)
        leaves = [(_ENTRY, self.tr("Mục đang chọn"))]
        if with_marks:
            leaves.append((_MARKS, self.tr("Mốc ký")))
        self.leaves = Segmented(look, leaves, self.tr("Bên phải"))
        row = QHBoxLayout()
        row.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 2)
        row.addWidget(self.leaves)
        row.addStretch(1)
        self.body.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._entry_leaf())
        self._stack.addWidget(self._marks_leaf())
        self.body.addWidget(self._stack, 1)
        self.leaves.chosen.connect(lambda key: self._stack.setCurrentIndex(int(key == _MARKS)))

    def show_nothing(self, sentence: str) -> None:
        """No entry is chosen."""
        self.title.setText("")
        self.sentence.setText(sentence)
        for label in self._values:
            label.setText("")
        self._facts.hide()
        self._show_cells(())

    def show_entry(self, line: TrailLine, cells: Sequence[CellLine]) -> None:
        """Facts and cells of one entry."""
        self.title.setText(line.title)
        self.sentence.setText(line.sentence)
        texts = (
            f"{line.at:%H:%M:%S ngày %d/%m/%Y}",
            line.who or self.tr("chương trình"),
            line.class_name or "–",
            str(line.seq),
            " ".join(line.hash[at : at + 8] for at in range(0, 32, 8)) + " …",
        )
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)
        self._values[-1].setToolTip(line.hash)
        self._facts.show()
        self._show_cells(cells)
        self._pane.verticalScrollBar().setValue(0)

    def show_marks(self, marks: Sequence[SignedMark]) -> None:
        """Checkpoints, newest first."""
        self.marks_model.set_records(marks)

    def show_verdict(self, icon: str, tone: str, sentence: str) -> None:
        """What became of the typed code."""
        self.verdict.set_state(icon, sentence, tone)
        self.verdict.setAccessibleName(sentence)
        self.verdict.show()

    def _entry_leaf(self) -> QWidget:
        look = self._look
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._pane = ScrollPane(self.tr("Mục đang chọn"))
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words = self._pane.body
        words.setContentsMargins(CARD_PADDING - 1, 4, CARD_PADDING, 6)
        words.setSpacing(6)
        self.title = Label(look, "", Role.CARD_TITLE, wrap=True)
        self.sentence = self._copyable(Label(look, "", Role.BODY, "ink2", wrap=True))
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._values: list[Label] = []
        names = (
            self.tr("Lúc"),
            self.tr("Người"),
            self.tr("Lớp"),
            self.tr("Số mục"),
            self.tr("Mã băm"),
        )
        for row, name in enumerate(names):
            value = self._copyable(Label(look, "", Role.VALUE, wrap=True))
            grid.addWidget(Label(look, name, Role.BODY, "ink3"), row, 0)
            grid.addWidget(value, row, 1)
            self._values.append(value)
        words.addWidget(self._facts)
        words.addStretch(1)
        column.addWidget(self._pane, 2)
        self._cells_box = QWidget()
        inside = QVBoxLayout(self._cells_box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(hairline())
        self.cells_model: RecordModel[CellLine] = RecordModel(
            [
                Column(self.tr("Học sinh"), lambda c: c.pupil, role=Role.VALUE,
                       tip=lambda c: c.pupil),
                Column(self.tr("Cột"), lambda c: c.column, tip=lambda c: c.column),
                Column(self.tr("Trước"), lambda c: c.old or "–", tone=lambda c: "ink2",
                       tip=lambda c: c.old),
                Column(self.tr("Sau"), lambda c: c.new or "–", role=Role.STRONG,
                       tip=lambda c: c.new),
            ],
            self,
        )  # fmt: skip
        self.cells = TableView(look, self.tr("Các ô của mục"), row_height=27)
        self.cells.setModel(self.cells_model)
        self.cells.set_widths({0: 136, 1: 112, 2: 62, 3: 62})
        inside.addWidget(self.cells, 1)
        column.addWidget(self._cells_box, 3)
        self._cells_box.hide()
        return leaf

    def _marks_leaf(self) -> QWidget:
        self.marks_model: RecordModel[SignedMark] = RecordModel(
            [
                Column(self.tr("Mốc"), lambda m: m.code, role=Role.VALUE,
                       second=lambda m: f"{m.at:%d/%m/%Y %H:%M}", tip=lambda m: m.code),
                Column(self.tr("Ai ký"), lambda m: m.signer, second=lambda m: m.reason,
                       icon=lambda m: "signature", tip=lambda m: m.signer),
            ],
            self,
        )  # fmt: skip
        self.marks = TableView(
            self._look, self.tr("Mốc ký của nhật ký"), row_height=46, fifth=False
        )
        self.marks.setModel(self.marks_model)
        self.marks.set_widths({0: 160})
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._code_row())
        column.addWidget(self.verdict)
        column.addWidget(hairline())
        column.addWidget(self.marks, 1)
        return leaf

    def _code_row(self) -> QVBoxLayout:
        """The code of a paper, compared with this file."""
        look = self._look
        box = QVBoxLayout()
        box.setContentsMargins(CARD_PADDING - 1, 4, CARD_PADDING, 0)
        box.setSpacing(4)
        label = Label(look, self.tr("Mã nhật ký in trên biên bản, sổ"), Role.BODY, "ink3")
        box.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.code = TextField(look, label.text())
        self.code.setPlaceholderText("1204-9f3a07c2")
        label.setBuddy(self.code)
        self.code_button = secondary(look, self.tr("So mã"), self._ask_code, "shield-check")
        self.code.returnPressed.connect(self._ask_code)
        row.addWidget(self.code, 1)
        row.addWidget(self.code_button)
        box.addLayout(row)
        self.verdict = IconText(look, "", "", "ink2", Role.VALUE, wrap=True)
        self.verdict.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 4)
        self.verdict.hide()
        return box

    def _ask_code(self) -> None:
        if self.code.text().strip():
            self.code_entered.emit(self.code.text())

    def _show_cells(self, cells: Sequence[CellLine]) -> None:
        self.cells_model.set_records(cells)
        self._cells_box.setVisible(bool(cells))

    def _copyable(self, label: Label) -> Label:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
