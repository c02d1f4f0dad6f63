"""Writes plain tables as .xlsx and .csv: same data, same bytes, and no text becomes a formula.

Formula safety: in .xlsx every text is stored as a shared string, and a text that begins like a
formula also carries Excel's quote prefix, so that editing the cell does not turn it into one. In
.csv such a text gets a leading apostrophe, which our own reader takes off again.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from app.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence


CellValue = None | str | int | Decimal | dt.date
"""What a cell may hold: marks go in as Decimal ("8.5"), codes and phones as str, never float."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_FIXED_DAY = "2000-01-01T00:00:00Z"
_NEEDS_QUOTES = re.compile(r'[";,|\t\r\n]|^\s|\s$')
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_DATE_FORMAT = "dd/mm/yyyy"
_MARK_FORMAT = "0.0"
_LINE = Side(style="thin", color="FF808080")
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EEF7")
_HEAD_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet to write.

    `rows`: all lines from row 1, titles too. `header_rows`: rows (from 1) drawn as header, the last
    one frozen. `widths`: column widths in characters, by position; the rest keep Excel's own.
    `merged`: blocks like "A1:D1". `text_columns`: columns (from 1) kept as text even when the user
    types digits later (codes, phones).
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    header_rows: Sequence[int] = ()
    widths: Sequence[int] = ()
    merged: Sequence[str] = ()
    text_columns: frozenset[int] = frozenset()


def write_workbook(sheets: Sequence[SheetOut], *, title: str = "") -> bytes:
    """The sheets as an .xlsx file; the same sheets always give the same bytes.

    Raises ValueError without a sheet; sheet names are made legal and unique.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Khóa Sổ"
    book.properties.title = title or None
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book, sheet, _sheet_name(sheet.name, taken))
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def write_csv(rows: Sequence[Sequence[CellValue]]) -> bytes:
    """The rows as CSV that Vietnamese Excel opens by a double click.

    UTF-8 with its mark, `;` between cells, CRLF, numbers with a decimal comma, dates dd/mm/yyyy.
    """
    texts = _CsvTexts()
    lines = [
        ";".join([texts[v] if type(v) is str or type(v) is int else _csv_text(v) for v in row])
        for row in rows
    ]
    lines.append("")
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8")


class _CsvTexts(dict[str | int, str]):
    """Texts and numbers of one file as CSV, each made once: a trail has a million of a thousand.

    Nothing else may be a key: True, 1 and Decimal("1.0") are one key and three texts.
    """

    def __missing__(self, value: str | int) -> str:
        made = self[value] = _csv_text(value)
        return made


def _csv_text(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case str():
            text = f"'{value}" if value.startswith(FORMULA_STARTS) else value
            # Every usual separator is quoted, so that a reader's guess cannot split the text.
            doubled = text.replace('"', '""')
            return f'"{doubled}"' if _NEEDS_QUOTES.search(text) else text
        case Decimal():
            return format(value, "f").replace(".", ",")
        case dt.date():
            return value.strftime("%d/%m/%Y")
    return str(value)


def _write_sheet(book: Workbook, out: SheetOut, name: str) -> None:
    sheet = book.create_sheet(name)
    headers = frozenset(out.header_rows)
    for number, row in enumerate(out.rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if column in out.text_columns and number not in headers:
                cell.number_format = "@"
            match value:
                case None:
                    pass
                case str():
                    # Set as a string outright: the library takes a leading "=" as a formula.
                    cell.value = _ILLEGAL.sub("", value)
                    cell.data_type = "s"
                    if value.startswith(FORMULA_STARTS):
                        cell.quotePrefix = True
                case Decimal():
                    cell.value = value
                    cell.number_format = _MARK_FORMAT
                case dt.date():
                    cell.value = value
                    cell.number_format = _DATE_FORMAT
                case _:
                    cell.value = value
            if number in headers:
                cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
                cell.border, cell.alignment = _HEAD_BORDER, _HEAD_ALIGNMENT
    for block in out.merged:
        sheet.merge_cells(block)
    for position, width in enumerate(out.widths, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    if headers:
        sheet.freeze_panes = f"A{max(headers) + 1}"


def _sheet_name(name: str, taken: set[str]) -> str:
    base = _NOT_IN_SHEET_NAMES.sub(" ", clean(name)).strip() or "Trang"
    legal, number = base[:_LONGEST_SHEET_NAME], 2
    while legal.casefold() in taken:
        tail = f" ({number})"
        legal, number = base[: _LONGEST_SHEET_NAME - len(tail)] + tail, number + 1
    taken.add(legal.casefold())
    return legal


def _without_clock(package: bytes) -> bytes:
    """The same package with fixed times inside and out, entries in name order."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        # Readers look for the content types first.
        names = sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + _FIXED_DAY.encode() + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            target.writestr(entry, content)
    return buffer.getvalue()
