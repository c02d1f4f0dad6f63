"""Files of years before TT26/2020: tests headed by their kind, or as the class book heads them."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.subjects import SubjectKind, column_codes
from app.importing.first_issue_headings import guess_first_issue_mapping, is_first_issue
from app.importing.mark_sheet import MarkBook, SheetPupil, analyse_mark_sheet
from tests.unit.importing.sheets import make_sheet

CODES = column_codes(4, 2)
WHO = ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh"]
QUAN = SheetPupil(1, "Hoàng Tuấn Quân", "0149081935", dt.date(2005, 1, 25))
ROW = [1, "0149081935", "Hoàng Tuấn Quân", "25/01/2005"]
MARKS = [8, "7,5", 9, 6, "6,5", 7, "8,0"]


def cells(*header_rows, codes=CODES, marks=MARKS):
    sheet = make_sheet([*header_rows, [*ROW, *marks]], name="Toán")
    mapping = guess_first_issue_mapping(sheet, codes)
    book = MarkBook(codes, SubjectKind.MARKS, "9A")
    return {
        code: text
        for (_, code), text in analyse_mark_sheet(sheet, mapping, (QUAN,), book).cells.items()
    }


EVERY = dict(zip(CODES, ("8,0", "7,5", "9,0", "6,0", "6,5", "7,0", "8,0"), strict=True))


@pytest.mark.parametrize(
    "header",
    [
        ["Miệng", "KTtx1", "KTtx2", "KTtx3", "KTđk1", "KTđk2", "KThk"],
        ["Miệng", "15 phút", "15 phút", "15 phút", "1 tiết", "1 tiết", "Thi học kỳ"],
        ["M", "V", "V", "V", "KT 1 tiết 1", "KT 1 tiết 2", "HK"],
    ],
)
def test_one_line_of_headings(header):
    assert cells([*WHO, *header]) == EVERY


def test_the_two_lines_of_the_class_book():
    upper = [*WHO, "Điểm hệ số 1", None, None, None, "Điểm hệ số 2", None, "KThk"]
    under = [None, None, None, None, "M", "V", "V", "V", "V", "V", None]
    assert cells(upper, under) == EVERY


def test_an_average_is_not_a_test_and_a_column_too_many_is_left_out():
    header = [*WHO, "Miệng", "15 phút", "1 tiết", "1 tiết", "KThk", "TBm"]
    found = cells(header, codes=column_codes(2, 1), marks=[8, 7, 6, 5, 9, "7,2"])
    assert found == {"m1": "8,0", "v1": "7,0", "dk1": "6,0", "hk": "9,0"}


def test_only_its_own_columns_make_a_sheet_of_those_years():
    assert is_first_issue(CODES)
    assert not is_first_issue(column_codes(4))
