"""What the reader hands over from good files of every kind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.importing.tables import CellKind, MergedRange
from exports.xlsx.raw_cells import number_text, raw_cell
from exports.xlsx.reader import TableFileReader
from exports.xlsx.writers import SheetOut, write_csv, write_workbook
from tests.exports.xlsx.tiny_files import with_part, xls_file

TCVN3_NAMES = ["NguyÔn ThÞ Ph­¬ng", "§Æng V¨n QuyÕt", "Hoµng Ngäc B¶o", "¦ng Hßa"]


def read(path, content):
    path.write_bytes(content)
    return TableFileReader().read(path)


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def saved(book, path):
    book.save(path)
    return TableFileReader().read(path)


@given(st.integers(0, 100))
def test_tenths_survive_binary_floats(tenths):
    shown = f"{tenths / 10:.1f}"
    assert number_text(tenths / 10) == (shown[:-2] if shown.endswith(".0") else shown)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (6.6, "6.6"),
        (10.0, "10"),
        (8.299999999999999, "8.3"),
        (7.25, "7.25"),
        (142976685.0, "142976685"),
        (1e-7, "0.0000001"),
        (12345678901234.0, "12345678901234"),
        (-0.0, "0"),
        (Decimal("6.60"), "6.6"),
        (100, "100"),
    ],
)
def test_numbers_are_written_as_excel_shows_them(number, text):
    assert number_text(number) == text


def test_infinities_are_errors_and_unknown_types_a_fault_of_ours():
    assert raw_cell(float("inf")).kind is CellKind.ERROR
    assert raw_cell(float("nan")).kind is CellKind.ERROR
    with pytest.raises(TypeError):
        raw_cell(object())


def test_every_kind_of_cell(tmp_path):
    book = Workbook()
    book.active.append(["chữ", 6.6, 10, dt.date(2014, 1, 25), dt.datetime(2014, 1, 25), True, None])
    book.active.append(["#N/A", dt.time(7, 30), "  "])
    (sheet,) = saved(book, tmp_path / "a.xlsx")
    assert texts(sheet)[0] == ["chữ", "6.6", "10", "25/01/2014", "25/01/2014", "TRUE"]
    assert [cell.kind for cell in sheet.rows[0]] == [
        CellKind.TEXT,
        CellKind.NUMBER,
        CellKind.NUMBER,
        CellKind.DATE,
        CellKind.DATE,
        CellKind.TEXT,
    ]
    assert sheet.cell(1, 4).day == dt.date(2014, 1, 25)
    assert sheet.cell(2, 1).kind is CellKind.ERROR
    assert sheet.cell(99, 99).is_blank


def test_merged_blocks_hidden_sheets_and_ghost_rows(tmp_path):
    book = Workbook()
    first = book.active
    first.title = "Toán"
    first["A1"] = "Tiêu đề"
    first.merge_cells("A1:C2")
    first["D40"].number_format = "0.0"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    book.create_sheet("Trống")
    sheets = saved(book, tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Toán", False), ("Ẩn", True)]
    assert sheets[0].merged == (MergedRange(1, 1, 2, 3),)
    assert sheets[0].shown(2, 3).text == "Tiêu đề"
    assert (len(sheets[0].rows), sheets[0].ghost_rows) == (1, 39)


def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path):
    book = Workbook()
    book.active["A1"] = "Họ và tên"
    book.active["XFD1048576"] = " "
    (sheet,) = saved(book, tmp_path / "a.xlsx")
    assert texts(sheet) == [["Họ và tên"]]
    assert sheet.ghost_rows == 1_048_575


def test_formulas_are_never_computed(tmp_path):
    book = Workbook()
    book.active.append([5, 6, "=A1+B1", "=WEBSERVICE(A1)"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    sheet_xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>5</v></c><c r="B1"><v>6</v></c>'
        b'<c r="C1"><f>A1+B1</f><v>8.299999999999999</v></c>'
        b'<c r="D1"><f>WEBSERVICE(A1)</f></c></row></sheetData></worksheet>'
    )
    (sheet,) = read(path, with_part(path.read_bytes(), "xl/worksheets/sheet1.xml", sheet_xml))
    computed, unknown = sheet.cell(1, 3), sheet.cell(1, 4)
    assert (computed.kind, computed.text, computed.computed) == (CellKind.NUMBER, "8.3", True)
    assert (unknown.kind, unknown.text) == (CellKind.UNKNOWN_FORMULA, "=WEBSERVICE(A1)")


def test_a_text_that_looks_like_a_formula_is_text(tmp_path):
    content = write_workbook([SheetOut("A", [["=cmd|' /C calc'!A0"]])])
    (sheet,) = read(tmp_path / "a.xlsx", content)
    assert (sheet.cell(1, 1).kind, sheet.cell(1, 1).text) == (CellKind.TEXT, "=cmd|' /C calc'!A0")


def test_old_xls(tmp_path):
    content = xls_file(
        [["STT", "Họ và tên", "Ngày sinh"], [1, "Lê Thị Mỹ Chi", ("date", 41664)], [6.6, None, 10]],
        merged=[(1, 1, 2, 1)],
    )
    (sheet,) = read(tmp_path / "cu.xls", content)
    assert sheet.name == "Lớp 6A"
    assert texts(sheet) == [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["1", "Lê Thị Mỹ Chi", "25/01/2014"],
        ["6.6", "", "10"],
    ]
    assert sheet.cell(2, 3).day == dt.date(2014, 1, 25)
    assert sheet.merged == (MergedRange(1, 1, 2, 1),)
    assert sheet.notes == ()


def test_an_xls_under_the_name_xlsx_is_read_by_its_content_with_a_note(tmp_path):
    (sheet,) = read(tmp_path / "a.xlsx", xls_file([["Họ và tên"]]))
    assert "mang đuôi .xlsx nhưng nội dung là kiểu .xls" in sheet.notes[0]


def test_tcvn3_in_an_old_xls_is_converted_with_a_note(tmp_path):
    (sheet,) = read(tmp_path / "a.xls", xls_file([[name] for name in TCVN3_NAMES], name="6A"))
    assert sheet.cell(2, 1).text == "Đặng Văn Quyết"
    assert "TCVN3" in sheet.notes[0]


ROWS = [["STT", "Họ và tên", "Điểm"], ["1", "Lê Thị Mỹ Chi", "8,5"], ["2", "Đỗ Văn Hưng", "10"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_csv_encodings_and_separators(tmp_path, encoding, separator):
    text = "\r\n".join(separator.join(f'"{value}"' for value in row) for row in ROWS)
    (sheet,) = read(tmp_path / "lop.csv", text.encode(encoding))
    assert texts(sheet) == ROWS
    assert (sheet.name, sheet.notes) == ("lop", ())


def test_csv_of_windows_1258(tmp_path):
    # Windows-1258 writes a tone after its vowel; Python has no encoder that splits them.
    text = "STT;Ho\u0323 va\u0300 tên\r\n1;Lê Thi\u0323 My\u0303 Chi\r\n".encode("cp1258")
    (sheet,) = read(tmp_path / "lop.csv", text)
    assert texts(sheet) == [["STT", "Họ và tên"], ["1", "Lê Thị Mỹ Chi"]]
    assert "Windows-1258" in sheet.notes[0]


def test_csv_of_tcvn3(tmp_path):
    content = "\r\n".join(f"{n};{name}" for n, name in enumerate(TCVN3_NAMES, 1)).encode("latin-1")
    (sheet,) = read(tmp_path / "lop.csv", content)
    assert sheet.cell(1, 2).text == "Nguyễn Thị Phương"
    assert "TCVN3" in sheet.notes[0]


def test_csv_that_declares_its_separator(tmp_path):
    (sheet,) = read(tmp_path / "lop.csv", b"sep=|\r\na|b;c,d\r\n")
    assert texts(sheet) == [["a", "b;c,d"]]


def test_csv_blank_lines_below_are_ghosts(tmp_path):
    (sheet,) = read(tmp_path / "lop.csv", b"a;b\r\n1;2\r\n;\r\n;\r\n")
    assert (len(sheet.rows), sheet.ghost_rows) == (2, 2)


# The signs of old fonts are left out: a cell that looks like TCVN3 is converted, with a note.
# The apostrophe too: one before a formula sign is the guard that the writer puts there.
_VIETNAMESE = 'aáàảãạăằẳâấậđĐeêếệiíoôốơớợuưứựyýỹABCXYZ 0123456789.,;:"|=-+/()€'


@example(["", ",,,"])
@given(st.lists(st.text(_VIETNAMESE), min_size=2))
def test_our_csv_is_read_back_as_it_was(tmp_path_factory, values):
    path = tmp_path_factory.getbasetemp() / "vong.csv"
    (sheet,) = read(path, write_csv([["STT", "Họ và tên"], ["x", *values]]))
    cells = [sheet.cell(2, column).text for column in range(2, len(values) + 2)]
    assert [cell.strip() for cell in cells] == [value.strip() for value in values]
