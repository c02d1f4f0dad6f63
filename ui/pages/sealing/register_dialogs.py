"""What is written into the register of media: the place, a broken seal, a new seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.services.media_register import Unsealing
from ui.dialogs.entry_dialog import EntryDialog
from ui.widgets.date_field import DateField
from ui.widgets.fields import LabelledField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from app.services.media_register import Medium
    from ui.theme.look import Look


@dataclass(frozen=True, slots=True)
class RegisterWriter:
    """Writes a line of one medium's register; raises AppError when it may not."""

    place: Callable[[str, str, date | None], None]
    unseal: Callable[[Unsealing], None]
    reseal: Callable[[str, str], None]


class _RegisterDialog(EntryDialog):
    """Fields above one button; closes when its line was written."""

    def __init__(self, look: Look, parent: QWidget, title: str, icon: str) -> None:
        super().__init__(look, title, icon=icon, parent=parent, width=520)

    def _text(self, label: str, hint: str = "", value: str = "") -> TextField:
        field = TextField(self.look, label)
        field.setText(value)
        self.add_field(LabelledField(self.look, label, field, hint))
        return field

    def _end(self, words: str, act: Callable[[], object]) -> None:
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)

        def attempt() -> None:
            if self.attempt(act):
                self.accept()

        self.confirm = self.add_button(words, attempt, icon="check")
        self.guard(self.confirm)
        self.finished.connect(self.deleteLater)


class PlaceDialog(_RegisterDialog):
    """Who keeps the medium where, and by when it is read again."""

    def __init__(self, look: Look, parent: QWidget, medium: Medium, writer: RegisterWriter) -> None:
        title = self.tr("Nơi cất bản {n}").format(n=medium.record.copy_no)
        super().__init__(look, parent, title, "archive")
        self.keeper = self._text(self.tr("Người giữ"), value=medium.keeper)
        self.place = self._text(
            self.tr("Nơi cất"),
            self.tr("Phòng, tủ nào; hai bản nên ở hai nơi. Không cất chung với máy nhập điểm."),
            medium.history.place,
        )
        self.day = DateField(look, self.tr("Đọc kiểm tra lại trước ngày"), medium.check_due)
        self.add_field(LabelledField(look, self.tr("Đọc kiểm tra lại trước ngày"), self.day))
        self._end(
            self.tr("Ghi sổ theo dõi"),
            lambda: writer.place(self.keeper.text(), self.place.text(), self.day.value()),
        )


class UnsealDialog(_RegisterDialog):
    """Sổ mở niêm phong: by which decision, why, before whom."""

    def __init__(self, look: Look, parent: QWidget, medium: Medium, writer: RegisterWriter) -> None:
        title = self.tr("Mở niêm phong bản {n}").format(n=medium.record.copy_no)
        super().__init__(look, parent, title, "lock-open")
        self.decision = self._text(self.tr("Quyết định mở niêm phong số"))
        self.reason = self._text(self.tr("Lý do"))
        self.people = self._text(
            self.tr("Những người có mặt"), self.tr("Họ tên, chức vụ; cách nhau bằng dấu chấm phẩy")
        )
        self._end(
            self.tr("Ghi sổ mở niêm phong"),
            lambda: writer.unseal(
                Unsealing(self.decision.text(), self.reason.text(), self.people.text())
            ),
        )


class ResealDialog(_RegisterDialog):
    """The envelope is closed and sealed again."""

    def __init__(self, look: Look, parent: QWidget, medium: Medium, writer: RegisterWriter) -> None:
        title = self.tr("Niêm phong lại bản {n}").format(n=medium.record.copy_no)
        super().__init__(look, parent, title, "lock-closed")
        self.people = self._text(
            self.tr("Người chứng kiến"), self.tr("Họ tên, chức vụ; cách nhau bằng dấu chấm phẩy")
        )
        self.note = self._text(self.tr("Đã làm gì với vật mang"))
        self._end(
            self.tr("Ghi niêm phong lại"),
            lambda: writer.reseal(self.people.text(), self.note.text()),
        )
