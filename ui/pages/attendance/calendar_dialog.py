"""Lịch năm học: weekdays taught, holidays and make-up days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attendance import WEEKDAYS, SpecialDays
from app.errors import RuleRefused
from app.text import date_vn
from ui.dialogs.entry_dialog import EntryDialog
from ui.theme.typography import Role
from ui.widgets.buttons import icon_button, secondary
from ui.widgets.checks import CheckBox
from ui.widgets.combos import Combo
from ui.widgets.date_field import DateField
from ui.widgets.fields import TextField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.domain.attendance import SchoolCalendar
    from ui.theme.look import Look

_ROW = 36


class SaveCalendar(Protocol):
    """Writes the calendar; raises AppError, which the dialog shows."""

    def __call__(self, weekdays: Iterable[int], days: Iterable[SpecialDays]) -> None:
        """All of it, or nothing."""


class CalendarDialog(EntryDialog):
    """Everything is saved as one act; a refusal stays above the foot and nothing is written."""

    def __init__(
        self, look: Look, calendar: SchoolCalendar, save: SaveCalendar, parent: QWidget
    ) -> None:
        super().__init__(
            look, parent.tr("Lịch năm học"), note=calendar.year.name.replace("-", "–"),
            icon="calendar", parent=parent, width=720,
        )  # fmt: skip
        self._save = save
        self._calendar = calendar
        self.body.addWidget(Label(look, self.tr("Ngày có học trong tuần"), Role.VALUE, "ink2"))
        week = QHBoxLayout()
        week.setSpacing(14)
        self.weekdays = [CheckBox(look, name) for name in WEEKDAYS]
        for day, box in enumerate(self.weekdays):
            box.setChecked(day in calendar.weekdays)
            week.addWidget(box)
        week.addStretch(1)
        self.body.addLayout(week)
        due = self.tr(
            "Giáo viên chủ nhiệm báo đủ điểm danh mỗi tháng chậm nhất ngày {n} tháng sau; quá hạn "
            "vẫn nhận và ghi là muộn. Ngày này đặt ở Quản trị, phần Quy định."
        ).format(n=calendar.due_day)
        self.body.addWidget(Label(look, due, Role.BODY, "ink3", wrap=True))
        head = QHBoxLayout()
        title = self.tr("Ngày nghỉ và ngày học bù")
        head.addWidget(Label(look, title, Role.VALUE, "ink2"), 1)
        head.addWidget(secondary(look, self.tr("Thêm dòng"), self.add_row, "plus"))
        self.body.addLayout(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)
        self.rows: list[_DaysRow] = []
        for one in calendar.days:
            self._append(one)
        self._none = Label(
            look,
            self.tr("Chưa có dòng nào. Bấm Thêm dòng để ghi Tết, ngày lễ, ngày nghỉ của trường."),
            Role.BODY,
            "ink3",
            wrap=True,
        )
        self.body.addWidget(self._none)
        self.body.addStretch(1)
        self.add_refusal_line()
        self.add_safe_button(self.tr("Để sau"), self.reject)
        self.save_button = self.add_button(self.tr("Lưu lịch năm học"), self._submit, icon="check")
        self.guard(self.save_button)
        self.finished.connect(self.deleteLater)
        self._tell_empty()

    def add_row(self) -> None:
        """One more line, with the caret in its name."""
        row = self._append(None)
        self._tell_empty()
        row.show()
        self.body.activate()
        if self.isVisible():
            self._fit()
        self._scroll.ensureWidgetVisible(row)
        row.name.setFocus()

    def remove_row(self, row: _DaysRow) -> None:
        """Take a line out; nothing is written before Lưu."""
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._tell_empty()

    def _append(self, days: SpecialDays | None) -> _DaysRow:
        row = _DaysRow(self.look, days, self)
        row.remove.clicked.connect(lambda _checked=False: self.remove_row(row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _tell_empty(self) -> None:
        self._none.setVisible(not self.rows)

    def _submit(self) -> None:
        def act() -> None:
            weekdays = [day for day, box in enumerate(self.weekdays) if box.isChecked()]
            self._save(weekdays, [row.value() for row in self.rows])

        if self.attempt(act):
            self.accept()


class _DaysRow(QWidget):
    """Name, first day, last day, and whether it is a day off or a make-up day."""

    def __init__(self, look: Look, days: SpecialDays | None, parent: CalendarDialog) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        # A full body scrolls; without a height of its own a line would be squeezed instead.
        self.setMinimumHeight(_ROW)
        self.name = TextField(look, self.tr("Tên ngày nghỉ"), self.tr("Nghỉ Tết Nguyên đán"))
        self.first = DateField(look, self.tr("Từ ngày"))
        self.last = DateField(look, self.tr("Đến hết ngày"))
        for field in (self.first, self.last):
            field.setFixedWidth(150)
        self.kind = Combo(
            look, self.tr("Nghỉ hay học bù"),
            [(False, self.tr("Nghỉ")), (True, self.tr("Học bù"))],
        )  # fmt: skip
        self.kind.setMinimumHeight(34)
        self.remove = icon_button(look, "trash", self.tr("Bỏ dòng này"))
        row.addWidget(self.name, 1)
        for widget in (self.first, self.last, self.kind, self.remove):
            row.addWidget(widget)
        if days is not None:
            self.name.setText(days.name)
            self.first.set_value(days.starts_on)
            self.last.set_value(days.ends_on)
            self.kind.set_current(days.taught)
        self.first.date_chosen.connect(self._same_day)

    def value(self) -> SpecialDays:
        """The line as typed; RuleRefused when a day is missing or unreadable."""
        first = self.first.value()
        last = self.last.value() or first
        if first is None or last is None:
            raise RuleRefused(
                "day_missing",
                f"Dòng “{self.name.text().strip() or 'chưa có tên'}” chưa có ngày; hãy ghi từ ngày "
                "nào, thí dụ 01/01/2027, hoặc bỏ dòng ấy.",
            )
        return SpecialDays(self.name.text(), first, last, bool(self.kind.current()))

    def _same_day(self, day: date | None) -> None:
        """One day off is the usual case."""
        if day is not None and not self.last.text().strip():
            self.last.setText(date_vn(day))
