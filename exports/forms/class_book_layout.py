"""Geometry and furniture shared by all pages of the class book: an upright book of facing pages.

Pages are A4 portrait, mirrored for binding, so that two facing pages make the wide spreads of
the statutory form (roster, year assessment) and 45 rows stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from reportlab.lib.units import mm

from exports.forms.watermark import warning
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Corrected, Crossed
from exports.pdf.page import THIN, Frame, Paper
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.readmodels.class_book import BookCell, ClassBook, PrintStamp, RosterPupil
    from exports.pdf.page import PDFACanvas

_Row = TypeVar("_Row")


PAGE_WIDTH, PAGE_HEIGHT = Paper.A4.value
CODE_SIZE = 13.6 * mm
_CODE_TOP = 4.8 * mm
INNER, OUTER, TOP, BOTTOM = 20 * mm, 11 * mm, 11 * mm, 14 * mm
FOOT_LINE = 11 * mm

SIGNED_SPACE = 20 * mm
"""White between hint and printed name where somebody signs."""
STAMPED_SPACE = 30 * mm
"""The same where the red stamp (36 mm across) comes over the left of the signature."""
_CROWDED_SPACE = 0.75
_SIGN_LINE = 13.0

ROWS_A_PAGE = 55
"""As the earlier statutory book; longer lists go on to a next page under the same heading."""
FEWEST_ROWS = 30
BLANK_FORM_ROWS = 45
CROWDED_ROWS = 45
"""Lists longer than this take some of the room of the signatures."""
TALLEST_ROW = 7.5 * mm
SPREAD_HEADS = 114.0
"""Height of the headings of all summaries; those of the year run on over two facing pages."""

NUMBER_WIDTH = 8 * mm
TITLE_STYLE = TextStyle(14, Face.BOLD)
SUBTITLE_STYLE = TextStyle(12, Face.BOLD)
SMALL_ITALIC = TextStyle(10, Face.ITALIC)
SIGN_TITLE = TextStyle(10.5, Face.BOLD)
SIGN_HINT = TextStyle(9.5, Face.ITALIC)
FOOT_STYLE = TextStyle(7.5, Face.ITALIC)


class Side(Enum):
    """Where a page must fall when the book lies open."""

    EITHER = "either"
    LEFT = "left"
    """Even numbers: the first half of a spread."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page being drawn: its canvas, its type area and its number in the book."""

    canvas: PDFACanvas
    frame: Frame
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page yet to be drawn; `bookmark` names it in the reader's outline when not empty."""

    title: str
    draw: Callable[[Sheet], None]
    side: Side = Side.EITHER
    bookmark: str = ""
    level: int = 0
    foot: bool = True
    code: bool = True
    """Whether the small code of the run stands at the upper left."""


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A place to sign by hand; `name` is printed under the space, `title` may have two lines."""

    title: str
    hint: str
    name: str = ""
    stamped: bool = False


def type_area(number: int) -> Frame:
    """The type area of page `number`: the wide margin on the binding side."""
    left, right = (INNER, OUTER) if number % 2 else (OUTER, INNER)
    return Frame(left, BOTTOM, PAGE_WIDTH - right, PAGE_HEIGHT - TOP)


CONTENT_WIDTH = PAGE_WIDTH - INNER - OUTER


def chunks(rows: Sequence[_Row], most: int = ROWS_A_PAGE) -> list[Sequence[_Row]]:
    """Rows page by page; an empty list still has one page, to be written on by hand."""
    return [rows[i : i + most] for i in range(0, len(rows), most)] or [rows]


def ruled_rows(count: int) -> int:
    """How many rows a page with `count` pupils is ruled for: whole fives."""
    if count == 0:
        return BLANK_FORM_ROWS
    return max(FEWEST_ROWS, -(-count // 5) * 5)


def row_height(available: float, rows: int) -> float:
    """Row height in points for `rows` rows in `available` points, never taller than is calm."""
    return min(TALLEST_ROW, available / rows)


def body_size(height: float, wished: float) -> float:
    """Letter size for rows of `height` points: marks above and below must clear the rules."""
    return min(wished, round(height * 0.8, 2))


def heading(sheet: Sheet, above: str, title: str, note: str) -> float:
    """Centred heading of a list with the class at its right; the y where the list starts."""
    frame, top = sheet.frame, sheet.frame.top
    with Pen(sheet.canvas) as pen:
        if above:
            pen.put(frame.middle, top - 13, above, TITLE_STYLE, Align.CENTER)
            box = (frame.left, top - 36, frame.right, top - 20)
            pen.put_in_box(box, title, SUBTITLE_STYLE)
        else:
            pen.put(frame.middle, top - 13, title, TITLE_STYLE, Align.CENTER)
        pen.put(frame.right, top - 13, note, SMALL_ITALIC, Align.RIGHT)
    return top - heading_height(above)


def heading_height(above: str = "") -> float:
    """Points that `heading` takes; `above` as given to it."""
    return 42.0 if above else 23.0


def class_note(book: ClassBook) -> str:
    """Class and year as they stand above every list: Lớp 6A, năm học 2025–2026."""
    return f"Lớp {book.class_name}, năm học {book.school_year}"


def name_cell(pupil: RosterPupil) -> Cell:
    """The name; struck through for a pupil who left, as the form's guidance asks."""
    return Crossed(pupil.name) if pupil.left else pupil.name


def mark_cell(cell: BookCell) -> Cell:
    """A mark or level, with what it replaced."""
    return Corrected(cell.text, cell.struck) if cell.struck else cell.text


def name_columns(name_width: float) -> tuple[Column, Column]:
    """Số TT and Họ và tên, the first two columns of every list."""
    return Column(NUMBER_WIDTH), Column(name_width, Align.LEFT)


def signature_height(places: Sequence[SignaturePlace], rows: int) -> float:
    """Points that `sign_block` needs under a list of `rows` rows, two-line titles included."""
    space = STAMPED_SPACE if any(place.stamped for place in places) else SIGNED_SPACE
    if rows > CROWDED_ROWS:
        space *= _CROWDED_SPACE
    lines = max(place.title.count("\n") for place in places) + 3
    return lines * _SIGN_LINE + space


def sign_block(sheet: Sheet, top: float, places: Sequence[SignaturePlace], height: float) -> None:
    """Places to sign side by side under `top`, the last one at the right as on every paper."""
    count = max(len(places), 2)
    width = sheet.frame.width / count
    with Pen(sheet.canvas) as pen:
        for index, place in enumerate(places):
            slot = index + count - len(places)
            left = sheet.frame.left + slot * width
            signature(pen, (left, top - height, left + width, top), place)


def signature(pen: Pen, box: tuple[float, float, float, float], place: SignaturePlace) -> None:
    """Title and hint at the top of the box, printed name at its foot, white space between."""
    left, bottom, right, top = box
    form = pen.canvas.form
    title, name = form.signed(place.title, place.name)
    lines = [(line, SIGN_TITLE) for line in title.split("\n")]
    lines.append((form.caption(place.hint), SIGN_HINT))
    for line, style in lines:
        pen.put_in_box((left + 2, top - _SIGN_LINE, right - 2, top), line, style)
        top -= _SIGN_LINE
    pen.put_in_box((left + 2, bottom, right - 2, bottom + _SIGN_LINE), name, SIGN_TITLE)


def corner_code(sheet: Sheet, stamp: PrintStamp) -> None:
    """The run's code beside the heading, so that a single sheet leads to its run."""
    top = PAGE_HEIGHT - _CODE_TOP
    draw_qr(sheet.canvas, stamp.qr_payload, sheet.frame.left, top - CODE_SIZE, CODE_SIZE)


def foot(sheet: Sheet, stamp: PrintStamp, part: str = "") -> None:
    """Print run, time, data digest and page number under a thin rule; `part` of a book printed."""
    frame = sheet.frame
    sheet.canvas.rules([(frame.left, FOOT_LINE, frame.right, FOOT_LINE)], THIN)
    parts = [
        warning(stamp),
        part,
        f"Bản in số {stamp.run_number}" if stamp.run_number else "",
        f"in lúc {stamp.printed_at_text}",
        f"mã dữ liệu {stamp.digest.code}",
        f"mã nhật ký {stamp.checkpoint_code}" if stamp.checkpoint_code else "",
    ]
    text = " · ".join(part for part in parts if part)
    page = f"Trang {sheet.number}/{sheet.total}"
    room = frame.width - 26 * mm
    size = fit(text, FOOT_STYLE.face, FOOT_STYLE.size, room, 10).size
    with Pen(sheet.canvas) as pen:
        pen.put(frame.left, FOOT_LINE - 10, text, TextStyle(size, FOOT_STYLE.face))
        pen.put(frame.right, FOOT_LINE - 10, page, FOOT_STYLE, Align.RIGHT)


def place_leaves(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The pages in order, with an empty one wherever a spread would not open on the left."""
    placed: list[Leaf] = []
    for leaf in leaves:
        if leaf.side is Side.LEFT and len(placed) % 2 == 0:
            placed.append(Leaf("Trang để trống", _draw_empty))
        placed.append(leaf)
    return placed


def _draw_empty(sheet: Sheet) -> None:
    with Pen(sheet.canvas) as pen:
        middle = (sheet.frame.top + sheet.frame.bottom) / 2
        pen.put(sheet.frame.middle, middle, "(Trang này để trống)", SMALL_ITALIC, Align.CENTER)
