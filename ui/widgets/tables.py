"""The one look of every list with columns: hairlines, a heavier rule every fifth row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from ui.theme.typography import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex

ToneRole = Qt.ItemDataRole.UserRole + 101
"""Token name for the text of a cell."""
IconRole = Qt.ItemDataRole.UserRole + 102
"""Icon name shown before the text of a cell."""
FontRole = Qt.ItemDataRole.UserRole + 103
"""A `Role` for the text of a cell."""
SecondLineRole = Qt.ItemDataRole.UserRole + 104
"""A caption under the text of a cell."""
StepRole = Qt.ItemDataRole.UserRole + 105
"""A `StepState` drawn in the middle of a cell."""


_RIGHT_PAD, _ICON_ROOM = 11, 23
_MEASURED_ROWS = 60
"""Enough to see how wide a column is; a list of thousands need not be read for it."""
_SLACK = 8
"""Kept by a column that gives room away: rows that were not measured may need a little more."""
_WHOLE_MOST = 300
"""Logical pixels of the widest column that is shown whole."""


class RowDelegate(QStyledItemDelegate):
    """Draws text, icon, second line and rules; figures end 11 px before the right edge."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, fifth: bool = True) -> None:
        super().__init__(parent)
        self._look = look
        self._fifth = fifth
        self._metrics: dict[Role, QFontMetrics] = {}

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell: ground, content, rule."""
        painter.save()
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, self._look.color("tint" if selected else "paper"))
        self.paint_content(painter, QRectF(area), index, selected=selected)
        strong = self._fifth and index.row() % 5 == 4
        painter.fillRect(
            area.left(), area.bottom(), area.width(), 1,
            self._look.color("line2" if strong else "line"),
        )  # fmt: skip
        if selected and index.column() == 0:
            painter.fillRect(area.left(), area.top(), 3, area.height(), self._look.color("accent"))
        painter.restore()

    def paint_content(
        self, painter: QPainter, area: QRectF, index: Index, *, selected: bool
    ) -> None:
        """Everything inside a cell; override to draw something of your own."""
        from PySide6.QtCore import QPointF

        from ui.widgets.steps import paint_step

        state = index.data(StepRole)
        if state is not None:
            paint_step(painter, self._look, QPointF(area.center()), state)
            return
        inner = area.adjusted(_left_pad(index.column()), 0, -_RIGHT_PAD, -1)
        icon = index.data(IconRole)
        tone = index.data(ToneRole) or "ink"
        if icon:
            pixmap = self._look.pixmap(icon, tone, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(int(inner.left()), int(inner.center().y() - 8), pixmap)
            inner.setLeft(inner.left() + _ICON_ROOM)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = int(align) if align is not None else int(Qt.AlignmentFlag.AlignLeft)
        second = index.data(SecondLineRole)
        first_area = QRectF(inner)
        if second:
            middle = inner.center().y()
            first_area = QRectF(inner.left(), middle - 18, inner.width(), 18)
            below = QRectF(inner.left(), middle + 1, inner.width(), 16)
            self._text(painter, below, str(second), Role.CAPTION, "ink2" if selected else "ink3",
                       flags)  # fmt: skip
        text = index.data(Qt.ItemDataRole.DisplayRole)
        role = index.data(FontRole) or Role.BODY
        self._text(painter, first_area, "" if text is None else str(text), role, tone, flags)

    def _text(
        self, painter: QPainter, area: QRectF, text: str, role: Role, tone: str, flags: int
    ) -> None:
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.color(tone))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(area.width()) + 1
        )
        vertical = int(Qt.AlignmentFlag.AlignVertical_Mask)
        painter.drawText(area, (flags & ~vertical) | int(Qt.AlignmentFlag.AlignVCenter), shown)

    def needed_width(self, index: Index) -> int:
        """Logical pixels with which nothing of a cell's words is cut off."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        second = index.data(SecondLineRole)
        width = 0
        for words, role in ((text, index.data(FontRole) or Role.BODY), (second, Role.CAPTION)):
            if words:
                if role not in self._metrics:
                    self._metrics[role] = QFontMetrics(self._look.font(role))
                width = max(width, self._metrics[role].horizontalAdvance(str(words)))
        icon = _ICON_ROOM if index.data(IconRole) else 0
        return width + icon + _left_pad(index.column()) + _RIGHT_PAD

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Width of the text with its margins."""
        return QSize(self.needed_width(index), 35)


class TableView(QTableView):
    """A read-and-choose table; rows are selected whole unless `cells`.

    Room that the last column or another one does not need goes to the columns whose words are cut
    off; where there is none, the whole words stand in a tooltip.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        row_height: int = 35,
        cells: bool = False,
        fifth: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is the accessible name; `fifth` draws the heavier rule every fifth row."""
        super().__init__(parent)
        self.look = look
        self._widths: dict[int, int] = {}
        self._needed: dict[int, int] = {}
        self._whole: frozenset[int] = frozenset()
        self._even: frozenset[int] = frozenset()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        # The style paints a box where two scroll bars meet.
        self.setCornerWidget(QWidget())
        self.setItemDelegate(RowDelegate(look, self, fifth=fifth))
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if cells else behaviour.SelectRows)
        if not cells:
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setMinimumSectionSize(16)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height)
        head = Head(look, Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(head)
        head.setHighlightSections(False)
        head.setFixedHeight(32)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self.viewport().update)

    def set_row_height(self, height: int) -> None:
        """Logical pixels of every row (density)."""
        self.verticalHeader().setDefaultSectionSize(height)

    def set_widths(
        self, widths: dict[int, int], *, whole: Iterable[int] = (), even: Iterable[int] = ()
    ) -> None:
        """Widths of columns by number, logical pixels.

        `whole`: columns never cut off (within reason), though the table then scrolls sideways.
        `even`: columns that share with the last one what room is left over.
        """
        self._widths = dict(widths)
        self._whole = frozenset(whole)
        self._even = frozenset(even)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._share_room()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Measure again whenever its rows are replaced."""
        former: QAbstractItemModel | None = self.model()
        if former is not None:
            former.modelReset.disconnect(self._measure_again)
        super().setModel(model)
        self._needed.clear()
        if model is not None:
            model.modelReset.connect(self._measure_again)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self._share_room()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """The whole words of a cell that shows only part of them."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid() and not index.data(Qt.ItemDataRole.ToolTipRole):
                QToolTip.showText(event.globalPos(), self._cut_off(index), self.viewport())
                return True
        return bool(super().viewportEvent(event))

    def _cut_off(self, index: Index) -> str:
        delegate = self.itemDelegate()
        room = self.columnWidth(index.column())
        if not isinstance(delegate, RowDelegate) or delegate.needed_width(index) <= room:
            return ""
        words = (index.data(Qt.ItemDataRole.DisplayRole), index.data(SecondLineRole))
        return "\n".join(str(each) for each in words if each)

    def _measure_again(self) -> None:
        self._needed.clear()
        self._share_room()

    def _share_room(self) -> None:
        """Widen, from the left, columns that need more than they were given.

        Others give up what they do not need, from the right, when there is too little.
        """
        model: QAbstractItemModel | None = self.model()
        head = self.horizontalHeader()
        if not self._widths or model is None or not head.stretchLastSection():
            return
        columns = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        if len(columns) < 2:
            return
        *given, last = columns
        usual = {c: self._widths.setdefault(c, self.columnWidth(c)) for c in given}
        for column in self._whole & usual.keys():
            usual[column] = max(usual[column], min(self.needs(column), _WHOLE_MOST))
        # The stretched column never gets narrower than the width it began with.
        least = self._widths.get(last, 0)
        if not least:
            least = min(head.defaultSectionSize(), self.needs(last))
            self.setColumnWidth(last, least)
        room = self.viewport().width() - least
        lacking = max(0, self.needs(last) - least) - room + sum(usual.values())
        lacking += sum(max(0, self.needs(c) - width) for c, width in usual.items())
        for column in reversed(given):
            unneeded = usual[column] - self.needs(column) - _SLACK
            taken = max(0, min(unneeded, lacking))
            usual[column] -= taken
            lacking -= taken
        spare = room - sum(usual.values())
        if spare > 0:
            spare -= max(0, self.needs(last) - least)
        for column in given:
            more = max(0, min(self.needs(column) - usual[column], spare)) if spare > 0 else 0
            usual[column] += more
            spare -= more
        sharing = self._even & usual.keys()
        for column in given:
            part = spare // (len(sharing) + 1) if column in sharing and spare > 0 else 0
            self.setColumnWidth(column, usual[column] + part)

    def needs(self, column: int) -> int:
        """Logical pixels with which no measured row of a column is cut off."""
        if column not in self._needed:
            model, delegate = self.model(), self.itemDelegate()
            widths = [self.horizontalHeader().sectionSizeFromContents(column).width()]
            if isinstance(delegate, RowDelegate):
                rows = range(min(model.rowCount(), _MEASURED_ROWS))
                widths += [delegate.needed_width(model.index(row, column)) for row in rows]
            self._needed[column] = max(widths)
        return self._needed[column]

    def commit_open_editor(self) -> None:
        """Keep a half-typed cell when an action runs without taking the focus."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def chosen_row(self) -> int:
        """Number of the current row; -1 without one."""
        return int(self.currentIndex().row())


class Head(QHeaderView):
    """A header of captions on paper with one strong rule under it."""

    def __init__(self, look: Look, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._look = look
        self.setFont(look.font(Role.BODY))
        look.changed.connect(self.viewport().update)

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Room for the whole word."""
        model: QAbstractItemModel | None = self.model()
        words = model.headerData(logicalIndex, self.orientation()) if model is not None else ""
        metrics = QFontMetrics(self._look.font(Role.BODY))
        width = metrics.horizontalAdvance(str(words or ""))
        return QSize(width + _left_pad(logicalIndex) + _RIGHT_PAD, 32)

    @override
    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        """Words only; alignment follows the column's own."""
        painter.save()
        painter.fillRect(rect, self._look.color("paper"))
        model: QAbstractItemModel | None = self.model()
        if model is not None:
            words = model.headerData(logicalIndex, self.orientation()) or ""
            align = model.headerData(
                logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
            )
            flags = int(align) if align is not None else int(self.defaultAlignment())
            painter.setFont(self._look.font(Role.BODY))
            painter.setPen(self._look.color("ink2"))
            area = rect.adjusted(_left_pad(logicalIndex), 0, -_RIGHT_PAD, -1)
            shown = painter.fontMetrics().elidedText(
                str(words), Qt.TextElideMode.ElideRight, area.width() + 1
            )
            painter.drawText(area, flags | int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.color("line2"))
        painter.restore()


def _left_pad(column: int) -> int:
    """The first column starts where the card's title does."""
    return 15 if column == 0 else 12
