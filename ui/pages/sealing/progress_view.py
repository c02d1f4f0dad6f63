"""Steps 3 and 4 of a seal: writing and reading back, with count, speed and Hủy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.media import megabytes
from ui.pages.sealing.progress_state import PASSES, Phase, SealProgress
from ui.theme.typography import Role
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.progress import ThinBar

if TYPE_CHECKING:
    from ui.theme.look import Look


class ProgressView(QWidget):
    """Words, bar and figures; the page has the button that stops."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        self.title = Label(look, "", Role.CARD_TITLE)
        self.note = ElidedLabel(look, "", Role.BODY, "ink2")
        self.bar = ThinBar(look)
        self.figures = Label(look, "", Role.BODY, "ink2")
        self.slow = Label(
            look,
            self.tr(
                "Ổ này chậm: cổng USB cũ, ổ cũ hoặc sắp hỏng. Có thể chờ tiếp; nếu đọc lại báo lỗi "
                "thì hãy dùng ổ khác."
            ),
            Role.BODY,
            "amber",
            wrap=True,
        )
        self.slow.hide()
        warning = Label(
            look,
            self.tr("Đừng rút ổ. Dừng lúc này thì ổ không giữ lại gói nào và sổ không ghi gì."),
            Role.CAPTION,
            "ink3",
            wrap=True,
        )
        for widget in (self.title, self.note, self.bar, self.figures, self.slow, warning):
            column.addWidget(widget)
        column.addStretch(2)

    def begin(self, drive: str) -> None:
        """Before the first report."""
        self.title.setText(self.tr("Đang niêm phong vào {drive}").format(drive=drive))
        self.note.setText(self.tr("Đang mở khóa ký…"))
        self.figures.setText("")
        self.slow.hide()
        self.bar.set_share(0, 0)

    def show_state(self, state: SealProgress, note: str) -> None:
        """A report of the writer."""
        if note:
            self.note.setText(note)
        self.bar.set_share(state.done, state.total)
        if state.phase is Phase.PREPARE:
            words = self.tr("{done} trên {total} lớp")
            self.figures.setText(words.format(done=state.done, total=state.total))
            return
        one_pass = state.total // PASSES
        names = {
            Phase.WRITE: self.tr("lượt ghi"),
            Phase.PARITY: self.tr("lượt tính phần phục hồi"),
            Phase.READ_BACK: self.tr("lượt đọc lại"),
        }
        inside = min(state.done - (state.phase - 1) * one_pass, one_pass)
        text = self.tr("{phase}: {done} trên {total}  ·  {share} % tất cả").format(
            phase=names[state.phase],
            done=megabytes(inside * 1024),
            total=megabytes(one_pass * 1024),
            share=state.share,
        )
        if state.speed:
            text += self.tr("  ·  {speed} mỗi giây").format(speed=megabytes(state.speed * 1024))
        self.slow.setVisible(state.is_slow)
        if state.seconds_left is not None:
            text += self.tr("  ·  còn khoảng {time}").format(time=self._time(state.seconds_left))
        self.figures.setText(text)

    def _time(self, seconds: int) -> str:
        if seconds < 60:
            return self.tr("{n} giây").format(n=max(seconds, 1))
        return self.tr("{n} phút").format(n=-(-seconds // 60))

    def show_stopping(self) -> None:
        """The person asked to stop; the writer finishes its block."""
        self.note.setText(self.tr("Đang dừng lại, không để gói dở dang trên ổ…"))
