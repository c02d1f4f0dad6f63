"""Class book: tổng hợp học kì I, học kì II, cả năm học."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.subjects import SubjectKind
from app.readmodels.class_book import BookPeriod, SummaryRow
from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    SPREAD_HEADS,
    Leaf,
    Side,
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
from exports.forms.class_book_words import BookWords, book_words
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook, RosterPupil, Summary
    from exports.forms.class_book_layout import Sheet

SUMMARY_TITLES = {
    BookPeriod.TERM_1: "TỔNG HỢP HỌC KÌ I",
    BookPeriod.TERM_2: "TỔNG HỢP HỌC KÌ II",
    BookPeriod.YEAR: "TỔNG HỢP CẢ NĂM HỌC",
}
_BOOKMARKS = {
    BookPeriod.TERM_1: "Tổng hợp học kì I",
    BookPeriod.TERM_2: "Tổng hợp học kì II",
    BookPeriod.YEAR: "Tổng hợp cả năm học",
}

_NAME = 44 * mm
_LEVEL = 13 * mm
_HEADS = (38.0, SPREAD_HEADS - 38.0)
_SIGN_GAP = 12.0
_KIND_TITLES = {
    SubjectKind.COMMENTS: "Môn học đánh giá bằng nhận xét",
    SubjectKind.MARKS: "Môn học đánh giá bằng nhận xét kết hợp đánh giá bằng điểm số",
}


def summary_leaves(book: ClassBook, summary: Summary, rows: int) -> list[Leaf]:
    """The list of all subjects; that of the year is the left half of a spread."""
    parts = chunks(book.pupils, rows)
    title = SUMMARY_TITLES[summary.period]
    of_year = summary.period is BookPeriod.YEAR
    return [
        Leaf(
            title,
            partial(_draw, book, summary, part, part is parts[-1]),
            side=Side.LEFT if of_year and len(parts) == 1 else Side.EITHER,
            bookmark="" if index else _BOOKMARKS[summary.period],
        )
        for index, part in enumerate(parts)
    ]


def _draw(
    book: ClassBook, summary: Summary, pupils: Sequence[RosterPupil], last: bool, sheet: Sheet
) -> None:
    order = [
        index
        for kind in (SubjectKind.COMMENTS, SubjectKind.MARKS)
        for index, column in enumerate(summary.columns)
        if column.kind is kind
    ]
    by_position = {row.position: row for row in summary.rows}
    rows = [_cells(order, pupil, by_position.get(pupil.position)) for pupil in pupils]
    count = ruled_rows(len(rows))
    frame = sheet.frame
    kept = heading_height() + sum(_HEADS)
    places = _places(book)
    signing = signature_height(places, count)
    signed = summary.period is not BookPeriod.YEAR
    if signed:
        # The year's list is signed on the facing page and its rows run on there.
        kept += signing + _SIGN_GAP
    width = (CONTENT_WIDTH - NUMBER_WIDTH - _NAME - 2 * _LEVEL) / max(len(order), 1)
    height = row_height(frame.top - frame.bottom - kept, count)
    grid = Grid(
        columns=(
            *name_columns(_NAME),
            *(Column(width) for _ in order),
            Column(_LEVEL, face=Face.BOLD),
            Column(_LEVEL, face=Face.BOLD),
        ),
        heads=_heads(summary, order, book_words(book.circular)),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 10),
        head_size=10,
    )
    top = heading(sheet, "", SUMMARY_TITLES[summary.period], class_note(book))
    grid = grid.with_tail(sheet.canvas.form.tail)
    bottom = grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
    if last and signed:
        sign_block(sheet, bottom - _SIGN_GAP, places, signing)


def _places(book: ClassBook) -> tuple[SignaturePlace, ...]:
    return (
        SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", book.homeroom_teacher),
        SignaturePlace(
            "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
        ),
    )


def _cells(order: Sequence[int], pupil: RosterPupil, row: SummaryRow | None) -> list[Cell]:
    start: list[Cell] = [str(pupil.position), name_cell(pupil)]
    if row is None:
        return [*start, *("" for _ in order), "", ""]
    return [*start, *(row.results[index] for index in order), row.learning, row.conduct]


def _heads(summary: Summary, order: Sequence[int], words: BookWords) -> tuple[Head, ...]:
    heads = [Head("Số TT", 0, 0, 2), Head("Họ và tên", 0, 1, 2)]
    column = 2
    for kind, title in _KIND_TITLES.items():
        count = sum(1 for index in order if summary.columns[index].kind is kind)
        if count:
            heads.append(Head(title, 0, column, 1, count))
        column += count
    for place, index in enumerate(order):
        heads.append(Head(summary.columns[index].heading, 1, 2 + place, turned=True))
    heads.append(Head(words.learning, 0, column, 2, turned=True))
    heads.append(Head(words.conduct, 0, column + 1, 2, turned=True))
    return tuple(heads)
