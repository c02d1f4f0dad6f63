"""The tables this program hands out: bad rows, templates, mark sheets, each readable by itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from app.importing.fields import FIELD_LABELS, Field
from app.importing.tables import CellKind, column_letter
from exports.xlsx.writers import CellValue, SheetOut

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from app.domain.periods import Term
    from app.domain.pupils import PupilProfile
    from app.importing.header_finder import Header
    from app.importing.tables import RawCell, RawSheet

REASON_TITLE = "Lý do"
_REASON_WIDTH = 60
_MARK = re.compile(r"\d{1,2},\d")

ROSTER_COLUMNS: tuple[tuple[Field, int], ...] = (
    (Field.ORDER, 6),
    (Field.MINISTRY_CODE, 16),
    (Field.PERSONAL_ID, 16),
    (Field.FULL_NAME, 28),
    (Field.BIRTH_DATE, 12),
    (Field.SEX, 9),
    (Field.ETHNICITY, 10),
    (Field.BIRTHPLACE, 18),
    (Field.ADDRESS, 30),
    (Field.PRIORITY_GROUP, 16),
    (Field.FATHER, 24),
    (Field.FATHER_JOB, 16),
    (Field.MOTHER, 24),
    (Field.MOTHER_JOB, 16),
    (Field.PHONE, 14),
    (Field.NOTE, 20),
)
"""Columns of the roster template with their widths in characters."""


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """What stands above a table, worded so that the import recognises class, subject and term."""

    school: str
    class_name: str
    school_year: str
    subject: str = ""
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One pupil of a mark sheet; `marks` by column code as shown text ("8,5", "Đ", "miễn")."""

    ministry_code: str
    full_name: str
    birth_date: dt.date | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    average: str = ""
    remark: str = ""


def bad_rows_sheet(
    sheet: RawSheet, header: Header, bad_rows: Collection[int], reasons: Callable[[int], str]
) -> SheetOut:
    """The refused rows under their own titles and header, with a last column of reasons.

    Mended, the file can be imported again as it is. `bad_rows` are Excel numbers; `reasons` gives
    the sentence of one row (`RosterDraft.reasons`, `MarkSheetDraft.reasons`).
    """
    width = sheet.width
    rows: list[list[CellValue]] = []
    for number in range(1, header.first_data_row):
        line = [_again(sheet.cell(number, column)) for column in range(1, width + 1)]
        rows.append([*line, REASON_TITLE if number == header.first_row else None])
    for number in sorted(bad_rows):
        line = [_again(sheet.cell(number, column)) for column in range(1, width + 1)]
        rows.append([*line, reasons(number)])
    return SheetOut(
        name=sheet.name,
        rows=rows,
        header_rows=tuple(range(header.first_row, header.last_row + 1)),
        widths=(*[14] * width, _REASON_WIDTH),
        merged=tuple(
            block.reference for block in sheet.merged if block.last_row < header.first_data_row
        ),
        text_columns=frozenset(range(1, width + 1)),
    )


def roster_sheet(title: SheetTitle, profiles: Sequence[PupilProfile] = ()) -> SheetOut:
    """A class roster; without pupils it is the empty template."""
    rows: list[list[CellValue]] = [
        [title.school],
        [f"DANH SÁCH HỌC SINH LỚP {title.class_name} NĂM HỌC {title.school_year}"],
        [],
        [FIELD_LABELS[column] for column, _ in ROSTER_COLUMNS],
    ]
    for order, profile in enumerate(profiles, 1):
        rows.append(
            [
                order if column is Field.ORDER else (getattr(profile, column) or None)
                for column, _ in ROSTER_COLUMNS
            ]
        )
    codes = (Field.MINISTRY_CODE, Field.PERSONAL_ID, Field.PHONE)
    return SheetOut(
        name=f"Danh sách {title.class_name}",
        rows=rows,
        header_rows=(4,),
        widths=tuple(width for _, width in ROSTER_COLUMNS),
        text_columns=frozenset(
            number for number, (column, _) in enumerate(ROSTER_COLUMNS, 1) if column in codes
        ),
    )


def mark_sheet(
    title: SheetTitle,
    columns: Sequence[str],
    lines: Sequence[MarkLine],
    *,
    average_title: str = "",
    name: str = "",
) -> SheetOut:
    """One subject and term of a class; lines without marks make the template to fill in.

    `columns`: codes in the order of the paper. `average_title` ("ĐTBmhkI") adds the average's
    column; marks become numbers, other words stay text.
    """
    heading = " - ".join(
        part
        for part in (
            "BẢNG ĐIỂM CHI TIẾT",
            f"Môn học: {title.subject}" if title.subject else "",
            title.term.label if title.term else "",
            f"Năm học {title.school_year}",
        )
        if part
    )
    fixed = ("STT", "Mã học sinh", "Họ và tên", "Ngày sinh")
    tx = [code for code in columns if code.startswith("tx")]
    rest = [code for code in columns if code not in tx]
    tail = (*((average_title,) if average_title else ()), "Nhận xét")
    upper: list[CellValue] = [*fixed, *("ĐĐGtx" if i == 0 else None for i in range(len(tx)))]
    upper += [*(f"ĐĐG{code}" for code in rest), *tail]
    lower: list[CellValue] = [None] * len(fixed)
    lower += [*(code.upper() for code in tx), *[None] * (len(rest) + len(tail))]
    rows: list[list[CellValue]] = [
        [title.school],
        [heading],
        [f"Lớp: {title.class_name}"],
        [],
        upper,
        lower,
    ]
    for order, line in enumerate(lines, 1):
        average = [_mark(line.average)] if average_title else []
        marks = [_mark(line.marks.get(code, "")) for code in (*tx, *rest)]
        identity: list[CellValue] = [
            order, line.ministry_code or None, line.full_name, line.birth_date,
        ]  # fmt: skip
        rows.append([*identity, *marks, *average, line.remark or None])
    merged = [f"{column_letter(n)}5:{column_letter(n)}6" for n in range(1, len(fixed) + 1)]
    if len(tx) > 1:
        merged.append(f"{column_letter(len(fixed) + 1)}5:{column_letter(len(fixed) + len(tx))}5")
    first_single = len(fixed) + len(tx) + 1
    merged += [
        f"{column_letter(n)}5:{column_letter(n)}6"
        for n in range(first_single, first_single + len(rest) + len(tail))
    ]
    return SheetOut(
        name=name or title.subject or title.class_name,
        rows=rows,
        header_rows=(5, 6),
        widths=(6, 14, 28, 12, *[8] * (len(columns) + bool(average_title)), 30),
        merged=tuple(merged),
        text_columns=frozenset({2}),
    )


def _mark(text: str) -> CellValue:
    if _MARK.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return text or None


def _again(cell: RawCell) -> CellValue:
    """A raw cell written back as it was; numbers as text, so that no zero is lost twice."""
    if cell.kind is CellKind.EMPTY:
        return None
    return cell.day if cell.day is not None else cell.text
