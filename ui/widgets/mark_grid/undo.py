"""Ctrl+Z and Ctrl+Y: new recorded commands, never row snapshots put back."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.readmodels.mark_sheet import CellKey, SheetChange
from app.readmodels.mark_sheet_port import Gesture
from ui.models.mark_grid_model import MarkGridModel


class GestureCommand(QUndoCommand):
    """One gesture that is already committed: pushing it writes nothing.

    Each step sends what the last one replaced, marks and states alike as one command, and keeps
    what it replaced itself. A refused undo or redo makes the command obsolete, so that the stack
    forgets it.
    """

    def __init__(self, model: MarkGridModel, words: str, change: SheetChange) -> None:
        super().__init__(words)
        self._model = model
        self._replaced = change.previous
        self._pushed = False

    @property
    def first(self) -> CellKey | None:
        """Where to show what was undone; None when the gesture changed nothing."""
        return next(iter(self._replaced), None)

    @override
    def undo(self) -> None:
        self._bring("undo")

    @override
    def redo(self) -> None:
        if not self._pushed:
            self._pushed = True
            return
        self._bring("redo")

    def _bring(self, gesture: Gesture) -> None:
        change = self._model.set_cells(self._replaced, gesture)
        if change is None:
            self.setObsolete(True)
        else:
            self._replaced = change.previous
