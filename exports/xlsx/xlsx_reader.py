"""Reads .xlsx by openpyxl, whole sheets at once because a header's merged blocks count."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula

from app.importing.tables import EMPTY_CELL, CellKind, MergedRange, RawCell, RawSheet
from exports.xlsx.file_guard import check_package, corrupt_refusal
from exports.xlsx.raw_cells import raw_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER_ROWS = 40
_MOST_BLOCKS = 1000

# What openpyxl raises on damaged or hostile parts; it declares no exception of its own for them.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_xlsx(name: str, content: bytes) -> list[RawSheet]:
    """Every worksheet, hidden ones marked; chart sheets are left out.

    Formulas are never computed: the result Excel stored is used, and a formula without one becomes
    an UNKNOWN_FORMULA cell. The file is parsed a second time only when it has formulas.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_package(name, package)
        book = _load(content, stored_results=False)
        # The types allow write-only sheets too, which loading never gives.
        sheets = cast("list[Worksheet]", book.worksheets)
        formulas = any(cell.data_type == "f" for s in sheets for cell in _cells(s).values())
        results = _load(content, stored_results=True) if formulas else None
        return [_raw_sheet(sheet, results) for sheet in sheets]
    except _FAULTS as fault:
        raise corrupt_refusal(name) from fault


def _load(content: bytes, *, stored_results: bool) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of drawings, styles and validations it leaves out; none carries a cell.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), data_only=stored_results, keep_links=False)


def _cells(sheet: Worksheet) -> Mapping[tuple[int, int], Cell | MergedCell]:
    """The cells the file really holds: iterating rows would walk to a stray cell far below."""
    return sheet._cells  # noqa: SLF001 - see above


def _raw_sheet(sheet: Worksheet, results: Workbook | None) -> RawSheet:
    rows: dict[int, dict[int, RawCell]] = {}
    last_row = 0
    for (row, column), cell in _cells(sheet).items():
        last_row = max(last_row, row)
        raw = _raw_cell(
            cell, results[sheet.title].cell(row, column) if results is not None else None
        )
        if not raw.is_blank:
            rows.setdefault(row, {})[column] = raw
    last_filled = max(rows, default=0)
    return RawSheet(
        name=sheet.title,
        rows=tuple(_filled(rows.get(number, {})) for number in range(1, last_filled + 1)),
        merged=_merged(sheet),
        ghost_rows=last_row - last_filled,
        hidden=sheet.sheet_state != "visible",
    )


def _filled(cells: dict[int, RawCell]) -> tuple[RawCell, ...]:
    return tuple(cells.get(column, EMPTY_CELL) for column in range(1, max(cells, default=0) + 1))


def _raw_cell(cell: Cell | MergedCell, stored: Cell | MergedCell | None) -> RawCell:
    if isinstance(cell, MergedCell):
        return EMPTY_CELL
    if cell.data_type != "f":
        return raw_cell(cell.value)
    if stored is None or stored.value is None:
        return RawCell(CellKind.UNKNOWN_FORMULA, _formula_text(cell.value))
    return raw_cell(stored.value, computed=True)


def _formula_text(value: object) -> str:
    return str(value.text) if isinstance(value, ArrayFormula) else str(value)


def _merged(sheet: Worksheet) -> tuple[MergedRange, ...]:
    """Blocks near the top, where headers are; more of them than any header has are left out."""
    blocks = [
        MergedRange(block.min_row, block.min_col, block.max_row, block.max_col)
        for block in sheet.merged_cells.ranges
        if block.min_row <= _HEADER_ROWS
    ]
    return tuple(sorted(blocks, key=lambda b: (b.first_row, b.first_column))[:_MOST_BLOCKS])
