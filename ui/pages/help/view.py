"""The manual: what to look for at the left, the chapter at the right, one button to print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui.pages.help.leaf import Leaf, paper_document
from ui.pages.help.manual import Hit, chapter, search
from ui.theme.tokens import CARD_GAP
from ui.theme.typography import Role
from ui.widgets.buttons import secondary
from ui.widgets.cards import Card
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import TableView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QTextDocument

    from ui.theme.look import Look

_LIST_WIDTH = 300
_READING_WIDTH = 780


class HelpView(QWidget):
    """`print_asked(title, document)`; `show_chapter` aims at a screen's chapter."""

    print_asked = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = Hit(chapter(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        row.addWidget(self._contents())
        row.addWidget(self._paper(), 1)
        self._search("")

    def show_chapter(self, chapter_id: str) -> None:
        """The chapter of a screen, the whole list beside it."""
        self.field.clear()
        self._search("")
        self._choose(chapter(chapter_id).id)

    def chapter_id(self) -> str:
        """Which chapter is open."""
        return self._shown.chapter.id

    def document(self) -> QTextDocument:
        """The open chapter in ink on white."""
        return paper_document(self._shown.chapter, self._look)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search field: arrows walk the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.field.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            last = self._model.rowCount() - 1
            self.list.selectRow(max(0, min(last, self.list.chosen_row() + step)))
        else:
            super().keyPressEvent(event)

    def _contents(self) -> Card:
        look = self._look
        card = Card(look, flush=True)
        card.setFixedWidth(_LIST_WIDTH)
        self.field = SearchField(look, self.tr("Tìm trong trợ giúp"), self.tr("Tìm việc cần làm"))
        self.field.textChanged.connect(self._search)
        inset = QHBoxLayout()
        inset.setContentsMargins(12, 0, 12, 6)
        inset.addWidget(self.field)
        card.body.addLayout(inset)
        self._nothing = Label(look, "", Role.BODY, "ink2", wrap=True)
        self._nothing.setContentsMargins(15, 4, 15, 12)
        self._nothing.hide()
        card.body.addWidget(self._nothing)
        columns: list[Column[Hit]] = [
            Column(
                self.tr("Trang"),
                lambda hit: hit.task or hit.chapter.title,
                role=Role.VALUE,
                second=lambda hit: hit.chapter.title if hit.task else "",
            )
        ]
        self._model = RecordModel(columns, self)
        self.list = TableView(look, self.tr("Các trang trợ giúp"), fifth=False)
        self.list.horizontalHeader().hide()
        self.list.setModel(self._model)
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)
        card.body.addWidget(self.list, 1)
        return card

    def _paper(self) -> Card:
        card = Card(self._look, flush=True)
        self.leaf = Leaf(self._look, self.tr("Trang trợ giúp đang đọc"))
        self.leaf.setMaximumWidth(_READING_WIDTH)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.addWidget(self.leaf, 1)
        self.print_button = secondary(self._look, self.tr("In trang này…"), self._print, "printer")
        row.addStretch()
        row.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row, 1)
        return card

    def _search(self, words: str) -> None:
        hits = search(words)
        self.list.set_row_height(46 if words.strip() else 34)
        self._model.set_records(hits)
        self._nothing.setVisible(not hits)
        said = self.tr("Không trang nào nói tới “{words}”. Thử một chữ khác, ví dụ “khóa”.")
        self._nothing.setText(said.format(words=words.strip()))
        self.list.setVisible(bool(hits))
        if words.strip() and hits:
            self.list.selectRow(0)
        else:
            self._choose(self._shown.chapter.id)

    def _choose(self, chapter_id: str) -> None:
        for row, hit in enumerate(self._model.records()):
            if hit.chapter.id == chapter_id:
                self.list.selectRow(row)
                return

    def _row_changed(self, current: QModelIndex, _former: QModelIndex) -> None:
        if current.isValid():
            self._shown = self._model.record(current.row())
            self.leaf.show_chapter(self._shown.chapter, self._shown.task)

    def _print(self) -> None:
        self.print_asked.emit(self._shown.chapter.title, self.document())
