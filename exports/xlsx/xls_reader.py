"""Reads the old binary .xls by python-calamine, which runs no macro and computes no formula."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.importing.tables import MergedRange, RawSheet
from exports.xlsx.file_guard import (
    MOST_CELLS,
    corrupt_refusal,
    password_refusal,
    too_many_cells_refusal,
)
from exports.xlsx.raw_cells import raw_cell, trimmed

if TYPE_CHECKING:
    from python_calamine import SheetMetadata

_WORKBOOK_START = struct.pack("<HHHH", 0x809, 16, 0x600, 5)
_FILEPASS = 0x2F
_RECORDS_BEFORE_SHEETS = 8


def read_xls(name: str, content: bytes) -> list[RawSheet]:
    """Every worksheet, hidden ones marked.

    The library gives a formula's stored result without telling that it is one.
    """
    if _has_password(content):
        raise password_refusal(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [
                _raw_sheet(name, book, meta)
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as fault:
        raise password_refusal(name) from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise corrupt_refusal(name) from fault
    except BaseException as fault:
        # Damage can make the library's Rust code panic; that exception derives from BaseException,
        # has no importable class and would pass every boundary of ours.
        if type(fault).__name__ != "PanicException":
            raise
        raise corrupt_refusal(name) from fault


def _has_password(content: bytes) -> bool:
    """Whether a password record stands near the workbook's beginning.

    The library refuses the newer ciphers only; the oldest (XOR) it would read as rubbish.
    """
    at = content.find(_WORKBOOK_START)
    for _ in range(_RECORDS_BEFORE_SHEETS):
        if at < 0 or at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _raw_sheet(name: str, book: CalamineWorkbook, meta: SheetMetadata) -> RawSheet:
    sheet = book.get_sheet_by_name(meta.name)
    # The library's table is dense: one stray cell far away would make millions of Python objects.
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise too_many_cells_refusal(name)
    values = sheet.to_python(skip_empty_area=False)
    rows, ghosts = trimmed([raw_cell(value) for value in row] for row in values)
    merged = tuple(
        MergedRange(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return RawSheet(
        name=meta.name,
        rows=rows,
        merged=merged,
        ghost_rows=ghosts,
        hidden=meta.visible != SheetVisibleEnum.Visible,
    )
