"""Reads .xlsx, .xls and .csv into raw sheets; nothing in a file is ever run or followed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import RuleRefused
from app.importing.old_encodings import modernise
from exports.xlsx.csv_reader import read_csv
from exports.xlsx.file_guard import FileKind, extension_note, kind_of, load_bytes
from exports.xlsx.xls_reader import read_xls
from exports.xlsx.xlsx_reader import read_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from app.importing.tables import RawSheet


class TableFileReader:
    """The `SheetReader` port over openpyxl, python-calamine and the csv module."""

    def read(self, path: Path) -> list[RawSheet]:
        """All sheets that hold something, in the file's order, old encodings converted.

        Raises EnvironmentProblem or RuleRefused; see `file_guard` for the codes.
        """
        content = load_bytes(path)
        kind = kind_of(path, content)
        match kind:
            case FileKind.XLSX:
                sheets = read_xlsx(path.name, content)
            case FileKind.XLS:
                sheets = read_xls(path.name, content)
            case FileKind.CSV:
                sheets = [read_csv(path, content)]
        sheets = [modernise(sheet) for sheet in sheets if sheet.rows]
        if not sheets:
            raise RuleRefused(
                "file_without_data",
                f"“{path.name}” không có ô nào có dữ liệu; hãy chọn tệp khác.",
                name=path.name,
            )
        note = extension_note(path, kind)
        if note:
            sheets = [replace(sheet, notes=(note, *sheet.notes)) for sheet in sheets]
        return sheets
