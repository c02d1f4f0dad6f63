"""A progress board: bars with their count, steps with their word, in the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from ui.theme.typography import Role
from ui.widgets.progress import paint_bar
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.steps import TONE_OF, StepState, paint_step
from ui.widgets.tables import RowDelegate, StepRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
BarRole = Qt.ItemDataRole.UserRole + 106
"""(done, total) drawn as a thin bar with the text behind it."""
_BAR_WIDTH, _STEP_ROOM = 48, 22


@dataclass(frozen=True, slots=True)
class BoardColumn(Column[R]):
    """A column that may draw a bar: `bar(record)` is (done, total), or None for a dash."""

    bar: Callable[[R], tuple[int, int] | None] | None = None


class BoardModel(RecordModel[R]):
    """Records through board columns."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._board = tuple(columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Adds the bar's share to what a record model answers."""
        if role == BarRole and index.isValid():
            column = self._board[index.column()]
            if isinstance(column, BoardColumn) and column.bar is not None:
                return column.bar(self.record(index.row()))
            return None
        return super().data(index, role)


class BoardDelegate(RowDelegate):
    """Rows of a board; a step with a word stands at the left, one without in the middle."""

    @override
    def needed_width(self, index: Index) -> int:
        """The bar and the step stand before their words."""
        before = _BAR_WIDTH + 6 if index.data(BarRole) is not None else 0
        if index.data(StepRole) is not None:
            before = _STEP_ROOM
        return super().needed_width(index) + before

    @override
    def paint_content(
        self, painter: QPainter, area: QRectF, index: Index, *, selected: bool
    ) -> None:
        """A bar and its count, a step and its word, or what every table shows."""
        share = index.data(BarRole)
        state = index.data(StepRole)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if share is not None:
            done, total = share
            tone = "green" if done >= total else ("amber" if done else "ink3")
            bar = QRectF(area.left() + 12, area.center().y() - 2.5, _BAR_WIDTH, 5)
            paint_bar(painter, self._look, bar, done, total, tone)
            words = area.adjusted(12 + _BAR_WIDTH + 6, 0, -4, -1)
            role = Role.STRONG if 0 < done < total else Role.BODY
            ink = "amber" if 0 < done < total else "ink2"
            self._text(painter, words, text, role, ink, int(left))
        elif state is not None and text:
            centre = QPointF(area.left() + 20, area.center().y())
            paint_step(painter, self._look, centre, state)
            words = area.adjusted(12 + _STEP_ROOM, 0, -4, -1)
            tone = "ink2" if state is StepState.DONE else TONE_OF[state]
            self._text(painter, words, text, Role.BODY, tone, int(left))
        else:
            super().paint_content(painter, area, index, selected=selected)
