"""Mười câu hỏi của thanh tra: the questions at the left, what the file answers at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.changes import Topic
from app.domain.inquiries import Question, Verdict
from ui.pages.inquiry.presenter import InquiryPresenter
from ui.pages.year_picker import YearPicker
from ui.theme.tokens import CARD_GAP, CARD_PADDING, PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.buttons import link, primary, secondary
from ui.widgets.cards import Card, hairline
from ui.widgets.chips import Chip
from ui.widgets.combos import Combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.changes import CommandResult
    from app.readmodels.inquiry import Answer
    from app.workspace import Workspace
    from ui.navigation import PageContext

_LIST = 330
_LOOKS = {
    Verdict.CLEAR: ("check", "green"),
    Verdict.GROUNDED: ("shield-check", "green"),
    Verdict.ATTENTION: ("warning", "amber"),
    Verdict.SHOWN: ("info", "ink2"),
}
_FEW = 5
"""Sentences shown above the table; what is more stands on the paper."""


class InquiryPage(QWidget):
    """Layout only; `presenter` decides."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        super().__init__()
        self._look = context.look
        self._stale = True
        self.presenter = InquiryPresenter(self, context, work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        columns = QHBoxLayout()
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self._list())
        columns.addWidget(self._answer(), 1)
        outer.addLayout(columns, 1)
        self.years = YearPicker(context, work)
        self.years.year_picked.connect(self._on_year)
        context.bus.listen(self, frozenset(Topic), self._on_changed)
        self.years.load()
        self.presenter.use_year(self.years.year)
        self.classes.set_choices(self.presenter.class_choices())
        self.table_of_questions.selectRow(0)

    # --- for the window

    def topbar_widgets(self) -> list[QWidget]:
        """The year."""
        return [self.years]

    def go_to(self, **where: Any) -> None:
        """`question` (1 to 10) chooses one; `class_id` narrows to a class."""
        if "class_id" in where and self.classes.set_current(where["class_id"]):
            self.presenter.use_class(where["class_id"])
        if "question" in where:
            self.table_of_questions.selectRow(int(where["question"]) - 1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Answers given before something was written are asked for anew."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.presenter.forget()

    # --- for the presenter

    def show_waiting(self, question: Question) -> None:
        """The question while the file is read."""
        self._ask(question)
        self.chip.set_state(self.tr("Đang đọc tệp…"), "ink2", "hourglass")
        self.sentences.setText("")
        self._count.setText("")
        self._holder.setCurrentIndex(1)

    def show_refusal(self, sentence: str) -> None:
        """Why there is no answer."""
        self.chip.set_state(self.tr("Chưa trả lời được"), "red", "warning")
        self.sentences.setText(sentence)

    def show_answer(self, answer: Answer) -> None:
        """Sentences, then the facts."""
        self._ask(answer.question)
        icon, tone = _LOOKS[answer.verdict]
        self.chip.set_state(_capital(answer.verdict.value), tone, icon)
        self.sentences.setText("\n".join(answer.sentences[:_FEW]))
        self._show_rows(answer)

    def show_verdicts(self) -> None:
        """What each question came to, beside it."""
        self.questions.layoutChanged.emit()

    # --- inside

    def _ask(self, question: Question) -> None:
        words = self.tr("Câu {n}. {words}")
        self.title.setText(words.format(n=question.value, words=question.words))

    def _show_rows(self, answer: Answer) -> None:
        model: RecordModel[tuple[str, ...]] = RecordModel(
            [
                Column(
                    column.title,
                    _cell(at),
                    centred=column.centred,
                    tip=_cell(at),
                    role=Role.STRONG if at == 0 else None,
                )
                for at, column in enumerate(answer.columns)
            ],
            self,
        )
        model.set_records(answer.rows)
        former = self.facts.model()
        self.facts.setModel(model)
        former.deleteLater()
        whole = sum(column.share for column in answer.columns)
        room = max(self.facts.viewport().width(), 600)
        last = len(answer.columns) - 1
        self.facts.set_widths(
            {at: room * c.share // whole for at, c in enumerate(answer.columns) if at != last}
        )
        self._count.setText(self.tr("{n} dòng").format(n=len(answer.rows)))
        self._holder.setCurrentIndex(0 if answer.rows else 2)

    def _head(self) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Label(look, self.tr("Mười câu hỏi của thanh tra"), Role.TITLE))
        row.addStretch(1)
        label = Label(look, self.tr("Phạm vi"), Role.BODY, "ink3")
        self.classes = Combo(look, self.tr("Phạm vi"))
        self.classes.picked.connect(self.presenter.use_class)
        label.setBuddy(self.classes)
        row.addWidget(label)
        row.addWidget(self.classes)
        self.export_button = secondary(look, self.tr("Xuất Excel"), self.presenter.export, "excel")
        self.print_all_button = secondary(
            look, self.tr("In cả mười câu"), self.presenter.print_all, "printer"
        )
        self.print_button = primary(
            look, self.tr("In câu này"), self.presenter.print_one, "printer"
        )
        for button in (self.export_button, self.print_all_button, self.print_button):
            row.addWidget(button)
        return row

    def _list(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 4, 1, 6)
        card.body.setSpacing(0)
        card.setFixedWidth(_LIST)
        self.questions: RecordModel[Question] = RecordModel(
            [
                Column(self.tr("Câu"), lambda q: str(q.value), centred=True, role=Role.STRONG),
                Column(self.tr("Hỏi về"), lambda q: q.short, role=Role.VALUE,
                       second=self._verdict, tone=self._tone, icon=self._icon,
                       tip=lambda q: q.words),
            ],
            self,
        )  # fmt: skip
        self.questions.set_records(tuple(Question))
        self.table_of_questions = TableView(
            look, self.tr("Mười câu hỏi"), row_height=44, fifth=False
        )
        self.table_of_questions.setModel(self.questions)
        self.table_of_questions.set_widths({0: 52})
        self.table_of_questions.selectionModel().currentRowChanged.connect(
            lambda now, _was: self._on_row(now.row())
        )
        card.body.addWidget(self.table_of_questions, 1)
        card.body.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 7, 15, 2)
        self.all_button = link(
            look, self.tr("Trả lời cả mười câu"), self.presenter.ask_all, "refresh"
        )
        foot.addWidget(self.all_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _answer(self) -> QWidget:
        look = self._look
        card = Card(look, flush=True)
        card.body.setContentsMargins(1, 12, 1, 6)
        card.body.setSpacing(8)
        words = QVBoxLayout()
        words.setContentsMargins(CARD_PADDING - 1, 0, CARD_PADDING, 0)
        words.setSpacing(8)
        self.title = Label(look, "", Role.CARD_TITLE, wrap=True)
        words.addWidget(self.title)
        state = QHBoxLayout()
        self.chip = Chip(look)
        state.addWidget(self.chip)
        state.addStretch(1)
        self.facts_link = link(
            look, self.tr("Mở trang có từng việc"), self.presenter.open_facts, "arrow-right"
        )
        state.addWidget(self.facts_link)
        words.addLayout(state)
        self.sentences = Label(look, "", Role.BODY, "ink2", wrap=True)
        words.addWidget(self.sentences)
        card.body.addLayout(words)
        card.body.addWidget(hairline())
        self.facts = TableView(
            look, self.tr("Các việc của câu trả lời"), row_height=32, fifth=False
        )
        self.facts.setModel(RecordModel([], self))
        holder = QWidget()
        self._holder = QStackedLayout(holder)
        self._holder.addWidget(self.facts)
        self._holder.addWidget(
            EmptyState(
                look,
                "hourglass",
                self.tr("Đang trả lời"),
                self.tr("Đang đọc sổ, nhật ký và bản in trong tệp."),
            )
        )
        self._holder.addWidget(
            EmptyState(
                look,
                "check",
                self.tr("Không có dòng nào để kê"),
                self.tr("Câu trả lời ở trên là toàn bộ những gì tệp ghi về việc này."),
            )
        )
        card.body.addWidget(holder, 1)
        self._count = Label(look, "", Role.CAPTION, "ink3")
        self._count.setContentsMargins(15, 0, 15, 2)
        card.body.addWidget(self._count)
        return card

    def _verdict(self, question: Question) -> str:
        found = self.presenter.answers.get(question)
        return self.tr("bấm để hỏi") if found is None else found.verdict.value

    def _tone(self, question: Question) -> str:
        found = self.presenter.answers.get(question)
        return "ink" if found is None else _LOOKS[found.verdict][1]

    def _icon(self, question: Question) -> str:
        found = self.presenter.answers.get(question)
        return "" if found is None else _LOOKS[found.verdict][0]

    def _on_row(self, row: int) -> None:
        if row >= 0 and self.isVisible():
            self.presenter.ask(self.questions.record(row))
        elif row >= 0:
            self.presenter.question = self.questions.record(row)

    def _on_year(self) -> None:
        self.presenter.use_year(self.years.year)
        self.classes.set_choices(self.presenter.class_choices())
        self.presenter.forget()

    def _on_changed(self, result: CommandResult) -> None:
        if self.isVisible():
            self.presenter.follow(result)
        else:
            self._stale = True


def _cell(at: int) -> Any:
    return lambda row: row[at]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
