"""The raw table of cells that every reader hands over, and the port that readers fulfil."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from app.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

_LETTERS = 26


class CellKind(Enum):
    """What a cell of a file holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ERROR = "error"
    UNKNOWN_FORMULA = "unknown_formula"


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as the file holds it; no float ever leaves a reader.

    `text` is the untouched text, or a number in plain decimals with a point ("6.6", "10"), or a
    date as dd/mm/yyyy, or the formula whose result the file does not carry. `day` is set for
    dates only. `computed` tells that the value is the stored result of a formula.
    """

    kind: CellKind
    text: str = ""
    day: date | None = None
    computed: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing a person would see: no value, white space or invisible characters only."""
        if self.kind is not CellKind.TEXT:
            return self.kind is CellKind.EMPTY
        stripped = self.text.strip()
        # Cleaning walks every character, so ordinary words are told by their first one.
        return not stripped or (not stripped[0].isalnum() and not clean(stripped))


EMPTY_CELL = RawCell(CellKind.EMPTY)


def text_cell(text: str) -> RawCell:
    """A text cell; an empty text is an empty cell."""
    return RawCell(CellKind.TEXT, text) if text else EMPTY_CELL


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged block; rows and columns count from 1 as in Excel, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def reference(self) -> str:
        """As Excel writes it: "A1:D1"."""
        first = f"{column_letter(self.first_column)}{self.first_row}"
        return f"{first}:{column_letter(self.last_column)}{self.last_row}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the block covers that cell (counted from 1)."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: `rows[0]` is Excel's row 1; rows may be shorter than the widest one.

    Empty rows and columns at the end are dropped; `ghost_rows` counts the dropped rows that Excel
    kept only for their format. `notes` are Vietnamese sentences on what the reader had to do
    (another encoding, a wrong file extension).
    """

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    merged: tuple[MergedRange, ...] = ()
    ghost_rows: int = 0
    hidden: bool = False
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns in the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> RawCell:
        """The cell at Excel's `row` and `column` (both from 1); outside the table it is empty."""
        if not 1 <= row <= len(self.rows):
            return EMPTY_CELL
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else EMPTY_CELL

    def merged_at(self, row: int, column: int) -> MergedRange | None:
        """The merged block over that cell, or None."""
        for block in self.merged:
            if block.holds(row, column):
                return block
        return None

    def shown(self, row: int, column: int) -> RawCell:
        """The cell as a person sees it: a merged block shows its first cell everywhere."""
        block = self.merged_at(row, column)
        return self.cell(block.first_row, block.first_column) if block else self.cell(row, column)

    def numbered_rows(self) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
        """Every row with its Excel number."""
        return enumerate(self.rows, 1)

    def with_texts(self, change: Callable[[str], str]) -> RawSheet:
        """The same sheet with `change` applied to every text cell and to the sheet's name."""

        def changed(cell: RawCell) -> RawCell:
            if cell.kind is not CellKind.TEXT:
                return cell
            text = change(cell.text)
            return cell if text == cell.text else replace(cell, text=text)

        rows = tuple(tuple(changed(cell) for cell in row) for row in self.rows)
        return replace(self, name=change(self.name), rows=rows)


class SheetReader(Protocol):
    """Reads a table file without running anything in it."""

    def read(self, path: Path) -> list[RawSheet]:
        """All sheets of the file in its own order.

        Raises EnvironmentProblem for a file that cannot be opened or is damaged, RuleRefused for
        one that must not be opened (too big, a password, a bomb, another kind of file).
        """
        ...


def column_letter(column: int) -> str:
    """Excel's letters of a column counted from 1 (1 -> A, 27 -> AA)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
