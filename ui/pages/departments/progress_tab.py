"""Tiến độ: how far teachers, tổ, classes or months are, a line each, the sum in words above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.readmodels.work_board import (
    Grouping,
    Happening,
    WorkBoard,
    WorkLine,
    month_words,
    percent,
)
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.periods import EntryTerm
    from ui.theme.look import Look

_GOOD, _FAIR = 95, 80
"""Percent in time from which a line is green, and below which it is red."""


class ProgressTab(QWidget):
    """Shows a board; every act is asked of the page."""

    by_chosen = Signal(object)
    term_chosen = Signal(object)
    month_chosen = Signal(str)
    report_asked = Signal()
    export_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        self.groups = Segmented(
            look,
            [
                (Grouping.TEACHER.name, self.tr("Giáo viên")),
                (Grouping.DEPARTMENT.name, self.tr("Tổ")),
                (Grouping.CLASS.name, self.tr("Lớp")),
                (Grouping.MONTH.name, self.tr("Tháng")),
            ],
            self.tr("Mỗi dòng là"),
        )
        self.groups.chosen.connect(lambda key: self.by_chosen.emit(Grouping[key]))
        bar.addWidget(self.groups)
        self.terms = Combo(look, self.tr("Kỳ"))
        self.terms.picked.connect(self.term_chosen.emit)
        self.months = Combo(look, self.tr("Tháng đến hạn"))
        self.months.picked.connect(self.month_chosen.emit)
        bar.addWidget(self.terms)
        bar.addWidget(self.months)
        bar.addStretch(1)
        self.export_button = secondary(look, self.tr("Xuất Excel"), self.export_asked.emit, "excel")
        self.report_button = primary(
            look, self.tr("In báo cáo tháng…"), self.report_asked.emit, "printer"
        )
        bar.addWidget(self.export_button)
        bar.addWidget(self.report_button)
        outer.addLayout(bar)
        self.summary = ElidedLabel(look, "", Role.BODY, "ink2")
        outer.addWidget(self.summary)
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        self.model: RecordModel[WorkLine] = RecordModel(
            [
                Column(self.tr("Giáo viên"), lambda w: w.name, role=Role.STRONG,
                       second=lambda w: w.note, tip=lambda w: w.name),
                Column(self.tr("Số sổ"), lambda w: str(w.sheets), number=True),
                Column(self.tr("Đã ghi"), lambda w: percent(w.entered), number=True,
                       tip=lambda w: f"{w.filled}/{w.wanted}"),
                Column(self.tr("Đúng hạn"), lambda w: percent(w.on_time), number=True,
                       role=Role.STRONG, tone=_tone,
                       tip=lambda w: f"{w.due}"),
                Column(self.tr("Còn thiếu"), lambda w: str(w.missing or "–"), number=True,
                       tone=lambda w: "red" if w.missing else "ink3"),
                Column(self.tr("Ghi muộn"), lambda w: str(w.late or "–"), number=True,
                       tone=lambda w: "amber" if w.late else "ink3"),
                Column(self.tr("Cột quá hạn"), lambda w: str(w.overdue or "–"), number=True,
                       tone=lambda w: "red" if w.overdue else "ink3"),
                *(
                    Column(words, _count(kind), number=True,
                           tone=_count_tone(kind))
                    for kind, words in (
                        (Happening.UNCONFIRMED, self.tr("Chưa xác nhận")),
                        (Happening.REMARK, self.tr("Nhận xét")),
                        (Happening.CHANGE, self.tr("Lần đổi")),
                        (Happening.CASE, self.tr("Hồ sơ")),
                        (Happening.FINDING, self.tr("Khắc phục")),
                    )
                ),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Tiến độ vào sổ"), row_height=44)
        self.table.setModel(self.model)
        self.table.set_widths(
            {0: 190, 1: 62, 2: 76, 3: 86, 4: 88, 5: 88, 6: 102, 7: 112, 8: 90, 9: 74, 10: 68,
             11: 90}
        )  # fmt: skip
        empty = EmptyState(
            look,
            "mark-book",
            self.tr("Chưa có gì để theo dõi"),
            self.tr(
                "Khi lớp có môn học, học sinh và giáo viên được phân công, tiến độ vào sổ của từng "
                "người, từng tổ hiện ở đây."
            ),
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        card.body.addWidget(holder, 1)
        outer.addWidget(card, 1)
        note = Label(
            look,
            self.tr(
                "Đúng hạn: phần ô đã đến hạn được ghi trong hạn. Cột không đặt hạn tính theo ngày "
                "cuối của đợt nhập."
            ),
            Role.CAPTION,
            "ink3",
        )
        outer.addWidget(note)

    def show_terms(self, terms: tuple[EntryTerm, ...], current: EntryTerm) -> None:
        """Terms of the year."""
        self.terms.set_choices([(term, term.label) for term in terms], current)
        self.terms.set_current(current)

    def show_board(self, board: WorkBoard) -> None:
        """The lines, the months there are, the sum."""
        self.groups.set_current(board.by.name)
        every = (("", self.tr("Mọi tháng")),)
        months = [(month, month_words(month).capitalize()) for month in board.months]
        self.months.set_choices([*every, *months], board.month)
        self.model.rename(0, board.by.value)
        self.model.set_records(board.lines)
        self._stack.setCurrentIndex(0 if board.lines else 1)
        total = board.total
        words = self.tr(
            "{columns} cột đến hạn, {due} ô: đúng hạn {good}, ghi muộn {late} ô, còn thiếu "
            "{missing} ô ở {overdue} cột."
        )
        self.summary.setText(
            words.format(
                columns=total.columns, due=total.due, good=percent(total.on_time),
                late=total.late, missing=total.missing, overdue=total.overdue,
            )
        )  # fmt: skip


def _tone(line: WorkLine) -> str:
    share = line.on_time
    if share is None:
        return "ink3"
    return "green" if share >= _GOOD else "amber" if share >= _FAIR else "red"


def _count(kind: Happening) -> Callable[[WorkLine], str]:
    return lambda line: str(line.counts.get(kind, 0) or "–")


def _count_tone(kind: Happening) -> Callable[[WorkLine], str]:
    return lambda line: "ink" if line.counts.get(kind) else "ink3"
