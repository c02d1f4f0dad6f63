"""One cell becomes one clean value, or a Vietnamese reason."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.tables import CellKind, RawCell, column_letter
from app.importing.values import read_code, read_date, read_name, read_phone, read_sex, read_text
from tests.unit.importing.sheets import cell

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@given(DAYS, st.sampled_from("/-."), st.booleans(), st.sampled_from(["", " "]))
def test_every_day_survives_every_way_of_writing_it(day, mark, padded, space):
    two = "02d" if padded else "d"
    text = f" {day.day:{two}}{space}{mark}{space}{day.month:{two}}{mark}{day.year} "
    assert read_date(cell(text)).value == day
    assert read_date(cell(day.isoformat())).value == day
    assert read_date(cell(day)).value == day


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_reason_never_an_exception(text):
    result = read_date(cell(text))
    assert result.value is None or not result.fault
    if text.strip() and result.value is None and read_text(cell(text)).value.lstrip("'"):
        assert result.fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2014", "không có ngày này"),
        ("05/13/2014", "tháng và ngày bị đổi chỗ"),
        ("5/9/14", "hai chữ số"),
        ("năm 2014", "không phải ngày"),
        ("2014", "không phải ngày"),
    ],
)
def test_impossible_days_say_why(text, words):
    assert words in read_date(cell(text)).fault


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_code_of_the_right_length_is_kept_as_it_is(code):
    assert read_code(cell(code), 10).value == code


@given(st.integers(100_000_000, 999_999_999))
def test_a_zero_that_excel_dropped_comes_back_with_a_note(number):
    read = read_code(cell(number), 10)
    assert (read.value, bool(read.note)) == (f"0{number}", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("01234567", "đúng 10 chữ số, ở đây có 8"),
        ("01490819350", "ở đây có 11"),
        ("A149081935", "không có chữ cái"),
        ("1.42976685E+8", "số lũy thừa"),
        ("٠١٢٣٤٥٦٧٨٩", "không có chữ cái"),
    ],
)
def test_bad_codes_say_why(text, words):
    read = read_code(cell(text), 10)
    assert (read.value, words in read.fault) == ("", True)


def test_codes_may_be_written_in_groups():
    assert read_code(cell("015 186 497 579"), 12).value == "015186497579"


@pytest.mark.parametrize("text", ["Nam", "NAM", " nam ", "Trai"])
def test_boys(text):
    assert read_sex(cell(text)).value == "Nam"


@pytest.mark.parametrize("text", ["Nữ", "NỮ", "nu", unicodedata.normalize("NFD", "Nữ"), "gái"])
def test_girls(text):
    assert read_sex(cell(text)).value == "Nữ"


def test_an_unknown_sex_is_refused_and_a_blank_is_blank():
    assert read_sex(cell("x")).fault
    assert read_sex(cell(None)).value == ""


def test_names_are_composed_and_single_spaced():
    messy = "  " + unicodedata.normalize("NFD", "Hoàng") + "\u00a0 Thị  Thùy Trâm "
    assert read_name(cell(messy)).value == "Hoàng Thị Thùy Trâm"
    assert read_name(cell("H'Hen Niê")).value == "H'Hen Niê"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+An", "@An", "-An", "An 2", "Lê, An"])
def test_names_that_are_no_names(name):
    assert "họ tên có chữ số hoặc dấu lạ" in read_name(cell(name)).fault


@pytest.mark.parametrize(
    ("value", "phone"),
    [
        ("0928546741", "0928546741"),
        ("0928.546.741", "0928546741"),
        (928546741, "0928546741"),
        ("+84928546741", "+84928546741"),
        ("chưa có", "chưa có"),
    ],
)
def test_phones_are_text(value, phone):
    assert read_phone(cell(value)).value == phone


@pytest.mark.parametrize("read", [read_text, read_name, read_phone, read_sex])
def test_formulas_without_a_result_and_excel_errors_are_reported(read):
    assert "công thức" in read(RawCell(CellKind.UNKNOWN_FORMULA, "=A1")).fault
    assert "báo lỗi" in read(RawCell(CellKind.ERROR, "#N/A")).fault


def test_column_letters_are_excels():
    assert [column_letter(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
