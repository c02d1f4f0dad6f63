"""Class book: sơ yếu lý lịch học sinh on two facing pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    Leaf,
    Side,
    body_size,
    chunks,
    class_note,
    heading,
    heading_height,
    name_cell,
    name_columns,
    row_height,
    ruled_rows,
)
from exports.forms.class_book_words import book_words
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.readmodels.class_book import ClassBook, Guardian, RosterPupil
    from exports.forms.class_book_layout import Sheet

    _Draw = Callable[[Sheet, ClassBook, Sequence[RosterPupil]], None]

_HEAD_HEIGHT = 40.0


def roster_leaves(book: ClassBook) -> list[Leaf]:
    """The spread, and one more for every further 55 pupils."""
    leaves: list[Leaf] = []
    for index, pupils in enumerate(chunks(book.pupils)):
        mark = "" if index else "Sơ yếu lý lịch học sinh"
        leaves.append(_leaf(_draw_left, book, pupils, Side.LEFT, mark))
        leaves.append(_leaf(_draw_right, book, pupils, Side.EITHER, ""))
    return leaves


def _leaf(
    draw: _Draw, book: ClassBook, pupils: Sequence[RosterPupil], side: Side, mark: str
) -> Leaf:
    return Leaf(
        "Sơ yếu lý lịch học sinh",
        lambda sheet: draw(sheet, book, pupils),
        side=side,
        bookmark=mark,
    )


def _draw_left(sheet: Sheet, book: ClassBook, pupils: Sequence[RosterPupil]) -> None:
    fixed = (40.5 * mm, 19.5 * mm, 23 * mm, 10 * mm, 13 * mm, 19 * mm)
    columns = (
        *name_columns(fixed[0]),
        *(Column(width) for width in fixed[1:]),
        Column(CONTENT_WIDTH - NUMBER_WIDTH - sum(fixed), Align.LEFT),
    )
    titles = book_words(book.circular).roster
    rows: list[list[Cell]] = [
        [
            str(pupil.position),
            name_cell(pupil),
            pupil.birth_date,
            pupil.birthplace,
            pupil.sex,
            pupil.ethnicity,
            pupil.priority_group,
            pupil.address,
        ]
        for pupil in pupils
    ]
    _draw_list(sheet, book, columns, titles, rows)


def _draw_right(sheet: Sheet, book: ClassBook, pupils: Sequence[RosterPupil]) -> None:
    parent = 61 * mm
    columns = (
        Column(NUMBER_WIDTH),
        Column(parent, Align.LEFT),
        Column(parent, Align.LEFT),
        Column(CONTENT_WIDTH - NUMBER_WIDTH - 2 * parent, Align.LEFT),
    )
    words = book_words(book.circular)
    rows: list[list[Cell]] = [
        [
            str(pupil.position),
            _guardian(pupil.father, words.contacts),
            _guardian(pupil.mother, words.contacts),
            "; ".join(text for text in (pupil.left, pupil.notes) if text),
        ]
        for pupil in pupils
    ]
    _draw_list(sheet, book, columns, words.parents, rows)


def _guardian(guardian: Guardian, contacts: bool) -> str:
    parts = [guardian.name, guardian.occupation]
    if contacts:
        parts += [guardian.phone, guardian.email]
    return ", ".join(part for part in parts if part)


def _draw_list(
    sheet: Sheet,
    book: ClassBook,
    columns: tuple[Column, ...],
    titles: Sequence[str],
    rows: list[list[Cell]],
) -> None:
    count = ruled_rows(len(rows))
    room = sheet.frame.top - sheet.frame.bottom - heading_height() - _HEAD_HEIGHT
    height = row_height(room, count)
    grid = Grid(
        columns=columns,
        heads=tuple(Head(title, 0, index) for index, title in enumerate(titles)),
        head_heights=(_HEAD_HEIGHT,),
        row_height=height,
        size=body_size(height, 9.5),
        head_size=9.5,
    )
    top = heading(sheet, "", "SƠ YẾU LÝ LỊCH HỌC SINH", class_note(book))
    grid.draw(sheet.canvas, sheet.frame.left, top, rows, blank_to=count)
