"""What the .xlsx reader takes from a package and what it leaves alone."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook

from app.importing.tables import CellKind, MergedRange
from exports.xlsx.xlsx_reader import read_xlsx


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def book() -> Workbook:
    made = Workbook()
    made.active.title = "Lớp 6A"
    return made


def texts(sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def test_what_hides_under_a_merged_block_is_no_content(book):
    sheet = book.active
    for row in range(1, 5):
        sheet.append([f"{row}{column}" for column in "abcd"])
    sheet["F6"] = "cuối"
    # As other programs write them: the covered cells keep their values in the file.
    sheet.merged_cells.add("B2:C3")
    (read,) = read_xlsx("a.xlsx", saved(book))
    assert texts(read)[1] == ["2a", "2b", "", "2d"]
    assert texts(read)[2] == ["3a", "", "", "3d"]
    assert read.merged == (MergedRange(2, 2, 3, 3),)


def test_a_block_below_the_table_is_a_ghost_and_nothing_more(book):
    book.active["A1"] = "Họ và tên"
    book.active.merge_cells("A9:C12")
    (read,) = read_xlsx("a.xlsx", saved(book))
    assert texts(read) == [["Họ và tên"]]
    assert read.ghost_rows == 11


def test_sheets_keep_their_order_and_a_hidden_one_says_so(book):
    book.active["A1"] = 1
    book.create_sheet("ẩn")["B2"] = 2
    book["ẩn"].sheet_state = "veryHidden"
    book.create_chartsheet("biểu đồ")
    book.create_sheet("sau")["A1"] = 3
    read = read_xlsx("a.xlsx", saved(book))
    assert [(s.name, s.hidden) for s in read] == [("Lớp 6A", False), ("ẩn", True), ("sau", False)]


def test_kinds_come_from_the_cell_and_its_number_format(book):
    book.active.append(
        ["chữ", 7, 6.6, 8.299999999999999, dt.date(2015, 3, 9), True, "#N/A", "=A1", None, "cuối"]
    )
    (read,) = read_xlsx("a.xlsx", saved(book))
    found = [(cell.kind, cell.text) for cell in read.rows[0]]
    assert found == [
        (CellKind.TEXT, "chữ"),
        (CellKind.NUMBER, "7"),
        (CellKind.NUMBER, "6.6"),
        (CellKind.NUMBER, "8.3"),
        (CellKind.DATE, "09/03/2015"),
        (CellKind.TEXT, "TRUE"),
        (CellKind.ERROR, "#N/A"),
        (CellKind.UNKNOWN_FORMULA, "=A1"),
        (CellKind.EMPTY, ""),
        (CellKind.TEXT, "cuối"),
    ]
    assert read.rows[0][4].day == dt.date(2015, 3, 9)
