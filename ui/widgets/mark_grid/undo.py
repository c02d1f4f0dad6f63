"""Ctrl+Z and Ctrl+Y: new recorded commands, never row snapshots put back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.readmodels.mark_sheet import CellKey, CellView
from app.readmodels.mark_sheet_port import Gesture
from ui.models.mark_grid_model import MarkGridModel


class GestureCommand(QUndoCommand):
    """One gesture that is already committed: pushing it writes nothing.

    A refused undo or redo makes the command obsolete, so that the stack forgets it.
    """

    def __init__(
        self,
        model: MarkGridModel,
        words: str,
        before: Mapping[CellKey, CellView],
        after: Mapping[CellKey, CellView],
    ) -> None:
        super().__init__(words)
        self._model = model
        self._before = dict(before)
        self._after = dict(after)
        self._pushed = False

    @property
    def first(self) -> CellKey:
        """Where to show what was undone."""
        return next(iter(self._after))

    @override
    def undo(self) -> None:
        self._bring(self._before, "undo")

    @override
    def redo(self) -> None:
        if not self._pushed:
            self._pushed = True
            return
        self._bring(self._after, "redo")

    def _bring(self, views: Mapping[CellKey, CellView], gesture: Gesture) -> None:
        if not self._model.restore(views, gesture):
            self.setObsolete(True)
