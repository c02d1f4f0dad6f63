"""Status strip: last save, age of the verified backup, days left to type, two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme.tokens import STATUS_BAR
from ui.theme.typography import Role
from ui.widgets.cards import hairline
from ui.widgets.chips import KeyCap
from ui.widgets.labels import IconText, Label

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QMouseEvent

    from ui.theme.look import Look

AMBER_AFTER_DAYS, RED_AFTER_DAYS = 2, 7


def backup_words(verified_at: datetime | None, now: datetime) -> tuple[str, str, str]:
    """(icon, words, tone) for the age of the last verified backup; amber over 2 days, red over 7.

    Both times are aware; days are calendar days.
    """
    if verified_at is None:
        return "warning", "Chưa sao lưu lần nào", "red"
    days = (now.date() - verified_at.date()).days
    at = f"{verified_at:%H:%M}"
    if days <= 0:
        when = f"hôm nay {at}"
    elif days == 1:
        when = f"hôm qua {at}"
    else:
        when = f"{days} ngày trước"
    words = f"Sao lưu đã thử mở: {when}"
    if days > RED_AFTER_DAYS:
        return "warning", words, "red"
    if days > AMBER_AFTER_DAYS:
        return "warning", words, "amber"
    return "shield-check", words, "ink2"


class StatusStrip(QFrame):
    """28 px at the foot of the window."""

    help_requested = Signal()
    switch_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "statusbar")
        self.setFixedHeight(STATUS_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(14)
        self._saved = IconText(look, "check", self.tr("Chưa có gì phải lưu"), "ink2")
        self._backup = IconText(look, "shield-check", "", "ink2")
        self._window = IconText(look, "clock", "", "ink2")
        self._rules = [hairline(strong=True, vertical=True) for _ in range(2)]
        for rule in self._rules:
            rule.setFixedHeight(14)
        row.addWidget(self._saved)
        row.addWidget(self._rules[0])
        row.addWidget(self._backup)
        row.addWidget(self._rules[1])
        row.addWidget(self._window)
        row.addStretch(1)
        row.addWidget(_KeyHint(look, "F1", self.tr("Trợ giúp"), self.help_requested))
        row.addWidget(_KeyHint(look, "F12", self.tr("Đổi người dùng"), self.switch_requested))
        self.set_entry_window("")
        self._backup.hide()
        self._rules[0].hide()

    def set_saved(self, at: datetime, summary: str = "") -> None:
        """Time of the last durable save, with what it was when there is something to say."""
        words = self.tr("Đã lưu {time}").format(time=f"{at:%H:%M:%S}")
        self._saved.set_state("check", words, "ink2", "green")
        self._saved.setToolTip(summary)

    def set_backup(
        self, verified_at: datetime | None, now: datetime, *, owed: bool = False
    ) -> None:
        """Age of the last verified backup; `owed` when the last close made none of new work."""
        icon, words, tone = backup_words(verified_at, now)
        if owed and verified_at is not None:
            words = self.tr("{words}; có việc chưa sao lưu").format(words=words)
            icon, tone = "warning", "red" if tone == "red" else "amber"
        self._backup.set_state(icon, words, tone, "green" if tone == "ink2" else tone)
        self._backup.show()
        self._rules[0].show()

    def set_entry_window(self, text: str) -> None:
        """Days left to type ("Đợt nhập học kì I: còn 7 ngày"); an empty text hides it."""
        self._window.set_state("clock", text, "ink2")
        self._window.setVisible(bool(text))
        self._rules[1].setVisible(bool(text))

    def texts(self) -> tuple[str, str, str]:
        """Words of the three states: saved, backup, entry window."""
        return self._saved.text(), self._backup.text(), self._window.text()


class _KeyHint(QWidget):
    """A key cap and its word; a click does the same as the key."""

    def __init__(self, look: Look, key: str, words: str, signal: object) -> None:
        super().__init__()
        self._signal = signal
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(KeyCap(look, key))
        row.addWidget(Label(look, words, Role.CAPTION, "ink2"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Click."""
        self._signal.emit()  # type: ignore[attr-defined]
