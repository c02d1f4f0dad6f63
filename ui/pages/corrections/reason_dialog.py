"""Asks one reason before a case ends: refused, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.entry_dialog import EntryDialog
from ui.widgets.fields import LabelledField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class ReasonDialog(EntryDialog):
    """`act(reason)` is called once a reason is typed; an AppError is said under the field."""

    def __init__(
        self,
        look: Look,
        title: str,
        label: str,
        help_text: str,
        action: str,
        act: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(look, title, icon="pencil", parent=parent, width=520)
        self._act = act
        self.reason = TextField(look, label)
        self._line = self.add_field(LabelledField(look, label, self.reason, help_text))
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(action, self._try, kind="danger")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)
        self.reason.setFocus()

    def error(self) -> str:
        """What is said under the field."""
        return self._line.error()

    def _try(self) -> None:
        reason = self.reason.text()
        if not reason.strip():
            self.mark(self._line, self.tr("Chưa ghi lý do; hãy ghi để người đọc hồ sơ hiểu."))
            self.reason.setFocus()
            return
        if self.attempt(lambda: self._act(reason), self._line):
            self.accept()
