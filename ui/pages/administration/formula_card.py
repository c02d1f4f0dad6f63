"""Công thức tính: how many worked examples the program gets right, and the sheet for inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout

from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_outlets import SystemOutlets
from ui.jobs.job_runner import Lane
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from app.changes import CommandResult
    from app.services.print_keeping import Printed
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.pages.administration.section import Section


class FormulaCard(Card):
    """Asks beside the window; printing asks again."""

    def __init__(self, section: Section) -> None:
        look = section.look
        super().__init__(look, section.tr("Công thức tính"))
        self._section = section
        self.outlets: PaperOutlets = SystemOutlets()
        row = QHBoxLayout()
        row.setSpacing(14)
        self.state = IconText(look, "hourglass", section.tr("Đang tính…"), "ink2", Role.VALUE)
        row.addWidget(self.state)
        note = section.tr("Phiếu có số, để người kiểm tra đối chiếu với thông tư và ký.")
        row.addWidget(Label(look, note, Role.BODY, "ink2", wrap=True), 1)
        self.print_button = secondary(
            look, section.tr("In phiếu kiểm tra công thức…"), self.print_sheet, "printer"
        )
        row.addWidget(self.print_button)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Ask every example again."""
        section = self._section
        section.context.jobs.submit(
            lambda _progress: section.work.formulas.check(),
            owner=self,
            lane=Lane.FILES,
            on_success=self._show,
            quiet=True,
        )

    def print_sheet(self) -> None:
        """One numbered run, shown as it will be printed."""
        section = self._section
        actor = section.work.session.actor
        result = section.run(lambda: section.work.formulas.print_sheet(actor))
        if result is not None:
            self._show_paper(result)

    def _show(self, counts: tuple[int, int]) -> None:
        asked, failed = counts
        words = self._section.tr("{n} ví dụ của thông tư, {x}").format(
            n=asked,
            x=self._section.tr("{k} sai").format(k=failed)
            if failed
            else self._section.tr("đều đúng"),
        )
        if failed:
            self.state.set_state("warning", words, "red")
        else:
            self.state.set_state("check-disc", words, "green")

    def _show_paper(self, result: CommandResult) -> None:
        printed = cast("Printed", result.payload)
        section = self._section
        PaperDialog(
            section.context, section.work, self.outlets, printed.run, printed.pdf.content,
            section.tr("Phiếu kiểm tra công thức"),
            section.tr("In ra, người kiểm tra ký sau khi đối chiếu với thông tư."),
            "phieu-kiem-tra-cong-thuc", section,
        ).open()  # fmt: skip
