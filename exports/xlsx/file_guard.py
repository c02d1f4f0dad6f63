"""Looks at a file from outside before any parser touches it: size, kind, lock, password, bomb."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import Enum
from typing import TYPE_CHECKING

from app.errors import EnvironmentProblem, RuleRefused

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ENTRIES = 2000
MOST_CELLS = 400_000
_RATIO_MATTERS_FROM = 4 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_OLE_START = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML_STARTS = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")
_ENCRYPTED_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo")
)
_BOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_CELL_OR_ROW = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_MERGED = re.compile(
    rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"
)


class FileKind(Enum):
    """What the bytes are, whatever the name says."""

    XLSX = ".xlsx"
    XLS = ".xls"
    CSV = ".csv"


_EXTENSIONS = {
    ".xlsx": FileKind.XLSX,
    ".xlsm": FileKind.XLSX,
    ".xls": FileKind.XLS,
    ".csv": FileKind.CSV,
    ".txt": FileKind.CSV,
    ".tsv": FileKind.CSV,
}


def load_bytes(path: Path) -> bytes:
    """The whole file, once its size and place are known to be sane.

    Raises EnvironmentProblem `file_missing`, `file_locked`, `file_unreadable`; RuleRefused
    `file_is_lock`, `file_too_big`, `file_empty`, `wrong_extension`.
    """
    name = path.name
    if name.startswith("~$"):
        raise RuleRefused(
            "file_is_lock",
            f"“{name}” chỉ là tệp tạm mà Excel tạo khi đang mở “{name[2:]}”; hãy chọn tệp "
            f"“{name[2:]}”.",
            name=name,
        )
    if path.suffix.lower() not in _EXTENSIONS:
        raise RuleRefused(
            "wrong_extension",
            f"“{name}” không phải tệp bảng tính; chương trình chỉ đọc tệp .xlsx, .xls và .csv. "
            "Hãy mở tệp bằng Excel rồi lưu thành .xlsx.",
            name=name,
        )
    try:
        if not path.is_file():
            raise EnvironmentProblem(
                "file_missing",
                f"Không tìm thấy tệp “{name}”; có thể tệp đã bị chuyển chỗ, đổi tên hoặc ổ đĩa đã "
                "rút ra. Hãy chọn lại tệp.",
                name=name,
            )
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise RuleRefused(
                "file_too_big",
                f"“{name}” nặng {size // _MEGABYTE} MB, quá giới hạn {LARGEST_FILE // _MEGABYTE} "
                "MB nên không được mở; danh sách hay bảng điểm một lớp chỉ khoảng 0,1 MB. Hãy chép "
                "phần cần nhập sang một tệp mới.",
                name=name,
                size=size,
            )
        content = path.read_bytes()
    except PermissionError as fault:
        raise EnvironmentProblem(
            "file_locked",
            f"Không mở được “{name}” vì tệp đang bị chương trình khác giữ hoặc bạn không có quyền "
            "đọc; hãy đóng tệp trong Excel rồi thử lại.",
            name=name,
        ) from fault
    except OSError as fault:
        raise EnvironmentProblem(
            "file_unreadable",
            f"Không đọc được “{name}” từ ổ đĩa; hãy chép tệp sang máy này rồi thử lại.",
            name=name,
            cause=str(fault),
        ) from fault
    if not content:
        raise RuleRefused(
            "file_empty", f"“{name}” không có gì bên trong (0 byte); hãy chọn tệp khác.", name=name
        )
    return content


def kind_of(path: Path, content: bytes) -> FileKind:
    """The real kind of the content.

    Raises RuleRefused `file_has_password`, `file_is_web_page`, `not_a_workbook`.
    """
    name = path.name
    if content.startswith(_OLE_START):
        if any(stream in content for stream in _ENCRYPTED_STREAMS):
            raise password_refusal(name)
        if not any(stream in content for stream in _BOOK_STREAMS):
            raise RuleRefused(
                "not_a_workbook",
                f"“{name}” không phải bảng tính Excel (có thể là tệp Word hay PowerPoint); hãy "
                "chọn tệp khác.",
                name=name,
            )
        return FileKind.XLS
    if content.startswith(_ZIP_STARTS):
        return FileKind.XLSX
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_STARTS):
        raise RuleRefused(
            "file_is_web_page",
            f"“{name}” thật ra là trang web mang đuôi Excel; hãy mở bằng Excel, chọn Lưu thành "
            "(Save As) kiểu .xlsx rồi nhập tệp mới.",
            name=name,
        )
    expected = _EXTENSIONS[path.suffix.lower()]
    if expected is not FileKind.CSV:
        raise corrupt_refusal(name)
    return FileKind.CSV


def extension_note(path: Path, kind: FileKind) -> str:
    """A sentence when the name promises another kind than the content is, else ""."""
    if _EXTENSIONS[path.suffix.lower()] is kind:
        return ""
    return (
        f"Tệp “{path.name}” mang đuôi {path.suffix.lower()} nhưng nội dung là kiểu {kind.value}; "
        "chương trình đọc theo nội dung."
    )


def check_package(name: str, package: zipfile.ZipFile) -> None:
    """Refuse a zip that is a bomb, is encrypted or holds no workbook, by its directory alone.

    Declared sizes can be trusted as limits: zipfile never unpacks more than an entry declares.
    """
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > LARGEST_UNPACKED
        or (unpacked > _RATIO_MATTERS_FROM and unpacked > LARGEST_RATIO * max(packed, 1))
    ):
        raise RuleRefused(
            "file_is_bomb",
            f"“{name}” khi bung ra lớn bất thường ({unpacked // _MEGABYTE} MB, {len(entries)} "
            "phần) nên không được mở; có thể tệp hỏng, là tệp phá hoại, hoặc có quá nhiều ô trống "
            "đã định dạng. Hãy chép phần cần nhập sang một tệp mới.",
            name=name,
            unpacked=unpacked,
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise password_refusal(name)
    names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
    if "[content_types].xml" not in names or not any(part.startswith("xl/") for part in names):
        raise RuleRefused(
            "not_a_workbook",
            f"“{name}” là tệp nén hoặc tài liệu khác, không phải bảng tính Excel; hãy chọn tệp "
            "khác.",
            name=name,
        )
    try:
        cells = sum(_count_cells(package.read(entry)) for entry in entries if _is_sheet(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
        raise corrupt_refusal(name) from fault
    if cells > MOST_CELLS:
        raise too_many_cells_refusal(name)


def _is_sheet(entry: zipfile.ZipInfo) -> bool:
    part = entry.filename.lower()
    return "worksheets/" in part and part.endswith(".xml")


def _count_cells(sheet: bytes) -> int:
    """Objects the parser would make: one a cell, a row with a format, a cell of a merged block."""
    count = len(_CELL_OR_ROW.findall(sheet))
    for first_letters, first_row, last_letters, last_row in _MERGED.findall(sheet):
        width = _column_number(last_letters) - _column_number(first_letters) + 1
        count += abs(width * (int(last_row) - int(first_row) + 1))
    return count


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def too_many_cells_refusal(name: str) -> RuleRefused:
    """The refusal of a sheet with far more cells than any class list has."""
    return RuleRefused(
        "too_many_cells",
        f"“{name}” có hơn {MOST_CELLS // 1000} nghìn ô (thường là ô trống đã định dạng phía "
        "dưới bảng) nên không được mở; trong Excel hãy xóa các dòng, cột trống sau bảng, hoặc "
        "chép bảng sang tệp mới.",
        name=name,
    )


def password_refusal(name: str) -> RuleRefused:
    """The refusal of a file that only opens with a password."""
    return RuleRefused(
        "file_has_password",
        f"“{name}” được đặt mật khẩu nên không đọc được; hãy mở bằng Excel, bỏ mật khẩu (Tệp > "
        "Thông tin > Bảo vệ sổ làm việc) rồi lưu lại.",
        name=name,
    )


def corrupt_refusal(name: str) -> EnvironmentProblem:
    """The refusal of a file whose inside makes no sense."""
    return EnvironmentProblem(
        "file_corrupt",
        f"“{name}” bị hỏng hoặc không phải bảng tính Excel; chưa có gì được nhập. Hãy mở bằng "
        "Excel, lưu thành tệp .xlsx mới rồi thử lại, hoặc xin lại tệp.",
        name=name,
    )
