"""The two lists of the sign-in page: departments, and the names of one of them.

What is marked is asked of the list, not of `option.state`: the enums of QStyle take 4 ms to build,
and this is the first page of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.theme.tokens import RADIUS_FIELD
from ui.theme.typography import Role
from ui.widgets.chips import paint_avatar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from ui.pages.sign_in.people import Person
    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex
ROW = 38
_DATA = Qt.ItemDataRole.UserRole


class DepartmentList(QListWidget):
    """`department_chosen(name)`; the count stands at the right."""

    department_chosen = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self, name)
        self.setItemDelegate(_DepartmentDelegate(look, self))
        self.currentItemChanged.connect(self._tell)

    def show_departments(self, departments: Sequence[tuple[str, int]]) -> None:
        """Replace the list."""
        self.clear()
        for name, count in departments:
            item = QListWidgetItem(name)
            item.setData(_DATA, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {count}")
            self.addItem(item)

    def mark(self, department: str) -> None:
        """Mark a department without a signal; an empty name marks none."""
        self.blockSignals(True)
        found = self.findItems(department, Qt.MatchFlag.MatchExactly) if department else []
        self.setCurrentRow(self.row(found[0]) if found else -1)
        self.blockSignals(False)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Passing by with Tab chooses nothing: a search has no department, and keeps its names."""
        unmarked = self.currentRow() < 0
        self.blockSignals(True)
        super().focusInEvent(event)
        if unmarked:
            self.setCurrentRow(-1)
        self.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.department_chosen.emit(item.text())


class NameList(QListWidget):
    """`person_chosen(uid)` when the mark moves; `person_opened(uid)` on Enter or a click."""

    person_chosen = Signal(str)
    person_opened = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self, name)
        self.setItemDelegate(_NameDelegate(look, self))
        self.currentItemChanged.connect(
            lambda item: self.person_chosen.emit(item.data(_DATA).uid if item else "")
        )
        self.itemActivated.connect(lambda item: self.person_opened.emit(item.data(_DATA).uid))
        self.itemClicked.connect(lambda item: self.person_opened.emit(item.data(_DATA).uid))

    def show_people(self, people: Sequence[Person], mark: str = "") -> None:
        """Replace the list and mark one person (or the first, when `mark` is "first")."""
        self.blockSignals(True)
        self.clear()
        for person in people:
            item = QListWidgetItem(person.display_name)
            item.setData(_DATA, person)
            spoken = f"{person.display_name}, {person.note}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
            if person.uid == mark:
                self.setCurrentItem(item)
        if mark == "first" and people:
            self.setCurrentRow(0)
        self.blockSignals(False)
        if self.currentRow() >= 0:
            self.scrollToItem(self.item(self.currentRow()))
        self.person_chosen.emit(self.chosen_uid())

    def chosen_uid(self) -> str:
        """Id of the marked person; empty without one."""
        row = self.currentRow()
        return str(self.item(row).data(_DATA).uid) if row >= 0 else ""

    def names(self) -> list[str]:
        """Names shown, from the top."""
        return [self.item(row).text() for row in range(self.count())]

    def move_mark(self, step: int) -> None:
        """Mark the next or the former person."""
        if self.count():
            self.setCurrentRow(max(0, min(self.currentRow() + step, self.count() - 1)))


class _DepartmentDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListWidget) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = index.row() == self._view.currentRow()
        area = QRectF(option.rect).adjusted(0, 1, 0, -1)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("tint"))
            painter.drawRoundedRect(area, RADIUS_FIELD, RADIUS_FIELD)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._look.font(Role.STRONG if chosen else Role.BODY))
        painter.setPen(self._look.color("ink"))
        words = area.adjusted(12, 0, -40, 0)
        name = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, middle, name)
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.color("ink3"))
        right = middle | int(Qt.AlignmentFlag.AlignRight)
        painter.drawText(area.adjusted(0, 0, -12, 0), right, str(index.data(_DATA)))
        painter.restore()


class _NameDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListWidget) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person: Person = index.data(_DATA)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = index.row() == self._view.currentRow()
        area = QRectF(option.rect).adjusted(1, 2, -2, -2)
        if chosen:
            painter.setPen(QPen(self._look.color("accent"), 1.5))
            painter.setBrush(self._look.color("tint"))
            painter.drawRoundedRect(area, RADIUS_FIELD, RADIUS_FIELD)
        disc = QRectF(area.left() + 9, area.center().y() - 13, 26, 26)
        paint_avatar(painter, self._look, disc, person.display_name, chosen=chosen, tone="well")
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._look.font(Role.NAME))
        painter.setPen(self._look.color("ink"))
        metrics = painter.fontMetrics()
        name_width = max(133, min(metrics.horizontalAdvance(person.display_name) + 14, 220))
        words = QRectF(area.left() + 46, area.top(), name_width, area.height())
        cut = Qt.TextElideMode.ElideRight
        painter.drawText(words, middle, metrics.elidedText(person.display_name, cut, name_width))
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.color("ink2" if chosen else "ink3"))
        note = QRectF(words.right(), area.top(), area.right() - words.right() - 34, area.height())
        shown = painter.fontMetrics().elidedText(person.note, cut, int(note.width()))
        painter.drawText(note, middle, shown)
        if chosen:
            tick = self._look.pixmap("check", "accent", 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(int(area.right()) - 27, int(area.center().y()) - 8, tick)
        painter.restore()


def _prepare(view: QListWidget, name: str) -> None:
    view.setAccessibleName(name)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
