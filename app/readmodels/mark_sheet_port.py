"""What the mark grid asks of the services: one sheet, already bound to its actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from app.changes import CommandResult
from app.domain.marks import CellState
from app.domain.periods import EntryTerm
from app.readmodels.mark_sheet import CellKey, MarkSheetView, SheetChange, WhyLocked

Gesture = Literal["key", "paste", "fill", "clear", "undo", "redo", "import"]

GUARDED_CELLS = 10
"""From this many cells on a paste is compared with the other columns before it is written."""


class MarkSheetPort(Protocol):
    """One class and subject as one signed-in person may use it.

    Every writing call is one command: all of it is committed with its trail entry, or nothing.
    It raises RuleRefused, AccessDenied, StaleData or EnvironmentProblem.
    """

    def load(self) -> MarkSheetView:
        """The whole sheet as it is now."""
        ...

    def set_cells(self, edits: Mapping[CellKey, str], gesture: Gesture) -> SheetChange:
        """Write texts as typed; "" empties a cell.

        When several cells fail, `facts["cells"]` of the error maps each CellKey to its sentence.
        With "undo" and "redo" a text may also replace a state that the same person set by
        `set_state` a moment ago.
        """
        ...

    def set_state(
        self, keys: Sequence[CellKey], state: CellState, reason: str, value_text: str = ""
    ) -> SheetChange:
        """Set PENDING_MAKEUP, ZERO_ABSENT, EXEMPT or TRANSFERRED, or clear back to EMPTY.

        `reason` is required and comes back as the cell's `note`; `value_text` is the mark that a
        TRANSFERRED cell carries.
        """
        ...

    def why(self, key: CellKey) -> WhyLocked:
        """Why this cell cannot be typed into, whose decision that was, what can be done."""
        ...

    def history(self, key: CellKey) -> list[str]:
        """Everything that happened to the cell, oldest first, one sentence each."""
        ...

    def set_dates(
        self,
        column: str,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None = None,
    ) -> MarkSheetView:
        """Set ngày kiểm tra and hạn vào điểm of a column; the sheet after that."""
        ...

    def check_paste(self, edits: Mapping[CellKey, str]) -> str | None:
        """Wrong-column guard: a sentence when the numbers fit another column clearly better.

        Asked for GUARDED_CELLS cells or more; None when nothing speaks against writing.
        """
        ...

    def confirm(self, term: EntryTerm | None = None) -> CommandResult:
        """Xác nhận đã đủ of a term, else of the open one; refused while cells are missing."""
        ...
