"""Tab Sau hè: what each listed pupil owes, and the form for one result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.domain.subjects import SubjectKind
from app.readmodels.year_end import SummerLine
from ui.theme.tokens import CARD_GAP, SIDE_PANEL
from ui.theme.typography import Role
from ui.widgets.buttons import danger, primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.readmodels.year_end import YearEndBoard
    from ui.theme.look import Look


class SummerTab(QWidget):
    """`saved(line, result, document)` when the person presses Lưu; `asked(name)`: reopen, excel."""

    saved = Signal(object, str, str)
    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._again = self.tr("đánh giá lại")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        row.addWidget(self._results(), 1)
        side = self._form()
        side.setFixedWidth(SIDE_PANEL)
        row.addWidget(side)

    def show_board(self, board: YearEndBoard, *, reopens: bool) -> None:
        """The summer of a class; the line chosen stays."""
        kept = self.chosen()
        done = len(board.summer) - board.waiting
        note = self.tr("{done}/{all} kết quả").format(done=done, all=len(board.summer))
        self._card.set_title(
            self.tr("Lớp {name}, sau kì nghỉ hè").format(name=board.class_name),
            note if board.summer else "",
        )
        self.words.setText(board.summer_words)
        self._again = board.reassess_word.lower()
        self.level.set_choices(
            [("", self.tr("Chưa có"))] + [(level, level) for level in board.conduct_levels]
        )
        self.model.set_records(board.summer)
        self._place.setCurrentIndex(0 if board.summer else 1)
        self.reopen_button.setVisible(reopens and board.may_reopen)
        self.excel_button.setEnabled(bool(board.summer))
        at = next(
            (
                n
                for n, line in enumerate(board.summer)
                if kept is not None
                and (line.pupil_id, line.subject_id) == (kept.pupil_id, kept.subject_id)
            ),
            next((n for n, line in enumerate(board.summer) if line.editable), 0),
        )
        if board.summer:
            self.table.selectRow(at)
        self._show_form()

    def chosen(self) -> SummerLine | None:
        """The line chosen."""
        row = self.table.chosen_row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    # Inside

    def _results(self) -> QWidget:
        look = self._look
        self._card = card = Card(look, " ", flush=True)
        self.words = Label(look, "", Role.BODY, "ink2", wrap=True)
        self.words.setContentsMargins(15, 0, 15, 4)
        card.body.addWidget(self.words)
        self.model: RecordModel[SummerLine] = RecordModel(
            [
                Column(self.tr("STT"), lambda r: str(r.position), number=True,
                       tone=lambda r: "ink3"),
                Column(self.tr("Họ và tên"), lambda r: r.name, role=Role.VALUE,
                       tip=lambda r: r.name),
                Column(self.tr("Môn"), lambda r: r.subject, tip=self._subject_tip),
                Column(self.tr("Cả năm"), lambda r: r.old, number=True),
                Column(self.tr("Kết quả mới"), self._new, role=Role.STRONG, icon=self._icon,
                       tone=self._tone, tip=self._new_tip),
                Column(self.tr("Sau hè"), lambda r: r.outcome, tip=lambda r: r.outcome),
                Column(self.tr("Giấy tờ"), lambda r: r.document, tip=lambda r: r.document),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("Kết quả sau hè"), row_height=29)
        self.table.setModel(self.model)
        self.table.set_widths({0: 54, 1: 164, 2: 134, 3: 86, 4: 108, 5: 134})
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_form())
        nobody = EmptyState(
            look,
            "sun",
            self.tr("Chưa có kết quả nào phải chờ"),
            self.tr(
                "Học sinh phải kiểm tra, đánh giá lại hoặc rèn luyện trong hè hiện ở đây sau khi "
                "hiệu trưởng duyệt danh sách cuối năm."
            ),
        )
        holder = QWidget()
        self._place = QStackedLayout(holder)
        self._place.addWidget(self.table)
        self._place.addWidget(nobody)
        card.body.addWidget(holder, 1)
        card.body.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 6, 15, 0)
        self.excel_button = secondary(
            look, self.tr("Xuất Excel…"), lambda: self.asked.emit("excel_summer"), "excel"
        )
        self.reopen_button = danger(
            look, self.tr("Mở lại kết quả sau hè…"), lambda: self.asked.emit("reopen"), "lock-open"
        )
        foot.addWidget(self.excel_button)
        foot.addStretch(1)
        foot.addWidget(self.reopen_button)
        card.body.addLayout(foot)
        return card

    def _form(self) -> QWidget:
        look = self._look
        self._side = card = Card(look, " ")
        self.subject = Label(look, "", Role.TASK_TITLE, wrap=True)
        self.before = Label(look, "", Role.BODY, "ink2", wrap=True)
        card.body.addWidget(self.subject)
        card.body.addWidget(self.before)
        self.result = TextField(look, self.tr("Kết quả mới"))
        self.level = Combo(look, self.tr("Mức sau hè"))
        self._result_line = LabelledField(
            look, self.tr("Kết quả mới"), self.result,
            self.tr("Không đến thì ghi “không dự” và lý do."),
        )  # fmt: skip
        self._level_line = LabelledField(look, self.tr("Mức sau hè"), self.level)
        self.document = TextField(look, self.tr("Giấy tờ"))
        self._paper_line = LabelledField(look, self.tr("Giấy tờ hoặc lý do"), self.document)
        for line in (self._result_line, self._level_line, self._paper_line):
            card.body.addWidget(line)
        self.save_button = primary(look, self.tr("Lưu kết quả"), self._save, "check")
        card.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.why = Label(look, "", Role.BODY, "ink2", wrap=True)
        card.body.addWidget(self.why)
        card.body.addStretch(1)
        for field in (self.result, self.document):
            field.returnPressed.connect(self._on_return)
        return card

    def _on_return(self) -> None:
        if self.result.hasFocus():
            self.document.setFocus()
        else:
            self.save_button.setFocus()

    def _show_form(self) -> None:
        line = self.chosen()
        shown = line is not None
        by_conduct = line is not None and line.subject_id is None
        editable = line is not None and line.editable
        self._side.set_title(line.name if line else self.tr("Kết quả sau hè"))
        self.subject.setVisible(shown)
        self.before.setVisible(shown)
        self._result_line.setVisible(editable and not by_conduct)
        self._level_line.setVisible(editable and by_conduct)
        self._paper_line.setVisible(editable)
        self.save_button.setVisible(editable)
        self.why.setVisible(not editable)
        if line is None:
            self.why.setText(self.tr("Chọn một dòng để ghi kết quả."))
            return
        self.subject.setText(line.subject)
        who = line.teacher or self.tr("chưa phân công")
        self.before.setText(
            self.tr("Cả năm: {old}. Người ghi: {who}.").format(old=line.old or "–", who=who)
        )
        self.why.setText(line.why)
        self.document.setPlaceholderText(self._example(by_conduct=by_conduct))
        comments = line.kind is SubjectKind.COMMENTS
        self.result.setPlaceholderText("Đ / CĐ" if comments else "0 – 10")
        self.result.setText(line.new)
        self.level.set_current(line.new if by_conduct else "")
        self.document.setText(line.document)

    def _save(self) -> None:
        line = self.chosen()
        if line is None:
            return
        text = self.level.current() if line.subject_id is None else self.result.text()
        self.saved.emit(line, str(text or ""), self.document.text())

    def _example(self, *, by_conduct: bool) -> str:
        """A paper of the kind this line rests on, in the words of the class's circular."""
        if by_conduct:
            return self.tr("Nhận xét rèn luyện trong hè ngày 12/8")
        return self.tr("Biên bản {again} ngày 12/8").format(again=self._again)

    def _new(self, line: SummerLine) -> str:
        return line.new or self.tr("chờ")

    def _icon(self, line: SummerLine) -> str:
        if line.late:
            return "clock"
        return "" if line.settled else "hourglass"

    def _tone(self, line: SummerLine) -> str:
        return "ink" if line.settled and not line.late else "amber"

    def _new_tip(self, line: SummerLine) -> str:
        if not line.settled:
            return self.tr("Chưa có kết quả")
        return self.tr("Ghi sau đợt nhập, theo quyết định mở bổ sung") if line.late else line.new

    def _subject_tip(self, line: SummerLine) -> str:
        return f"{line.subject}, {line.teacher}" if line.teacher else line.subject
