"""Decisions of Niêm phong: how far the seal is, which drive may take it, what a medium holds."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.changes import CommandResult
from app.domain.roles import Role
from app.errors import AppError, RuleRefused
from app.media import DriveFacts, permit_drive
from app.services.sealing import OpenItem, OpenWork, Sealed, SealReadiness
from ui.jobs.job_runner import Job, Lane
from ui.pages.sealing.drive_view import DriveLine
from ui.pages.sealing.folders import MediumFolders
from ui.pages.sealing.media import MediaPresenter
from ui.pages.sealing.progress_state import SealProgress

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.ids import SchoolYearId
    from app.ports import SealRecord
    from app.progress import Progress
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.sealing.folders import ChooseFolder
    from ui.pages.sealing.page import SealingPage


class Stage(Enum):
    """Where the wizard stands."""

    READY = "ready"
    DRIVE = "drive"
    WRITING = "writing"
    RESULT = "result"


class SealingPresenter(QObject):
    """Everything slow is a job; nothing is recorded before the medium was proved."""

    def __init__(
        self,
        page: SealingPage,
        context: PageContext,
        work: Workspace,
        choose_folder: ChooseFolder,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self.folders = MediumFolders(page, context, work, choose_folder)
        self.media = MediaPresenter(page, context, work, self.folders)
        self.stage = Stage.READY
        self.ready: SealReadiness | None = None
        self.progress = SealProgress()
        self.record: SealRecord | None = None
        self._job: Job | None = None
        self._looking: Job | None = None
        self._extra: list[DriveFacts] = []
        self._year_id: SchoolYearId | None = None

    # --- year and readiness

    def start(self) -> None:
        """Read the years; look at the one chosen."""
        self._page.years.load()
        self._year_id = self._page.years.year_id
        self.look()

    def choose_year(self) -> None:
        """The year of the top bar, unless a seal is being written."""
        if self.stage is Stage.WRITING:
            if self._year_id is not None:
                self._page.years.show_year(self._year_id)
            return
        self._year_id = self._page.years.year_id
        self._go(Stage.READY)
        self.look()

    @property
    def year_words(self) -> str:
        """The chosen year as paper writes it: 2026–2027."""
        years = self._page.years.years
        found = (year.name for year in years if year.id == self._year_id)
        return next(found, "").replace("-", "–")

    def look(self) -> None:
        """See what is still open, in a job: every class book is compared with its print."""
        year_id = self._year_id
        if year_id is None:
            self._page.show_nothing()
            return
        self.media.load(year_id)
        self.ready = None
        if self._looking is not None:
            self._looking.cancel()
        self._page.show_stage()
        self._looking = self._context.jobs.submit(
            lambda _progress: self._work.sealing.readiness(year_id),
            owner=self._page,
            lane=Lane.DATABASE,
            on_success=lambda ready: self._looked(year_id, ready),
            on_failure=self._context.commands.fail,
        )

    def open_item(self, item: OpenItem) -> None:
        """Go where an open thing is done."""
        ways: dict[OpenWork, tuple[str, dict[str, Any]]] = {
            OpenWork.CLASSES: ("administration", {}),
            OpenWork.CLOSE: ("lock_control", {"class_id": item.class_id}),
            OpenWork.RESULTS: ("results", {"class_id": item.class_id, "tab": "lists"}),
            OpenWork.PRINT: ("printing", {"class_id": item.class_id, "scope": "CN"}),
            OpenWork.PAPER: ("printing", {"tab": "papers", "run_id": item.run_id}),
            OpenWork.CORRECTION: ("corrections", {"case_id": item.correction_id}),
        }
        page_id, where = ways[item.kind]
        if not self._context.open_page(page_id, **where):
            self._context.frame.toast(
                self.tr("Trang ấy không thuộc quyền của tài khoản này; hãy đổi người dùng (F12)."),
                "amber",
            )

    # --- drives

    def principals(self) -> list[tuple[str, str]]:
        """Who may sign: (uid, words)."""
        return [
            (account.uid, f"{account.full_name}, {Role.PRINCIPAL.label.lower()}")
            for account in self._work.accounts.all()
            if Role.PRINCIPAL.value in account.roles and account.disabled_on is None
        ]

    def to_drives(self) -> None:
        """Step 2."""
        self._page.drives.set_principals(self.principals())
        self._page.drives.allow_supplement(bool(self.media.seals))
        self._go(Stage.DRIVE)
        self.refresh_drives()

    def refresh_drives(self) -> None:
        """Ask the system for its drives, in a job."""
        self._context.jobs.submit(
            lambda _progress: self._work.sealing.drives(),
            owner=self._page,
            lane=Lane.FILES,
            on_success=self._show_drives,
            on_failure=self._context.commands.fail,
        )

    def choose_other(self) -> None:
        """A folder of a drive the list does not show."""

        def chosen(folder: Path) -> None:
            if self._page.drives.disc is not None:
                self._page.drives.set_folder(folder)
                return
            facts = self._context.commands.ask(lambda: self._work.sealing.drive_at(folder))
            if facts is not None:
                self._extra = [facts]
                self.refresh_drives()

        if self._page.drives.disc is not None:
            self.folders.anywhere(self.tr("Chọn thư mục nhận ảnh đĩa"), chosen)
            return
        title = self.tr("Chọn thư mục trên ổ sẽ niêm phong")
        self.folders.on_medium(title, self.media.seals, chosen)

    def _show_drives(self, found: list[DriveFacts]) -> None:
        mounts = {facts.mount for facts in self._extra}
        drives = [*self._extra, *(facts for facts in found if facts.mount not in mounts)]
        self._page.drives.show_drives([DriveLine(f, self._refusal(f)) for f in drives])

    def _refusal(self, facts: DriveFacts) -> str:
        try:
            permit_drive(facts, 0 if self.ready is None else self.ready.bytes)
        except RuleRefused as refused:
            return refused.sentence
        return ""

    # --- the seal

    def seal(self) -> None:
        """Prove the principal, then write, read back and record, all in one job."""
        view, year_id = self._page.drives, self._year_id
        line, disc, folder = view.chosen(), view.disc, view.folder
        if year_id is None or not view.is_complete() or self._job is not None:
            return
        uid, password = view.decider.uid, view.decider.password.text()
        witnesses, keeper = view.witnesses.text(), view.keeper.text()
        supplement = view.supplement
        secret = self._work.session.backups if view.confidential.isChecked() else None
        view.decider.forget()
        self.progress = SealProgress()
        self.media.began[len(self.media.seals) + 1] = self._work.clock.now()

        def work(progress: Progress) -> CommandResult:
            signer = self._work.decide(uid, password).signer
            if disc is not None and folder is not None:
                return self._work.discs.seal(
                    signer,
                    year_id,
                    folder,
                    disc,
                    witnesses,
                    keeper,
                    progress,
                    confidential=secret,
                )
            if line is None:
                raise ValueError("a complete form names a drive or a folder")
            if supplement:
                return self._work.supplements.seal(
                    signer, year_id, line.facts.mount, supplement, witnesses, keeper, progress
                )
            return self._work.sealing.seal(
                signer,
                year_id,
                line.facts.mount,
                witnesses,
                keeper,
                progress,
                confidential=secret,
            )

        if disc is None and line is not None:
            self.folders.use(line.facts.mount)
        where = str(folder) if disc is not None or line is None else line.facts.name
        self._page.writing.begin(where)
        self._go(Stage.WRITING)
        self._job = self._context.jobs.submit(
            work,
            owner=self._page,
            lane=Lane.DATABASE,
            on_progress=self._on_progress,
            on_success=self._sealed,
            on_failure=self._not_sealed,
            on_cancelled=self._cancelled,
            on_settled=self._settled,
        )

    def stop(self) -> None:
        """Hủy: the writer stops at its next block and leaves no bag."""
        if self._job is not None:
            self._job.cancel()
            self._page.writing.show_stopping()
            self._page.stop_button.setEnabled(False)

    def may_leave(self) -> bool:
        """Not while a medium is written: its ending must be seen, and said on paper."""
        if self.stage is not Stage.WRITING:
            return True
        self._context.frame.toast(
            self.tr("Đang niêm phong; hãy chờ xong hoặc bấm “Dừng niêm phong” rồi rời trang."),
            "amber",
        )
        return False

    def again(self) -> None:
        """Another copy of the same year."""
        self._go(Stage.READY)
        self.look()

    def _on_progress(self, done: int, total: int, note: str) -> None:
        phase = self.progress.phase
        self.progress.feed(done, total, time.monotonic())
        self._page.writing.show_state(self.progress, note)
        if self.progress.phase is not phase:
            self._page.show_steps()

    def _sealed(self, result: CommandResult) -> None:
        self._context.commands.publish(result, self._page)
        sealed = result.payload if isinstance(result.payload, tuple) else (result.payload,)
        records = [one.record for one in sealed if isinstance(one, Sealed)]
        if records:
            self.record = records[0]
            self._page.result.show_record(self.record)
            self.media.load(self.record.school_year_id)
        self._go(Stage.RESULT)

    def _not_sealed(self, error: Exception) -> None:
        self._go(Stage.DRIVE)
        if isinstance(error, AppError) and error.code == "not_ready":
            self._go(Stage.READY)
            self.look()
        self._context.commands.fail(error)
        self.refresh_drives()

    def _cancelled(self) -> None:
        self._go(Stage.DRIVE)
        self._context.frame.toast(
            self.tr("Đã dừng; ổ không có gói mới và sổ chưa ghi lần niêm phong nào."), "amber"
        )
        self.refresh_drives()

    def _settled(self) -> None:
        self._job = None

    # --- inside

    def on_changed(self, result: CommandResult) -> None:
        """Closes, prints and cases change what is open; not while a seal is written."""
        if self.stage is Stage.READY and self._page.isVisible():
            self.look()
        elif self.stage is Stage.READY:
            self.ready = None

    def on_shown(self) -> None:
        """The page is looked at again after something changed meanwhile."""
        if self.stage is Stage.READY and self.ready is None:
            self.look()

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        self._page.show_stage()

    def _looked(self, year_id: SchoolYearId, ready: SealReadiness) -> None:
        if year_id == self._year_id:
            self.ready = ready
            self._page.show_stage()
