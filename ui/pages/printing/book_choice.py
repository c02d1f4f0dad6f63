"""Sổ theo lớp or học bạ, which pages, on which paper: the row of choices above the runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.print_runs import (
    BOOK_SIZES,
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_CONFIRMATION,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    REPORT_BOOKLET,
    REPORT_BOOKLET_OPENING,
    REPORT_BOOKLET_YEAR,
    PaperSize,
)
from app.readmodels.class_book import BookPart, BookScope
from app.readmodels.report_booklet import BookletPart
from app.services.book_printing import BookOrder
from app.services.booklet_printing import BookletOrder
from ui.widgets.combos import Picker
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.ids import PupilId
    from app.domain.school import SchoolClass
    from app.services.print_orders import PrintOrder
    from ui.theme.look import Look

BOOK, BOOKLET = "book", "booklet"
_EVERYBODY = 0

PART_WORDS = {
    CLASS_BOOK: "",
    CLASS_BOOK_OPENING: "phần mở đầu",
    CLASS_BOOK_MARKS: "phần ghi điểm",
    CLASS_BOOK_CONFIRMATION: "bảng xác nhận",
    CLASS_BOOK_ATTENDANCE: "theo dõi chuyên cần",
    REPORT_BOOKLET: "cả quyển",
    REPORT_BOOKLET_OPENING: "bìa và trang thông tin",
    REPORT_BOOKLET_YEAR: "trang của năm học",
}
"""Parts as the list of runs names them, by the kind of the run."""


class BookChoice(QWidget):
    """`changed()` after the person chose; `order` is what the buttons speak of."""

    changed = Signal()

    def __init__(self, look: Look, paper: PaperSize = PaperSize.A4) -> None:
        """`paper`: the size chosen to begin with."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        self.books = Segmented(
            look,
            [(BOOK, self.tr("Sổ theo lớp")), (BOOKLET, self.tr("Học bạ"))],
            self.tr("Loại sổ"),
        )
        self.parts = Picker(
            look,
            self.tr("Phần in"),
            [
                (BookPart.WHOLE, self.tr("Cả sổ")),
                (BookPart.OPENING, self.tr("Phần mở đầu: bìa, lý lịch")),
                (BookPart.MARKS, self.tr("Phần ghi điểm")),
                (BookPart.ATTENDANCE, self.tr("Theo dõi chuyên cần")),
                (BookPart.CONFIRMATION, self.tr("Bảng xác nhận kết quả")),
            ],
        )
        self.scopes = Segmented(
            look,
            [
                (BookScope.TERM_1.value, self.tr("Học kì I")),
                (BookScope.YEAR.value, self.tr("Cả năm")),
            ],
            self.tr("Phạm vi của sổ"),
        )
        self.papers = Picker(look, self.tr("Khổ giấy"), [(size, size.words) for size in BOOK_SIZES])
        self.papers.combo.set_current(paper)
        self.sheets = Picker(
            look,
            self.tr("Phần in"),
            [
                (BookletPart.WHOLE, self.tr("Cả quyển")),
                (BookletPart.YEAR, self.tr("Chỉ trang của năm học này")),
                (BookletPart.OPENING, self.tr("Bìa và trang thông tin")),
            ],
        )
        self.pupils = Picker(look, self.tr("Của"), [(_EVERYBODY, self.tr("Cả lớp"))])
        self._of_book: tuple[QWidget, ...] = (self.parts, self.scopes, self.papers)
        self._of_booklet: tuple[QWidget, ...] = (self.sheets, self.pupils)
        for widget in (self.books, *self._of_book, *self._of_booklet):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._scope = BookScope.TERM_1
        self._book = BOOK
        self._primary = False
        self.books.chosen.connect(self.set_book)
        for picker in (self.papers, self.sheets, self.pupils):
            picker.combo.picked.connect(lambda _key: self.changed.emit())
        self.parts.combo.picked.connect(lambda _part: self._tell())
        self.scopes.chosen.connect(self.set_scope)
        self._show_controls()

    @property
    def order(self) -> PrintOrder:
        """What is chosen, one copy."""
        if self._book == BOOKLET:
            pupil = self.pupils.combo.current()
            # Qt gives the plain text of a StrEnum back.
            part = BookletPart(self.sheets.combo.current())
            return BookletOrder(part, None if pupil == _EVERYBODY else pupil)
        return BookOrder(self._scope, self._part, PaperSize(self.papers.combo.current()))

    @property
    def school_order(self) -> PrintOrder:
        """The same for whole classes."""
        order = self.order
        return replace(order, pupil_id=None) if isinstance(order, BookletOrder) else order

    def title(self, klass: SchoolClass) -> str:
        """The order in words, with the name of the one pupil."""
        order = self.order
        if isinstance(order, BookletOrder):
            return order.title(klass, self.pupils.combo.currentText())
        return order.title(klass)

    @property
    def _part(self) -> BookPart:
        return BookPart(self.parts.combo.current())

    def set_pupils(self, pupils: Sequence[tuple[PupilId, str]]) -> None:
        """Whose học bạ can be printed alone; the choice stays while the pupil is in the list."""
        choices: list[tuple[int, str]] = [(_EVERYBODY, self.tr("Cả lớp")), *pupils]
        self.pupils.combo.set_choices(choices)

    def show_kind(self, *, primary: bool) -> None:
        """`primary`: the class's book is bảng tổng hợp, which has choices of its own."""
        self._primary = primary
        words = self.tr("Bảng tổng hợp") if primary else self.tr("Sổ theo lớp")
        self.books.set_words(BOOK, words)
        self._show_controls()

    def set_book(self, key: str) -> None:
        """Sổ theo lớp (BOOK) or học bạ (BOOKLET)."""
        self._book = key
        self._show_controls()
        self.changed.emit()

    @property
    def scope(self) -> str:
        """Học kì I ("HK1") or the whole year ("CN")."""
        return self._scope.value

    def set_scope(self, key: str) -> None:
        """Học kì I ("HK1") or the whole year ("CN")."""
        self._scope = BookScope(key)
        self._tell()

    def show_scope(self, key: str) -> None:
        """The same from outside, with the control following."""
        self.scopes.set_current(key)
        self.set_scope(key)

    def _show_controls(self) -> None:
        for widget in self._of_book:
            widget.setVisible(self._book == BOOK and not self._primary)
        for widget in self._of_booklet:
            widget.setVisible(self._book == BOOKLET)

    def _tell(self) -> None:
        # Parts of no term have nothing to choose here.
        self.scopes.setEnabled(self._part.of_term)
        self.changed.emit()
