"""Sổ theo dõi và đánh giá học sinh (của giáo viên): one subject of one class.

A4 upright with rows of 8 mm, so that figures are written by hand (M33); 25 pupils a page, and some
rows more in a blank book for pupils who come later.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    CONTENT_WIDTH,
    NUMBER_WIDTH,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL_ITALIC,
    SUBTITLE_STYLE,
    TITLE_STYLE,
    Leaf,
    Sheet,
    SignaturePlace,
    body_size,
    corner_code,
    foot,
    name_columns,
    sign_block,
    signature_height,
    type_area,
)
from exports.forms.seal_strip import seal_strip
from exports.forms.teacher_book_cover import confirmation_leaf, cover_leaves
from exports.forms.teacher_book_words import teacher_words
from exports.forms.watermark import watermark
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Corrected, Crossed, Grid, Head
from exports.pdf.page import PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readmodels.class_book import BookCell, PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.teacher_book import (
        TeacherBook,
        TeacherColumn,
        TeacherPart,
        TeacherPupil,
        TeacherRow,
        TeacherTally,
    )

ROWS_A_PAGE = 25
_SPARE = 3
"""Rows of a blank book that are kept free at least."""
_ROW = 8 * mm
_NAME = 43 * mm
_COMMENT = 44 * mm
"""At least; what the columns leave over is added."""
_WIDEST = 12 * mm
_TURNED_BELOW = 8 * mm
"""Columns narrower than this have headings that read upwards."""
_HEADS, _TALL_HEADS = (17.0, 21.0), (17.0, 104.0)
_TOP = 42.0
_TALLY_LINE = 13.0
_SIGN_GAP = 8.0
_DOTS = "………"
_COMMENT_HEAD = "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu"
_TEXT = TextStyle(10)


def render_teacher_book(book: TeacherBook, stamp: PrintStamp) -> RenderedPdf:
    """The book as PDF/A-2u; the same book and stamp give the same bytes."""
    words = teacher_words(book.circular)
    title = f"{words.name} {book.subject}, lớp {book.class_name}, năm học {book.school_year}"
    info = DocumentInfo(
        title=title,
        author=book.school.name,
        subject=title,
        keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
        made_at=stamp.printed_at,
    )
    leaves = [*cover_leaves(book, stamp)]
    for part in book.parts:
        leaves += _part_leaves(book, part)
    leaves.append(confirmation_leaf(book, len(leaves) + 1))
    canvas = PDFACanvas(info)
    for number, leaf in enumerate(leaves, 1):
        sheet = Sheet(canvas, type_area(number), number, len(leaves))
        canvas.begin_page()
        if leaf.bookmark:
            canvas.bookmark(leaf.bookmark, leaf.level)
        watermark(canvas, stamp, PAGE_WIDTH, PAGE_HEIGHT)
        leaf.draw(sheet)
        if leaf.code:
            corner_code(sheet, stamp)
        if leaf.foot:
            foot(sheet, stamp, f"{book.subject}, lớp {book.class_name}")
        whose = f"{book.subject}, lớp {book.class_name}"
        seal_strip(canvas, stamp, whose, number, len(leaves), PAGE_WIDTH, PAGE_HEIGHT)
        canvas.end_page()
    return canvas.finish()


def _part_leaves(book: TeacherBook, part: TeacherPart) -> list[Leaf]:
    wanted = len(book.pupils) + (_SPARE if book.blank else 0)
    pages = max(1, -(-wanted // ROWS_A_PAGE))
    return [
        Leaf(
            part.title.capitalize(),
            partial(_draw, book, part, at, at == pages - 1),
            bookmark="" if at else part.title.replace("HỌC KÌ", "Học kì"),
        )
        for at in range(pages)
    ]


def _draw(book: TeacherBook, part: TeacherPart, at: int, last: bool, sheet: Sheet) -> None:
    frame = sheet.frame
    found = {row.position: row for row in part.rows}
    pupils = book.pupils[at * ROWS_A_PAGE : (at + 1) * ROWS_A_PAGE]
    rows = [_cells(part, pupil, found.get(pupil.position)) for pupil in pupils]
    columns = _columns(part)
    turned = min((c.width for c in columns[2:-1]), default=_WIDEST) < _TURNED_BELOW
    heads = _TALL_HEADS if turned else _HEADS
    # A tall head takes its room from the rows, never from the signatures.
    row = _ROW - (sum(heads) - sum(_HEADS)) / ROWS_A_PAGE
    grid = Grid(
        columns=columns,
        heads=_heads(part.columns, turned),
        head_heights=heads,
        row_height=row,
        size=body_size(row, 11),
        head_size=9.5,
    )
    with Pen(sheet.canvas) as pen:
        top = frame.top
        pen.put(frame.middle, top - 13, part.title, TITLE_STYLE, Align.CENTER)
        about = f"Môn: {book.subject}          Lớp: {book.class_name}"
        box = (frame.left + 18 * mm, top - 34, frame.right, top - 19)
        pen.put_in_box(box, about, SUBTITLE_STYLE)
        year = f"Năm học {book.school_year}"
        pen.put(frame.right, top - 13, year, SMALL_ITALIC, Align.RIGHT)
    bottom = grid.draw(sheet.canvas, frame.left, frame.top - _TOP, rows, blank_to=ROWS_A_PAGE)
    if last:
        _close(book, part.tallies, sheet, bottom)
    else:
        with Pen(sheet.canvas) as pen:
            pen.put(frame.right, bottom - 12, "(Xem tiếp trang sau)", SMALL_ITALIC, Align.RIGHT)


def _close(book: TeacherBook, tallies: Sequence[TeacherTally], sheet: Sheet, bottom: float) -> None:
    """How many reached what, at the left; who writes the book signs at the right."""
    frame = sheet.frame
    with Pen(sheet.canvas) as pen:
        y = bottom - 14
        if tallies:
            title = "Số học sinh đạt (số học sinh – tỷ lệ %):"
            pen.put(frame.left, y, title, TextStyle(10, Face.BOLD))
        for tally in tallies:
            y -= _TALLY_LINE
            pen.put(frame.left + 6, y, _tally(tally), _TEXT)
    places = [
        SignaturePlace("GIÁO VIÊN MÔN HỌC", "(Ký, ghi rõ họ tên)", name)
        for name in book.teachers or ("",)
    ]
    height = min(signature_height(places, 0), bottom - _SIGN_GAP - frame.bottom)
    # The tally stands where the first of two places would be.
    shown = places if len(places) > 1 and not tallies else [_together(places)]
    sign_block(sheet, bottom - _SIGN_GAP, shown, height)


def _together(places: Sequence[SignaturePlace]) -> SignaturePlace:
    names = ", ".join(place.name for place in places if place.name)
    return SignaturePlace("GIÁO VIÊN MÔN HỌC", "(Ký, ghi rõ họ tên)", names)


def _tally(tally: TeacherTally) -> str:
    if tally.count is None:
        return f"– {tally.label}: SL {_DOTS}  TL {_DOTS}%"
    return f"– {tally.label}: SL {tally.count}  TL {percent(tally.count, tally.of)}%"


def percent(count: int, of: int) -> str:
    """A share in per cent with one decimal, half up: "97,8"; "0" of nobody."""
    if not of:
        return "0"
    tenths = (2000 * count + of) // (2 * of)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _cells(part: TeacherPart, pupil: TeacherPupil, row: TeacherRow | None) -> list[Cell]:
    name: Cell = Crossed(pupil.name) if pupil.left else pupil.name
    values: list[Cell] = [""] * len(part.columns)
    comment = pupil.left
    if row is not None:
        values = [_value(cell) for cell in row.cells]
        comment = "; ".join(text for text in (pupil.left, row.comment) if text)
    return [str(pupil.position), name, *values, comment]


def _value(cell: BookCell) -> Cell:
    return Corrected(cell.text, cell.struck) if cell.struck else cell.text


def _columns(part: TeacherPart) -> tuple[Column, ...]:
    room = CONTENT_WIDTH - NUMBER_WIDTH - _NAME - _COMMENT
    width = min(_WIDEST, room / max(len(part.columns), 1))
    comment = CONTENT_WIDTH - NUMBER_WIDTH - _NAME - width * len(part.columns)
    return (
        *name_columns(_NAME),
        *(
            Column(width, face=Face.BOLD if column.result else Face.REGULAR)
            for column in part.columns
        ),
        Column(comment, Align.LEFT),
    )


def _heads(columns: Sequence[TeacherColumn], turned: bool) -> tuple[Head, ...]:
    heads = [Head("TT", 0, 0, 2), Head("Họ và tên", 0, 1, 2)]
    first = 2
    for at, column in enumerate(columns):
        alone = len(column.heads) == 1
        if alone:
            heads.append(Head(column.heads[0], 0, first + at, 2, low=column.low))
            continue
        if _begins(columns, at, 1):
            span = _span(columns, at, 1)
            heads.append(Head(column.heads[0], 0, first + at, 1, span, low=column.low))
        if turned or _begins(columns, at, 2):
            span = 1 if turned else _span(columns, at, 2)
            text = column.heads[1]
            heads.append(Head(text, 1, first + at, 1, span, turned=turned, face=Face.REGULAR))
    heads.append(Head(_COMMENT_HEAD, 0, first + len(columns), 2))
    return tuple(heads)


def _key(column: TeacherColumn, depth: int) -> tuple[object, ...]:
    return (*column.heads[:depth], column.low)


def _begins(columns: Sequence[TeacherColumn], at: int, depth: int) -> bool:
    return at == 0 or _key(columns[at - 1], depth) != _key(columns[at], depth)


def _span(columns: Sequence[TeacherColumn], at: int, depth: int) -> int:
    end = at + 1
    while end < len(columns) and _key(columns[end], depth) == _key(columns[at], depth):
        end += 1
    return end - at
