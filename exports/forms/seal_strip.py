"""Dải giáp lai: where the seal crosses the edges of consecutive pages, and whose pages they are.

NĐ 30/2020/NĐ-CP, phụ lục I: dấu giáp lai is put at the middle of the outer edge and covers a part
of each sheet, at most five sheets a stamp. In a book printed on both sides that edge is at the
right of odd pages and at the left of even ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.pdf.fonts import Face
from exports.pdf.text import LEADING, Pen, TextStyle, fit

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from exports.pdf.page import PDFACanvas

HEIGHT = 62 * mm
"""Points: a round seal of 36 mm with the fan of five sheets."""
DEPTH = 9.5 * mm
"""From the edge; office printers leave the outer 4 to 5 mm of it white."""
_CLEAR = 0.8 * mm
_STEP = 2.4 * mm
_ASCENT = 1.6 * mm
_TITLE = TextStyle(6.5, Face.BOLD)
_FACTS = TextStyle(6.5)
_DASHES = (2.4, 1.8)


def seal_strip(
    canvas: PDFACanvas, stamp: PrintStamp, whose: str, number: int, total: int, width: float,
    height: float,
) -> None:  # fmt: skip
    """Draw the strip of page `number` of a sheet width x height; `whose` as "Lớp 6A"."""
    right = number % 2 == 1
    middle = height / 2
    low, high = middle - HEIGHT / 2, middle + HEIGHT / 2
    edge, inner = (width, width - DEPTH) if right else (0.0, DEPTH)
    canvas.saveState()
    canvas.setDash(*_DASHES)
    canvas.rules([(edge, low, inner, low), (edge, high, inner, high), (inner, low, inner, high)])
    canvas.restoreState()
    run = f"bản in {stamp.run_number}" if stamp.run_number else "bản làm việc"
    facts = f"{whose} · {run} · {stamp.digest.code} · trang {number}/{total}"
    # A name of nine words must not leave the dashed box.
    fitted = fit(facts, _FACTS.face, _FACTS.size, HEIGHT - 2 * _CLEAR, _FACTS.size)
    # Turned text reads upwards: the first line is the left one on both sides.
    first = inner + _CLEAR + _ASCENT if right else inner - _CLEAR - _STEP
    with Pen(canvas) as pen:
        pen.put_turned(first, middle, "GIÁP LAI", _TITLE)
        for row, line in enumerate(fitted.lines):
            x = first + _STEP + row * fitted.size * LEADING
            pen.put_turned(x, middle, line, TextStyle(fitted.size))
