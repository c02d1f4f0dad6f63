"""The frame of an import: a wizard whose first page asks for the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.errors import AppError
from ui.dialogs.file_dialogs import open_file
from ui.dialogs.step_wizard import StepWizard, page_with_column
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.theme.typography import Role
from ui.widgets.buttons import Button, secondary
from ui.widgets.combos import Combo
from ui.widgets.labels import ElidedLabel, Glyph, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.changes import CommandResult
    from app.importing.tables import RawSheet
    from app.workspace import Workspace
    from ui.navigation import PageContext


class ImportWizard(StepWizard):
    """Override `sheets_read`, `leave` and `finish`; the first page asks for the file."""

    writes: ClassVar[bool] = True
    """Whether the last step writes into the book; one that only compares needs no backup."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        title: str,
        note: str,
        steps: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(context.look, title, note, "excel", steps, parent)
        self.context = context
        self.work = work
        self.path: Path | None = None
        self.stack.addWidget(self._file_page())
        self.show_step(0)

    # --- for subclasses

    def sheets_read(self, sheets: list[RawSheet]) -> None:
        """The file was read; raises AppError when none of it can be used."""
        raise NotImplementedError

    @override
    def may_go_on(self, step: int) -> bool:
        """Not without a file."""
        return step > 0 or self.path is not None

    @override
    def resting_place(self) -> QWidget:
        """Until there is a file, the button that chooses one."""
        return self.choose_button

    def file_lead(self) -> str:
        """What the file should hold, over the button."""
        return ""

    def file_help(self) -> QWidget | None:
        """What helps who has no file yet, under the button."""
        return None

    def open_path(self, path: Path) -> None:
        """Read a file in a job; the wizard stays where it is when the file is refused."""
        self.say("")
        self.choose_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.choose_button.setEnabled(True)
            if isinstance(error, AppError):
                self._show_file(path, failed=True)
                self.say(error.sentence)
            else:
                self.context.jobs.report_unexpected(error)

        def succeeded(sheets: list[RawSheet]) -> None:
            self.choose_button.setEnabled(True)
            self.path = path
            if self.attempt(lambda: self.sheets_read(sheets)):
                self._show_file(path, failed=False)
                self.show_step(1)
                if self.writes:
                    self._back_up()
            else:
                self.path = None
                self._show_file(path, failed=True)
            self.refresh_buttons()

        run_with_progress(
            self.context.jobs,
            self.look,
            self,
            self.tr("Đang đọc tệp {name}").format(name=path.name),
            lambda progress: self.work.sheets.read(path),
            lane=Lane.FILES,
            on_success=succeeded,
            on_failure=failed,
            on_cancelled=lambda: self.choose_button.setEnabled(True),
        )

    # --- inside

    def _back_up(self) -> None:
        """A copy from before the import, made while the columns are looked at.

        None is needed when nothing changed since the last; a copy that fails is told and leaves the
        import to whoever does it.
        """
        backups, actor = self.work.backups, self.work.session.actor

        def made(result: CommandResult | None) -> None:
            if result is not None:
                self.context.commands.publish(result)

        self.context.jobs.submit(
            lambda progress: backups.make_at_close(actor, progress),
            owner=self,
            lane=Lane.DATABASE,
            on_success=made,
            on_failure=self.context.commands.fail,
            quiet=True,
        )

    def _show_file(self, path: Path, *, failed: bool) -> None:
        self._file_icon.set_icon("warning" if failed else "excel", "red" if failed else "green")
        self._file_name.setText(str(path))
        self.choose_button.setText(self.tr("Chọn tệp khác…"))

    def _file_page(self) -> QWidget:
        page, column = page_with_column()
        column.addWidget(Label(self.look, self.file_lead(), Role.BODY, "ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        self.choose_button: Button = secondary(
            self.look, self.tr("Chọn tệp…"), self._choose, "folder"
        )
        row.addWidget(self.choose_button)
        self._file_icon = Glyph(self.look, "", "ink3", 18)
        row.addWidget(self._file_icon)
        self._file_name = ElidedLabel(self.look, self.tr("Chưa chọn tệp"), Role.BODY, "ink2")
        row.addWidget(self._file_name, 1)
        column.addLayout(row)
        formats = self.tr("Nhận tệp .xlsx, .xls và .csv; công thức không được chạy.")
        column.addWidget(Label(self.look, formats, Role.CAPTION, "ink3"))
        aid = self.file_help()
        if aid is not None:
            column.addWidget(aid, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _choose(self) -> None:
        pattern = self.tr("Bảng tính (*.xlsx *.xlsm *.xls *.csv);;Mọi tệp (*)")
        open_file(self, self.tr("Chọn tệp để nhập"), pattern, self.open_path)


def sheet_picker(
    wizard: ImportWizard, on_picked: Callable[[object], None]
) -> tuple[QWidget, Combo]:
    """A line with the choice of the workbook's sheet."""
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(9)
    words = Label(wizard.look, wizard.tr("Trang tính"), Role.BODY, "ink3")
    combo = Combo(wizard.look, wizard.tr("Trang tính"))
    words.setBuddy(combo)
    combo.picked.connect(on_picked)
    row.addWidget(words)
    row.addWidget(combo)
    row.addStretch(1)
    return bar, combo
