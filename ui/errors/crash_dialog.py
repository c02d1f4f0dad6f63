"""Đã có lỗi của chương trình: what is safe, where the report lies, Continue or Close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class CrashDialog(FormDialog):
    """Shown once a fault; `close_requested` when the person prefers to leave the program."""

    close_requested = Signal()

    def __init__(
        self, look: Look, report: Path | None, headline: str, parent: QWidget | None
    ) -> None:
        title = self.tr("Chương trình vừa gặp lỗi")
        super().__init__(look, title, icon="warning", parent=parent, width=560)
        said = self.tr(
            "Những ô đã báo “Đã lưu” vẫn nằm an toàn trong sổ. Việc đang làm dở vừa rồi có thể "
            "chưa được ghi; hãy xem lại ô hoặc trang đó. Thầy cô có thể làm tiếp."
        )
        self.body.addWidget(Label(look, said, Role.BODY, tone="ink2", wrap=True))
        if report is None:
            where = self.tr("Không ghi được báo cáo lỗi; có thể ổ đĩa đã đầy.")
        else:
            where = self.tr("Báo cáo lỗi (không chứa tên và điểm của học sinh): {name}").format(
                name=report.name
            )
            folder = QUrl.fromLocalFile(str(report.parent))
            self.add_foot_link(
                self.tr("Mở thư mục báo cáo"),
                lambda: QDesktopServices.openUrl(folder),
                icon="folder",
            )
        self.body.addWidget(Label(look, where, Role.CAPTION, tone="ink3", wrap=True))
        self.body.addWidget(Label(look, headline, Role.CAPTION, tone="ink3", wrap=True))
        self.body.addStretch(1)
        self.add_button(self.tr("Đóng chương trình"), self._leave, kind="secondary")
        self.add_safe_button(self.tr("Làm tiếp"), self.reject)

    def _leave(self) -> None:
        self.close_requested.emit()
        self.accept()
