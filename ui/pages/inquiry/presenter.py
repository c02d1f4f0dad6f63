"""Decisions of Mười câu hỏi của thanh tra: what is asked, which answers still stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.changes import Topic
from app.domain.inquiries import Question
from app.errors import AppError
from app.services.file_names import ascii_name
from app.services.inquiries import EVERY_QUESTION, answer_tables
from app.trail_ports import ChangeScope
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet, save_tables
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.changes import CommandResult
    from app.domain.ids import ClassId
    from app.domain.school import SchoolYear
    from app.progress import Progress
    from app.readmodels.inquiry import Answer
    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.inquiry.page import InquiryPage


_PAPER = frozenset({Topic.PRINTS, Topic.SETTINGS, Topic.TRAIL})
_BY_PAPER = (
    Question.EVIDENCE,
    Question.PRINTED_TODAY,
    Question.FILE_WHOLE,
    Question.PAPER_SIGNED,
    Question.UNUSUAL_TIMES,
)
"""Questions that look at prints, or at every entry of the trail."""


class InquiryPresenter(QObject):
    """An answer is kept until anything is written in the file; each is worked out in a job."""

    def __init__(
        self,
        page: InquiryPage,
        context: PageContext,
        work: Workspace,
        papers: PaperOutlets | None = None,
        tables: TableOutlet | None = None,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._papers = papers or SystemOutlets()
        self._tables = tables or SystemTableOutlet()
        self._actor = work.session.actor
        self._answers: dict[Question, Answer] = {}
        self.year: SchoolYear | None = None
        self.class_id: ClassId | None = None
        self.question = Question.AFTER_CLOSE

    @property
    def scope(self) -> ChangeScope | None:
        """What is asked about; None without a year."""
        if self.year is None:
            return None
        return ChangeScope(self.year.id, class_id=self.class_id)

    @property
    def answers(self) -> dict[Question, Answer]:
        """Answers that still stand."""
        return self._answers

    def use_year(self, year: SchoolYear | None) -> None:
        """Another year, the whole school."""
        self.year, self.class_id = year, None
        self._answers.clear()

    def class_choices(self) -> list[tuple[ClassId | None, str]]:
        """The whole school, then every class."""
        if self.year is None:
            return []
        words = self.tr("Lớp {name}")
        classes = self._work.setup.classes(self.year.id)
        return [
            (None, self.tr("Toàn trường")),
            *((klass.id, words.format(name=klass.name)) for klass in classes),
        ]

    def use_class(self, class_id: ClassId | None) -> None:
        """One class, or the whole school."""
        self.class_id = class_id
        self.forget()

    def forget(self) -> None:
        """Every answer is asked for anew."""
        self._answers.clear()
        self.ask(self.question)

    def follow(self, result: CommandResult) -> None:
        """What was written takes back the answers it may have changed: a print only some."""
        touched = _BY_PAPER if result.topics <= _PAPER else EVERY_QUESTION
        for question in touched:
            self._answers.pop(question, None)
        self._page.show_verdicts()
        if self.question in touched:
            self.ask(self.question)

    def ask(self, question: Question) -> None:
        """Show the answer, from the file when it does not stand yet."""
        self.question = question
        found = self._answers.get(question)
        if found is not None:
            self._page.show_answer(found)
            return
        scope = self.scope
        if scope is None:
            return
        self._page.show_waiting(question)

        def answered(answer: Answer) -> None:
            # What was asked before another class or year was chosen is nobody's answer.
            if scope == self.scope:
                self._keep([answer])

        self._context.jobs.submit(
            lambda progress: self._work.inquiries.answer(self._actor, scope, question, progress),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=answered,
            on_failure=self._failed,
        )

    def ask_all(self) -> None:
        """All ten, with progress."""
        self._all(lambda _answers: None)

    def open_facts(self) -> None:
        """The page that shows the facts of the question one by one."""
        page, part = self.question.page
        where = {"tab": part} if part else {}
        self._context.open_page(page, **where)

    # --- paper and Excel

    def export(self) -> None:
        """All ten questions, a sheet each."""
        self._all(self._save)

    def print_one(self) -> None:
        """Phiếu trả lời of the chosen question."""
        self._print((self.question,))

    def print_all(self) -> None:
        """Phiếu trả lời of all ten."""
        self._print(EVERY_QUESTION)

    # --- inside

    def _all(self, then: Callable[[Sequence[Answer]], None]) -> None:
        scope = self.scope
        if scope is None:
            return

        def work(progress: Progress) -> tuple[Answer, ...]:
            return self._work.inquiries.answers(self._actor, scope, progress=progress)

        def done(answers: tuple[Answer, ...]) -> None:
            if scope == self.scope:
                self._keep(answers)
                then(answers)

        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang trả lời mười câu hỏi"),
            work,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=self._context.commands.fail,
        )

    def _save(self, answers: Sequence[Answer]) -> None:
        if self.year is None:
            return
        words = self._words()
        save_tables(
            self._context, self._work, self._tables, self._page,
            f"muoi-cau-hoi-{ascii_name(words)}.xlsx", answer_tables(answers),
            self.tr("Mười câu hỏi của thanh tra, {scope}").format(scope=words),
        )  # fmt: skip

    def _print(self, questions: Sequence[Question]) -> None:
        scope = self.scope
        if scope is None:
            return

        def work(progress: Progress) -> CommandResult:
            return self._work.inquiries.print(self._actor, scope, questions, progress)

        def done(result: CommandResult) -> None:
            self._context.commands.publish(result)
            self._show_paper(cast("Printed", result.payload))

        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang lập phiếu trả lời"),
            work,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=self._context.commands.fail,
        )

    def _show_paper(self, printed: Printed) -> None:
        PaperDialog(
            self._context, self._work, self._papers, printed.run, printed.pdf.content,
            self.tr("Phiếu trả lời thanh tra"),
            self.tr("In hai bản, người lập và hiệu trưởng ký, đóng dấu; đoàn giữ một bản."),
            "phieu-tra-loi-thanh-tra", self._page,
        ).open()  # fmt: skip

    def _keep(self, answers: Sequence[Answer]) -> None:
        self._answers.update({answer.question: answer for answer in answers})
        self._page.show_verdicts()
        found = self._answers.get(self.question)
        if found is not None:
            self._page.show_answer(found)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._page.show_refusal(error.sentence)
        else:
            self._context.jobs.report_unexpected(error)

    def _words(self) -> str:
        if self.year is None:
            return ""
        choices = dict(self.class_choices())
        return f"{choices.get(self.class_id, '')} {self.year.name}".strip()
