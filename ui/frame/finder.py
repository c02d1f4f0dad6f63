"""Ctrl+K: find a pupil, class, page, case or printed book; marks on letters are optional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.text import fold
from ui.theme.typography import Role
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from ui.navigation import Found
    from ui.theme.look import Look

_MOST = 12


def matching(words: str, found: Iterable[Found], most: int = _MOST) -> list[Found]:
    """Those in which every word begins a word of title or note; given names first; no marks."""
    wanted = fold(words).split()
    if not wanted:
        return []
    ranked: list[tuple[int, int, Found]] = []
    for order, one in enumerate(found):
        title = fold(one.title)
        parts = f"{title} {fold(one.note)}".replace(",", " ").split()
        if all(any(part.startswith(word) for part in parts) for word in wanted):
            starts = title.startswith(wanted[0])
            given = title.split()[-1] in wanted
            ranked.append((0 if given else 1 if starts else 2, order, one))
    ranked.sort(key=lambda entry: entry[:2])
    return [one for _, _, one in ranked[:most]]


class Finder(QFrame):
    """`chosen(Found)`; Down and Up move, Enter opens, Esc closes."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, provider: Callable[[str], Iterable[Found]], parent: QWidget
    ) -> None:
        """`provider(words)` answers at once from what it holds in memory; it is filtered here."""
        super().__init__(parent)
        self._look = look
        self._provider = provider
        self.setProperty("kind", "toast")
        self.setFixedWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        name = self.tr("Tìm học sinh, lớp, trang, hồ sơ, bản in")
        self.field = SearchField(look, name, name)
        self.field.textChanged.connect(self._search)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Kết quả"))
        self.list.setItemDelegate(_FoundDelegate(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self._choose())
        self.list.itemClicked.connect(lambda _item: self._choose())
        self._hint = Label(look, "", Role.CAPTION, "ink3", wrap=True)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self._hint)
        self.setFocusProxy(self.field)
        self._search("")

    def open_under(self, widget: QWidget) -> None:
        """Show under the quick search field, right edges together; leaving it closes it."""
        below = QPoint(widget.width() - self.width(), widget.height() + 4)
        self.move(widget.mapTo(self.window(), below))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._close_when_left)

    def titles(self) -> list[str]:
        """Titles shown, from the top."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter act on the list while the field keeps the focus."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self.list.currentRow() + step
            self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _close_when_left(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self and not self.isAncestorOf(new):
            self.close()

    def _search(self, words: str) -> None:
        answers = matching(words, self._provider(words)) if words.strip() else []
        self.list.clear()
        for answer in answers:
            item = QListWidgetItem(answer.title)
            item.setData(Qt.ItemDataRole.UserRole, answer)
            self.list.addItem(item)
        self.list.setVisible(bool(answers))
        self.list.setFixedHeight(40 * len(answers) + 2 if answers else 0)
        if answers:
            self.list.setCurrentRow(0)
            self._hint.setText(self.tr("↑ ↓ để chọn, Enter để mở, Esc để đóng"))
        elif words.strip():
            said = self.tr("Không thấy “{words}”. Thử gõ tên gọi hoặc tên lớp, không cần dấu.")
            self._hint.setText(said.format(words=words.strip()))
        else:
            self._hint.setText(self.tr("Gõ vài chữ, không cần dấu: “an 7a2”, “học bạ”, “in sổ”."))
        self.adjustSize()

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.close()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _FoundDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, 40)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: Found = index.data(Qt.ItemDataRole.UserRole)
        area = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._look.color("tint"))
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._look.pixmap(found.icon, "ink2", 18, ratio)
        painter.drawPixmap(area.left() + 8, area.top() + 11, pixmap)
        words = area.adjusted(36, 3, -8, 0)
        painter.setFont(self._look.font(Role.VALUE))
        painter.setPen(self._look.color("ink"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignTop), found.title)
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.color("ink2"))
        painter.drawText(words.adjusted(0, 17, 0, 0), int(Qt.AlignmentFlag.AlignTop), found.note)
        painter.restore()
