"""The frame of an import: steps at the top, one page a step, nothing written before the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import AppError
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.file_dialogs import open_file
from ui.jobs.job_runner import Lane
from ui.jobs.progress_dialog import run_with_progress
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH
from ui.theme.typography import Role
from ui.widgets.buttons import Button, secondary
from ui.widgets.cards import hairline
from ui.widgets.combos import Combo
from ui.widgets.labels import ElidedLabel, Glyph, Label
from ui.widgets.steps import Step, StepRow, StepState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.importing.tables import RawSheet
    from app.workspace import Workspace
    from ui.navigation import PageContext


class ImportWizard(EntryDialog):
    """Override `sheets_read`, `leave` and `accept_import`; steps are pages of the stack.

    `leave(step)` prepares the next page and raises `AppError` to stay; its sentence is shown in
    the dialog. Enter never accepts.
    """

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        title: str,
        note: str,
        steps: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(
            context.look, title, note=note, icon="excel", parent=parent,
            width=DIALOG_WIDTH, height=DIALOG_HEIGHT,
        )  # fmt: skip
        self.context = context
        self.work = work
        self.path: Path | None = None
        self._titles = tuple(steps)
        self._stepper = StepRow(self.look)
        self.body.setSpacing(10)
        self.body.addWidget(self._stepper)
        self.body.addWidget(hairline())
        self.stack = _Pages()
        self.body.addWidget(self.stack, 1)
        self.add_refusal_line()
        self.back_button = self.add_foot_link(self.tr("Quay lại"), self.back, "arrow-left")
        self.cancel_button = self.add_safe_button(self.tr("Để sau"), self.reject)
        self.next_button = self.add_button(self.tr("Tiếp tục"), self.forward)
        self.stack.addWidget(self._file_page())
        self.finished.connect(self.deleteLater)
        self._show_step(0)

    # --- for subclasses

    def sheets_read(self, sheets: list[RawSheet]) -> None:
        """The file was read; raises AppError when none of it can be used."""
        raise NotImplementedError

    def leave(self, step: int) -> None:
        """Check the page of `step` and fill the next one."""
        raise NotImplementedError

    def accept_import(self) -> None:
        """The last button: one command."""
        raise NotImplementedError

    def action_words(self, step: int) -> str:
        """What the filled button of a step says."""
        return self.tr("Tiếp tục")

    def may_go_on(self, step: int) -> bool:
        """Whether the filled button of a step is enabled."""
        return step > 0 or self.path is not None

    # --- steps

    @property
    def step(self) -> int:
        """Number of the page shown, from 0."""
        return self.stack.currentIndex()

    def forward(self) -> None:
        """Leave the page, or do the import on the last one."""
        if self.step == len(self._titles) - 1:
            self.attempt(self.accept_import)
        elif self.attempt(lambda: self.leave(self.step)):
            self._show_step(self.step + 1)

    def back(self) -> None:
        """One page back; nothing was written, so nothing is undone."""
        self.say("")
        self._show_step(max(0, self.step - 1))

    def refresh_buttons(self) -> None:
        """After something on the page changed what the filled button may do."""
        self.next_button.setText(self.action_words(self.step))
        self.next_button.setEnabled(self.may_go_on(self.step))

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
                self._show_step(1)
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

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        states = [
            StepState.DONE if at < step else StepState.HALF if at == step else StepState.TODO
            for at in range(len(self._titles))
        ]
        self._stepper.set_steps(
            [Step(title, state) for title, state in zip(self._titles, states, strict=True)]
        )
        self.back_button.setVisible(step > 0)
        self.refresh_buttons()
        # Enter turns the pages; the last one writes, so it takes the space bar or the mouse.
        self.next_button.pressed_by_enter = step < len(self._titles) - 1
        goal = self.next_button if self.next_button.isEnabled() else self.choose_button
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

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
        column.addStretch(1)
        return page

    def file_lead(self) -> str:
        """What the file should hold, over the button."""
        return ""

    def _choose(self) -> None:
        pattern = self.tr("Bảng tính (*.xlsx *.xlsm *.xls *.csv);;Mọi tệp (*)")
        open_file(self, self.tr("Chọn tệp để nhập"), pattern, self.open_path)


class _Pages(QStackedWidget):
    """Takes the room there is: its pages scroll inside, so none may stretch the dialog's body."""

    @override
    def hasHeightForWidth(self) -> bool:
        """A wrapped label in one page must not size all of them."""
        return False

    @override
    def sizeHint(self) -> QSize:
        """Little; the layout stretches it."""
        return QSize(400, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        """The same, whatever the pages would like."""
        return QSize(400, 200)


def page_with_column() -> tuple[QWidget, QVBoxLayout]:
    """An empty page of the stack and its column."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return page, column


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
