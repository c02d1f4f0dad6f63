"""Step 1 of a seal: what still stands in the way, each with the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.media import megabytes
from app.services.sealing import OpenItem, OpenWork, SealReadiness
from ui.theme.typography import Role
from ui.widgets.buttons import link
from ui.widgets.cards import ScrollPane, clear, hairline
from ui.widgets.labels import Glyph, IconText, Label

if TYPE_CHECKING:
    from ui.theme.look import Look


class ReadyView(QWidget):
    """`opened(OpenItem)` when the person wants to do one of the open things."""

    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.state = IconText(look, "hourglass", "", "ink2", Role.CARD_TITLE, 20)
        self.note = Label(look, "", Role.BODY, "ink2", wrap=True)
        column.addWidget(self.state)
        column.addWidget(self.note)
        self._pane = ScrollPane(self.tr("Việc còn lại trước khi niêm phong"))
        column.addWidget(self._pane, 1)

    def show_waiting(self) -> None:
        """The year is being looked through."""
        clear(self._pane.body)
        self.state.set_state("hourglass", self.tr("Đang xem sổ của từng lớp…"), "ink2")
        self.note.setText("")

    def show_ready(self, ready: SealReadiness) -> None:
        """The list, or the good news."""
        clear(self._pane.body)
        if not ready.items:
            words = self.tr("Năm học {year} đã sẵn sàng niêm phong")
            self.state.set_state("check-disc", words.format(year=_year(ready)), "green")
            self.note.setText(
                self.tr(
                    "{n} lớp đã chốt cả năm, đã in sổ và số liệu đúng bản in. Các bản in nặng "
                    "{size}; bảng dữ liệu và nhật ký đi kèm nặng thêm ít nhiều."
                ).format(n=ready.classes, size=megabytes(ready.bytes))
            )
        else:
            words = self.tr("Còn {n} việc trước khi niêm phong năm học {year}")
            self.state.set_state(
                "warning", words.format(n=len(ready.items), year=_year(ready)), "amber"
            )
            self.note.setText(self.tr("Làm xong từng việc dưới đây, rồi trở lại trang này."))
        for at, item in enumerate(ready.items):
            if at:
                self._pane.body.addWidget(hairline())
            self._pane.body.addWidget(self._line(item))
        self._pane.body.addStretch(1)

    def links(self) -> list[str]:
        """Words of every line shown, for tests."""
        return [label.text() for label in self._pane.inner.findChildren(Label)]

    def _line(self, item: OpenItem) -> QWidget:
        ways = {
            OpenWork.CLASSES: self.tr("Mở Quản trị"),
            OpenWork.CLOSE: self.tr("Mở Đóng mở sổ"),
            OpenWork.RESULTS: self.tr("Mở Tổng kết"),
            OpenWork.PRINT: self.tr("Mở In sổ"),
            OpenWork.PAPER: self.tr("Mở bảng giấy"),
            OpenWork.CORRECTION: self.tr("Mở hồ sơ"),
        }
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 7, 8, 7)
        row.setSpacing(8)
        row.addWidget(Glyph(self._look, "ring-empty", "ink2", 16))
        row.addWidget(Label(self._look, item.text, Role.BODY, wrap=True), 1)
        way = link(self._look, ways[item.kind], lambda: self.opened.emit(item), arrow=True)
        way.setAccessibleDescription(item.text)
        row.addWidget(way)
        return box


def _year(ready: SealReadiness) -> str:
    return ready.year_name.replace("-", "–")
