"""Disk, drive or file failed: what is safe, what to do, and try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.errors import EnvironmentProblem
    from ui.theme.look import Look


class ProblemDialog(FormDialog):
    """The sentence of an `EnvironmentProblem`, with Thử lại when trying again makes sense."""

    def __init__(
        self,
        look: Look,
        problem: EnvironmentProblem,
        retry: Callable[[], None] | None,
        parent: QWidget,
    ) -> None:
        title = self.tr("Máy chưa làm được việc này")
        super().__init__(look, title, icon="warning", parent=parent, width=520)
        self._retry_call = retry
        self.body.addWidget(Label(look, problem.sentence, Role.BODY, wrap=True))
        safe = self.tr("Những ô đã báo “Đã lưu” trước đó vẫn nằm an toàn trong sổ.")
        self.body.addWidget(Label(look, safe, Role.CAPTION, "ink3", wrap=True))
        self.body.addStretch(1)
        self.finished.connect(self.deleteLater)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        if retry is not None:
            self.add_button(self.tr("Thử lại"), self._retry, icon="refresh")

    def _retry(self) -> None:
        self.accept()
        if self._retry_call is not None:
            self._retry_call()
