"""Asks before a numbered run is made: it is kept for good and goes into the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.dialogs.form_dialog import FormDialog
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look

MOST_COPIES = 5


class OfficialDialog(FormDialog):
    """`on_print(copies)` when the person presses the button that names the book."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        book: str,
        on_print: Callable[[int], None],
        left_out: str = "",
    ) -> None:
        """`book` completes the sentence: "Sổ lớp 6A, học kì I"; `left_out` says what it lacks."""
        super().__init__(look, self.tr("In bản chính thức"), icon="printer", parent=parent,
                         width=520)  # fmt: skip
        self._on_print = on_print
        self.body.addWidget(Label(look, book, Role.CARD_TITLE, wrap=True))
        for point in (
            self.tr("Bản in nhận số kế tiếp của năm học và được giữ nguyên trong tệp."),
            self.tr("Số liệu đổi về sau thì bản in này được báo “khác bản in”."),
            self.tr("Việc in được ghi vào nhật ký với tên người in."),
        ):
            self.body.addWidget(Label(look, f"– {point}", Role.BODY, "ink2", wrap=True))
        if left_out:
            self.body.addWidget(Label(look, left_out, Role.VALUE, "amber", wrap=True))
        counts = [(n, self.tr("{n} bản").format(n=n)) for n in range(1, MOST_COPIES + 1)]
        self.copies = Combo(look, self.tr("Số bản giấy sẽ in"), counts)
        self.add_field(LabelledField(look, self.tr("Số bản giấy sẽ in"), self.copies))
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(self.tr("Cấp số và in"), self._print, icon="printer")
        self.finished.connect(self.deleteLater)

    def _print(self) -> None:
        copies = int(self.copies.current())
        self.accept()
        self._on_print(copies)
