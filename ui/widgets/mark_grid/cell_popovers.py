"""Popovers that point at one cell: a refusal, why a cell is locked, what happened to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.errors import AppError
from app.readmodels.mark_sheet import CellKey
from ui.errors.messages import title_of
from ui.theme.look import Look
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.table import MarkTable
from ui.widgets.popover import NotePopover, Popover

_MOVES_ON = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_NAMED_CELLS = 6
"""So many refused cells are named one by one; the rest are counted."""


class CellPopovers(QObject):
    """At most one is open; an arrow key closes it and moves on in the grid."""

    def __init__(self, look: Look, table: MarkTable) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._popover: Popover | None = None

    @property
    def is_open(self) -> bool:
        """Whether a popover points at a cell now."""
        return self._popover is not None

    def show(self, key: CellKey, popover: Popover) -> None:
        """Point at a cell of the shown section; any earlier popover closes."""
        self.close()
        place = self._table.sheet_model.position_of(key)
        if place is None:
            popover.deleteLater()
            return

        def forget() -> None:
            if self._popover is popover:
                self._popover = None

        # A popover deletes itself on close; the reference must not outlive it.
        popover.destroyed.connect(forget)
        popover.installEventFilter(self)
        self._popover = popover
        self._table.scrollTo(self._table.sheet_model.index(*place))
        _fit_height(popover)
        popover.point_at(self._table.viewport(), self._table.block_rect(Block(*place, *place)))

    def refuse(self, key: CellKey, error: AppError) -> None:
        """Say a refusal at its cell; several refused cells are named."""
        sentence = _with_cells(error)
        window = self._table.window()
        self.show(key, NotePopover(self._look, title_of(error), sentence, window))

    def close(self) -> None:
        """Close what is open."""
        popover, self._popover = self._popover, None
        if popover is not None:
            popover.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() not in _MOVES_ON:
                return False
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self._table, event)
            return True
        return False


def _fit_height(popover: Popover) -> None:
    """Wrapped sentences need the height of the popover's own width, or they are cut."""
    layout = popover.layout()
    if layout is not None and layout.hasHeightForWidth():
        popover.ensurePolished()
        layout.activate()
        popover.setFixedHeight(layout.totalHeightForWidth(popover.width()))


def _with_cells(error: AppError) -> str:
    failed = error.facts.get("cells")
    if not isinstance(failed, Mapping) or not failed:
        return error.sentence
    if error.facts.get("one_reason"):
        return error.sentence
    if len(failed) == 1:
        return str(next(iter(failed.values())))
    lines = [f"• {sentence}" for sentence in list(failed.values())[:_NAMED_CELLS]]
    if len(failed) > _NAMED_CELLS:
        lines.append(f"… và {len(failed) - _NAMED_CELLS} ô nữa.")
    # The sentence of the refusal names the first cells itself, for where there is no such list.
    head = error.sentence.partition(": ")[0]
    return "\n".join([f"{head}:", *lines])
