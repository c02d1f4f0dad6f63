"""Class book: đánh giá cả năm with "Tổng hợp chung" and the two last signatures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import BookPromotion, YearRow
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
    signature,
    signature_height,
)
from exports.forms.class_book_words import BookWords, book_words
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.page import HEAVY
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook, RosterPupil, YearAssessment, YearTotals
    from exports.forms.class_book_layout import Sheet

_NAME = 37 * mm
_LEVEL = 11.75 * mm
_NARROW = 8 * mm
_AWARD = 25 * mm
_HEADS = (64.0, SPREAD_HEADS - 64.0)
_TOTALS = CONTENT_WIDTH - NUMBER_WIDTH - _NAME - 4 * _LEVEL - 3 * _NARROW - _AWARD
_TEXT = TextStyle(10.5)
_BOLD = TextStyle(10.5, Face.BOLD)
_TICK = "x"


def year_leaves(book: ClassBook, year: YearAssessment) -> list[Leaf]:
    """The list; the totals and signatures stand beside its last part."""
    parts = chunks(book.pupils)
    return [
        Leaf(
            "Đánh giá cả năm",
            partial(_draw, book, year, part, part is parts[-1]),
            bookmark="" if index else "Đánh giá cả năm",
        )
        for index, part in enumerate(parts)
    ]


def _draw(
    book: ClassBook, year: YearAssessment, pupils: Sequence[RosterPupil], last: bool, sheet: Sheet
) -> None:
    by_position = {row.position: row for row in year.rows}
    rows = [
        _cells(pupil, by_position.get(pupil.position, YearRow(pupil.position))) for pupil in pupils
    ]
    count = ruled_rows(len(rows))
    frame = sheet.frame
    room = frame.top - frame.bottom - heading_height() - sum(_HEADS)
    height = row_height(room, count)
    grid = Grid(
        columns=(
            *name_columns(_NAME),
            *(Column(_LEVEL, face=face) for face in (Face.BOLD, Face.BOLD)),
            *(Column(_LEVEL) for _ in range(2)),
            *(Column(_NARROW) for _ in range(3)),
            Column(_AWARD),
        ),
        heads=_heads(book_words(book.circular)),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 10),
        head_size=9,
    )
    top = heading(sheet, "", "ĐÁNH GIÁ CẢ NĂM", class_note(book))
    bottom = grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
    left = frame.left + grid.width
    box = (left, bottom, left + _TOTALS, top)
    totals_column(sheet, book, year.totals if last else None, box, sum(_HEADS))


def totals_column(
    sheet: Sheet,
    book: ClassBook,
    totals: YearTotals | None,
    box: tuple[float, float, float, float],
    head: float,
) -> None:
    """Tổng hợp chung in one merged cell beside the list, under a heading `head` points high.

    `totals` is None where the list goes on to a next page.
    """
    left, bottom, right, top = box
    sheet.canvas.frame_box(left, bottom, right, top, HEAVY)
    head_bottom = top - head
    sheet.canvas.rules([(left, head_bottom, right, head_bottom)], HEAVY)
    with Pen(sheet.canvas) as pen:
        heading_box = (left + 3, head_bottom, right - 3, top)
        pen.put_in_box(heading_box, "Tổng hợp chung", TextStyle(10.5, Face.BOLD))
        if totals is not None:
            _write_totals(pen, book, totals, (left, bottom, right, head_bottom))
        else:
            note = "(Xem tiếp trang sau)"
            note_box = (left + 3, bottom, right - 3, bottom + 30)
            pen.put_in_box(note_box, note, TextStyle(10, Face.ITALIC))


def _heads(words: BookWords) -> tuple[Head, ...]:
    return (
        Head("Số TT", 0, 0, 2),
        Head("Họ và tên", 0, 1, 2),
        Head(words.levels, 0, 2, 1, 2),
        Head(words.levels_after, 0, 4, 1, 2),
        Head(words.conduct, 1, 2),
        Head(words.learning, 1, 3),
        Head(words.conduct, 1, 4),
        Head(words.learning, 1, 5),
        Head("Tổng số buổi nghỉ học", 0, 6, 2, turned=True),
        Head("Được lên lớp", 0, 7, 2, turned=True),
        Head(words.retained, 0, 8, 2, turned=True),
        Head(words.award, 0, 9, 2),
    )


def _cells(pupil: RosterPupil, row: YearRow) -> list[Cell]:
    promoted = row.promotion in (BookPromotion.PROMOTED, BookPromotion.PROMOTED_AFTER_SUMMER)
    return [
        str(pupil.position),
        name_cell(pupil),
        row.conduct,
        row.learning,
        row.conduct_after,
        row.learning_after,
        "" if row.absences is None else str(row.absences),
        _TICK if promoted else "",
        _TICK if row.promotion is BookPromotion.NOT_PROMOTED else "",
        row.award,
    ]


def _write_totals(
    pen: Pen, book: ClassBook, totals: YearTotals, box: tuple[float, float, float, float]
) -> None:
    left, bottom, right, top = box
    inner_left, inner_right = left + 6, right - 6
    words = book_words(book.circular)
    lines = (
        ("Tổng số học sinh:", totals.pupils),
        ("Được lên lớp:", totals.promoted),
        (words.promoted_late, totals.promoted_after_summer),
        (f"{words.retained}:", totals.not_promoted),
    )
    y = top - 18
    for label, value in lines:
        wrapped = wrap(label, _TEXT.face, _TEXT.size, inner_right - inner_left - 18)
        for line in wrapped:
            pen.put(inner_left, y, line, _TEXT)
            y -= 13
        pen.put(inner_right, y + 13, str(value), _BOLD, Align.RIGHT)
        y -= 5
    _write_signatures(pen, book, (left, bottom, right, y))


def _write_signatures(pen: Pen, book: ClassBook, box: tuple[float, float, float, float]) -> None:
    """Stacked, since the column is narrow, with equal white around both places."""
    left, bottom, right, top = box
    places = (
        SignaturePlace("GIÁO VIÊN\nCHỦ NHIỆM", "(Ký, ghi rõ họ tên)", book.homeroom_teacher),
        SignaturePlace("HIỆU TRƯỞNG", "(Ký, đóng dấu)", book.principal, stamped=True),
    )
    # The list beside them is never short of rows, so both always have their full space.
    heights = [signature_height([place], 0) for place in places]
    gap = (top - bottom - sum(heights)) / (len(places) + 1)
    y = top
    for place, height in zip(places, heights, strict=True):
        y -= gap
        signature(pen, (left + 3, y - height, right - 3, y), place)
        y -= height
