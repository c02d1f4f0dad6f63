"""GVCN xác nhận: five blocks ticked one by one; nothing is signed with a password here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.class_confirmation import ConfirmBlock, blocks_of
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.checks import CheckBox
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.changes import CommandResult
    from app.services.period_close import CloseReport
    from ui.theme.look import Look


class HomeroomDialog(EntryDialog):
    """`confirm(ticked)` writes and raises AppError; the button waits for every tick."""

    def __init__(
        self,
        look: Look,
        report: CloseReport,
        confirm: Callable[[tuple[ConfirmBlock, ...]], CommandResult],
        on_done: Callable[[CommandResult], None],
        parent: QWidget,
    ) -> None:
        name = self.tr("{period} lớp {klass}").format(
            period=report.period.words, klass=report.class_name
        )
        super().__init__(
            look, self.tr("Xác nhận {name}").format(name=name), icon="check", parent=parent
        )
        self._confirm, self._on_done = confirm, on_done
        if report.complete:
            done = self.tr("Đủ điểm, đủ rèn luyện và số buổi nghỉ.")
            self.body.addWidget(IconText(look, "check-disc", done, "green", Role.VALUE))
        for finding in report.findings:
            text = f"{finding.subject}: {finding.text}"
            self.body.addWidget(IconText(look, "warning", text, "red", Role.BODY))
        note = self.tr("Đánh dấu từng phần đã kiểm tra trong sổ của lớp:")
        self.body.addWidget(Label(look, note, Role.BODY, "ink2", wrap=True))
        self.boxes: dict[ConfirmBlock, CheckBox] = {}
        for block in blocks_of(report.period):
            box = self.boxes[block] = CheckBox(look, block.label)
            box.toggled.connect(lambda _on: self._allow())
            self.body.addWidget(box)
        after = self.tr("Sau khi xác nhận, ai đổi một ô của lớp thì xác nhận này hết hiệu lực.")
        self.body.addWidget(Label(look, after, Role.CAPTION, "ink3", wrap=True))
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm_button = self.add_button(
            self.tr("Xác nhận {name}").format(name=name), self._try, icon="check"
        )
        self.guard(self.confirm_button)
        self.finished.connect(self.deleteLater)
        self._allow()

    def _allow(self) -> None:
        self.confirm_button.setEnabled(all(box.isChecked() for box in self.boxes.values()))

    def _try(self) -> None:
        ticked = tuple(block for block, box in self.boxes.items() if box.isChecked())
        if self.attempt(lambda: self._on_done(self._confirm(ticked))):
            self.accept()
