"""What the pages of học bạ share: lines to fill in, the heading of a year's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.pdf.fonts import Face, em_width
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from exports.forms.class_book_layout import Sheet
    from exports.pdf.page import Frame

LINE = TextStyle(12.5)
LINE_BOLD = TextStyle(12.5, Face.BOLD)
CAPTION = TextStyle(12, Face.BOLD)
_DOT = "."
_GAP = 4.0
_CODE_ROOM = 17 * mm
_TALL = 16.0


def labelled(pen: Pen, box: tuple[float, float, float], label: str, value: str) -> None:
    """A line "Họ và tên: …" on y of `box` (left, y, right); dots to write on without a value."""
    left, y, right = box
    words = f"{label}:"
    pen.put(left, y, words, LINE)
    start = left + width_of(words) + _GAP
    if value:
        low = y - _TALL * 0.25
        pen.put_in_box((start, low, right, low + _TALL), value, LINE_BOLD, Align.LEFT)
    else:
        dots(pen, start, y, right)


def width_of(text: str) -> float:
    """Points that a text takes in a line."""
    return em_width(text, LINE.face) * LINE.size


def dots(pen: Pen, left: float, y: float, right: float) -> None:
    """A dotted line to write on."""
    count = int((right - left) / width_of(_DOT))
    pen.put(left, y, _DOT * max(count, 0), LINE)


def dotted_lines(pen: Pen, frame: Frame, top: float, bottom: float, step: float) -> None:
    """Dotted lines across the type area from below `top` down to `bottom`."""
    y = top - step
    while y >= bottom:
        dots(pen, frame.left, y, frame.right)
        y -= step


def year_heading(sheet: Sheet, name: str, class_name: str, school_year: str) -> float:
    """Họ và tên, lớp, năm học at the head of a year's page; the y under it."""
    frame, y = sheet.frame, sheet.frame.top - 14
    # The code of the run stands at the upper left.
    left = frame.left + _CODE_ROOM
    with Pen(sheet.canvas) as pen:
        labelled(pen, (left, y, frame.right - 76 * mm), "Họ và tên", name)
        labelled(pen, (frame.right - 74 * mm, y, frame.right - 48 * mm), "Lớp", class_name)
        labelled(pen, (frame.right - 46 * mm, y, frame.right), "Năm học", school_year)
    return frame.top - 36
