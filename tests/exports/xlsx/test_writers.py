"""Written tables read back as they were, are safe to open and have the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from exports.xlsx import writers
from exports.xlsx.reader import TableFileReader
from exports.xlsx.writers import SheetOut, write_csv, write_workbook

SHEET = SheetOut(
    "Toán HK I",
    [
        ["Lớp: 6A", None, None, None],
        ["STT", "Họ và tên", "Ngày sinh", "Điểm"],
        [1, "Lê Thị Mỹ Chi", dt.date(2014, 1, 25), Decimal("8.5")],
        [2, "Đỗ Văn Hưng", None, Decimal("10.0")],
    ],
    header_rows=(2,),
    widths=(6, 28),
    merged=("A1:D1",),
    text_columns=frozenset({2}),
)
DANGEROUS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=1\n"]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_workbook_reads_back(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_workbook([SHEET]))
    (sheet,) = TableFileReader().read(path)
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["Lớp: 6A"],
        ["STT", "Họ và tên", "Ngày sinh", "Điểm"],
        ["1", "Lê Thị Mỹ Chi", "25/01/2014", "8.5"],
        ["2", "Đỗ Văn Hưng", "", "10"],
    ]
    assert sheet.rows[2][2].day == dt.date(2014, 1, 25)
    assert [block.reference for block in sheet.merged] == ["A1:D1"]


def test_how_it_looks_in_excel():
    sheet = opened(write_workbook([SHEET])).active
    assert sheet.freeze_panes == "A3"
    assert sheet["B2"].font.bold
    assert sheet["D3"].number_format == "0.0"
    assert sheet["C3"].number_format == "dd/mm/yyyy"
    assert sheet["B3"].number_format == "@"
    assert sheet.column_dimensions["B"].width == 28


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_xlsx(text):
    content = write_workbook([SheetOut("A", [[text]])])
    cell = opened(content).active["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.split() == text.split()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_csv(text, tmp_path):
    content = write_csv([["Họ và tên"], [text], ["Lê An"]])
    cell = content.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert cell.startswith(f"'{text[0]}")
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert TableFileReader().read(path)[0].cell(2, 1).text.split() == text.split()


def test_csv_is_what_vietnamese_excel_expects():
    content = write_csv(
        [["Tên", "Điểm", "Ngày"], ["a;b", Decimal("8.5"), dt.date(2014, 1, 25)], [None, 7]]
    )
    assert content == (b"\xef\xbb\xbf" + 'Tên;Điểm;Ngày\r\n"a;b";8,5;25/01/2014\r\n;7\r\n'.encode())


def test_the_same_sheets_give_the_same_bytes_at_any_time(monkeypatch):
    first = write_workbook([SHEET], title="Sổ điểm lớp 6A")

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later)
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    assert write_workbook([SHEET], title="Sổ điểm lớp 6A") == first
    properties = opened(first).properties
    assert (properties.creator, properties.title) == ("Khóa Sổ", "Sổ điểm lớp 6A")
    assert properties.modified.year == 2000


def test_sheet_names_are_legal_and_unique():
    long = "Hoạt động trải nghiệm, hướng nghiệp"
    names = [long, long, "Lịch sử/Địa lí", "", "lịch sử:địa lí"]
    book = opened(write_workbook([SheetOut(name, [["x"]]) for name in names]))
    assert book.sheetnames == [
        "Hoạt động trải nghiệm, hướng ng",
        "Hoạt động trải nghiệm, hướn (2)",
        "Lịch sử Địa lí",
        "Trang",
        "lịch sử địa lí (2)",
    ]


def test_characters_that_xml_forbids_are_left_out():
    assert (
        opened(write_workbook([SheetOut("A", [["Lê\x0b An\x00"]])])).active["A1"].value == "Lê An"
    )


def test_a_workbook_needs_a_sheet():
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook([])


def test_the_starts_of_formulas_are_the_known_ones():
    assert set(writers.FORMULA_STARTS) == set("=+-@\t\r\n")
