"""Values of the reading libraries as raw cells: no float leaves, ghosts are trimmed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from app.importing.tables import EMPTY_CELL, CellKind, RawCell, text_cell
from app.text import date_vn

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXCEL_DIGITS = ".15g"
_EXCEL_ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)


def number_text(number: int | float | Decimal) -> str:
    """A number as Excel shows it at full width: 15 digits, plain decimals with a point.

    6.6 -> "6.6", 10.0 -> "10", 8.299999999999999 -> "8.3", 1e-3 -> "0.001".
    """
    if isinstance(number, int):
        return str(number)
    exact = number if isinstance(number, Decimal) else Decimal(format(number, _EXCEL_DIGITS))
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def raw_cell(value: object, *, computed: bool = False) -> RawCell:
    """One library value as a raw cell.

    Raises TypeError for a type no reader is known to give.
    """
    match value:
        case None | "":
            return EMPTY_CELL
        case bool():
            return RawCell(CellKind.TEXT, "TRUE" if value else "FALSE", computed=computed)
        case int() | Decimal():
            return RawCell(CellKind.NUMBER, number_text(value), computed=computed)
        case float():
            if value != value or value in (float("inf"), float("-inf")):
                return RawCell(CellKind.ERROR, "#NUM!", computed=computed)
            return RawCell(CellKind.NUMBER, number_text(value), computed=computed)
        case dt.datetime():
            return RawCell(CellKind.DATE, date_vn(value), value.date(), computed=computed)
        case dt.date():
            return RawCell(CellKind.DATE, date_vn(value), value, computed=computed)
        case dt.time() | dt.timedelta():
            return RawCell(CellKind.TEXT, str(value), computed=computed)
        case str():
            if value in _EXCEL_ERRORS:
                return RawCell(CellKind.ERROR, value, computed=computed)
            cell = text_cell(value)
            return RawCell(cell.kind, cell.text, computed=computed)
    raise TypeError(f"unexpected cell value {type(value).__name__}")


def trimmed(rows: Iterable[list[RawCell]]) -> tuple[tuple[tuple[RawCell, ...], ...], int]:
    """(rows without blank ends, number of ghost rows dropped below the last filled one)."""
    kept: list[tuple[RawCell, ...]] = []
    last_filled = 0
    for number, row in enumerate(rows, 1):
        end = len(row)
        while end and row[end - 1].is_blank:
            end -= 1
        kept.append(tuple(row[:end]))
        if end:
            last_filled = number
    return tuple(kept[:last_filled]), len(kept) - last_filled
