"""Class book: one list a subject and term, comment and mark kinds (TT22/2021, sổ theo lớp học)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.subjects import SubjectKind
from app.readmodels.class_book import BookPeriod, SubjectRow
from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    SMALL_ITALIC,
    Leaf,
    SignaturePlace,
    body_size,
    chunks,
    class_note,
    heading,
    heading_height,
    mark_cell,
    name_cell,
    name_columns,
    row_height,
    ruled_rows,
    sign_block,
    signature_height,
)
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Corrected, Grid, Head
from exports.pdf.text import Align, Pen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook, RosterPupil, SubjectPage
    from exports.forms.class_book_layout import Sheet

TERM_TITLES = {BookPeriod.TERM_1: "HỌC KÌ I", BookPeriod.TERM_2: "HỌC KÌ II"}

_HEADS = (28.0, 26.0)
_SIGN_GAP = 22.0


@dataclass(frozen=True, slots=True)
class _Widths:
    """Column widths of one kind of page; Ghi chú gets the rest."""

    name: float
    regular: float
    """Of one regular column, as long as all of them stay within `regular_together`."""
    regular_together: float
    exam: float
    results: tuple[float, ...]


_WIDTHS = {
    (SubjectKind.MARKS, BookPeriod.TERM_1): _Widths(
        47 * mm, 10.5 * mm, 42 * mm, 13 * mm, (15 * mm,)
    ),
    # Two more results: all else gives a little, so that notes stay legible.
    (SubjectKind.MARKS, BookPeriod.TERM_2): _Widths(
        42 * mm, 10.5 * mm, 38 * mm, 12 * mm, (14.5 * mm, 14 * mm, 12.5 * mm)
    ),
    (SubjectKind.COMMENTS, BookPeriod.TERM_1): _Widths(
        47 * mm, 12 * mm, 42 * mm, 14 * mm, (15 * mm,)
    ),
    (SubjectKind.COMMENTS, BookPeriod.TERM_2): _Widths(
        42 * mm, 12 * mm, 38 * mm, 14 * mm, (14.5 * mm, 14.5 * mm, 14 * mm)
    ),
}


def subject_leaves(book: ClassBook, page: SubjectPage, rows: int) -> list[Leaf]:
    """The list of one subject in one term; teachers sign where it ends."""
    parts = chunks(book.pupils, rows)
    return [
        Leaf(
            f"{page.subject}, {TERM_TITLES[page.period].lower()}",
            partial(_draw, book, page, part, part is parts[-1]),
            bookmark="" if index else page.subject,
            level=1,
        )
        for index, part in enumerate(parts)
    ]


def _draw(
    book: ClassBook, page: SubjectPage, pupils: Sequence[RosterPupil], last: bool, sheet: Sheet
) -> None:
    by_position = {row.position: row for row in page.rows}
    rows = [_cells(page, pupil, by_position.get(pupil.position)) for pupil in pupils]
    count = ruled_rows(len(rows))
    frame = sheet.frame
    term = TERM_TITLES[page.period]
    places = [_place(name) for name in page.teachers or ("",)]
    signing = signature_height(places, count)
    kept = heading_height(term) + sum(_HEADS) + signing + _SIGN_GAP
    height = row_height(frame.top - frame.bottom - kept, count)
    grid = Grid(
        columns=_columns(page),
        heads=_heads(page),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 11),
        head_size=9.5,
    )
    top = heading(sheet, term, f"Môn: {page.subject}", class_note(book))
    grid = grid.with_tail(sheet.canvas.form.tail)
    bottom = grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
    corrected = sum(isinstance(cell, Corrected) for row in rows for cell in row)
    with Pen(sheet.canvas) as pen:
        if corrected:
            text = f"Trong trang này có {corrected} chỗ được sửa chữa."
            pen.put(frame.left, bottom - 12, text, SMALL_ITALIC)
        if not last:
            pen.put(frame.right, bottom - 12, "(Xem tiếp trang sau)", SMALL_ITALIC, Align.RIGHT)
    if last:
        sign_block(sheet, bottom - _SIGN_GAP, places, signing)


def _place(name: str) -> SignaturePlace:
    return SignaturePlace("GIÁO VIÊN MÔN HỌC", "(Ký, ghi rõ họ tên)", name)


def _cells(page: SubjectPage, pupil: RosterPupil, row: SubjectRow | None) -> list[Cell]:
    shown = row or SubjectRow(pupil.position)
    cells: list[Cell] = [str(pupil.position), name_cell(pupil)]
    cells += [mark_cell(cell) for cell in shown.regular]
    cells += [""] * (page.regular_columns - len(shown.regular))
    cells += [mark_cell(shown.midterm), mark_cell(shown.final), mark_cell(shown.term_result)]
    if page.period is BookPeriod.TERM_2:
        cells += [mark_cell(shown.year_result), mark_cell(shown.reassessed)]
    cells.append(shown.note)
    return cells


def _columns(page: SubjectPage) -> tuple[Column, ...]:
    usual = _WIDTHS[page.kind, page.period]
    regular = min(usual.regular, usual.regular_together / max(page.regular_columns, 1))
    widths = [regular] * page.regular_columns + [usual.exam, usual.exam]
    note = CONTENT_WIDTH - NUMBER_WIDTH - usual.name - sum(widths) - sum(usual.results)
    return (
        *name_columns(usual.name),
        *(Column(width) for width in widths),
        *(Column(width, face=Face.BOLD) for width in usual.results),
        Column(note, Align.LEFT),
    )


def _heads(page: SubjectPage) -> tuple[Head, ...]:
    regular = page.regular_columns
    first = 2
    after = first + regular
    term_2 = page.period is BookPeriod.TERM_2
    results = 3 if term_2 else 1
    note = Head("Ghi chú", 0, after + 2 + results, 2)
    start = (Head("Số TT", 0, 0, 2), Head("Họ và tên", 0, 1, 2))
    if page.kind is SubjectKind.COMMENTS:
        levels = results - 1 if term_2 else results
        heads: tuple[Head, ...] = (
            Head("Mức đánh giá\nĐạt (Đ), Chưa đạt (CĐ)", 0, first, 1, regular + 2 + levels),
            Head("Thường xuyên", 1, first, 1, max(regular, 1)),
            Head("Giữa kì", 1, after),
            Head("Cuối kì", 1, after + 1),
            Head("Học kì", 1, after + 2),
        )
        if term_2:
            heads += (
                Head("Cả năm", 1, after + 3),
                Head("Mức đánh giá lại", 0, after + 4, 2),
            )
    else:
        heads = (
            Head("ĐĐG", 0, first, 1, max(regular, 1), low="tx"),
            *(Head(str(index + 1), 1, first + index) for index in range(regular)),
            Head("ĐĐG", 0, after, 2, low="gk"),
            Head("ĐĐG", 0, after + 1, 2, low="ck"),
            Head("ĐTB", 0, after + 2, 2, low="mhkII" if term_2 else "mhkI"),
        )
        if term_2:
            heads += (
                Head("ĐTB", 0, after + 3, 2, low="mcn"),
                Head("Đánh giá lại", 0, after + 4, 2),
            )
    return (*start, *heads, note)
