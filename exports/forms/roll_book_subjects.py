"""Sổ gọi tên và ghi điểm: phần ghi điểm, two subjects a page.

Columns of TT26/2020, or of the form before it: điểm hệ số 1 (M, V), hệ số 2 (V), KThk and TBm.

The form has no column for notes; what one would say stands under the list with the number of the
pupil, so that a mark of another school or a zero for absence is explained on its own page.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import BookPeriod, FirstIssuePage, SubjectRow
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
from exports.pdf.text import Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import ClassBook, RosterPupil, SubjectPage
    from exports.forms.class_book_layout import Sheet

TERM_TITLES = {BookPeriod.TERM_1: "HỌC KỲ I", BookPeriod.TERM_2: "HỌC KỲ II"}
_NAME = 42 * mm
_HALF = (CONTENT_WIDTH - NUMBER_WIDTH - _NAME) / 2
_EXAM, _MEAN = 10 * mm, 11.5 * mm
_REGULAR = _HALF - 2 * _EXAM - _MEAN
_HEADS = (22.0, 16.0, 14.0)
_FEWEST_REGULAR = 2
_UNDER_LIST = 42.0
"""Points for the count of corrections and the notes."""
_TEXT = TextStyle(9.5)
_NOTES = TextStyle(8.5, Face.ITALIC)


def subject_pair_leaves(book: ClassBook, pages: Sequence[SubjectPage], rows: int) -> list[Leaf]:
    """The subjects of one term, two a page; every list goes on after 55 pupils."""
    parts = chunks(book.pupils, rows)
    leaves: list[Leaf] = []
    for first in range(0, len(pages), 2):
        pair = pages[first : first + 2]
        name = ", ".join(page.subject for page in pair)
        leaves += [
            Leaf(
                f"{name}, {TERM_TITLES[pair[0].period].lower()}",
                partial(_draw, book, pair, part, part is parts[-1]),
                bookmark="" if index else name,
                level=1,
            )
            for index, part in enumerate(parts)
        ]
    return leaves


def _draw(
    book: ClassBook,
    pair: Sequence[SubjectPage],
    pupils: Sequence[RosterPupil],
    last: bool,
    sheet: Sheet,
) -> None:
    found = [{row.position: row for row in page.rows} for page in pair]
    rows = [_cells(pair, found, pupil) for pupil in pupils]
    count = ruled_rows(len(rows))
    frame, term = sheet.frame, TERM_TITLES[pair[0].period]
    places = [
        *(SignaturePlace("GIÁO VIÊN\nBỘ MÔN", "(Ký, họ tên)", _teachers(page)) for page in pair),
        SignaturePlace("GIÁO VIÊN\nCHỦ NHIỆM", "(Ký, họ tên)", book.homeroom_teacher),
    ]
    signing = signature_height(places, count)
    kept = heading_height() + sum(_HEADS) + _UNDER_LIST + signing
    height = row_height(frame.top - frame.bottom - kept, count)
    grid = Grid(
        columns=(*name_columns(_NAME), *_columns(pair)),
        heads=_heads(pair),
        head_heights=_HEADS,
        row_height=height,
        size=body_size(height, 10.5),
        head_size=9.5,
    )
    top = heading(sheet, "", f"PHẦN GHI ĐIỂM – {term}", class_note(book))
    grid = grid.with_tail(sheet.canvas.form.tail)
    bottom = grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
    with Pen(sheet.canvas) as pen:
        y = bottom - 12
        for text, style in (
            (_corrections(pair, found, pupils), _TEXT),
            (_notes(pair, found, pupils), _NOTES),
        ):
            fitted = fit(text, style.face, style.size, frame.width, 22)
            for line in fitted.lines:
                pen.put(frame.left, y, line, TextStyle(fitted.size, style.face))
                y -= fitted.size * 1.15
        if not last:
            pen.put(frame.right, y, "(Xem tiếp trang sau)", SMALL_ITALIC, Align.RIGHT)
    # GVCN signs the count of every page, the teachers where their list ends.
    signed = places if last else places[-1:]
    sign_block(sheet, bottom - _UNDER_LIST, signed, signing)


def _teachers(page: SubjectPage) -> str:
    return ", ".join(page.teachers)


def _regular(page: SubjectPage) -> int:
    return max(page.regular_columns, _FEWEST_REGULAR)


def _tests(page: SubjectPage) -> int:
    """Columns that teachers write in; blanks fill up the regular ones to the fewest."""
    periodic = page.periodic_columns if isinstance(page, FirstIssuePage) else 1
    return _regular(page) + periodic + 1


def _columns(pair: Sequence[SubjectPage]) -> list[Column]:
    columns: list[Column] = []
    for slot in range(2):
        page = pair[slot] if slot < len(pair) else None
        if isinstance(page, FirstIssuePage):
            count = _tests(page)
            columns += [Column((_HALF - _MEAN) / count)] * count
        else:
            count = _FEWEST_REGULAR if page is None else _regular(page)
            columns += [Column(_REGULAR / count)] * count
            columns += [Column(_EXAM), Column(_EXAM)]
        columns.append(Column(_MEAN, face=Face.BOLD))
    return columns


def _heads(pair: Sequence[SubjectPage]) -> tuple[Head, ...]:
    heads = [Head("Số TT", 0, 0, 3), Head("Họ và tên", 0, 1, 3)]
    at = 2
    for slot in range(2):
        page = pair[slot] if slot < len(pair) else None
        count = _FEWEST_REGULAR if page is None else _regular(page)
        title = "MÔN: …………………" if page is None else f"MÔN: {page.subject.upper()}"
        if isinstance(page, FirstIssuePage):
            heads += _first_issue_heads(page, title, at)
            at += _tests(page) + 1
            continue
        term_2 = pair[0].period is BookPeriod.TERM_2
        heads += [
            Head(title, 0, at, 1, count + 3),
            Head("ĐĐG", 1, at, 1, count, low="tx"),
            *(Head(str(n + 1), 2, at + n, face=Face.REGULAR) for n in range(count)),
            Head("ĐĐG", 1, at + count, 2, low="gk"),
            Head("ĐĐG", 1, at + count + 1, 2, low="ck"),
            Head("ĐTB", 1, at + count + 2, 2, low="mhkII" if term_2 else "mhkI"),
        ]
        at += count + 3
    return tuple(heads)


def _first_issue_heads(page: FirstIssuePage, title: str, at: int) -> list[Head]:
    """Điểm hệ số 1: M, V; điểm hệ số 2: V; KThk; TBm."""
    regular, oral = _regular(page), page.oral_columns
    periodic = page.periodic_columns
    after = at + regular + periodic
    return [
        Head(title, 0, at, 1, _tests(page) + 1),
        Head("Điểm hs 1", 1, at, 1, regular),
        Head("M", 2, at, 1, oral),
        Head("V", 2, at + oral, 1, regular - oral),
        Head("Điểm hs 2" if periodic > 1 else "Hs 2", 1, at + regular, 1, periodic),
        Head("V", 2, at + regular, 1, periodic),
        Head("KT", 1, after, 2, low="hk"),
        Head("TB", 1, after + 1, 2, low="m"),
    ]


def _cells(
    pair: Sequence[SubjectPage], found: Sequence[dict[int, SubjectRow]], pupil: RosterPupil
) -> list[Cell]:
    cells: list[Cell] = [str(pupil.position), name_cell(pupil)]
    for page, rows in zip(pair, found, strict=True):
        row = rows.get(pupil.position) or SubjectRow(pupil.position)
        tests = [mark_cell(cell) for cell in row.test_cells]
        blanks: list[Cell] = [""] * (_tests(page) - len(tests))
        at = len(row.regular)
        cells += [*tests[:at], *blanks, *tests[at:], mark_cell(row.term_result)]
    return cells


def _corrections(
    pair: Sequence[SubjectPage],
    found: Sequence[dict[int, SubjectRow]],
    pupils: Sequence[RosterPupil],
) -> str:
    """The sentence at the foot of every page of marks; what is computed is no correction."""
    counts = []
    for page, rows in zip(pair, found, strict=True):
        cells = [
            mark_cell(cell)
            for pupil in pupils
            if (row := rows.get(pupil.position)) is not None
            for cell in row.test_cells
        ]
        counts.append((page.subject, sum(isinstance(cell, Corrected) for cell in cells)))
    total = sum(count for _, count in counts)
    said = "; ".join(f"{subject}: {count} điểm" for subject, count in counts)
    return f"Trong trang này có {total} điểm được sửa chữa, trong đó môn {said}."


def _notes(
    pair: Sequence[SubjectPage],
    found: Sequence[dict[int, SubjectRow]],
    pupils: Sequence[RosterPupil],
) -> str:
    said = [
        f"STT {pupil.position} ({page.subject}): {row.note}"
        for page, rows in zip(pair, found, strict=True)
        for pupil in pupils
        if (row := rows.get(pupil.position)) is not None and row.note
    ]
    return f"Ghi chú: {'; '.join(said)}." if said else ""
