"""A working copy to read; nothing of it is kept or numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.form_dialog import FormDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class PreviewDialog(FormDialog):
    """Shows the bytes of a PDF."""

    def __init__(self, look: Look, title: str, content: bytes, parent: QWidget) -> None:
        super().__init__(look, title, icon="eye", parent=parent, width=800, height=DIALOG_HEIGHT)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.pane = PaperPane(look, title)
        self.body.addWidget(self.pane, 1)
        self.pane.show_bytes(content)
        close = QCoreApplication.translate("PreviewDialog", "Đóng")
        self.add_safe_button(close, self.reject)
        self.finished.connect(self.deleteLater)
