"""Step 5 of a seal: what lies on the medium, to be compared with paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.media import megabytes
from ui.pages.sealing.words import grouped
from ui.theme.typography import Role
from ui.widgets.cards import frame
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from app.ports import SealRecord
    from ui.theme.look import Look


class ResultView(QWidget):
    """Facts of one sealed copy; its texts can be selected and copied."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.state = IconText(look, "check-disc", "", "green", Role.CARD_TITLE, 20)
        column.addWidget(self.state)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        self._values: list[Label] = []
        names = (
            self.tr("Gói"),
            self.tr("Nội dung"),
            self.tr("Ổ"),
            self.tr("Đọc lại"),
        )
        top = Qt.AlignmentFlag.AlignTop
        for row, name in enumerate(names):
            grid.addWidget(Label(look, name, Role.BODY, "ink3"), row, 0, top)
            grid.addWidget(self._value(Role.VALUE), row, 1)
        column.addLayout(grid)
        box = frame("inset")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(
            Label(look, self.tr("Dấu vân tay khóa ký (đối chiếu với biên bản)"), Role.CAPTION,
                  "ink2")
        )  # fmt: skip
        self.fingerprint = self._value(Role.TOOL_TITLE)
        inside.addWidget(self.fingerprint)
        column.addWidget(box)
        column.addWidget(
            Label(look, self.tr("Mã băm danh sách đã ký (SHA-512)"), Role.CAPTION, "ink3")
        )
        self.digest = self._value(Role.CAPTION, "ink2")
        column.addWidget(self.digest)
        column.addStretch(1)

    def show_record(self, record: SealRecord) -> None:
        """One finished copy."""
        words = self.tr("Đã niêm phong bản {n}, đọc lại khớp từng tệp")
        self.state.set_state("check-disc", words.format(n=record.copy_no), "green")
        texts = (
            record.bag_name,
            self.tr("{files} tệp, {size}").format(files=record.files, size=megabytes(record.bytes)),
            self.tr("{label}, số sê-ri {serial}").format(
                label=record.drive_label or self.tr("không có nhãn"),
                serial=record.drive_serial or "–",
            ),
            self.tr("{n}/{n} tệp khớp mã băm, chữ ký đúng").format(n=record.files),
        )
        for label, text in zip(self._values, texts, strict=False):
            label.setText(text)
        self.fingerprint.setText(grouped(record.fingerprint))
        self.digest.setText(grouped(record.tagmanifest_sha512, 16))

    def _value(self, role: Role, tone: str = "ink") -> Label:
        label = Label(self._look, "", role, tone, wrap=True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._values.append(label)
        return label
