"""Nhận xét: what waits for an answer, what waits to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.proof_reading import RemarkState
from app.readmodels.proof_reading import RemarkLine
from ui.pages.proofs.words import REMARK_ICONS, REMARK_TONES, tr
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.checks import CheckBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.mark_sheet import SheetId
    from ui.theme.look import Look

_ROW = 46


class RemarksTab(QWidget):
    """Shows remarks; every act is asked of the page."""

    answer_asked = Signal()
    resolve_asked = Signal()
    case_asked = Signal()
    cell_asked = Signal()
    filter_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        self.count = Label(look, "", Role.BODY, "ink2")
        self.all_box = CheckBox(look, tr("Hiện cả nhận xét đã giải quyết"))
        self.all_box.toggled.connect(lambda _on: self.filter_changed.emit())
        bar.addWidget(self.count)
        bar.addSpacing(14)
        bar.addWidget(self.all_box)
        bar.addStretch(1)
        self.cell_button = secondary(look, tr("Mở ô"), self.cell_asked.emit, "mark-book")
        self.case_button = secondary(look, tr("Lập hồ sơ sửa điểm"), self.case_asked.emit, "pencil")
        self.answer_button = primary(look, tr("Trả lời…"), self.answer_asked.emit, "comment")
        self.resolve_button = primary(look, tr("Giải quyết…"), self.resolve_asked.emit, "check")
        for button in (self.cell_button, self.case_button, self.answer_button,
                       self.resolve_button):  # fmt: skip
            bar.addWidget(button)
        outer.addLayout(bar)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        self.model: RecordModel[RemarkLine] = RecordModel(
            [
                Column(tr("Sổ"), lambda r: f"{r.subject_name} {r.class_name}", role=Role.STRONG,
                       second=lambda r: r.teacher),
                Column(tr("Ô"), lambda r: f"{r.position}. {r.pupil}", role=Role.VALUE,
                       second=lambda r: r.column),
                Column(tr("Trong sổ"), _here, second=_was),
                Column(tr("Sổ giấy"), lambda r: r.remark.paper or "–"),
                Column(tr("Nhận xét"), lambda r: r.remark.text, tip=lambda r: r.remark.text,
                       second=lambda r: f"{r.remark.by_name}, {r.remark.at:%d/%m/%Y}"),
                Column(tr("Tình trạng"), lambda r: r.remark.state.label,
                       tone=lambda r: REMARK_TONES[r.remark.state],
                       icon=lambda r: REMARK_ICONS[r.remark.state], second=_answer,
                       tip=_answer),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, tr("Nhận xét kiểm dò"), row_height=_ROW, fifth=False)
        self.table.setModel(self.model)
        self.table.set_widths({0: 150, 1: 180, 2: 104, 3: 84, 4: 290})
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.table.activated.connect(lambda _index: self.cell_asked.emit())
        empty = EmptyState(
            look,
            "comment",
            tr("Không có nhận xét nào"),
            tr("Nhận xét của người kiểm dò hiện ở đây cho đến khi được giải quyết; còn nhận xét "
               "thì kỳ đánh giá chưa chốt được."),
        )  # fmt: skip
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        outer.addWidget(card, 1)

    def show_remarks(self, lines: Sequence[RemarkLine]) -> None:
        """The list again, keeping the chosen remark."""
        kept = self.chosen()
        ids = [line.remark.id for line in lines]
        self.model.set_records(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        if lines:
            at = ids.index(kept.remark.id) if kept and kept.remark.id in ids else 0
            self.table.selectRow(at)
        waiting = sum(line.remark.state is not RemarkState.RESOLVED for line in lines)
        self.count.setText(tr("{n} nhận xét chưa giải quyết").format(n=waiting))
        self._follow()

    def choose_sheet(self, sheet: SheetId) -> None:
        """The first remark of a sheet."""
        for row, line in enumerate(self.model.records()):
            if line.sheet == sheet:
                self.table.selectRow(row)
                return

    def chosen(self) -> RemarkLine | None:
        """The remark at the current row."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def _follow(self) -> None:
        line = self.chosen()
        self.cell_button.setEnabled(line is not None)
        may_answer = line is not None and line.may_answer
        self.answer_button.setVisible(may_answer)
        self.resolve_button.setVisible(line is not None and line.may_resolve)
        by_case = line is not None and line.locked is not None
        self.case_button.setVisible(
            may_answer
            and by_case
            and line is not None
            and line.locked is not None
            and line.locked.action == "correction"
        )


def _here(line: RemarkLine) -> str:
    return line.now or tr("trống")


def _was(line: RemarkLine) -> str:
    if not line.changed:
        return ""
    return tr("lúc ấy {seen}").format(seen=line.remark.seen or tr("trống"))


def _answer(line: RemarkLine) -> str:
    remark = line.remark
    if remark.resolution:
        return f"{remark.resolved_name}: {remark.resolution}"
    return f"{remark.answered_name}: {remark.answer}" if remark.answer else ""
