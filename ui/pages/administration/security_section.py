"""An toàn: every line with its state and what to do; one check of everything (M94)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from app.services.security import SecurityLine, Tone
from ui.dialogs.save_table import SystemTableOutlet, TableOutlet
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.administration.formula_card import FormulaCard
from ui.pages.administration.section import Section
from ui.pages.administration.untold_dialog import UntoldDialog
from ui.theme.typography import Role
from ui.widgets.buttons import primary, secondary
from ui.widgets.cards import Card
from ui.widgets.labels import IconText, Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext

_ROW = 44
_GLYPHS = {
    Tone.GOOD: ("check-disc", "green"),
    Tone.WARN: ("warning", "amber"),
    Tone.BAD: ("warning", "red"),
}


class SecuritySection(Section):
    """The review reads the newest backup whole, so it is a job; so is the check."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
        open_place: Callable[[str], None] = lambda _place: None,
    ) -> None:
        """`open_place(place)`: where a line is put right."""
        super().__init__(context, work, year, parent)
        look = self.look
        self._open_place = open_place
        self.tables: TableOutlet = SystemTableOutlet()
        card = Card(look, self.tr("An toàn của sổ"), flush=True)
        self.state = IconText(look, "hourglass", self.tr("Đang xem…"), "ink2", Role.VALUE)
        card.head.insertWidget(2, self.state)
        self.go_button = secondary(look, self.tr("Tới chỗ làm"), self.go, "arrow-right")
        card.head.addWidget(self.go_button)
        self.untold_button = secondary(
            look, self.tr("Điểm khác nhật ký…"), self.show_untold, "search"
        )
        card.head.addWidget(self.untold_button)
        self.check_button = primary(look, self.tr("Kiểm tra ngay"), self.check, "shield-check")
        card.head.addWidget(self.check_button)
        self.model: RecordModel[SecurityLine] = RecordModel(
            [
                Column(self.tr("Điều"), lambda x: x.topic, role=Role.VALUE,
                       icon=lambda x: _GLYPHS[x.tone][0], tone=lambda x: _GLYPHS[x.tone][1],
                       tip=lambda x: x.topic),
                Column(self.tr("Tình trạng"), lambda x: x.state, tip=lambda x: x.state,
                       second=lambda x: x.todo),
            ],
            self,
        )  # fmt: skip
        self.table = TableView(look, self.tr("An toàn của sổ"), row_height=_ROW)
        self.table.setModel(self.model)
        self.table.set_widths({0: 250})
        self.table.activated.connect(lambda _index: self.go())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen_changed())
        card.body.addWidget(self.table, 1)
        note = self.tr(
            "Kiểm tra ngay: đọc từng trang của tệp, tính lại cả chuỗi nhật ký, thử từng chữ ký, so "
            "nhật ký với điểm đang lưu. Kết quả ghi vào nhật ký."
        )
        hint = Label(look, note, Role.CAPTION, "ink3", wrap=True)
        hint.setContentsMargins(15, 0, 15, 4)
        card.body.addWidget(hint)
        self.column.addWidget(card, 1)
        self.formulas = FormulaCard(self)
        self.column.addWidget(self.formulas)
        self._chosen_changed()

    def refresh(self) -> None:
        """Ask again, beside the window."""
        self.formulas.refresh()
        actor = self.work.session.actor
        self.context.jobs.submit(
            lambda progress: self.work.security.review(actor, progress),
            owner=self,
            lane=Lane.FILES,
            on_success=self._show,
            on_failure=self.context.commands.fail,
            quiet=True,
        )

    def check(self) -> None:
        """Kiểm tra ngay, with progress and Hủy."""
        actor = self.work.session.actor

        def done(result: CommandResult) -> None:
            self.done(result)
            problem = str(result.payload or "")
            tone = "red" if problem else "green"
            self.context.frame.toast(problem or f"{result.summary}.", tone)
            self.refresh()

        def failed(error: Exception) -> None:
            if isinstance(error, AppError):
                self.context.commands.fail(error)
            else:
                self.context.jobs.report_unexpected(error)

        run_with_progress(
            self.context.jobs, self.look, self, self.tr("Đang kiểm tra tệp và nhật ký"),
            lambda progress: self.work.security.check_now(actor, progress),
            lane=Lane.DATABASE, on_success=done, on_failure=failed,
        )  # fmt: skip

    def show_untold(self) -> None:
        """Every mark that differs from what the trail last told (M240)."""
        UntoldDialog(self.context, self.work, self.tables, self).open()

    def go(self) -> None:
        """Where the chosen line is put right."""
        line = self._chosen()
        if line is None:
            return
        if line.place == "check":
            self.check()
        elif line.place == "trail":
            self.context.open_page("trail")
        else:
            self._open_place(line.place)

    def _chosen(self) -> SecurityLine | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.record(rows[0].row()) if rows else None

    def _chosen_changed(self) -> None:
        line = self._chosen()
        self.go_button.setEnabled(line is not None and bool(line.place))

    def _show(self, lines: tuple[SecurityLine, ...]) -> None:
        chosen = self._chosen()
        self.model.set_records(lines)
        for row, line in enumerate(lines):
            if chosen is not None and line.topic == chosen.topic:
                self.table.selectRow(row)
        open_lines = [line for line in lines if line.tone is not Tone.GOOD]
        bad = sum(line.tone is Tone.BAD for line in open_lines)
        if not open_lines:
            self.state.set_state("check-disc", self.tr("không có gì phải làm"), "green")
        else:
            words = self.tr("{n} điều cần làm").format(n=len(open_lines))
            self.state.set_state("warning", words, "red" if bad else "amber")
        self._chosen_changed()
