"""The manual over a gate, where no page can be opened yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog
from ui.pages.help.view import HelpView
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class HelpDialog(FormDialog):
    """Nothing to print before somebody is signed in: whoever stands there only reads."""

    def __init__(self, look: Look, chapter_id: str, parent: QWidget) -> None:
        super().__init__(
            look,
            self.tr("Trợ giúp"),
            icon="help",
            parent=parent,
            width=DIALOG_WIDTH,
            height=DIALOG_HEIGHT,
        )
        self.view = HelpView(look)
        self.view.print_button.hide()
        self.view.show_chapter(chapter_id)
        self.body.addWidget(self.view, 1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
