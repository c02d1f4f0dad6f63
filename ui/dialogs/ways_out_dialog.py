"""A book that does not open and shows no names: why, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class WaysOutDialog(FormDialog):
    """The sentence of the refusal, then: the last good backup, salvage, or later.

    Without `on_salvage` there is nothing to read any more: the file is gone.
    """

    def __init__(
        self,
        look: Look,
        sentence: str,
        on_restore: Callable[[], None],
        on_salvage: Callable[[], None] | None,
        parent: QWidget,
    ) -> None:
        title = parent.tr("Sổ chưa mở được")
        super().__init__(look, title, icon="warning", parent=parent, width=640)
        self.sentence = sentence
        self.body.addWidget(Label(look, sentence, Role.VALUE, wrap=True))
        words = self.tr(
            "Có bản sao lưu tốt thì khôi phục bản ấy; xem trước được sẽ mất gì. Không có, hoặc bản "
            "sao lưu đã cũ, thì cứu những gì còn đọc được sang tệp mới. Tệp đang có được giữ "
            "nguyên."
        )
        if on_salvage is None:
            words = self.tr(
                "Tệp chỉ chuyển chỗ, hay nằm trên ổ chưa cắm, thì bấm Để sau rồi “Chọn tệp sổ”. Đã "
                "mất thì khôi phục từ bản sao lưu; xem trước được bản ấy có đến đâu."
            )
        self.body.addWidget(Label(look, words, Role.BODY, "ink2", wrap=True))
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)

        def then(act: Callable[[], None]) -> Callable[[], None]:
            def go() -> None:
                self.accept()
                act()

            return go

        if on_salvage is not None:
            self.salvage_button = self.add_button(
                self.tr("Cứu dữ liệu…"), then(on_salvage), kind="secondary", icon="shield-check"
            )
        self.restore_button = self.add_button(
            self.tr("Khôi phục bản sao lưu…"), then(on_restore), icon="history"
        )
        self.finished.connect(self.deleteLater)
