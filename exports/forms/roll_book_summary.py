"""Sổ gọi tên và ghi điểm: tổng hợp kết quả of a term, with ĐTB các môn, HL, HK and danh hiệu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import BookPeriod, RollBookFacts
from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    SPREAD_HEADS,
    Leaf,
    SignaturePlace,
    body_size,
    chunks,
    class_note,
    heading,
    heading_height,
    name_cell,
    name_columns,
    row_height,
    ruled_rows,
    sign_block,
    signature_height,
)
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook, RosterPupil, Summary, SummaryRow
    from exports.forms.class_book_layout import Sheet

SUMMARY_TITLES = {
    BookPeriod.TERM_1: "TỔNG HỢP KẾT QUẢ HỌC KỲ I",
    BookPeriod.TERM_2: "TỔNG HỢP KẾT QUẢ HỌC KỲ II",
}
_BOOKMARKS = {
    BookPeriod.TERM_1: "Tổng hợp kết quả học kỳ I",
    BookPeriod.TERM_2: "Tổng hợp kết quả học kỳ II",
}
_NAME = 44 * mm
_LEVEL, _TITLE = 9.5 * mm, 13 * mm
_HEADS = (30.0, SPREAD_HEADS - 30.0)
_SIGN_GAP = 12.0


def term_summary_leaves(book: ClassBook, summary: Summary) -> list[Leaf]:
    """The list of all subjects of one term."""
    parts = chunks(book.pupils)
    return [
        Leaf(
            SUMMARY_TITLES[summary.period],
            partial(_draw, book, summary, part, part is parts[-1]),
            bookmark="" if index else _BOOKMARKS[summary.period],
        )
        for index, part in enumerate(parts)
    ]


def summary_heads(summary: Summary, first: int) -> tuple[Head, ...]:
    """A turned heading a subject from column `first` on; the last column is ĐTB các môn."""
    return tuple(
        Head(column.heading, 0, first + at, 2, turned=True)
        for at, column in enumerate(summary.columns)
    )


def _draw(
    book: ClassBook, summary: Summary, pupils: Sequence[RosterPupil], last: bool, sheet: Sheet
) -> None:
    by_position = {row.position: row for row in summary.rows}
    facts = book.roll_book or RollBookFacts()
    titles = {one.position: one.title for one in facts.titles if one.period is summary.period}
    subjects = len(summary.columns)
    rows = [_cells(subjects, pupil, by_position.get(pupil.position), titles) for pupil in pupils]
    count = ruled_rows(len(rows))
    frame = sheet.frame
    places = (
        SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", book.homeroom_teacher),
        SignaturePlace(
            "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
        ),
    )
    signing = signature_height(places, count)
    kept = heading_height() + sum(_HEADS) + signing + _SIGN_GAP
    height = row_height(frame.top - frame.bottom - kept, count)
    width = (CONTENT_WIDTH - NUMBER_WIDTH - _NAME - 2 * _LEVEL - _TITLE) / max(subjects, 1)
    grid = Grid(
        columns=(
            *name_columns(_NAME),
            *(Column(width) for _ in summary.columns),
            Column(_LEVEL, face=Face.BOLD),
            Column(_LEVEL, face=Face.BOLD),
            Column(_TITLE),
        ),
        heads=(
            Head("Số TT", 0, 0, 2),
            Head("Họ và tên", 0, 1, 2),
            *summary_heads(summary, 2),
            Head("Kết quả xếp loại và thi đua", 0, 2 + subjects, 1, 3),
            *(Head(text, 1, 2 + subjects + at) for at, text in enumerate(("HL", "HK", "TĐ"))),
        ),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 10),
        head_size=9.5,
    )
    top = heading(sheet, "", SUMMARY_TITLES[summary.period], class_note(book))
    bottom = grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
    if last:
        sign_block(sheet, bottom - _SIGN_GAP, places, signing)


def _cells(
    subjects: int, pupil: RosterPupil, row: SummaryRow | None, titles: dict[int, str]
) -> list[Cell]:
    start: list[Cell] = [str(pupil.position), name_cell(pupil)]
    if row is None:
        return [*start, *("" for _ in range(subjects + 3))]
    return [*start, *row.results, row.learning, row.conduct, titles.get(pupil.position, "")]
