"""Finds the header of a table that starts anywhere in rows 1-20 and guesses what columns mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import RuleRefused
from app.importing.fields import FIELD_LABELS, Field, Vocabulary, tx_number
from app.importing.tables import CellKind, RawSheet, column_letter
from app.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST_HEADER_ROW = 20
_LONGEST_HEADING = 60
_LEAST_NUMBERS = 3
_CODES = (Field.MINISTRY_CODE, Field.PERSONAL_ID)


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column as headed; `heading` is the upper line, `under` the lower one of two."""

    column: int
    heading: str
    under: str = ""

    @property
    def label(self) -> str:
        """How messages name the column: its words and Excel's letter ("ĐĐGtx 2 (cột F)")."""
        words = " ".join(part for part in (self.heading, self.under) if part)
        place = f"cột {column_letter(self.column)}"
        return f"{words} ({place})" if words else place


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header lies; all rows and columns count from 1 as in Excel."""

    first_row: int
    last_row: int
    first_data_row: int
    columns: tuple[HeaderColumn, ...]

    def column(self, column: int) -> HeaderColumn:
        """The headed column of that number; one without a heading when there is none."""
        for headed in self.columns:
            if headed.column == column:
                return headed
        return HeaderColumn(column, "")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The header and what each column means; the user may change it.

    Keys are columns from 1. Values are `Field` codes, or a mark column code ("tx1", "gk", "ck").
    """

    header: Header
    meanings: Mapping[int, str]

    def column_of(self, meaning: str) -> int | None:
        """The first column with that meaning, or None."""
        return next((col for col, what in sorted(self.meanings.items()) if what == meaning), None)

    def with_meaning(self, column: int, meaning: str | None) -> ColumnMapping:
        """The mapping after the user chose another meaning for a column; None ignores it."""
        kept = {col: what for col, what in self.meanings.items() if col != column}
        if meaning is not None:
            kept = {col: what for col, what in kept.items() if what != meaning}
            kept[column] = meaning
        return replace(self, meanings=dict(sorted(kept.items())))

    def label(self, column: int) -> str:
        """How messages name a column."""
        return self.header.column(column).label

    @property
    def unknown_columns(self) -> tuple[HeaderColumn, ...]:
        """Headed columns that mean nothing yet and so would not be read."""
        return tuple(
            headed
            for headed in self.header.columns
            if headed.column not in self.meanings and headed.heading
        )


def guess_mapping(sheet: RawSheet, vocabulary: Vocabulary) -> ColumnMapping:
    """The header of the sheet and the meaning of its columns.

    Raises RuleRefused `header_not_found` when no row of the first 20 looks like a header.
    """
    top = _best_row(sheet, vocabulary)
    if top is None:
        raise RuleRefused(
            "header_not_found",
            f"Không tìm thấy dòng tiêu đề (STT, Họ và tên…) trong {LAST_HEADER_ROW} dòng đầu của "
            f"trang “{sheet.name}”; hãy chọn trang khác, hoặc sửa tệp cho có dòng tiêu đề.",
            sheet=sheet.name,
        )
    has_under = _has_second_line(sheet, top, vocabulary)
    last = top + 1 if has_under else top
    columns = _headed_columns(sheet, top, has_under=has_under)
    first_data = last + 1
    if _is_numbering(sheet, first_data):
        first_data += 1
    header = Header(top, last, first_data, columns)
    return ColumnMapping(header, _meanings(sheet, header, vocabulary))


def _heading(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    return clean(cell.text) if cell.kind in (CellKind.TEXT, CellKind.NUMBER) else ""


def _best_row(sheet: RawSheet, vocabulary: Vocabulary) -> int | None:
    best, best_score = None, 1
    for row in range(1, min(LAST_HEADER_ROW, len(sheet.rows)) + 1):
        found = set()
        for column in range(1, sheet.width + 1):
            heading = _heading(sheet, row, column)
            if heading and len(heading) <= _LONGEST_HEADING:
                field = vocabulary.field_of(heading)
                if field is not None:
                    found.add(field)
        named = found & {Field.FULL_NAME, Field.FAMILY_NAMES, Field.GIVEN_NAME}
        coded = found & {Field.MINISTRY_CODE, Field.PERSONAL_ID}
        if (named or coded) and len(found) > best_score:
            best, best_score = row, len(found)
    return best


def _has_second_line(sheet: RawSheet, top: int, vocabulary: Vocabulary) -> bool:
    """A lower header line exists when cells reach down into it and others stand in it."""
    below = top + 1
    filled = [col for col in range(1, sheet.width + 1) if _heading(sheet, below, col)]
    if not filled or _is_numbering(sheet, below):
        return False
    if any(
        block.first_row <= top and block.last_row == below
        for block in sheet.merged
        if block.last_row > block.first_row
    ):
        return True
    # Without merged blocks (CSV): the lower line names parts only, so the identity columns, which
    # every pupil's row fills, are empty there, and what it holds are headings.
    identity = [
        col
        for col in range(1, sheet.width + 1)
        if vocabulary.field_of(_heading(sheet, top, col))
        in (Field.ORDER, Field.FULL_NAME, Field.MINISTRY_CODE, Field.CLASS_NAME)
    ]
    if any(col in identity for col in filled):
        return False
    return all(
        tx_number(_heading(sheet, below, col)) is not None
        or vocabulary.field_of(_heading(sheet, below, col)) is not None
        for col in filled
    )


def _is_numbering(sheet: RawSheet, row: int) -> bool:
    """A line "1 2 3 ..." that numbers the columns below the header."""
    texts = [_heading(sheet, row, col) for col in range(1, sheet.width + 1)]
    numbers = [text.strip("()") for text in texts if text]
    return (
        len(numbers) >= _LEAST_NUMBERS
        and all(number.isdecimal() for number in numbers)
        and [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
        and bool(texts[0])
    )


def _headed_columns(sheet: RawSheet, top: int, *, has_under: bool) -> tuple[HeaderColumn, ...]:
    columns = []
    spread = ""
    for column in range(1, sheet.width + 1):
        block = sheet.merged_at(top, column)
        under = _heading(sheet, top + 1, column) if has_under else ""
        if block is not None:
            heading = _heading(sheet, block.first_row, block.first_column)
            if block.last_row > top:
                under = ""
            spread = ""
        else:
            own = _heading(sheet, top, column)
            # An unmerged joined heading stands over its first part and covers those after it.
            heading = own or (spread if under else "")
            spread = own or (spread if under else "")
        if heading or under:
            columns.append(HeaderColumn(column, heading, under))
    return tuple(columns)


def _meanings(sheet: RawSheet, header: Header, vocabulary: Vocabulary) -> dict[int, str]:
    meanings: dict[int, str] = {}
    taken: set[str] = set()
    next_tx = 1
    for headed in header.columns:
        field = vocabulary.field_of(headed.heading)
        if field in _CODES:
            field = _code_by_content(sheet, header, headed.column) or field
        lower = vocabulary.field_of(headed.under) if headed.under else None
        if lower is not None and field not in (Field.TX,):
            field = lower
        if field is None:
            continue
        meaning: str = field
        if field is Field.TX:
            number = tx_number(headed.under or headed.heading) or next_tx
            meaning, next_tx = f"tx{number}", number + 1
        if meaning in taken:
            if field is Field.FULL_NAME and _is_name_pair(header, headed, meanings):
                meanings[headed.column - 1] = Field.FAMILY_NAMES
                meaning = Field.GIVEN_NAME
            else:
                continue
        taken.add(meaning)
        meanings[headed.column] = meaning
    _split_unheaded_name(sheet, header, meanings)
    _full_name_without_family(meanings)
    return dict(sorted(meanings.items()))


def _code_by_content(sheet: RawSheet, header: Header, column: int) -> Field | None:
    """Which code a column holds by its digits, since schools head both "Mã định danh".

    The ministry's code has 10 digits, the personal number 12; Excel drops a leading zero of either.
    """
    digits = [
        len(text)
        for row in range(header.first_data_row, len(sheet.rows) + 1)
        if (text := clean(sheet.cell(row, column).text)).isdecimal()
    ]
    long = sum(1 for length in digits if length in (11, 12))
    short = sum(1 for length in digits if length in (9, 10))
    if 2 * long > len(digits):
        return Field.PERSONAL_ID
    return Field.MINISTRY_CODE if 2 * short > len(digits) else None


def _is_name_pair(header: Header, headed: HeaderColumn, meanings: Mapping[int, str]) -> bool:
    """One merged "Họ và tên" over two columns: họ đệm, tên."""
    before = header.column(headed.column - 1)
    return meanings.get(headed.column - 1) == Field.FULL_NAME and before.heading == headed.heading


def _split_unheaded_name(sheet: RawSheet, header: Header, meanings: dict[int, str]) -> None:
    """A name column whose right neighbour has no heading but holds one word in every row."""
    for column, meaning in list(meanings.items()):
        beside = column + 1
        if meaning != Field.FULL_NAME or header.column(beside).heading:
            continue
        words = [
            clean(sheet.cell(row, beside).text)
            for row in range(header.first_data_row, len(sheet.rows) + 1)
            if not sheet.cell(row, beside).is_blank and not sheet.cell(row, column).is_blank
        ]
        if len(words) >= _LEAST_NUMBERS and all(
            " " not in word and word.isalpha() for word in words
        ):
            meanings[column] = Field.FAMILY_NAMES
            meanings[beside] = Field.GIVEN_NAME


def _full_name_without_family(meanings: dict[int, str]) -> None:
    """A lone "Tên" is the whole name; "Họ và tên" beside a "Tên" column is its first part."""
    found = set(meanings.values())
    if Field.FULL_NAME in found and Field.GIVEN_NAME in found:
        old, new = Field.FULL_NAME, Field.FAMILY_NAMES
    elif Field.GIVEN_NAME in found and Field.FAMILY_NAMES not in found:
        old, new = Field.GIVEN_NAME, Field.FULL_NAME
    elif Field.FAMILY_NAMES in found and Field.GIVEN_NAME not in found:
        old, new = Field.FAMILY_NAMES, Field.FULL_NAME
    else:
        return
    if new in found:
        return
    for column, meaning in list(meanings.items()):
        if meaning == old:
            meanings[column] = new


def meaning_label(meaning: str) -> str:
    """Words for a meaning in the mapping step ("gk" -> "ĐĐGgk", "full_name" -> "Họ và tên")."""
    return next(
        (label for field, label in FIELD_LABELS.items() if field == meaning), f"ĐĐG{meaning}"
    )
