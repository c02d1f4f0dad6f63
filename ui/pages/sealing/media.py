"""The media of a year: their minutes, and the judgement of any medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.printing import Printed
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.sealing.dialogs import MinutesDialog, VerdictDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.domain.ids import PrintRunId, SchoolYearId
    from app.media import VerifyReport
    from app.ports import SealRecord
    from app.services.sealing_papers import SealingOccasion
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.sealing.page import SealingPage


class MediaPresenter(QObject):
    """`began` remembers when each copy of this session was started, for its minutes."""

    def __init__(
        self,
        page: SealingPage,
        context: PageContext,
        work: Workspace,
        choose_folder: Callable[[QWidget, str, Callable[[Path], None]], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._choose_folder = choose_folder
        self._year_id: SchoolYearId | None = None
        self.seals: tuple[SealRecord, ...] = ()
        self.began: dict[int, datetime] = {}

    def load(self, year_id: SchoolYearId) -> None:
        """Read the copies of a year."""
        self._year_id = year_id
        found = self._context.commands.ask(lambda: self._work.sealing.seals(year_id))
        self.seals = found or ()
        self._page.show_seals(self.seals)

    def print_minutes(self, record: SealRecord | None, at: QWidget) -> None:
        """Ask the place, then make the numbered minutes; a refusal points at `at`."""
        year_id = self._year_id
        if record is None or year_id is None:
            return
        actor = self._work.session.actor

        def wanted(occasion: SealingOccasion) -> None:
            result = self._context.commands.run(
                lambda: self._work.printing.print_sealing_minutes(
                    actor, year_id, record.copy_no, occasion
                ),
                at=Anchor(at) if at.isVisible() else None,
            )
            if result is None or not isinstance(result.payload, Printed):
                return
            run = result.payload.run
            show = (self.tr("Xem và gửi máy in"), lambda: self._open_run(run.id))
            words = self.tr("Đã lập biên bản, bản in số {n}.").format(n=f"{run.number:04d}")
            self._context.frame.toast(words, "green", show)

        began = self.began.get(record.copy_no)
        MinutesDialog(self._context.look, self._page, record.copy_no, began, wanted).open()

    def check_medium(self) -> None:
        """Judge any medium, byte by byte, in a job; compared with the key this file knows."""

        def chosen(folder: Path) -> None:
            run_with_progress(
                self._context.jobs,
                self._context.look,
                self._page,
                self.tr("Đang đọc ổ"),
                lambda progress: self._work.check_medium(folder, self._known_key(folder), progress),
                lane=Lane.FILES,
                on_success=self._judged,
                on_failure=self._context.commands.fail,
            )

        self._choose_folder(
            self._page, self.tr("Chọn gói niêm phong, hoặc ổ chỉ chứa một gói"), chosen
        )

    def _known_key(self, folder: Path) -> str | None:
        """The key of the copy of that name, else the only key of the year."""
        named = [seal.fingerprint for seal in self.seals if seal.bag_name == folder.name]
        keys = {seal.fingerprint for seal in self.seals}
        return named[0] if named else next(iter(keys)) if len(keys) == 1 else None

    def _judged(self, report: VerifyReport) -> None:
        VerdictDialog(self._context.look, self._page, report).open()

    def _open_run(self, run_id: PrintRunId) -> None:
        self._context.open_page("printing", run_id=run_id)
