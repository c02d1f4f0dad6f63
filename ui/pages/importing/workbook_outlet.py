"""An Excel table to a file of the person's choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.file_dialogs import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.services.data_exports import ExportNote
    from app.workspace import Workspace
    from ui.navigation import PageContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkbookOutlet", text)


def ask_and_save(
    context: PageContext,
    work: Workspace,
    parent: QWidget,
    name: str,
    make: Callable[[], bytes],
    note: ExportNote,
) -> None:
    """Ask where, then `save_workbook`; nothing happens on a cancel."""
    save_file(
        parent,
        _tr("Lưu ra Excel"),
        _tr("Bảng tính Excel (*.xlsx)"),
        lambda path: save_workbook(context, work, path, make, note),
        name,
    )


def save_workbook(
    context: PageContext,
    work: Workspace,
    path: Path,
    make: Callable[[], bytes],
    note: ExportNote,
) -> bool:
    """Write the table, tell the trail and say so; a refusal is said where refusals are said."""
    actor = work.session.actor
    done = context.commands.run(lambda: work.exports.save(actor, path, make(), note))
    saved = done is not None
    if saved:
        context.frame.toast(_tr("Đã lưu {name}").format(name=path.name), "green")
    return saved
