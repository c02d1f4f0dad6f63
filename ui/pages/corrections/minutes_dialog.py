"""Biên bản sửa điểm: the very bytes of the printed run, to read, print, save and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.paper_dialog import PaperDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ports import PrintRun
    from app.workspace import Workspace
    from ui.dialogs.paper_outlets import PaperOutlets
    from ui.navigation import PageContext


class MinutesDialog(PaperDialog):
    """The paper of one case."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        outlets: PaperOutlets,
        run: PrintRun,
        content: bytes,
        again: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """`again()` prints another numbered run after this dialog has closed."""
        title = parent.tr("Biên bản sửa điểm")
        line = parent.tr(
            "Đúng tệp đã lưu trong sổ. In ra, mọi người ký rồi lưu cùng hồ sơ của năm."
        )
        stem = "bien-ban-sua-diem"
        super().__init__(context, work, outlets, run, content, title, line, stem, parent, again)
