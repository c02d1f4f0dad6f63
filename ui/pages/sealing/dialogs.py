"""Small dialogs of Niêm phong: what the minutes still ask, and the verdict on a medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.media import VerifyReport, megabytes
from app.services.sealing_papers import SealingOccasion
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.form_dialog import FormDialog
from ui.pages.sealing.words import grouped, verdict_words
from ui.theme.typography import Role
from ui.widgets.combos import Combo
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look


class MinutesDialog(EntryDialog):
    """`on_print(SealingOccasion)` when the place is filled in."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        copy_no: int,
        began: datetime | None,
        place: str,
        on_print: Callable[[SealingOccasion], None],
    ) -> None:
        """`place`: where the register says it is kept, "" while it says nothing."""
        title = self.tr("Biên bản niêm phong, bản {n}").format(n=copy_no)
        super().__init__(look, title, icon="signature", parent=parent, width=520)
        self._on_print = on_print
        self._began = began
        kinds = [
            self.tr("Ổ cứng rời USB"),
            self.tr("Ổ SSD rời USB"),
            self.tr("USB (bút nhớ)"),
            self.tr("Thẻ nhớ"),
            self.tr("Đĩa CD"),
            self.tr("Đĩa DVD"),
        ]
        self.kind = Combo(look, self.tr("Loại vật mang"), [(kind, kind) for kind in kinds])
        self.storage = TextField(look, self.tr("Nơi lưu giữ"), self.tr("Tủ số 2, phòng Văn thư"))
        self.storage.setText(place)
        self.venue = TextField(look, self.tr("Nơi lập biên bản"))
        self.add_field(LabelledField(look, self.tr("Loại vật mang"), self.kind))
        self._storage_line = self.add_field(
            LabelledField(look, self.tr("Nơi lưu giữ"), self.storage, self.tr("Phòng, tủ nào"))
        )
        self.add_field(
            LabelledField(
                look, self.tr("Nơi lập biên bản"), self.venue, self.tr("Để trống: văn phòng trường")
            )
        )
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.confirm = self.add_button(
            self.tr("Cấp số và in biên bản"), self._print, icon="printer"
        )
        self.finished.connect(self.deleteLater)
        self.storage.setFocus()

    def _print(self) -> None:
        if not self.storage.text().strip():
            self._storage_line.set_error(
                self.tr("Chưa ghi nơi lưu giữ; người nhận cần biết tìm vật mang này ở đâu.")
            )
            self.storage.setFocus()
            return
        occasion = SealingOccasion(
            self.storage.text(), str(self.kind.current()), self.venue.text(), self._began
        )
        self.accept()
        self._on_print(occasion)


class VerdictDialog(FormDialog):
    """What a medium turned out to be, in words."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        report: VerifyReport,
        on_repair: Callable[[], None] | None = None,
    ) -> None:
        """`on_repair` mends a copy of a damaged medium elsewhere."""
        super().__init__(
            look, self.tr("Kết quả kiểm tra ổ"), icon="shield-check", parent=parent, width=640
        )
        icon, tone, sentence = verdict_words(report.verdict)
        head = IconText(look, icon, sentence.split(":")[0], tone, Role.LABEL_TITLE, 20)
        self.body.addWidget(head)
        self.sentence = sentence
        self._add(sentence, Role.BODY, "ink")
        self._add(str(report.path), Role.CAPTION, "ink3")
        if report.files:
            words = self.tr("Đã đọc {files} tệp, {size}, kể cả các danh sách và phần phục hồi.")
            self._add(words.format(files=report.files, size=megabytes(report.bytes)), Role.BODY,
                      "ink2")  # fmt: skip
        if report.fingerprint:
            self._add(self.tr("Dấu vân tay khóa ký"), Role.CAPTION, "ink3")
            self._add(grouped(report.fingerprint), Role.STRONG, "ink")
            self._add(self._matched(report), Role.BODY, "ink2")
        shown = report.problems[:12]
        for file, problem in shown:
            self._add(f"{file}: {problem}", Role.BODY, "red")
        if len(report.problems) > len(shown):
            more = self.tr("… và {n} chỗ nữa.")
            self._add(more.format(n=len(report.problems) - len(shown)), Role.BODY, "red")
        if report.repairable is not None:
            words = (
                self.tr("Phục hồi được đủ từ chính vật mang này; bản lành ghi ra thư mục khác.")
                if report.repairable
                else self.tr("Tự nó không phục hồi đủ; cần cắm thêm một bản niêm phong khác.")
            )
            self._add(words, Role.STRONG, "ink")
        self.body.addStretch(1)
        self.add_safe_button(self.tr("Đóng"), self.reject)
        if on_repair is not None:

            def mend() -> None:
                self.accept()
                on_repair()

            self.repair = self.add_button(self.tr("Phục hồi ra thư mục khác…"), mend)
        self.finished.connect(self.deleteLater)

    def _matched(self, report: VerifyReport) -> str:
        if report.fingerprint_matches is None:
            return self.tr("Hãy so với dấu vân tay in trong biên bản niêm phong.")
        if report.fingerprint_matches:
            return self.tr("Giống dấu vân tay sổ này đã ghi khi niêm phong.")
        return self.tr("Khác dấu vân tay sổ này đã ghi khi niêm phong.")

    def _add(self, text: str, role: Role, tone: str) -> None:
        label = Label(self.look, text, role, tone, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label)
