"""Save a workbook where the person says, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from app.services.data_exports import ExportNote
from ui.dialogs.file_dialogs import save_file
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.presses import PlainTable
    from app.workspace import Workspace
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
        """Asks before it replaces a file."""
        save_file(parent, _tr("Xuất Excel"), _tr("Bảng tính Excel (*.xlsx)"), on_chosen, name)


def save_tables(
    context: PageContext,
    work: Workspace,
    outlet: TableOutlet,
    owner: QWidget,
    name: str,
    tables: Sequence[PlainTable],
    title: str,
) -> None:
    """Ask where, write with its entry in the trail off the window's thread, say where it lies.

    Names, marks and results only: nothing of `readmodels.roster.SENSITIVE`.
    """
    actor = work.session.actor
    note = ExportNote(title, confidential=False)

    def chosen(path: Path) -> None:
        words = _tr("Đã lưu {name} vào {folder}.")

        def saved(result: CommandResult) -> None:
            context.commands.publish(result)
            context.frame.toast(words.format(name=path.name, folder=path.parent), "green")

        context.jobs.submit(
            lambda _progress: work.exports.save(
                actor, path, work.tables.workbook(tables, title), note
            ),
            owner=owner,
            lane=Lane.DATABASE,
            on_success=saved,
            on_failure=context.commands.fail,
        )

    outlet.choose_table_file(owner, name, chosen)
