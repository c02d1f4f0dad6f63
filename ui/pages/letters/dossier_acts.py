"""What the buttons of Hồ sơ nộp do: each is one command of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.services.school_setup import SETTERS
from ui.dialogs.paper_dialog import PaperDialog
from ui.jobs.job_runner import Lane
from ui.pages.letters.dossier_dialogs import EnclosureDialog, HandInDialog, PlanDialog

if TYPE_CHECKING:
    from datetime import date

    from app.domain.dossiers import EnclosedPaper
    from app.domain.ids import SchoolYearId
    from app.readmodels.dossier_board import DossierBoard
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.services.print_keeping import Printed
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext
    from ui.pages.letters.page import LettersPage


class DossierActs(QObject):
    """Bound to the second part of the page."""

    def __init__(
        self, page: LettersPage, context: PageContext, work: Workspace, outlets: PaperOutlets
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._outlets = outlets
        self._board: DossierBoard | None = None

    def look_at(self) -> None:
        """Read the checklist."""
        year_id = self._year_id()
        if year_id is None:
            return
        actor = self._work.session.actor
        self._board = self._work.dossiers.board(actor, year_id)
        self._page.dossier.show_board(self._board, may_set=actor.has(*SETTERS))

    def plan(self) -> None:
        """Nơi nhận, hạn nộp."""
        year_id = self._year_id()
        if year_id is None or self._board is None:
            return
        actor = self._work.session.actor

        def save(receiver: str, due_on: date | None) -> None:
            result = self._work.dossiers.plan(actor, year_id, receiver, due_on)
            self._context.commands.publish(result)

        PlanDialog(self._context.look, self._board.dossier, save, self._page).open()

    def enclose(self) -> None:
        """What stands for the chosen part by hand."""
        year_id, line = self._year_id(), self._page.dossier.chosen()
        actor = self._work.session.actor
        if year_id is None or line is None or not actor.has(*SETTERS):
            return

        def save(paper: EnclosedPaper) -> None:
            self._context.commands.publish(self._work.dossiers.enclose(actor, year_id, paper))

        EnclosureDialog(self._context.look, line, save, self._page).open()

    def hand_in(self) -> None:
        """Ghi đã nộp."""
        year_id = self._year_id()
        if year_id is None:
            return
        actor = self._work.session.actor

        def save(on: date, how: str) -> None:
            self._context.commands.publish(self._work.dossiers.hand_in(actor, year_id, on, how))

        HandInDialog(self._context.look, self._work.clock.today(), save, self._page).open()

    def preview(self) -> None:
        """The dossier with what is there, shown where letters are shown."""
        year_id = self._year_id()
        if year_id is None:
            return
        actor = self._work.session.actor

        def show(pdf: RenderedPdf) -> None:
            self._page.show_dossier(pdf)

        self._context.jobs.submit(
            lambda _progress: self._work.dossiers.preview(actor, year_id),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=show,
            on_failure=self._context.commands.fail,
        )

    def print_dossier(self) -> None:
        """One numbered run of the whole."""
        year_id = self._year_id()
        if year_id is None:
            return
        actor = self._work.session.actor
        result = self._context.commands.run(
            lambda: self._work.dossiers.print_dossier(actor, year_id)
        )
        if result is None:
            return
        printed = cast("Printed", result.payload)
        PaperDialog(
            self._context,
            self._work,
            self._outlets,
            printed.run,
            printed.pdf.content,
            self.tr("Hồ sơ sổ điểm điện tử"),
            self.tr(
                "Đúng tệp đã lưu trong sổ. In ra, kèm giấy tờ ở các trang nêu tên, hiệu trưởng ký, "
                "đóng dấu, đóng thành cuốn."
            ),
            "ho-so-so-diem",
            self._page,
        ).open()

    def _year_id(self) -> SchoolYearId | None:
        return self._page.years.year_id
