"""The media of a year: their minutes, and the judgement of any medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import Topic
from app.media import VerifyVerdict
from app.services.media_register import Rechecked
from app.services.printing import Printed
from ui.errors.messages import Anchor
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.pages.sealing.dialogs import MinutesDialog, VerdictDialog
from ui.pages.sealing.medium_dialog import MediumActs, MediumDialog
from ui.pages.sealing.register_dialogs import (
    PlaceDialog,
    RegisterWriter,
    ResealDialog,
    UnsealDialog,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.domain.ids import PrintRunId, SchoolYearId
    from app.media import VerifyReport
    from app.ports import SealRecord
    from app.services.media_register import Medium
    from app.services.sealing_papers import SealingOccasion
    from app.workspace import Workspace
    from ui.navigation import PageContext
    from ui.pages.sealing.folders import MediumFolders
    from ui.pages.sealing.page import SealingPage


class MediaPresenter(QObject):
    """`began` remembers when each copy of this session was started, for its minutes."""

    def __init__(
        self,
        page: SealingPage,
        context: PageContext,
        work: Workspace,
        folders: MediumFolders,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._folders = folders
        self._year_id: SchoolYearId | None = None
        self.media: tuple[Medium, ...] = ()
        self.began: dict[int, datetime] = {}

    def load(self, year_id: SchoolYearId) -> None:
        """Read the copies of a year and what the register says of them."""
        self._year_id = year_id
        found = self._context.commands.ask(lambda: self._work.media.of_year(year_id))
        self.media = found or ()
        self._page.show_media(self.media)
        late = self._context.commands.ask(self._work.media.due) or ()
        words = [
            self.tr("bản {n} năm học {year}").format(n=one.record.copy_no, year=year)
            for year, one in late
        ]
        self._page.show_late("; ".join(words))

    @property
    def seals(self) -> tuple[SealRecord, ...]:
        """The records of the copies."""
        return tuple(medium.record for medium in self.media)

    def open_register(self, medium: Medium | None) -> None:
        """Sổ theo dõi of one copy, with what can be written into it."""
        if medium is not None:
            MediumDialog(self._context.look, self._page, medium, self._acts(medium)).open()

    def _acts(self, medium: Medium) -> MediumActs:
        return MediumActs(
            check=lambda: self._recheck(medium),
            cover=lambda: self._print_cover(medium),
            place=lambda: PlaceDialog(
                self._context.look, self._page, medium, self._writer(medium)
            ).open(),
            unseal=lambda: UnsealDialog(
                self._context.look, self._page, medium, self._writer(medium)
            ).open(),
            reseal=lambda: ResealDialog(
                self._context.look, self._page, medium, self._writer(medium)
            ).open(),
        )

    def _print_cover(self, medium: Medium) -> None:
        record, actor = medium.record, self._work.session.actor
        self._print(
            lambda: self._work.media_papers.print_cover(
                actor, record.school_year_id, record.copy_no
            ),
            self.tr("Đã lập nhãn và bìa, bản in số {n}."),
            None,
        )

    def _writer(self, medium: Medium) -> RegisterWriter:
        """What the small dialogs call; they show a refusal themselves."""
        book, actor = self._work.media, self._work.session.actor
        year_id, copy_no = medium.record.school_year_id, medium.record.copy_no

        def told(result: CommandResult) -> None:
            self._context.commands.publish(result, self._page)
            self.load(year_id)

        return RegisterWriter(
            place=lambda keeper, place, day: told(
                book.place(actor, year_id, copy_no, keeper, place, day)
            ),
            unseal=lambda by: told(book.unseal(actor, year_id, copy_no, by)),
            reseal=lambda people, note: told(book.reseal(actor, year_id, copy_no, people, note)),
        )

    def _recheck(self, medium: Medium) -> None:
        """Read every byte of this copy and file the result."""
        record, actor = medium.record, self._work.session.actor

        def chosen(folder: Path) -> None:
            run_with_progress(
                self._context.jobs,
                self._context.look,
                self._page,
                self.tr("Đang đọc bản {n}").format(n=record.copy_no),
                lambda progress: self._work.media.recheck(
                    actor, record.school_year_id, record.copy_no, folder, progress
                ),
                lane=Lane.DATABASE,
                on_success=filed,
                on_failure=self._context.commands.fail,
            )

        def filed(result: CommandResult) -> None:
            self._context.commands.publish(result, self._page)
            self.load(record.school_year_id)
            if isinstance(result.payload, Rechecked):
                self._judged(result.payload.report)

        title = self.tr("Chọn ổ hoặc đĩa của bản {n}").format(n=record.copy_no)
        self._folders.on_medium(title, [record], chosen)

    def print_minutes(self, record: SealRecord | None, at: QWidget) -> None:
        """Ask the place, then make the numbered minutes; a refusal points at `at`."""
        year_id = self._year_id
        if record is None or year_id is None:
            return
        actor = self._work.session.actor

        def wanted(occasion: SealingOccasion) -> None:
            self._print(
                lambda: self._work.printing.print_sealing_minutes(
                    actor, year_id, record.copy_no, occasion
                ),
                self.tr("Đã lập biên bản, bản in số {n}."),
                Anchor(at) if at.isVisible() else None,
            )

        began = self.began.get(record.copy_no)
        known = (m.history.place for m in self.media if m.record.copy_no == record.copy_no)
        place = next(known, "")
        MinutesDialog(self._context.look, self._page, record.copy_no, began, place, wanted).open()

    def _print(self, act: Callable[[], CommandResult], words: str, anchor: Anchor | None) -> None:
        result = self._context.commands.run(act, at=anchor)
        if result is None or not isinstance(result.payload, Printed):
            return
        if Topic.SEALS in result.topics and self._year_id is not None:
            self.load(self._year_id)
        run = result.payload.run
        show = (self.tr("Xem và gửi máy in"), lambda: self._open_run(run.id))
        self._context.frame.toast(words.format(n=f"{run.number:04d}"), "green", show)

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

        title = self.tr("Chọn gói niêm phong, hoặc ổ chỉ chứa một gói")
        self._folders.on_medium(title, self.seals, chosen)

    def _known_key(self, folder: Path) -> str | None:
        """The key of the copy of that name, else the only key of the year."""
        named = [seal.fingerprint for seal in self.seals if seal.bag_name == folder.name]
        keys = {seal.fingerprint for seal in self.seals}
        return named[0] if named else next(iter(keys)) if len(keys) == 1 else None

    def _judged(self, report: VerifyReport) -> None:
        mend = (lambda: self._repair(report)) if report.verdict is VerifyVerdict.DAMAGED else None
        VerdictDialog(self._context.look, self._page, report, mend).open()

    def _repair(self, report: VerifyReport) -> None:
        """Mend a copy: from the medium itself, or with another copy when that is not enough."""

        def with_other(other: Path | None) -> None:
            title = self.tr("Chọn thư mục nhận bản phục hồi (không phải ổ hỏng)")
            self._folders.anywhere(title, lambda into: self._mend(report, into, other))

        if report.repairable:
            with_other(None)
            return
        title = self.tr("Chọn một bản niêm phong khác của năm học này")
        self._folders.on_medium(title, self.seals, with_other)

    def _mend(self, report: VerifyReport, into: Path, other: Path | None) -> None:
        out = into / report.path.name
        key = report.fingerprint if report.fingerprint_matches else None
        run_with_progress(
            self._context.jobs,
            self._context.look,
            self._page,
            self.tr("Đang phục hồi"),
            lambda progress: self._work.repair_medium(report.path, out, other, key, progress),
            lane=Lane.FILES,
            on_success=lambda mended: self._context.frame.toast(
                self.tr("Đã phục hồi đủ vào {place}; hãy chép bản ấy ra ổ mới.").format(
                    place=str(mended.out)
                ),
                "green",
            ),
            on_failure=self._context.commands.fail,
        )

    def _open_run(self, run_id: PrintRunId) -> None:
        self._context.open_page("printing", run_id=run_id)
