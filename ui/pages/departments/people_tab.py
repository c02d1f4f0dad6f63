"""Việc từng người: who has something to do, and each person's list as they see it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.services.task_sentences import due_words, task_sentence
from app.text import date_vn
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from datetime import date

    from app.readmodels.home import MyTask
    from app.readmodels.work_board import PersonTasks
    from ui.theme.look import Look

_LIST = 460


class PeopleTab(QWidget):
    """Shows people and tasks; every act is asked of the page."""

    print_asked = Signal()
    export_asked = Signal()

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        self._today = today
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        self.count = Label(look, "", Role.BODY, "ink2")
        bar.addWidget(self.count)
        bar.addStretch(1)
        self.export_button = secondary(look, self.tr("Xuất Excel"), self.export_asked.emit, "excel")
        self.print_button = primary(
            look, self.tr("In phiếu nhắc việc"), self.print_asked.emit, "printer"
        )
        bar.addWidget(self.export_button)
        bar.addWidget(self.print_button)
        outer.addLayout(bar)
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        people = Card(look, flush=True)
        people.body.setContentsMargins(1, 4, 1, 6)
        people.setFixedWidth(_LIST)
        self.people: RecordModel[PersonTasks] = RecordModel(
            [
                Column(self.tr("Họ tên"), lambda p: p.name, role=Role.STRONG,
                       second=lambda p: p.department),
                Column(self.tr("Việc"), lambda p: str(len(p.tasks)), number=True),
                Column(self.tr("Quá hạn"), lambda p: str(p.overdue(today) or "–"), number=True,
                       tone=lambda p: "red" if p.overdue(today) else "ink3"),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Người có việc"), row_height=44)
        self.table.setModel(self.people)
        self.table.set_widths({0: 250, 1: 66})
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _was: self._show(now.row())
        )
        people.body.addWidget(self.table)
        columns.addWidget(people)
        tasks = Card(look, flush=True)
        tasks.body.setContentsMargins(1, 4, 1, 6)
        self.tasks: RecordModel[MyTask] = RecordModel(
            [
                Column(self.tr("Việc"), task_sentence, tip=task_sentence),
                Column(self.tr("Hạn"), lambda t: date_vn(t.due), centred=True),
                Column(self.tr("Đến hôm nay"), lambda t: due_words(t.due, today), centred=True,
                       tone=self._tone),
            ],
            self,
        )  # fmt: skip
        self.list = TableView(look, self.tr("Việc của người đang chọn"), row_height=34)
        self.list.setModel(self.tasks)
        self.list.set_widths({1: 108, 2: 118})
        empty = EmptyState(
            look,
            "check",
            self.tr("Không ai có việc đang chờ"),
            self.tr("Sổ thiếu, nhận xét chưa trả lời, giấy chưa ký, việc phải khắc phục của từng "
                    "người hiện ở đây."),
        )  # fmt: skip
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        tasks.body.addWidget(holder, 1)
        columns.addWidget(tasks, 1)
        outer.addLayout(columns, 1)

    def show_people(self, people: tuple[PersonTasks, ...]) -> None:
        """The list, keeping the chosen person."""
        row = self.table.chosen_row()
        before = self.people.records()
        kept = before[row].account_id if 0 <= row < len(before) else None
        self.people.set_records(people)
        self._stack.setCurrentIndex(0 if people else 1)
        late = sum(one.overdue(self._today) for one in people)
        words = self.tr("{n} người có việc, {k} việc quá hạn")
        self.count.setText(words.format(n=len(people), k=late))
        at = next((n for n, one in enumerate(people) if one.account_id == kept), 0)
        if people:
            self.table.selectRow(at)
        self._show(at if people else -1)

    def _show(self, row: int) -> None:
        self.tasks.set_records(self.people.record(row).tasks if row >= 0 else ())

    def _tone(self, task: MyTask) -> str:
        if task.due is None:
            return "ink3"
        return "red" if task.due < self._today else "ink2"
