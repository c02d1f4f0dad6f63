"""Asks for the decision behind a form's new settings; what changes is read before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.dialogs.entry_dialog import EntryDialog
from ui.pages.administration.decision_row import DecisionRow
from ui.theme.typography import Role
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.services.rule_book import RuleAct
    from ui.theme.look import Look


class FormDecisionDialog(EntryDialog):
    """Áp dụng mẫu đã chỉnh."""

    def __init__(
        self,
        look: Look,
        title: str,
        changed: Sequence[tuple[str, str, str]],
        today: date,
        save: Callable[[RuleAct], None],
        parent: QWidget,
    ) -> None:
        """`changed`: what, old, new; `save(act)` writes and raises AppError when it may not."""
        super().__init__(
            look, _tr("Áp dụng mẫu đã chỉnh"), note=title, icon="file", parent=parent, width=640
        )
        self._save = save
        for what, old, new in changed:
            self.body.addWidget(Label(look, f"• {what}: {old} → {new}", Role.BODY, wrap=True))
        said = _tr("Bản in từ ngày áp dụng theo mẫu này. Bản đã in giữ nguyên.")
        self.body.addWidget(Label(look, said, Role.CAPTION, "ink2", wrap=True))
        self.decision = DecisionRow(look, today)
        self.body.addWidget(self.decision)
        self.note = TextField(look, _tr("Ghi chú"))
        self.add_field(LabelledField(look, _tr("Ghi chú (không bắt buộc)"), self.note))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(_tr("Để sau"), self.reject)
        self.save_button = self.add_button(_tr("Áp dụng mẫu này"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)

    def _submit(self) -> None:
        if self.attempt(lambda: self._save(self.decision.act(self.note.text()))):
            self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("FormDecisionDialog", text)
