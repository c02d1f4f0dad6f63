"""Reads .xlsx by openpyxl's parser, whole sheets at once because a header's merged blocks count.

Of a file only values and merged blocks are wanted: a loaded openpyxl workbook also styles every
cell and draws the borders of every block, which takes as long again.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula

from app.importing.tables import EMPTY_CELL, CellKind, MergedRange, RawCell, RawSheet
from exports.xlsx.file_guard import check_package, corrupt_refusal
from exports.xlsx.raw_cells import raw_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER_ROWS = 40
_MOST_BLOCKS = 1000

# What openpyxl raises on damaged or hostile parts; it declares no exception of its own for them.
# Broken XML is a SyntaxError, whichever of the two XML libraries openpyxl finds.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """Cells that a sheet's file holds, as (value, openpyxl's data type), and its merged blocks."""

    cells: Mapping[tuple[int, int], tuple[Any, str]]
    merged: tuple[MergedRange, ...]

    @property
    def has_formulas(self) -> bool:
        return any(kind == "f" for _, kind in self.cells.values())


def read_xlsx(name: str, content: bytes) -> list[RawSheet]:
    """Every worksheet, hidden ones marked; chart sheets are left out.

    Formulas are never computed: the result Excel stored is used, and a formula without one becomes
    an UNKNOWN_FORMULA cell. A sheet is parsed a second time only when it has formulas.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_package(name, package)
            # Damage in a part that is never parsed is damage all the same.
            if package.testzip() is not None:
                raise corrupt_refusal(name)
        with warnings.catch_warnings():
            # openpyxl warns of drawings, styles and validations it leaves out; none carries a cell.
            warnings.simplefilter("ignore")
            return _Book(content).sheets()
    except _FAULTS as fault:
        raise corrupt_refusal(name) from fault


class _Book:
    """A package read by openpyxl's steps, but for what no import asks: theme, charts, names."""

    def __init__(self, content: bytes) -> None:
        # Its stubs know less of the reader than the pinned version has.
        reader: Any = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        # Only a cell's number format tells a date from a number.
        apply_stylesheet(reader.archive, reader.wb)
        self._reader = reader

    def sheets(self) -> list[RawSheet]:
        """Every worksheet in the book's order."""
        return [
            self._sheet(sheet.name, sheet.state != "visible", part.target)
            for sheet, part in self._reader.parser.find_sheets()
            if part.target in self._reader.valid_files and "chartsheet" not in part.Type
        ]

    def _sheet(self, title: str, hidden: bool, part: str) -> RawSheet:
        parsed = self._parsed(part, stored_results=False)
        results: Mapping[tuple[int, int], tuple[Any, str]] = {}
        if parsed.has_formulas:
            results = self._parsed(part, stored_results=True).cells
        return _raw_sheet(title, hidden, parsed, results)

    def _parsed(self, part: str, *, stored_results: bool) -> _Parsed:
        reader, book = self._reader, self._reader.wb
        cells: dict[tuple[int, int], tuple[Any, str]] = {}
        with reader.archive.open(part) as source:
            parser: Any = WorkSheetParser(
                source,
                reader.shared_strings,
                data_only=stored_results,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001 - no public name for it
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            )
            for _, row in parser.parse():
                for cell in row:
                    cells[cell["row"], cell["column"]] = (cell["value"], cell["data_type"])
        blocks = [] if parser.merged_cells is None else parser.merged_cells.mergeCell
        ranges = [CellRange(block.ref) for block in blocks]
        merged = tuple(MergedRange(r.min_row, r.min_col, r.max_row, r.max_col) for r in ranges)
        return _Parsed(cells, merged)


def _raw_sheet(
    title: str,
    hidden: bool,
    parsed: _Parsed,
    results: Mapping[tuple[int, int], tuple[Any, str]],
) -> RawSheet:
    rows: dict[int, dict[int, RawCell]] = {}
    last_row = max((block.last_row for block in parsed.merged), default=0)
    for place, (value, kind) in parsed.cells.items():
        row, column = place
        last_row = max(last_row, row)
        if kind == "f":
            raw = _formula_cell(value, results.get(place, (None, ""))[0])
        else:
            raw = raw_cell(value)
        if not raw.is_blank:
            rows.setdefault(row, {})[column] = raw
    for block in parsed.merged:
        _clear_covered(rows, block)
    last_filled = max((row for row, cells in rows.items() if cells), default=0)
    return RawSheet(
        name=title,
        rows=tuple(_filled(rows.get(number, {})) for number in range(1, last_filled + 1)),
        merged=_near_the_top(parsed.merged),
        ghost_rows=last_row - last_filled,
        hidden=hidden,
    )


def _formula_cell(formula: object, stored: object) -> RawCell:
    if stored is None:
        text = str(formula.text) if isinstance(formula, ArrayFormula) else str(formula)
        return RawCell(CellKind.UNKNOWN_FORMULA, text)
    return raw_cell(stored, computed=True)


def _clear_covered(rows: dict[int, dict[int, RawCell]], block: MergedRange) -> None:
    """Excel shows the first cell of a merged block alone; what hides under it is no content."""
    for row in range(block.first_row, block.last_row + 1):
        cells = rows.get(row)
        if not cells:
            continue
        for column in range(block.first_column, block.last_column + 1):
            if (row, column) != (block.first_row, block.first_column):
                cells.pop(column, None)


def _filled(cells: dict[int, RawCell]) -> tuple[RawCell, ...]:
    return tuple(cells.get(column, EMPTY_CELL) for column in range(1, max(cells, default=0) + 1))


def _near_the_top(blocks: tuple[MergedRange, ...]) -> tuple[MergedRange, ...]:
    """Blocks where headers are; more of them than any header has are left out."""
    found = [block for block in blocks if block.first_row <= _HEADER_ROWS]
    return tuple(sorted(found, key=lambda b: (b.first_row, b.first_column))[:_MOST_BLOCKS])
