"""A date as people write it: ngày/tháng/năm, also typed as 5/9/2026 or 05092026."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QWidget
from typing_extensions import override

from app.errors import RuleRefused
from app.text import date_vn
from ui.widgets.buttons import icon_button
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ui.theme.look import Look

_SPLIT = re.compile(r"^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$")
_SOLID = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")


def parse_date(text: str) -> date | None:
    """The day in `text`; None when it is blank; `RuleRefused` when it is not a day."""
    if not text.strip():
        return None
    found = _SPLIT.match(text) or _SOLID.match(text)
    if found:
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            found = None
    raise RuleRefused(
        "date_unreadable",
        f"“{text.strip()}” không phải là một ngày. Hãy gõ ngày/tháng/năm, ví dụ 05/09/2026.",
        text=text,
    )


class DateField(TextField):
    """`date_chosen(date or None)` when a readable day is entered; `refused(sentence)` otherwise."""

    date_chosen = Signal(object)
    refused = Signal(str)

    def __init__(
        self, look: Look, name: str, value: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, "ngày/tháng/năm", parent)
        self._look = look
        self._told: date | None = value
        self.setTextMargins(0, 0, 28, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch(1)
        opener = icon_button(look, "calendar", self.tr("Chọn ngày trên lịch"), self._open_calendar)
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(opener)
        self.setText(date_vn(value))
        self.returnPressed.connect(self.commit)

    def value(self) -> date | None:
        """The day shown; `RuleRefused` when the text is not a day."""
        return parse_date(self.text())

    def set_value(self, value: date | None) -> None:
        """Show a day, without a signal."""
        self._told = value
        self.set_ring("")
        self.setText(date_vn(value))

    def commit(self) -> bool:
        """Read the text and tell; False when it is not a day."""
        try:
            day = self.value()
        except RuleRefused as refusal:
            self.set_ring("red")
            self.refused.emit(refusal.sentence)
            return False
        self.set_ring("")
        self.setText(date_vn(day))
        if day != self._told:
            self._told = day
            self.date_chosen.emit(day)
        return True

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field is an entry."""
        super().focusOutEvent(event)
        self.commit()

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        try:
            day = self.value()
        except RuleRefused:
            day = None
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def choose(chosen: QDate) -> None:
            self.setText(date_vn(date(chosen.year(), chosen.month(), chosen.day())))
            calendar.close()
            self.commit()

        calendar.clicked.connect(choose)
        calendar.activated.connect(choose)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
