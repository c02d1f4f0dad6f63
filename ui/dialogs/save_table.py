"""Save a workbook where the person says, off the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.presses import PlainTable, TablePress
    from ui.navigation import PageContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("SaveTable", text)


class TableOutlet(Protocol):
    """What asks the system where; tests answer without windows."""

    def choose_table_file(
        self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]
    ) -> None:
        """Let the person choose where to save an .xlsx called `name`."""
        ...


class SystemTableOutlet:
    """The real dialog."""

    def choose_table_file(
        self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]
    ) -> None:
        """The system's own save dialog, which asks before it replaces a file."""
        dialog = QFileDialog(parent, _tr("Xuất Excel"), name, _tr("Bảng tính Excel (*.xlsx)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def save_tables(
    context: PageContext,
    press: TablePress,
    outlet: TableOutlet,
    owner: QWidget,
    name: str,
    tables: Sequence[PlainTable],
    title: str,
) -> None:
    """Ask where, write in the FILES lane, say where it lies."""

    def chosen(path: Path) -> None:
        words = _tr("Đã lưu {name} vào {folder}.")

        def saved(_none: object) -> None:
            context.frame.toast(words.format(name=path.name, folder=path.parent), "green")

        context.jobs.submit(
            lambda _progress: press.save(path, press.workbook(tables, title)),
            owner=owner,
            lane=Lane.FILES,
            on_success=saved,
            on_failure=context.commands.fail,
        )

    outlet.choose_table_file(owner, name, chosen)
