"""A read-only table model over frozen records: columns are small functions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.tables import FontRole, IconRole, SecondLineRole, StepRole, ToneRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a record table; figures are right aligned (`number=True`)."""

    title: str
    text: Callable[[R], str]
    number: bool = False
    centred: bool = False
    role: Role | None = None
    tone: Callable[[R], str] | None = None
    icon: Callable[[R], str] | None = None
    second: Callable[[R], str] | None = None
    step: Callable[[R], object] | None = None
    tip: Callable[[R], str] | None = None


class RecordModel(QAbstractTableModel, Generic[R]):
    """Shows `records` through `columns`; `set_records` replaces them all."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._records: tuple[R, ...] = ()

    def set_records(self, records: Sequence[R]) -> None:
        """Replace everything shown."""
        self.beginResetModel()
        self._records = tuple(records)
        self.endResetModel()

    def rename(self, column: int, title: str) -> None:
        """Give a column another heading: what is counted may be called by the year's own word."""
        columns = list(self._columns)
        columns[column] = replace(columns[column], title=title)
        self._columns = tuple(columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def record(self, row: int) -> R:
        """The record in a row."""
        return self._records[row]

    def records(self) -> tuple[R, ...]:
        """All records, in the order shown."""
        return self._records

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of records."""
        return 0 if parent.isValid() else len(self._records)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer from the record, asking nobody."""
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == FontRole:
            return column.role
        source: Callable[[R], object] | None = {
            Qt.ItemDataRole.DisplayRole: column.text,
            Qt.ItemDataRole.ToolTipRole: column.tip,
            ToneRole: column.tone,
            IconRole: column.icon,
            SecondLineRole: column.second,
            StepRole: column.step,
        }.get(role)
        return source(record) if source is not None else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles over the columns."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self._columns[section])
        return None

    def _alignment(self, column: Column[R]) -> int:
        side = Qt.AlignmentFlag.AlignLeft
        if column.number:
            side = Qt.AlignmentFlag.AlignRight
        elif column.centred:
            side = Qt.AlignmentFlag.AlignHCenter
        return int(side | Qt.AlignmentFlag.AlignVCenter)
