"""Running text that fills pages from the top: paragraphs, labelled facts, tables with tall rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.pdf.fonts import Face, em_width, printable
from exports.pdf.page import THIN, Line
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exports.pdf.page import Frame, PDFACanvas

BODY = TextStyle(13)
BODY_BOLD = TextStyle(13, Face.BOLD)
TABLE = TextStyle(11.5)
TABLE_HEAD = TextStyle(11.5, Face.BOLD)
LINE_STEP = 1.25
"""Line distance of running text, in sizes (NĐ 30/2020: single to 1.5 lines)."""
PARAGRAPH_GAP = 6.0
"""Points (NĐ 30/2020: at least 6 pt)."""
FIRST_INDENT = 28.35
"""Points: 1 cm."""
_CELL_PAD = 4.0


class Flow:
    """Where the next text goes on the pages of one document.

    `turn_page` ends the page and starts the next; the flow then goes on at the frame's top.
    """

    def __init__(
        self, canvas: PDFACanvas, frame: Frame, turn_page: Callable[[], None], top: float
    ) -> None:
        self._canvas = canvas
        self._frame = frame
        self._turn_page = turn_page
        self.y = top

    def keep(self, height: float) -> None:
        """Turn the page unless `height` points are left on it."""
        if self.y - height < self._frame.bottom:
            self._turn_page()
            self.y = self._frame.top

    def paragraph_height(
        self, text: str, style: TextStyle = BODY, indent: float = FIRST_INDENT
    ) -> float:
        """Points that `paragraph` would take on one page."""
        lines = len(_indented(text, style, self._frame.width, indent))
        return lines * style.size * LINE_STEP + PARAGRAPH_GAP

    @property
    def page_height(self) -> float:
        """Points of an empty page."""
        return self._frame.top - self._frame.bottom

    def gap(self, height: float) -> None:
        """Leave white space."""
        self.y -= height

    def centred(self, text: str, style: TextStyle) -> None:
        """Lines on the middle axis."""
        for line in wrap(text, style.face, style.size, self._frame.width):
            self.keep(style.size * LINE_STEP)
            self.y -= style.size * LINE_STEP
            with Pen(self._canvas) as pen:
                pen.put(self._frame.middle, self.y, line, style, Align.CENTER)

    def paragraph(self, text: str, style: TextStyle = BODY, indent: float = FIRST_INDENT) -> None:
        """A justified paragraph with its first line indented."""
        lines = _indented(text, style, self._frame.width, indent)
        for index, line in enumerate(lines):
            self.keep(style.size * LINE_STEP)
            self.y -= style.size * LINE_STEP
            shift = indent if index == 0 else 0.0
            with Pen(self._canvas) as pen:
                x = self._frame.left + shift
                if index < len(lines) - 1:
                    pen.justify(x, self.y, line, style, self._frame.width - shift)
                else:
                    pen.put(x, self.y, line, style)
        self.y -= PARAGRAPH_GAP

    def table(
        self,
        widths: Sequence[float],
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        aligns: Sequence[Align],
        least: float = 0.0,
    ) -> None:
        """Ruled rows as tall as their text, at least `least` points where somebody signs in them.

        The head is repeated on every page.
        """
        centred = [Align.CENTER] * len(widths)
        head = _row_lines(heads, widths, TABLE_HEAD)
        head_height = _row_height(head, TABLE_HEAD)
        first = _row_height(_row_lines(rows[0], widths, TABLE), TABLE) if rows else 0.0
        first = max(first, least)
        # A head alone at the foot of a page says nothing.
        self.keep(min(head_height + max(first, 30), self.page_height))
        self._row(widths, head, head_height, TABLE_HEAD, centred)
        for row in rows:
            lines = _row_lines(row, widths, TABLE)
            height = max(least, _row_height(lines, TABLE))
            if self.y - height < self._frame.bottom:
                self.keep(height)
                self._row(widths, head, head_height, TABLE_HEAD, centred)
            self._row(widths, lines, height, TABLE, aligns)
        self.y -= PARAGRAPH_GAP

    def _row(
        self,
        widths: Sequence[float],
        lines: Sequence[tuple[str, ...]],
        height: float,
        style: TextStyle,
        aligns: Sequence[Align],
    ) -> None:
        left, top, bottom = self._frame.left, self.y, self.y - height
        rules: list[Line] = []
        x = left
        with Pen(self._canvas) as pen:
            for width, cell, align in zip(widths, lines, aligns, strict=True):
                rules.append((x, top, x, bottom))
                anchor = x + _CELL_PAD if align is Align.LEFT else x + width / 2
                used = len(cell) * style.size * LINE_STEP
                y = (top + bottom) / 2 + used / 2 - style.size
                for line in cell:
                    pen.put(anchor, y, line, style, align)
                    y -= style.size * LINE_STEP
                x += width
        rules += [(x, top, x, bottom), (left, top, x, top), (left, bottom, x, bottom)]
        self._canvas.rules(rules, THIN * 1.4)
        self.y = bottom


def _indented(text: str, style: TextStyle, width: float, indent: float) -> list[str]:
    lines: list[str] = []
    current, room = "", width - indent
    for word in printable(text, style.face).split(" "):
        longer = f"{current} {word}" if current else word
        if current and em_width(longer, style.face) * style.size > room:
            lines.append(current)
            current, room = word, width
        else:
            current = longer
    return [*lines, current]


def _row_lines(
    texts: Sequence[str], widths: Sequence[float], style: TextStyle
) -> list[tuple[str, ...]]:
    return [
        wrap(text, style.face, style.size, width - 2 * _CELL_PAD)
        for text, width in zip(texts, widths, strict=True)
    ]


def _row_height(lines: Sequence[tuple[str, ...]], style: TextStyle) -> float:
    return max(len(cell) for cell in lines) * style.size * LINE_STEP + 5
