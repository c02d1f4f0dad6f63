"""A printed paper on screen: the very bytes of the run, to read, print, save and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.errors import AppError
from ui.dialogs.entry_dialog import EntryDialog
from ui.jobs.job_runner import Lane
from ui.jobs.print_pages import print_pages
from ui.jobs.progress_dialog import run_with_progress
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.labels import Label
from ui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from app.ports import PrintRun
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext

_WIDTH = 800


class PaperDialog(EntryDialog):
    """Every way out of the program takes the same bytes that are kept in the file."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets,
        run: PrintRun | None,
        content: bytes,
        title: str,
        line: str,
        file_stem: str,
        parent: QWidget,
        again: Callable[[], None] | None = None,
    ) -> None:
        """`line` says what to do with the paper; `again()` prints another numbered run.

        `run` is None for a bản làm việc, which has no number and is not kept.
        """
        look = context.look
        note = _tr("Bản làm việc, chưa có số; không dùng để ký")
        name = f"{file_stem}-ban-lam-viec.pdf"
        if run is not None:
            note = _tr("Bản in số {number:04d}, ngày {day}").format(
                number=run.number, day=run.made_at.strftime("%d/%m/%Y, %H:%M")
            )
            name = f"{file_stem}-{run.number:04d}.pdf"
        super().__init__(
            look,
            title,
            note=note,
            icon="printer",
            parent=parent,
            width=_WIDTH,
            height=DIALOG_HEIGHT,
        )
        self._context = context
        self._work = work
        self._outlets = outlets
        self._name = name
        self._title = title if run is None else run.title
        self._content = content
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        words = Label(look, line, Role.CAPTION, "ink2")
        words.setContentsMargins(26, 9, 26, 9)
        self.body.addWidget(words)
        self.pane = PaperPane(look, self._title)
        self.body.addWidget(self.pane, 1)
        self.add_refusal_line()
        try:
            self.pane.show_bytes(content)
        except AppError as error:
            self.say(error.sentence)
        if again is not None:
            self.add_foot_link(_tr("Lập bản in mới"), self._then(again), "refresh")
        self.add_foot_widget(link(look, _tr("Mở bằng trình đọc PDF"), self.open_in_reader))
        self.add_safe_button(_tr("Đóng"), self.reject)
        self.save_button = self.add_button(
            _tr("Lưu PDF…"), self.save, kind="secondary", icon="download"
        )
        self.print_button = self.add_button(_tr("In ra giấy…"), self.print_out, icon="printer")
        self.finished.connect(self.deleteLater)

    def save(self) -> None:
        """Write the bytes to a file of the person's choice."""

        def chosen(path: Path) -> None:
            said = _tr("Đã lưu {name} vào {folder}.")
            self._context.jobs.submit(
                lambda _progress: self._work.tables.save(path, self._content),
                owner=self,
                lane=Lane.FILES,
                on_success=lambda _none: self.say(
                    said.format(name=path.name, folder=path.parent), "green"
                ),
                on_failure=self._failed,
            )

        self._outlets.choose_file(self, self._name, chosen)

    def print_out(self) -> None:
        """Ask the printer, then send the pages in a job with cancel."""

        def chosen(printer: QPrinter) -> None:
            run_with_progress(
                self._context.jobs,
                self.look,
                self,
                _tr("Đang gửi máy in"),
                lambda progress: print_pages(self._content, printer, progress),
                lane=Lane.FILES,
                on_success=lambda pages: self.say(
                    _tr("Đã gửi {n} trang tới máy in.").format(n=pages), "green"
                ),
                on_failure=self._failed,
                on_cancelled=lambda: self.say(_tr("Đã dừng gửi máy in."), "amber"),
            )

        self._outlets.choose_printer(self, self._title, self.pane.preview.pages, chosen)

    def open_in_reader(self) -> None:
        """Hand a temporary copy to the system's PDF reader."""
        try:
            self._outlets.open_in_reader(self._name, self._content)
        except AppError as error:
            self.say(error.sentence)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.say(error.sentence)
        else:
            self._context.jobs.report_unexpected(error)

    def _then(self, call: Callable[[], None]) -> Callable[[], None]:
        def close_and_call() -> None:
            self.accept()
            call()

        return close_and_call


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaperDialog", text)
