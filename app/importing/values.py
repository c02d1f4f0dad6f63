"""One cell of a file as one clean value: dates, codes, sex, names, phones, with what was mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.pupils import Inclusion
from app.importing.tables import CellKind
from app.text import clean, date_vn, fold

if TYPE_CHECKING:
    from app.importing.tables import RawCell

MINISTRY_CODE_DIGITS = 10
PERSONAL_ID_DIGITS = 12
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:[ T]0{1,2}:00(?::00)?)?"
)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_PHONE_MARKS = re.compile(r"[\s.\-()]+")
_PHONE = re.compile(r"(?:0|\+?84)\d{9,10}")
_SPACES_IN_CODE = re.compile(r"[\s.\-]+")
_NOT_IN_NAMES = frozenset('=+@<>{}[]|\\"#$%^*_;:,!?/~`')


class Sex(StrEnum):
    """Giới tính as the files and books write it."""

    MALE = "Nam"
    FEMALE = "Nữ"


@dataclass(frozen=True, slots=True)
class Read:
    """A cleaned text; `note` says in Vietnamese what was mended, `fault` why it cannot be used."""

    value: str = ""
    note: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A birth date, or a fault in Vietnamese; both empty for an empty cell."""

    value: date | None = None
    fault: str = ""


_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_NOT_INCLUDED = {"khong", "0", "-"}
_VERIFIED = {"da xac thuc", "xac thuc", "da xac thuc dinh danh", "x", "co", "dung"}
_NOT_VERIFIED = {"chua", "chua xac thuc", "khong", "sai", "-"}
_MALE = {"nam", "trai", "m", "male", "boy"}
_FEMALE = {"nu", "gai", "f", "female", "girl"}


def plain_text(cell: RawCell) -> str:
    """What a person would read in the cell: NFC, single spaces; numbers and dates as text."""
    return clean(cell.text)


def unreadable(cell: RawCell) -> str:
    """Why the cell holds no usable value at all (a formula, an Excel error), or ""."""
    if cell.kind is CellKind.UNKNOWN_FORMULA:
        return (
            "ô là công thức mà tệp không lưu kết quả; mở tệp bằng Excel, lưu lại, "
            "hoặc gõ thẳng giá trị vào ô"
        )
    if cell.kind is CellKind.ERROR:
        return "ô báo lỗi của Excel; sửa công thức hoặc gõ thẳng giá trị vào ô"
    return ""


def read_text(cell: RawCell) -> Read:
    """Any text column."""
    fault = unreadable(cell)
    return Read(fault=fault) if fault else Read(plain_text(cell))


def read_code(cell: RawCell, digits: int) -> Read:
    """A code of exactly `digits` digits; a leading zero that Excel dropped is put back."""
    fault = unreadable(cell)
    if fault:
        return Read(fault=fault)
    text = _SPACES_IN_CODE.sub("", plain_text(cell).lstrip("'"))
    if not text:
        return Read()
    if _EXPONENT.fullmatch(plain_text(cell)):
        return Read(fault="Excel đã đổi mã thành số lũy thừa nên mất chữ số; gõ lại mã dạng chữ")
    if not (text.isascii() and text.isdecimal()):
        return Read(fault=f"mã phải gồm {digits} chữ số, không có chữ cái hay dấu")
    if len(text) == digits - 1 and not text.startswith("0"):
        return Read("0" + text, note="Excel làm mất số 0 đứng đầu; chương trình đã thêm lại")
    if len(text) != digits:
        return Read(fault=f"mã phải gồm đúng {digits} chữ số, ở đây có {len(text)}")
    return Read(text)


def read_date(cell: RawCell) -> ReadDate:
    """A date cell, or text as d/m/yyyy, d-m-yyyy, d.m.yyyy or yyyy-mm-dd."""
    fault = unreadable(cell)
    if fault:
        return ReadDate(fault=fault)
    if cell.day is not None:
        return ReadDate(cell.day)
    text = plain_text(cell).lstrip("'")
    if not text:
        return ReadDate()
    day_first, year_first = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    if day_first:
        day, month, year = (int(part) for part in day_first.groups())
    elif year_first:
        year, month, day = (int(part) for part in year_first.groups())
    elif _SHORT_YEAR.fullmatch(text):
        return ReadDate(fault="năm sinh chỉ có hai chữ số; ghi đủ bốn chữ số, thí dụ 05/09/2014")
    else:
        return ReadDate(fault="không phải ngày; ghi theo ngày/tháng/năm, thí dụ 05/09/2014")
    try:
        return ReadDate(date(year, month, day))
    except ValueError:
        hint = "; có lẽ tháng và ngày bị đổi chỗ" if month > 12 >= day else ""
        return ReadDate(fault=f"không có ngày này trong lịch{hint}; ghi theo ngày/tháng/năm")


def read_sex(cell: RawCell) -> Read:
    """Nam or Nữ in any spelling; a lone "x" is refused, since its column heading is unknown."""
    fault = unreadable(cell)
    if fault:
        return Read(fault=fault)
    text = plain_text(cell)
    key = fold(text)
    if not key:
        return Read()
    if key in _MALE:
        return Read(Sex.MALE)
    if key in _FEMALE:
        return Read(Sex.FEMALE)
    return Read(fault="giới tính phải là Nam hoặc Nữ")


def read_name(cell: RawCell) -> Read:
    """A person's name: spaces collapsed, NFC; digits and signs are a fault."""
    read = read_text(cell)
    name = read.value.lstrip("'")
    if read.fault or not name:
        return read
    if name.startswith("-") or any(ch.isdecimal() or ch in _NOT_IN_NAMES for ch in name):
        return Read(fault="họ tên có chữ số hoặc dấu lạ; sửa lại họ tên trong tệp")
    return Read(name)


def read_phone(cell: RawCell) -> Read:
    """A phone number kept as text; the zero Excel dropped is put back."""
    fault = unreadable(cell)
    if fault:
        return Read(fault=fault)
    text = plain_text(cell).lstrip("'")
    digits = _PHONE_MARKS.sub("", text)
    if not digits:
        return Read()
    if len(digits) == 9 and digits.isdecimal() and not digits.startswith("0"):
        return Read("0" + digits, note="Excel làm mất số 0 đứng đầu; chương trình đã thêm lại")
    if _PHONE.fullmatch(digits):
        return Read(digits)
    return Read(text, note="không giống số điện thoại Việt Nam; được giữ nguyên như trong tệp")


def is_phone(text: str) -> bool:
    """Whether a text looks like a Vietnamese telephone number, however it is parted."""
    return _PHONE.fullmatch(_PHONE_MARKS.sub("", text)) is not None


def read_email(cell: RawCell) -> Read:
    """An address like ten@mien.vn."""
    read = read_text(cell)
    if read.fault or not read.value or _EMAIL.fullmatch(read.value):
        return read
    return Read(fault="không giống địa chỉ thư; ghi dạng ten@mien.vn hoặc để trống")


def read_inclusion(cell: RawCell) -> Read:
    """Hòa nhập or Chuyên biệt in any spelling; "không" is none."""
    read = read_text(cell)
    if read.fault or not read.value:
        return read
    key = fold(read.value).replace("hoc ", "").replace("giao duc ", "")
    if key in _NOT_INCLUDED:
        return Read()
    for kind in Inclusion:
        if key == fold(kind.value):
            return Read(kind.value)
    return Read(fault="chỉ nhận Hòa nhập, Chuyên biệt hoặc để trống")


def read_verified(cell: RawCell, today: date | None) -> ReadDate:
    """The day of xác thực định danh; "Đã xác thực" without a day counts from `today`."""
    key = fold(plain_text(cell))
    if key in _NOT_VERIFIED:
        return ReadDate()
    if key in _VERIFIED and today is not None:
        return ReadDate(today)
    return read_date(cell)


def shown_date(day: date | None) -> str:
    """dd/mm/yyyy or ""."""
    return date_vn(day)
