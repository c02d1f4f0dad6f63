"""Files that must not or cannot be opened: one clear Vietnamese sentence each, and quickly."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.errors import AppError, EnvironmentProblem, RuleRefused
from exports.xlsx.file_guard import LARGEST_FILE
from exports.xlsx.reader import TableFileReader
from exports.xlsx.writers import SheetOut, write_workbook
from tests.exports.xlsx.tiny_files import ole_file, package, with_part, xls_file

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD = write_workbook([SheetOut("A", [["Họ và tên"], ["Lê An"]])])
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refusal(path, content):
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        TableFileReader().read(path)
    assert f"“{path.name}”" in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "code", "kind", "words"),
    [
        ("a.xlsx", b"", "file_empty", RuleRefused, "0 byte"),
        ("a.xlsx", b"hello", "file_corrupt", EnvironmentProblem, "bị hỏng"),
        ("a.xlsx", GOOD[:2000], "file_corrupt", EnvironmentProblem, "chưa có gì được nhập"),
        ("a.xlsx", GOOD[:400] + b"\xff" * 400 + GOOD[800:], "file_corrupt", EnvironmentProblem, ""),
        ("a.xls", xls_file([["a"]])[:1600], "file_corrupt", EnvironmentProblem, ""),
        ("a.xlsx", package({"word/document.xml": b"<x/>"}), "not_a_workbook", RuleRefused, ""),
        ("a.xlsx", ole_file({"WordDocument": b"x"}), "not_a_workbook", RuleRefused, "Word"),
        ("a.xls", b"<html><table><tr><td>a", "file_is_web_page", RuleRefused, "trang web"),
        ("a.csv", b"\x00\x01\x02\x03abc", "file_corrupt", EnvironmentProblem, ""),
        ("a.csv", b"\r\n;;\r\n", "file_without_data", RuleRefused, "không có ô nào"),
        ("a.pdf", b"%PDF-1.7", "wrong_extension", RuleRefused, ".xlsx, .xls và .csv"),
        ("~$a.xlsx", b"x", "file_is_lock", RuleRefused, "“a.xlsx”"),
    ],
)
def test_one_sentence_a_file(tmp_path, name, content, code, kind, words):
    caught = refusal(tmp_path / name, content)
    assert (caught.code, type(caught)) == (code, kind)
    assert words in caught.sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", ole_file({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})),
        ("a.xls", xls_file([["a"]], password=0)),
        ("a.xls", xls_file([["a"]], password=1)),
    ],
)
def test_a_password_is_named(tmp_path, name, content):
    caught = refusal(tmp_path / name, content)
    assert caught.code == "file_has_password"
    assert "bỏ mật khẩu" in caught.sentence


def test_a_password_on_the_zip_itself(tmp_path):
    content = bytearray(GOOD)
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    assert refusal(tmp_path / "a.xlsx", bytes(content)).code == "file_has_password"


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.xlsx"
    with path.open("wb") as sparse:
        sparse.truncate(1024**3)
    with pytest.raises(RuleRefused) as caught:
        TableFileReader().read(path)
    assert caught.value.code == "file_too_big"
    assert "1024 MB, quá giới hạn 20 MB" in caught.value.sentence
    path.unlink()


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path):
    content = with_part(GOOD, "xl/media/x.bin", b"\0" * (65 * 1024 * 1024))
    assert len(content) < LARGEST_FILE
    caught = refusal(tmp_path / "a.xlsx", content)
    assert caught.code == "file_is_bomb"
    assert "bung ra lớn bất thường (65 MB" in caught.sentence


def test_a_small_file_that_unpacks_many_times_is_a_bomb(tmp_path):
    content = with_part(GOOD, SHEET, b" " * (5 * 1024 * 1024))
    assert refusal(tmp_path / "a.xlsx", content).code == "file_is_bomb"


def test_too_many_parts(tmp_path):
    parts = {f"xl/p{n}.xml": b"" for n in range(2001)} | {"[Content_Types].xml": b""}
    assert refusal(tmp_path / "a.xlsx", package(parts)).code == "file_is_bomb"


def test_a_merged_block_over_the_whole_sheet_does_not_fill_the_memory(tmp_path):
    xml = (
        b"<worksheet " + MAIN + b'><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    caught = refusal(tmp_path / "a.xlsx", with_part(GOOD, SHEET, xml))
    assert caught.code == "too_many_cells"
    assert "xóa các dòng, cột trống" in caught.sentence


def test_half_a_million_formatted_cells(tmp_path):
    cells = b"".join(b'<c r="A%d" s="%d"/>' % (n, n * 7919 % 9973) for n in range(1, 400_002))
    xml = b"<worksheet " + MAIN + b"><sheetData><row>" + cells + b"</row></sheetData></worksheet>"
    assert refusal(tmp_path / "a.xlsx", with_part(GOOD, SHEET, xml)).code == "too_many_cells"


def test_an_xls_with_a_stray_cell_far_away(tmp_path):
    rows = [["a"]] + [[None]] * 4000 + [[None] * 200 + ["b"]]
    assert refusal(tmp_path / "a.xls", xls_file(rows)).code == "too_many_cells"


def test_damage_that_makes_the_xls_library_panic(tmp_path):
    content = xls_file([[("date", -1e12)]])
    assert refusal(tmp_path / "a.xls", content).code == "file_corrupt"


def test_entity_bombs_are_not_expanded(tmp_path):
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet ' + MAIN + b"><sheetData>"
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    assert refusal(tmp_path / "a.xlsx", with_part(GOOD, SHEET, xml)).code == "file_corrupt"


def test_a_missing_file_and_a_folder(tmp_path):
    (tmp_path / "thu-muc.xlsx").mkdir()
    for name in ("khong-co.xlsx", "thu-muc.xlsx"):
        with pytest.raises(EnvironmentProblem) as caught:
            TableFileReader().read(tmp_path / name)
        assert caught.value.code == "file_missing"


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (PermissionError(13, "in use"), "file_locked", "đóng tệp trong Excel"),
        (OSError(5, "I/O error"), "file_unreadable", "chép tệp sang máy này"),
    ],
)
def test_a_file_held_by_excel_or_a_failing_drive(tmp_path, monkeypatch, fault, code, words):
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)

    def fail(self):
        raise fault

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(EnvironmentProblem) as caught:
        TableFileReader().read(path)
    assert caught.value.code == code
    assert words in caught.value.sentence


def test_damage_anywhere_is_a_sentence_or_a_readable_file(tmp_path):
    """Every hundredth byte turned over, in the package and inside its sheet."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(SAMPLES / "bang-diem-toan-hk1-6B.xlsx") as source:
        inner = source.read(SHEET)
    damaged = [_flipped(GOOD, at) for at in range(0, len(GOOD), 100)]
    damaged += [with_part(GOOD, SHEET, _flipped(inner, at)) for at in range(0, 2000, 100)]
    for content in damaged:
        path.write_bytes(content)
        try:
            TableFileReader().read(path)
        except AppError as fault:
            assert "“a.xlsx”" in fault.sentence  # noqa: PT017


def _flipped(content, at):
    return content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :]
