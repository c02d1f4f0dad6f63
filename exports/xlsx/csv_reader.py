"""Reads .csv in the encodings and separators that Vietnamese Excel and old programs write."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from app.importing.old_encodings import detect
from app.importing.tables import RawCell, RawSheet, text_cell
from exports.xlsx.file_guard import MOST_CELLS, corrupt_refusal, too_many_cells_refusal
from exports.xlsx.raw_cells import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SEPARATORS = (";", "\t", ",")
_SAMPLE_LINES = 40
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LATIN_1 = "latin-1"


def read_csv(path: Path, content: bytes) -> RawSheet:
    """The file as one sheet of text cells, named like the file.

    Encodings: UTF-8, UTF-16 (with or without its mark), else Windows-1258 or, when the text reads
    as TCVN3 or VNI, Latin-1. A leading apostrophe that protects a formula-like text is taken off.
    """
    text, note = _decode(path.name, content)
    lines = text.splitlines(keepends=True)
    separator = _declared_separator(lines)
    if separator:
        lines = lines[1:]
    else:
        separator = _likely_separator(lines)
    try:
        rows, ghosts = trimmed(_rows(path.name, lines, separator))
    except csv.Error as fault:
        raise corrupt_refusal(path.name) from fault
    return RawSheet(name=path.stem, rows=rows, ghost_rows=ghosts, notes=(note,) if note else ())


def unprotected(text: str) -> str:
    """The text without the apostrophe that keeps spreadsheets from taking it as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def _rows(name: str, lines: list[str], separator: str) -> Iterator[list[RawCell]]:
    cells = 0
    for row in csv.reader(lines, delimiter=separator):
        cells += len(row)
        if cells > MOST_CELLS:
            raise too_many_cells_refusal(name)
        yield [text_cell(unprotected(value)) for value in row]


def _decode(name: str, content: bytes) -> tuple[str, str]:
    """(text, note on the encoding when it is not plain Unicode)."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), ""
        if _looks_utf16(content):
            return content.decode("utf-16-le"), ""
        if b"\0" in content:
            raise corrupt_refusal(name)
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _decode_eight_bit(name, content)


def _looks_utf16(content: bytes) -> bool:
    sample = content[:2000]
    return len(sample) >= 4 and sample[1::2].count(0) * 2 > len(sample) // 2


def _decode_eight_bit(name: str, content: bytes) -> tuple[str, str]:
    if b"\0" in content:
        raise corrupt_refusal(name)
    latin = content.decode(_LATIN_1)
    if detect(latin.splitlines()) is not None:
        return latin, ""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as fault:
        raise corrupt_refusal(name) from fault
    return text, (
        f"Tệp “{name}” dùng bảng mã Windows-1258; chương trình đã đổi sang Unicode, hãy xem kĩ dấu "
        "của họ tên trước khi nhận."
    )


def _declared_separator(lines: list[str]) -> str:
    """The separator of Excel's own first line "sep=;", or ""."""
    first = lines[0].strip() if lines else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else ""


def _likely_separator(lines: list[str]) -> str:
    """The one that splits the most lines into the same, largest number of parts."""
    sample = [line for line in lines if line.strip()][:_SAMPLE_LINES]

    def score(separator: str) -> tuple[int, int]:
        """Lines that it splits at all come first: one line of commas must not outweigh a header."""
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO("".join(sample)), delimiter=separator)
        )
        width, count = max(
            ((w, n) for w, n in widths.items() if w > 1),
            key=lambda pair: pair[0] * pair[1],
            default=(0, 0),
        )
        return sum(n for w, n in widths.items() if w > 1), width * count

    try:
        return max(_SEPARATORS, key=score)
    except csv.Error:
        # A field beyond the module's limit: the full read refuses it with a sentence.
        return _SEPARATORS[0]
