"""A table whose first column has a check box where a row may be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from typing_extensions import override

from ui.widgets.checks import paint_check
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.tables import RowDelegate, TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from ui.theme.look import Look

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_SIDE = 16


class CheckModel(RecordModel[R]):
    """`key(record)` is what `taken` holds; None for a row without a box."""

    toggled = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], int | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._key = key
        self.taken: set[int] = set()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The box of the first column, then what every record model answers."""
        if role == Qt.ItemDataRole.CheckStateRole:
            key = self._key(self.record(index.row())) if index.isValid() else None
            if index.column() or key is None:
                return None
            return Qt.CheckState.Checked if key in self.taken else Qt.CheckState.Unchecked
        return super().data(index, role)

    def toggle(self, row: int) -> None:
        """Take the row, or leave it."""
        key = self._key(self.record(row))
        if key is None:
            return
        self.taken ^= {key}
        place = self.index(row, 0)
        self.dataChanged.emit(place, place)
        self.toggled.emit()


class CheckTable(TableView):
    """Space or a click on the box toggles the row."""

    def __init__(
        self, look: Look, name: str, *, row_height: int = 29, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, row_height=row_height, parent=parent)
        self.setItemDelegate(_CheckDelegate(look, self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles the current row."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, CheckModel):
            if self.chosen_row() >= 0:
                model.toggle(self.chosen_row())
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click into the first column toggles."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        model = self.model()
        if index.isValid() and index.column() == 0 and isinstance(model, CheckModel):
            model.toggle(index.row())


class _CheckDelegate(RowDelegate):
    @override
    def paint_content(
        self, painter: QPainter, area: QRectF, index: Index, *, selected: bool
    ) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if index.column() or state is None:
            super().paint_content(painter, area, index, selected=selected)
            return
        # PySide hands the enum back as its number.
        on = state in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        box = QRectF(area.left() + 15, area.center().y() - _SIDE / 2, _SIDE, _SIDE)
        paint_check(painter, self._look, box, on=on)
