"""Bàn làm việc: my tasks, what needs attention, and how far the class or the school is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.readmodels.home import SetupStep
from ui.pages.home.boards import class_model, next_step, step_of, subject_model
from ui.pages.home.presenter import HomePresenter
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.board import BoardDelegate
from ui.widgets.buttons import primary
from ui.widgets.cards import Alert, Card, clear, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import IconText, Label
from ui.widgets.steps import Step, StepGlyph, StepRow, StepState
from ui.widgets.tables import TableView
from ui.widgets.task_list import Task, TaskList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.home import ClassLine, SubjectLine
    from app.workspace import Workspace
    from ui.navigation import PageContext

_TOPICS = tuple(Topic)


class HomePage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self.presenter = HomePresenter(self, context, work)
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self.presenter.refresh)
        self._stack = QStackedLayout(self)
        self._empty: QWidget | None = None
        self._main = self._build()
        self._stack.addWidget(self._main)
        context.bus.listen(self, _TOPICS, self.presenter.on_changed)
        self._look.changed.connect(self._fit_rows)
        self.presenter.start()

    def topbar_widgets(self) -> list[QWidget]:
        """The year, once there is one."""
        return [self.years] if self.years.combo.count() else []

    def go_to(self, **where: Any) -> None:
        """Nothing to aim at; opening the page reads it again."""
        self.presenter.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was saved while another page was in front."""
        super().showEvent(event)
        self.presenter.on_shown()

    # --- for the presenter

    def show_no_year(self, *, may_set_up: bool) -> None:
        """A new file: what to do first."""
        sentence = (
            self.tr(
                "Sổ của trường đã lập. Việc đầu tiên là lập năm học; sau đó chương trình dẫn lần "
                "lượt qua môn học, lớp, tài khoản, phân công và danh sách."
            )
            if may_set_up
            else self.tr("Hiệu trưởng hoặc văn thư lập năm học trong Quản trị, rồi việc hiện ở đây")
        )
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(
            self._look,
            "calendar",
            self.tr("Trường chưa có năm học"),
            sentence,
            action=self.tr("Lập năm học") if may_set_up else "",
            on_action=lambda: self.presenter.open_setup(SetupStep.YEAR),
        )
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def show_head(self, greeting: str, lead: str, action: tuple[str, str]) -> None:
        """Title, day, and the filled button."""
        self._stack.setCurrentWidget(self._main)
        self.title.setText(greeting)
        self.lead.setText(lead)
        words, icon = action
        self.action.setVisible(bool(words))
        if words:
            self.action.setText(words)
            self.action.set_icon(icon)

    def show_tasks(self, rows: Sequence[Task]) -> None:
        """Việc của tôi."""
        note = self.tr("{n} việc, xếp theo hạn").format(n=len(rows)) if rows else ""
        self.tasks_card.set_title(self.tr("Việc của tôi"), note)
        self.tasks.set_tasks(rows)
        self.tasks.setVisible(bool(rows))
        self.no_tasks.setVisible(not rows)

    def show_alerts(self, alerts: Sequence[tuple[str, str, str, str, str, str]]) -> None:
        """Cần chú ý; a calm line when nothing does."""
        clear(self._alerts)
        for icon, title, line, tone, action, page in alerts:
            aim = partial(self.presenter.open_alert, page)
            self._alerts.addWidget(
                Alert(self._look, icon, title, line, tone=tone, action=action, on_action=aim)
            )
        if not alerts:
            calm = self.tr("Không có gì cần chú ý")
            self._alerts.addWidget(
                IconText(self._look, "check-disc", calm, "green", Role.BODY),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )

    def show_subjects(
        self, title: str, lines: Sequence[SubjectLine], steps: Sequence[Step], *, one_class: bool
    ) -> None:
        """The board of a teacher."""
        model = subject_model(self, one_class=one_class)
        model.set_records(lines)
        self._show_board(title, model, steps)
        self.board.set_widths({0: 178, 1: 136, 2: 132}, even=(0, 1, 2))

    def show_classes(self, title: str, lines: Sequence[ClassLine], steps: Sequence[Step]) -> None:
        """The board of the office."""
        model = class_model(self)
        model.set_records(lines)
        self._show_board(title, model, steps)
        self.board.set_widths({0: 70, 1: 58, 2: 118, 3: 96, 4: 64, 5: 64}, even=range(2, 6))

    def show_no_board(self, *, may_set_up: bool) -> None:
        """No class, or nothing taught."""
        self.board_card.set_title(self.tr("Tiến độ"))
        for part in (self.board, self.step_row, self._legend, self._rule):
            part.hide()
        words = (
            self.tr("Lập môn học và lớp trong Quản trị; tiến độ từng lớp sẽ hiện ở đây.")
            if may_set_up
            else self.tr("Khi được phân công giảng dạy, các sổ của thầy cô hiện ở đây.")
        )
        self.no_board.setText(words)
        self.no_board.show()

    # --- inside

    def _show_board(self, title: str, model: Any, steps: Sequence[Step]) -> None:
        self.board_card.set_title(title)
        self.no_board.hide()
        former = self.board.model()
        self.board.setModel(model)
        if former is not None:
            former.deleteLater()
        self.step_row.set_steps(steps)
        self.step_row.setVisible(bool(steps))
        self._rule.setVisible(bool(steps))
        self.board.show()
        self._legend.show()
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.board.set_row_height(self._look.measures.board_row)

    def _build(self) -> QWidget:
        look = self._look
        main = QWidget()
        outer = QVBoxLayout(main)
        outer.setContentsMargins(PAGE_MARGIN, 16, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = Label(look, "", Role.TITLE)
        self.lead = Label(look, "", Role.BODY, "ink2")
        words.addWidget(self.title)
        words.addWidget(self.lead)
        head.addLayout(words, 1)
        self.action = primary(look, "", self.presenter.main_action, "mark-book")
        head.addWidget(self.action)
        outer.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addLayout(self._left(), 9)
        columns.addWidget(self._right(), 10)
        outer.addLayout(columns, 1)
        return main

    def _left(self) -> QVBoxLayout:
        look = self._look
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        self.tasks_card = Card(look, self.tr("Việc của tôi"), flush=True)
        self.tasks = TaskList(look)
        self.tasks.setAccessibleName(self.tr("Việc của tôi"))
        self.tasks.opened.connect(self.presenter.open_task)
        self.tasks_card.body.addWidget(self.tasks, 1)
        self.no_tasks = EmptyState(
            look,
            "check",
            self.tr("Không có việc nào đang chờ"),
            self.tr("Việc mới hiện ở đây khi có đợt nhập, hồ sơ chờ hoặc lớp sẵn sàng chốt."),
        )
        self.no_tasks.hide()
        self.tasks_card.body.addWidget(self.no_tasks, 1)
        left.addWidget(self.tasks_card, 1)
        alerts = Card(look, self.tr("Cần chú ý"))
        self._alerts = QVBoxLayout()
        self._alerts.setSpacing(8)
        alerts.body.addLayout(self._alerts)
        alerts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        left.addWidget(alerts)
        return left

    def _right(self) -> Card:
        look = self._look
        self.board_card = Card(look, self.tr("Tiến độ"), flush=True)
        body = self.board_card.body
        self.step_row = StepRow(look)
        self.step_row.setContentsMargins(15, 0, 15, 0)
        inset = QHBoxLayout()
        inset.setContentsMargins(15, 4, 15, 0)
        inset.addWidget(self.step_row)
        body.addLayout(inset)
        self._rule = hairline()
        body.addWidget(self._rule)
        self.no_board = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.no_board.setContentsMargins(15, 0, 15, 0)
        self.no_board.hide()
        body.addWidget(self.no_board, 0, Qt.AlignmentFlag.AlignTop)
        self.board = TableView(
            look, self.tr("Tiến độ"), row_height=look.measures.board_row, fifth=False
        )
        self.board.setItemDelegate(BoardDelegate(look, self.board, fifth=False))
        self.board.clicked.connect(self._open_step)
        self.board.activated.connect(self._open_line)
        self.board.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        body.addWidget(self.board, 1)
        self._legend = QWidget()
        row = QHBoxLayout(self._legend)
        row.setContentsMargins(15, 6, 15, 4)
        row.setSpacing(8)
        for state, text in (
            (StepState.DONE, self.tr("xong")),
            (StepState.HALF, self.tr("đang làm")),
            (StepState.TODO, self.tr("chưa làm")),
        ):
            row.addWidget(StepGlyph(look, state))
            row.addWidget(Label(look, text, Role.BODY, "ink2"))
            row.addSpacing(8)
        row.addStretch(1)
        body.addWidget(self._legend)
        return self.board_card

    def _open_step(self, index: Any) -> None:
        """A click means the very cell."""
        model: Any = self.board.model()
        line = model.record(index.row())
        self.presenter.open_line(line, step_of(line, index.column()))

    def _open_line(self, index: Any) -> None:
        """Enter means the row: what is to be done next in it."""
        model: Any = self.board.model()
        line = model.record(index.row())
        self.presenter.open_line(line, next_step(line))
