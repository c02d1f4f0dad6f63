"""Which pages of the class book, and on which paper: the row of choices above the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.print_runs import (
    BOOK_SIZES,
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    PaperSize,
)
from app.readmodels.class_book import BookPart, BookScope
from app.services.book_printing import BookOrder
from ui.widgets.combos import Picker
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ui.theme.look import Look


PART_WORDS = {
    CLASS_BOOK: "",
    CLASS_BOOK_OPENING: "phần mở đầu",
    CLASS_BOOK_MARKS: "phần ghi điểm",
    CLASS_BOOK_ATTENDANCE: "theo dõi chuyên cần",
}
"""Parts as the list of runs names them, by the kind of the run."""


class BookChoice(QWidget):
    """`changed()` after the person chose; `order` is what the buttons speak of."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        self.parts = Picker(
            look,
            self.tr("Phần in"),
            [
                (BookPart.WHOLE, self.tr("Cả sổ")),
                (BookPart.OPENING, self.tr("Phần mở đầu: bìa, lý lịch")),
                (BookPart.MARKS, self.tr("Phần ghi điểm")),
                (BookPart.ATTENDANCE, self.tr("Theo dõi chuyên cần")),
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
        for widget in (self.parts, self.scopes, self.papers):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._scope = BookScope.TERM_1
        self.parts.combo.picked.connect(lambda _part: self._tell())
        self.papers.combo.picked.connect(lambda _paper: self.changed.emit())
        self.scopes.chosen.connect(self.set_scope)

    @property
    def order(self) -> BookOrder:
        """What is chosen, one copy."""
        return BookOrder(self._scope, self._part, PaperSize(self.papers.combo.current()))

    @property
    def _part(self) -> BookPart:
        # Qt gives the plain text of a StrEnum back.
        return BookPart(self.parts.combo.current())

    def set_scope(self, key: str) -> None:
        """Học kì I ("HK1") or the whole year ("CN")."""
        self._scope = BookScope(key)
        self._tell()

    def show_scope(self, key: str) -> None:
        """The same from outside, with the control following."""
        self.scopes.set_current(key)
        self.set_scope(key)

    def _tell(self) -> None:
        # Parts of no term have nothing to choose here.
        self.scopes.setEnabled(self._part.of_term)
        self.changed.emit()
