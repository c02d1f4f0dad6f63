"""What the buttons and keys of Kiểm dò do: each is one command of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.domain.proof_reading import ComparedWith, proof_words
from app.errors import AppError
from app.readmodels.proof_reading import CellProof
from ui.dialogs.file_dialogs import open_file
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import SystemOutlets
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.proofs.announced_list import read_list
from ui.pages.proofs.comparing import DifferencesDialog, SecondEntryDialog
from ui.pages.proofs.dialogs import Asked, ReaderDialog, WordsDialog
from ui.pages.proofs.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.changes import CommandResult
    from app.domain.ids import AccountId
    from app.importing.tables import RawSheet
    from app.readmodels.mark_sheet import CellKey
    from app.readmodels.proof_reading import ProofComparison, ProofSheet, RemarkLine
    from app.services.printing import Printed
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext
    from ui.pages.proofs.page import ProofsPage


class ProofActs(QObject):
    """Bound to one page; shows it again after each act."""

    def __init__(self, page: ProofsPage, context: PageContext, work: Workspace) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self.outlets: PaperOutlets = SystemOutlets()

    def connect_tabs(self) -> None:
        """Every button and key of the three parts."""
        table, check, remarks = self._page.table, self._page.check, self._page.remarks
        table.propose_asked.connect(self.propose)
        table.change_asked.connect(self.change_reader)
        table.print_asked.connect(self.print_table)
        check.grid.right_asked.connect(self.right)
        check.grid.row_asked.connect(self.whole_row)
        check.grid.remark_asked.connect(self.remark)
        check.grid.again_asked.connect(self.again)
        check.column_asked.connect(self.column_done)
        check.confirm_asked.connect(self.confirm)
        check.second_asked.connect(self.second_entry)
        check.list_asked.connect(self.choose_list)
        remarks.answer_asked.connect(self.answer)
        remarks.resolve_asked.connect(self.resolve)
        remarks.case_asked.connect(self.open_case)
        remarks.cell_asked.connect(self.open_cell)

    # --- the table

    def propose(self) -> None:
        """Phân công tự động."""
        year, period = self._page.presenter.year, self._page.presenter.period
        if year is not None:
            actor = self._work.session.actor
            self._run(lambda: self._work.proof_tables.propose(actor, year.id, period), tell=True)

    def change_reader(self) -> None:
        """Đổi người dò of the chosen line."""
        line, period = self._page.table.chosen(), self._page.presenter.period
        if line is None:
            return
        actor, tables = self._work.session.actor, self._work.proof_tables

        def give(reader: AccountId) -> None:
            self._done(tables.assign(actor, line.sheet, period, reader), tell=True)

        lead = tr("{subject} lớp {name}, {period}; giáo viên của sổ: {teacher}.").format(
            subject=line.subject_name,
            name=line.class_name,
            period=proof_words(period),
            teacher=line.teacher or "–",
        )
        current = None if line.assignment is None else line.assignment.reader
        choices = tables.choices(line.sheet, period)
        ReaderDialog(self._context.look, lead, choices, current, give, self._page).open()

    def print_table(self) -> None:
        """In bảng phân công: one numbered run."""
        year, period = self._page.presenter.year, self._page.presenter.period
        if year is None:
            return
        actor = self._work.session.actor
        result = self._run(lambda: self._work.proof_papers.print_table(actor, year.id, period))
        if result is None:
            return
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context, self._work, self.outlets, printed.run, printed.pdf.content,
            tr("Bảng phân công kiểm dò"),
            tr("Đúng tệp đã lưu trong sổ. In ra, hiệu trưởng ký, đóng dấu, phát cho người được "
               "phân công."),
            "bang-phan-cong-kiem-do", self._page,
        ).open()  # fmt: skip

    # --- the check screen

    def right(self) -> None:
        """The cell agrees; on to the next one that is not read."""
        grid = self._page.check.grid
        cell, key = grid.current_cell(), grid.current_key()
        sheet = self._page.check.sheet
        if cell is None or key is None or sheet is None:
            return
        if cell.state is CellProof.UNREAD and self._tick([key]) is None:
            return
        self._go_on()

    def whole_row(self) -> None:
        """Every cell of the pupil agrees; on to the next pupil."""
        grid = self._page.check.grid
        if not grid.row_has_unread() or self._tick(grid.row_keys()) is not None:
            self._go_on()

    def again(self) -> None:
        """The cell is to be read again."""
        grid, sheet = self._page.check.grid, self._page.check.sheet
        key, cell = grid.current_key(), grid.current_cell()
        if sheet is None or key is None or cell is None or cell.state is not CellProof.RIGHT:
            return
        actor = self._work.session.actor
        self._run(lambda: self._work.proofs.untick(actor, sheet.sheet, sheet.period, [key]))

    def remark(self) -> None:
        """Nhận xét of the cell."""
        grid, sheet = self._page.check.grid, self._page.check.sheet
        key, cell = grid.current_key(), grid.current_cell()
        if sheet is None or key is None or cell is None or not sheet.may_read:
            return
        row = next(r for r in sheet.rows if r.pupil_id == key.pupil_id)
        column = next(c for c in sheet.columns if c.key == key.column)
        actor = self._work.session.actor

        def keep(texts: list[str]) -> None:
            paper, text = texts
            self._done(self._work.proofs.remark(actor, sheet.sheet, sheet.period, key, text, paper))
            self._go_on()

        lead = tr("{name}, {column}: trong sổ đang là {value}.").format(
            name=row.name, column=column.title, value=cell.text or tr("trống")
        )
        WordsDialog(
            self._context.look,
            tr("Nhận xét ô này"),
            lead,
            [
                Asked(tr("Sổ giấy ghi"), tr("Thí dụ 7,5. Để trống nếu sổ giấy trống.")),
                Asked(tr("Nhận xét"), tr("Giáo viên của sổ đọc và trả lời.")),
            ],
            tr("Ghi nhận xét"),
            keep,
            self._page,
        ).open()

    def column_done(self) -> None:
        """Đã đối chiếu sổ giấy of the column under the cursor."""
        key, sheet = self._page.check.grid.current_key(), self._page.check.sheet
        if sheet is None or key is None:
            return
        actor, proofs = self._work.session.actor, self._work.proofs
        self._run(
            lambda: proofs.prove_columns(actor, sheet.sheet, sheet.period, [key.column]),
            tell=True,
        )

    def confirm(self) -> None:
        """Xác nhận kiểm dò xong."""
        sheet = self._page.check.sheet
        if sheet is not None:
            actor, proofs = self._work.session.actor, self._work.proofs
            at = Anchor(self._page.check.confirm_button)
            self._run(lambda: proofs.confirm(actor, sheet.sheet, sheet.period), tell=True, at=at)

    # --- comparing

    def second_entry(self) -> None:
        """Gõ lại lần hai."""
        sheet = self._page.check.sheet
        if sheet is None:
            return

        def compare(column: str, texts: dict[CellKey, str]) -> None:
            self._show_differences(sheet, [column], texts, ComparedWith.SECOND_ENTRY, "", ())

        SecondEntryDialog(self._context.look, sheet, compare, self._page).open()

    def choose_list(self) -> None:
        """Đối chiếu danh sách đã công bố."""
        pattern = tr("Bảng tính (*.xlsx *.xlsm *.xls *.csv);;Mọi tệp (*)")
        open_file(self._page, tr("Chọn danh sách đã công bố"), pattern, self.compare_list)

    def compare_list(self, path: Path) -> None:
        """Read the file in a job, then show what differs."""
        sheet = self._page.check.sheet
        if sheet is None:
            return

        def read(sheets: list[RawSheet]) -> None:
            def found() -> bool:
                about = self._work.proof_comparing.list_target(
                    self._work.session.actor, sheet.sheet, sheet.period
                )
                told = read_list(sheets, about)
                self._show_differences(
                    sheet, told.columns, told.texts, ComparedWith.LIST, path.name, told.unread
                )
                return True

            self._context.commands.ask(found, at=Anchor(self._page.check.list_button))

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self._context.commands.fail(error, Anchor(self._page.check.list_button))
            else:
                self._context.jobs.report_unexpected(error)

        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            tr("Đang đọc tệp {name}").format(name=path.name),
            lambda _progress: self._work.sheets.read(path),
            lane=Lane.FILES,
            on_success=read,
            on_failure=failed,
        )

    def _show_differences(
        self,
        sheet: ProofSheet,
        columns: Sequence[str],
        texts: dict[CellKey, str],
        how: ComparedWith,
        source: str,
        unread: Sequence[str],
    ) -> None:
        actor, comparing = self._work.session.actor, self._work.proof_comparing
        found: ProofComparison = comparing.compare(
            actor, sheet.sheet, sheet.period, columns, texts, source
        )

        def record() -> None:
            self._done(
                comparing.record(actor, sheet.sheet, sheet.period, columns, texts, how, source),
                tell=True,
            )

        there = tr("Trong danh sách") if how is ComparedWith.LIST else tr("Gõ lại")
        DifferencesDialog(self._context.look, found, there, unread, record, self._page).open()

    # --- remarks

    def answer(self) -> None:
        """Trả lời of the chosen remark."""
        line = self._page.remarks.chosen()
        if line is None:
            return
        actor, remarks = self._work.session.actor, self._work.proof_remarks

        def keep(texts: list[str]) -> None:
            self._done(remarks.answer(actor, line.remark.id, texts[0]), tell=True)

        help_text = tr("Đã sửa thế nào, hoặc vì sao ô này đúng.")
        self._ask(line, tr("Trả lời nhận xét"), Asked(tr("Trả lời"), help_text),
                  tr("Gửi trả lời"), keep)  # fmt: skip

    def resolve(self) -> None:
        """Giải quyết of the chosen remark."""
        line = self._page.remarks.chosen()
        if line is None:
            return
        actor, remarks = self._work.session.actor, self._work.proof_remarks

        def keep(texts: list[str]) -> None:
            self._done(remarks.resolve(actor, line.remark.id, texts[0]), tell=True)

        help_text = tr("Ô đã đổi thì để trống được; ô vẫn như cũ thì ghi vì sao để nguyên.")
        self._ask(line, tr("Giải quyết nhận xét"), Asked(tr("Kết luận"), help_text),
                  tr("Đã khớp, giải quyết"), keep)  # fmt: skip

    def open_case(self) -> None:
        """A correction case for the locked cell of the remark."""
        line = self._page.remarks.chosen()
        if line is not None:
            self._context.open_page("corrections", new=[line.key], sheet=line.sheet)

    def open_cell(self) -> None:
        """The cell: on the check screen for its reader, in the mark book for everybody else."""
        line = self._page.remarks.chosen()
        if line is None:
            return
        if line.may_resolve:
            self._page.open_sheet(line.sheet)
            self._page.show_tab("check")
            self._page.check.grid.go_to(line.key)
            return
        self._context.open_page(
            "marks", class_id=line.sheet.class_id, subject_id=line.sheet.subject_id,
            pupil_id=line.key.pupil_id, column=line.key.column,
        )  # fmt: skip

    # --- inside

    def _ask(
        self,
        line: RemarkLine,
        title: str,
        asked: Asked,
        action: str,
        keep: Callable[[list[str]], object],
    ) -> None:
        lead = tr("{pupil}, {column}, {subject} {name}: {text}").format(
            pupil=line.pupil,
            column=line.column,
            subject=line.subject_name,
            name=line.class_name,
            text=line.remark.text,
        )
        if line.remark.answer:
            lead += "\n" + tr("{name} trả lời: {text}").format(
                name=line.remark.answered_name, text=line.remark.answer
            )
        WordsDialog(self._context.look, title, lead, [asked], action, keep, self._page).open()

    def _tick(self, keys: list[CellKey]) -> CommandResult | None:
        sheet = self._page.check.sheet
        if sheet is None or not keys:
            return None
        actor, proofs = self._work.session.actor, self._work.proofs
        at = Anchor(self._page.check.right_button)
        result = self._context.commands.run(
            lambda: proofs.tick(actor, sheet.sheet, sheet.period, keys), initiator=self._page, at=at
        )
        if result is not None:
            self._page.refresh_sheet()
        return result

    def _go_on(self) -> None:
        if not self._page.check.grid.next_unread():
            sheet = self._page.check.sheet
            if sheet is not None and sheet.may_read and not sheet.waiting:
                self._context.frame.toast(
                    tr("Đã dò hết các ô; bấm “Xác nhận kiểm dò xong” để kết thúc."), "green"
                )

    def _run(
        self,
        command: Callable[[], CommandResult],
        *,
        tell: bool = False,
        at: Anchor | None = None,
    ) -> CommandResult | None:
        result = self._context.commands.run(command, initiator=self._page, at=at)
        if result is not None:
            self._shown(result, tell=tell)
        return result

    def _done(self, result: CommandResult, *, tell: bool = False) -> None:
        """A command that a dialog ran itself."""
        self._context.commands.publish(result, self._page)
        self._shown(result, tell=tell)

    def _shown(self, result: CommandResult, *, tell: bool) -> None:
        self._page.refresh()
        if tell and result.summary:
            self._context.frame.toast(result.summary, "green")
