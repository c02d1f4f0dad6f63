"""Tab Danh sách đề nghị: the lists of a class, whose turn it is, and the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.booklet_pages import stage_of
from app.domain.year_end import ListKind
from app.readmodels.year_end import ListLine
from ui.theme.tokens import CARD_GAP, SIDE_PANEL
from ui.theme.typography import Role
from ui.widgets.buttons import Button, primary, secondary
from ui.widgets.cards import Card, clear, hairline
from ui.widgets.labels import Glyph, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.readmodels.year_end import YearEndBoard
    from ui.theme.look import Look

_ORDER = (
    ListKind.PROMOTED,
    ListKind.REASSESS,
    ListKind.SUMMER_CONDUCT,
    ListKind.RETAINED,
    ListKind.AWARD,
    ListKind.UNDECIDED,
)
_LEARNING = 2
"""Column of the first result; the second stands after it."""


class ListsTab(QWidget):
    """Its buttons only ask: `asked(name)` is propose, approve, decide, print or excel."""

    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._board: YearEndBoard | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        row.addWidget(self._lists(), 1)
        side = self._side()
        side.setFixedWidth(SIDE_PANEL)
        row.addWidget(side)

    def show_board(self, board: YearEndBoard, *, may_print: bool, approves: bool) -> None:
        """The lists of a class; the list looked at stays."""
        same = self._board is not None and self._board.class_id == board.class_id
        self._board = board
        short = {
            ListKind.PROMOTED: self.tr("Lên lớp"),
            ListKind.REASSESS: board.reassess_word,
            ListKind.SUMMER_CONDUCT: self.tr("Rèn luyện hè"),
            ListKind.RETAINED: self.tr("Không lên lớp"),
            ListKind.AWARD: self.tr("Khen thưởng"),
            ListKind.UNDECIDED: self.tr("Chờ HT"),
        }
        for kind in _ORDER:
            self.kinds.set_words(kind.value, f"{short[kind]}  {len(board.lists[kind])}")
        self.kinds.set_shown(ListKind.UNDECIDED.value, shown=bool(board.lists[ListKind.UNDECIDED]))
        if not same or not board.lists[self.kind]:
            waiting = ListKind.UNDECIDED if board.lists[ListKind.UNDECIDED] else ListKind.PROMOTED
            self.kinds.set_current((self.kind if same else waiting).value)
        if self.kind is ListKind.UNDECIDED and not board.lists[ListKind.UNDECIDED]:
            self.kinds.set_current(ListKind.PROMOTED.value)
        self._show_list()
        self._show_side(board, may_print=may_print, approves=approves)

    def show_plan(self, *, shown: bool, waiting: int) -> None:
        """Whether results by individual plans can be proposed or decided, and how many wait."""
        self.plan_button.setVisible(shown)
        words = self.tr("Kết quả theo KHGDCN…")
        if waiting:
            words = self.tr("Kết quả theo KHGDCN: {n} em chờ…").format(n=waiting)
        self.plan_button.setText(words)

    @property
    def kind(self) -> ListKind:
        """The list on screen."""
        return ListKind(self.kinds.current())

    def chosen(self) -> ListLine | None:
        """The pupil chosen."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    # Inside

    def _lists(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 10, 1, 8)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 2)
        self.kinds = Segmented(
            look, [(kind.value, kind.value) for kind in _ORDER], self.tr("Danh sách")
        )
        self.kinds.chosen.connect(lambda _key: self._show_list())
        head.addWidget(self.kinds)
        head.addStretch(1)
        card.body.addLayout(head)
        self._title = Label(look, "", Role.CAPTION, "ink2")
        self._title.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self._title)
        self.model: RecordModel[ListLine] = RecordModel(
            [
                Column(self.tr("STT"), lambda r: str(r.position), number=True,
                       tone=lambda r: "ink3"),
                Column(self.tr("Họ và tên"), lambda r: r.name, role=Role.VALUE,
                       tip=lambda r: r.name),
                Column(self.tr("Học tập"), lambda r: r.learning, role=Role.STRONG),
                Column(self.tr("Rèn luyện"), lambda r: r.conduct),
                Column(self.tr("Buổi nghỉ"), lambda r: r.absences, number=True),
                Column(self.tr("Ghi chú"), lambda r: r.detail, tip=lambda r: r.detail),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Học sinh trong danh sách"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 54, 1: 190, 2: 90, 3: 90, 4: 84})
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_decide())
        card.body.addWidget(self.table, 1)
        self._nobody = Label(look, "", Role.BODY, "ink2", wrap=True)
        self._nobody.setContentsMargins(15, 8, 15, 8)
        card.body.addWidget(self._nobody, 1, Qt.AlignmentFlag.AlignTop)
        return card

    def _side(self) -> QWidget:
        look = self._look
        card = Card(look, " ")
        self._side_card = card
        self._steps = QVBoxLayout()
        self._steps.setSpacing(8)
        card.body.addLayout(self._steps)
        card.body.addWidget(hairline())
        self.next_step = Label(look, "", Role.BODY, "ink", wrap=True)
        card.body.addWidget(self.next_step)
        self.propose_button = primary(
            look, self.tr("Đề nghị danh sách"), lambda: self.asked.emit("propose"), "check"
        )
        self.approve_button = primary(
            look, self.tr("Duyệt danh sách…"), lambda: self.asked.emit("approve"), "signature"
        )
        self.decide_button = secondary(
            look, self.tr("Quyết định…"), lambda: self.asked.emit("decide"), "pencil"
        )
        for button in (self.propose_button, self.approve_button, self.decide_button):
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        card.body.addWidget(hairline())
        self.print_button = secondary(
            look, self.tr("In năm danh sách"), lambda: self.asked.emit("print"), "printer"
        )
        self.excel_button = secondary(
            look, self.tr("Xuất Excel…"), lambda: self.asked.emit("excel"), "excel"
        )
        self.plan_button = secondary(
            look, self.tr("Kết quả theo KHGDCN…"), lambda: self.asked.emit("plan"), "pencil"
        )
        card.body.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.handover_button = secondary(
            look, self.tr("In biên bản bàn giao"), lambda: self.asked.emit("handover"), "printer"
        )
        card.body.addWidget(self.handover_button, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.print_button)
        foot.addWidget(self.excel_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _show_list(self) -> None:
        board = self._board
        if board is None:
            return
        lines = board.lists[self.kind]
        self.model.rename(_LEARNING, board.learning_word)
        self.model.rename(_LEARNING + 1, board.conduct_word)
        self._title.setText(
            self.tr("{label}: {n} học sinh").format(label=board.labels[self.kind], n=len(lines))
        )
        self.model.set_records(lines)
        self.table.setVisible(bool(lines))
        self._nobody.setVisible(not lines)
        self._nobody.setText(self.tr("Không có học sinh nào trong danh sách này."))
        if lines:
            self.table.selectRow(0)
        self._show_decide()

    def _show_decide(self) -> None:
        line = self.chosen()
        decidable = line is not None and line.decidable
        self.decide_button.setVisible(decidable)
        if line is not None and decidable:
            self.decide_button.setText(self.tr("Quyết định về {name}…").format(name=line.name))

    def _show_side(self, board: YearEndBoard, *, may_print: bool, approves: bool) -> None:
        self._side_card.set_title(
            self.tr("Xét {stage}").format(stage=board.stage.words), board.class_name
        )
        clear(self._steps)
        standing = board.standing
        proposed = standing is not None and not board.stale
        approved = proposed and standing is not None and standing.approved
        closed = board.closed_at is not None
        undecided = len(board.lists[ListKind.UNDECIDED])
        self._step(closed, self.tr("Chốt cả năm"),
                   f"{board.closed_at:%d/%m/%Y}" if board.closed_at else "")  # fmt: skip
        if board.stage.value == "summer":
            left = board.waiting
            self._step(not left, self.tr("Kết quả sau hè"),
                       self.tr("còn {n}").format(n=left) if left else "")  # fmt: skip
        self._step(
            proposed,
            self.tr("Giáo viên chủ nhiệm đề nghị"),
            f"{standing.proposed_by}, {standing.proposed_at:%d/%m}" if standing and proposed
            else "",
        )  # fmt: skip
        if undecided:
            self._step(False, self.tr("Hiệu trưởng quyết định"),
                       self.tr("{n} em").format(n=undecided))  # fmt: skip
        self._step(
            bool(approved),
            self.tr("Hiệu trưởng duyệt"),
            f"{standing.approved_at:%d/%m}, QĐ {standing.decision_no}"
            if standing and approved and standing.approved_at
            else "",
        )
        words = board.next_step
        if board.voided is not None and not proposed:
            words += " " + self.tr("Lần trước hết hiệu lực: {why}.").format(
                why=board.voided.voided_why
            )
        self.next_step.setText(words)
        self.propose_button.setVisible(board.may_propose)
        self.approve_button.setVisible(board.may_approve and approves)
        self.print_button.setVisible(may_print)
        self.print_button.setEnabled(board.may_print)
        self.handover_button.setVisible(may_print and stage_of(board.grade).is_primary)
        self.handover_button.setEnabled(board.may_print)

    def _step(self, done: bool, title: str, note: str) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        glyph = Glyph(self._look, "check-disc" if done else "ring-empty",
                      "green" if done else "ink3", 16)  # fmt: skip
        glyph.setToolTip(self.tr("xong") if done else self.tr("chưa"))
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(self._look, title, Role.VALUE))
        if note:
            column.addWidget(Label(self._look, note, Role.CAPTION, "ink2", wrap=True))
        row.addLayout(column, 1)
        self._steps.addWidget(line)

    def acting(self) -> tuple[Button, ...]:
        """The buttons in the order of the work."""
        return (self.propose_button, self.decide_button, self.approve_button)
