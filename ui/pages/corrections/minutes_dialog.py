"""Biên bản sửa điểm: the very bytes of the printed run, to read, save and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from ui.dialogs.form_dialog import FormDialog
from ui.theme.tokens import DIALOG_HEIGHT
from ui.theme.typography import Role
from ui.widgets.labels import Label
from ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ports import PrintRun
    from ui.theme.look import Look

_WIDTH = 760
_FURNITURE = 168
"""Head, foot and the line over the paper, logical pixels."""


class MinutesDialog(FormDialog):
    """`save(content, name)` puts the bytes where the person says; `again` prints another run."""

    def __init__(
        self,
        look: Look,
        run: PrintRun,
        content: bytes,
        save: Callable[[bytes, str, QWidget], None],
        again: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            look,
            self.tr("Biên bản sửa điểm"),
            note=self.tr("Bản in số {number:04d}, ngày {day}").format(
                number=run.number, day=run.made_at.strftime("%d/%m/%Y, %H:%M")
            ),
            icon="printer",
            parent=parent,
            width=_WIDTH,
            height=DIALOG_HEIGHT,
        )
        self.preview = PdfPreview(look, run.title)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        line = Label(
            look,
            self.tr(
                "Đây là đúng tệp đã lưu trong sổ; in ra, mọi người ký rồi lưu cùng hồ sơ của năm."
            ),
            Role.CAPTION,
            "ink2",
        )
        line.setContentsMargins(26, 9, 26, 9)
        self.body.addWidget(line)
        self.preview.setMinimumHeight(DIALOG_HEIGHT - _FURNITURE)
        self.body.addWidget(self.preview, 1)
        try:
            self.preview.show_bytes(content)
        except AppError as error:
            self.preview.hide()
            self.body.addWidget(Label(look, error.sentence, Role.BODY, "red", wrap=True))
        self.add_foot_link(self.tr("Lập bản in mới"), self._then(again), "refresh")
        self.add_safe_button(self.tr("Đóng"), self.reject)
        name = f"bien-ban-sua-diem-{run.number:04d}.pdf"
        self.save_button = self.add_button(
            self.tr("Lưu PDF để in…"), lambda: save(content, name, self), icon="download"
        )
        self.finished.connect(self.deleteLater)

    def _then(self, call: Callable[[], None]) -> Callable[[], None]:
        def close_and_call() -> None:
            self.accept()
            call()

        return close_and_call
