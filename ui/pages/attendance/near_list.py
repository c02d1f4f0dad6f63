"""Who is near 45 buổi: the pupils of a class with many days absent this year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.domain.attendance import NEAR_LIMIT
from app.readmodels.attendance_sheet import NearLine
from ui.pages.attendance.words import near_look, near_words
from ui.theme.tokens import PAGE_MARGIN
from ui.theme.typography import Role
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from app.readmodels.attendance_sheet import AttendanceSheet
    from ui.theme.look import Look


class NearList(QWidget):
    """A card with a table, or the good news that there is nobody."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = 0
        self._stack = QStackedLayout(self)
        outer = QWidget()
        column = QVBoxLayout(outer)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        self._card = Card(look, self.tr("Nghỉ nhiều từ đầu năm học"), " ", flush=True)
        self.table = TableView(look, self.tr("Học sinh nghỉ gần 45 buổi"), row_height=35)
        self.model: RecordModel[NearLine] = RecordModel(
            [
                Column(self.tr("STT"), lambda r: str(r.position), tone=lambda r: "ink3"),
                Column(self.tr("Họ và tên"), lambda r: r.name, role=Role.VALUE),
                Column(self.tr("Có phép"), lambda r: str(r.excused), number=True),
                Column(self.tr("Không phép"), lambda r: str(r.unexcused), number=True),
                Column(self.tr("Tổng"), lambda r: str(r.total), number=True, role=Role.STRONG),
                Column(
                    self.tr("So với mức được nghỉ"),
                    lambda r: near_words(r, self._limit),
                    icon=lambda r: near_look(r)[0],
                    tone=lambda r: near_look(r)[1],
                ),
            ],
            self,
        )
        self.table.setModel(self.model)
        self.table.set_widths({0: 60, 1: 260, 2: 110, 3: 120, 4: 90})
        self._card.body.addWidget(self.table)
        column.addWidget(self._card)
        self._filled = outer
        self._stack.addWidget(outer)
        title = self.tr("Chưa em nào nghỉ từ {n} buổi").format(n=NEAR_LIMIT)
        words = self.tr(
            "Em nào nghỉ quá 45 buổi trong năm học, có phép và không phép cộng lại, thì không được "
            "lên lớp. Từ {n} buổi trở lên tên em hiện ở đây và ở Bàn làm việc."
        ).format(n=NEAR_LIMIT)
        self._nobody = EmptyState(look, "check-disc", title, words)
        self._stack.addWidget(self._nobody)

    def show_lines(self, sheet: AttendanceSheet) -> None:
        """The sheet's near-limit pupils."""
        self._limit = sheet.limit or 0
        self.model.set_records(sheet.near)
        note = self.tr("từ {n} buổi trở lên, lớp {name}").format(
            n=NEAR_LIMIT, name=sheet.class_name
        )
        self._card.set_title(self.tr("Nghỉ nhiều từ đầu năm học"), note)
        self._stack.setCurrentWidget(self._filled if sheet.near else self._nobody)
