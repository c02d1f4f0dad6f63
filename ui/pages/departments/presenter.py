"""Decisions of Tổ chuyên môn: which tổ, which term, what this person may look at and do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from app.domain.periods import EntryTerm, Term, entry_term
from app.domain.roles import Role
from app.readmodels.work_board import Grouping
from app.services.department_papers import PRINTERS
from app.services.departments import KEEPERS, LOOKERS
from app.services.file_names import ascii_name
from app.services.internal_checks import CHECKERS
from app.services.work_boards import board_table
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import PaperOutlets, SystemOutlets
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet, save_tables
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.departments import Department
    from app.domain.internal_checks import InternalCheck
    from app.domain.school import SchoolYear
    from app.readmodels.work_board import PersonTasks, WorkBoard
    from app.services.internal_checks import CheckDraft
    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.navigation import PageContext


class DepartmentsPresenter(QObject):
    """Reads services for one person; what counts the whole school runs as a job."""

    def __init__(
        self,
        page: QWidget,
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
        self.actor = work.session.actor
        self.year: SchoolYear | None = None
        self.terms: tuple[EntryTerm, ...] = ()
        self.term: EntryTerm = Term.HK1
        self.by = Grouping.TEACHER
        self.department = "" if self.looks_everywhere else self.actor.department
        self.month = ""
        self.departments: tuple[Department, ...] = ()
        self.board: WorkBoard | None = None
        self.people: tuple[PersonTasks, ...] = ()

    # --- who may what; the services decide again

    @property
    def looks_everywhere(self) -> bool:
        """Leaders, the office, inspectors."""
        return self.actor.has(*LOOKERS)

    @property
    def looks(self) -> bool:
        """Whether any board is this person's to look at; others see what was found of them."""
        heads = self.actor.has(Role.DEPARTMENT_HEAD) and bool(self.actor.department)
        return self.looks_everywhere or heads

    @property
    def may_check(self) -> bool:
        """Whether this person records checks."""
        return self.actor.has(*CHECKERS)

    @property
    def may_give(self) -> bool:
        """Whether this person says whose a subject is."""
        return self.actor.has(*KEEPERS)

    @property
    def may_print(self) -> bool:
        """Whether this person prints the papers of a tổ."""
        return self.looks and self.actor.has(*PRINTERS)

    # --- choices

    def use_year(self, year: SchoolYear | None) -> None:
        """Another year, at the term of today."""
        self.year = year
        self.month = ""
        self.departments = ()
        if year is None:
            return
        periods, current = self._work.proof_tables.periods(year.id)
        self.terms = tuple(entry_term(period.value) for period in periods)
        self.term = entry_term(current.value)
        self.use_departments()

    def use_departments(self) -> None:
        """The tổ of today that this person may look at."""
        year = self.year
        if year is None or not self.looks:
            return
        found = self._context.commands.ask(
            lambda: self._work.departments.visible(self.actor, year.id)
        )
        self.departments = found or ()

    def subject_names(self) -> dict[str, str]:
        """Code -> name of the year's subjects."""
        return {} if self.year is None else self._work.departments.subject_names(self.year.id)

    def proposal(self) -> dict[str, str]:
        """Whose each subject would be by who teaches it."""
        return {} if self.year is None else self._work.departments.proposal(self.year.id)

    # --- reading

    def read_board(self, show: Callable[[WorkBoard], None]) -> None:
        """The board of the choices, in a job."""
        year, term, by = self.year, self.term, self.by
        department, month = self.department, self.month
        if year is None or not self.looks:
            return

        def done(board: WorkBoard) -> None:
            asked = (self.term.value, self.by, self.department, self.month)
            if asked == (board.term, board.by, board.department, board.month):
                self.board = board
                show(board)

        self._job(
            lambda: self._work.work_boards.board(self.actor, year.id, term, by, department, month),
            done,
        )

    def read_people(self, show: Callable[[tuple[PersonTasks, ...]], None]) -> None:
        """Everybody's tasks, in a job."""
        year, department = self.year, self.department
        if year is None or not self.looks:
            return

        def done(people: tuple[PersonTasks, ...]) -> None:
            if department == self.department:
                self.people = people
                show(people)

        self._job(lambda: self._work.work_boards.people(self.actor, year.id, department), done)

    def checks(self) -> tuple[InternalCheck, ...]:
        """Checks this person may see, of the chosen tổ."""
        year = self.year
        if year is None:
            return ()
        found = self._context.commands.ask(lambda: self._work.checks.of_year(self.actor, year.id))
        return tuple(
            check
            for check in found or ()
            if self.department in ("", check.department) or not self.looks
        )

    # --- acts; the dialogs call these and show what is refused

    def record(self, draft: CheckDraft) -> None:
        """Write a check down; raises AppError."""
        if self.year is not None:
            self._context.commands.publish(
                self._work.checks.record(self.actor, self.year.id, draft)
            )

    def settle(self, finding_id: int, note: str) -> None:
        """Looked at again; raises AppError."""
        self._context.commands.publish(self._work.checks.settle(self.actor, finding_id, note))

    def give_subjects(self, department: str, codes: Sequence[str]) -> None:
        """Subjects of a tổ; raises AppError."""
        if self.year is not None:
            self._context.commands.publish(
                self._work.departments.give_subjects(self.actor, self.year.id, department, codes)
            )

    def print_report(self, month: str, proposals: Sequence[str]) -> None:
        """Báo cáo tháng; raises AppError."""
        year = self.year
        if year is None:
            return
        result = self._work.department_papers.print_report(
            self.actor, year.id, self.term, self.department, month, proposals
        )
        self._show_paper(
            result,
            self.tr("Báo cáo tháng của tổ"),
            self.tr("Tổ trưởng ký, gửi phó hiệu trưởng; văn thư cho số ở Văn bản đi."),
            "bao-cao-thang-cua-to",
        )

    def print_reminders(self, button: QWidget) -> None:
        """Phiếu nhắc việc of the chosen tổ."""
        year = self.year
        if year is None:
            return
        self._print(
            lambda: self._work.department_papers.print_reminders(
                self.actor, year.id, self.department
            ),
            button,
            self.tr("Phiếu nhắc việc"),
            self.tr("Cắt theo từng người, giao tận tay; người nhận ký vào cột Ký nhận."),
            "phieu-nhac-viec",
        )

    def print_check(self, check: InternalCheck, button: QWidget) -> None:
        """Biên bản kiểm tra."""
        self._print(
            lambda: self._work.department_papers.print_check(
                self.actor, check.school_year_id, check.id
            ),
            button,
            self.tr("Biên bản kiểm tra"),
            self.tr("Người kiểm tra và người được kiểm tra ký; một bản lưu hồ sơ tổ."),
            "bien-ban-kiem-tra",
        )

    def export_board(self) -> None:
        """The table shown, as a workbook."""
        if self.board is not None:
            words = f"{self.board.by.value} {self.department}".strip()
            self._save(self.tr("Tiến độ vào sổ"), words, [board_table(self.board)])

    def export_people(self) -> None:
        """A line a task, as a workbook."""
        table = self._work.work_boards.people_table(self.people)
        self._save(self.tr("Việc từng người"), self.department, [table])

    # --- inside

    def _save(self, title: str, words: str, tables: Sequence[Any]) -> None:
        name = ascii_name(f"{title} {words}")
        save_tables(
            self._context, self._work, self._tables, self._page, f"{name}.xlsx", tables, title
        )

    def _print(
        self,
        act: Callable[[], CommandResult],
        button: QWidget,
        title: str,
        line: str,
        stem: str,
    ) -> None:
        result = self._context.commands.run(act, at=Anchor(button))
        if result is not None:
            self._show_paper(result, title, line, stem, told=True)

    def _show_paper(
        self, result: CommandResult, title: str, line: str, stem: str, *, told: bool = False
    ) -> None:
        if not told:
            self._context.commands.publish(result)
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context, self._work, self._papers, printed.run, printed.pdf.content, title, line,
            stem, self._page,
        ).open()  # fmt: skip

    def _job(self, question: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._context.jobs.submit(
            lambda _progress: question(),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=self._context.commands.fail,
        )
