"""Ruled lists on the raw canvas: merged headers, a heavier rule each five rows, no clipping."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from exports.pdf.fonts import Face, em_width, printable
from exports.pdf.page import BLACK, HEAVY, RED, THIN, Line
from exports.pdf.text import LEADING, MIDDLE_DROP, Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.pdf.page import Colour, PDFACanvas

PADDING = 2.6
"""Points between a rule and text that starts or ends at it."""

CENTRE_PADDING = 1.2
"""Points kept free on both sides of centred text."""

ROW_RESERVE = 0.7
"""Points of a row's height that text leaves to the rules."""

_TAIL_COLUMN = 28.5
"""Points: 10 mm, a column to write in by hand."""

_CALM_ROW = 15.5
_EXTRA_WHITE = 0.4
"""Points; rows taller than this leave that share of their extra height white."""

# A corrected value: points, then sizes of the new value, then sizes of the text in question.
_CORRECTED_PADDING = 1.4
_STRIKE_WIDTH = 0.65
_OLD, _OLD_LEAST = 0.85, 0.75
_NEW_GAP = 0.2
_RAISE = 0.2
_FIGURE, _TAIL, _STRIKE = 0.68, 0.15, 0.3
"""Height of figures, depth of the comma, height of the line through figures."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the body."""

    width: float
    align: Align = Align.CENTER
    face: Face = Face.REGULAR


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell: `rows` x `columns` cells merged from (row, column), counted from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    turned: bool = False
    face: Face = Face.BOLD
    low: str = ""
    """Subscript after the text, as in ĐĐG with a low "tx"."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value with the ones it replaced: old struck through in red, new above right."""

    text: str
    struck: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Text struck through in red: the name of a pupil who left."""

    text: str


Cell = str | Corrected | Crossed


@dataclass(frozen=True, slots=True)
class Grid:
    """Geometry and headings of a list; one list may be drawn on several pages."""

    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    head_heights: tuple[float, ...]
    row_height: float
    size: float = 9.0
    head_size: float = 8.5
    heavy_every: int = 5

    @property
    def width(self) -> float:
        """Of all columns."""
        return sum(column.width for column in self.columns)

    @property
    def head_height(self) -> float:
        """Of all header rows."""
        return sum(self.head_heights)

    def height(self, rows: int) -> float:
        """With its header and `rows` body rows."""
        return self.head_height + rows * self.row_height

    def with_tail(self, headings: Sequence[str], room: float = 0.0) -> Grid:
        """The list with blank columns at its end.

        A list narrower than `room` points grows into it; else the other columns give the room.
        """
        if not headings:
            return self
        added = len(headings) * _TAIL_COLUMN
        kept = min(1.0, (max(self.width, room) - added) / self.width)
        first = len(self.columns)
        return replace(
            self,
            columns=(
                *(replace(column, width=column.width * kept) for column in self.columns),
                *(Column(_TAIL_COLUMN) for _ in headings),
            ),
            heads=(
                *self.heads,
                *(
                    Head(text, 0, first + at, len(self.head_heights))
                    for at, text in enumerate(headings)
                ),
            ),
        )

    def draw(
        self,
        canvas: PDFACanvas,
        left: float,
        top: float,
        rows: Sequence[Sequence[Cell]],
        blank_to: int = 0,
    ) -> float:
        """Draw header and rows, ruled on to `blank_to` rows; the y of the bottom rule comes back.

        Every row has one cell a column, those at the end may be missing; an empty text leaves its
        cell white.
        """
        count = max(len(rows), blank_to)
        xs = tuple(accumulate((column.width for column in self.columns), initial=left))
        head_ys = tuple(accumulate((-h for h in self.head_heights), initial=top))
        body_top = head_ys[-1]
        bottom = body_top - count * self.row_height
        self._rule(canvas, xs, head_ys, body_top, bottom, count)
        strikes: list[Line] = []
        with Pen(canvas) as pen:
            self._write_heads(pen, xs, head_ys)
            style = {face: TextStyle(self.size, face) for face in {c.face for c in self.columns}}
            for index, row in enumerate(rows):
                self._write_row(pen, xs, body_top - index * self.row_height, row, style, strikes)
        if strikes:
            canvas.rules(strikes, _STRIKE_WIDTH, RED)
        return bottom

    def _rule(
        self,
        canvas: PDFACanvas,
        xs: tuple[float, ...],
        head_ys: tuple[float, ...],
        body_top: float,
        bottom: float,
        count: int,
    ) -> None:
        left, right, top = xs[0], xs[-1], head_ys[0]
        thin: list[Line] = [(x, body_top, x, bottom) for x in xs[1:-1]]
        heavy: list[Line] = [(left, top, right, top), (left, body_top, right, body_top)]
        heavy += [(left, top, left, bottom), (right, top, right, bottom)]
        for index in range(1, count + 1):
            y = body_top - index * self.row_height
            at_five = self.heavy_every and index % self.heavy_every == 0
            (heavy if at_five or index == count else thin).append((left, y, right, y))
        for head in self.heads:
            x1, x2 = xs[head.column], xs[head.column + head.columns]
            y1, y2 = head_ys[head.row], head_ys[head.row + head.rows]
            if head.column + head.columns < len(self.columns):
                thin.append((x2, y1, x2, y2))
            if head.row + head.rows < len(self.head_heights):
                thin.append((x1, y2, x2, y2))
        canvas.rules(thin, THIN)
        canvas.rules(heavy, HEAVY)

    def _write_heads(self, pen: Pen, xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
        for head in self.heads:
            pad = 1.0 if head.turned else CENTRE_PADDING
            box = (
                xs[head.column] + pad,
                ys[head.row + head.rows] + (3.0 if head.turned else 1.0),
                xs[head.column + head.columns] - pad,
                ys[head.row] - (3.0 if head.turned else 1.0),
            )
            style = TextStyle(self.head_size, head.face)
            if head.low:
                _write_with_subscript(pen, box, head.text, head.low, style)
            else:
                text = pen.canvas.form.caption(head.text)
                pen.put_in_box(box, text, style, turned=head.turned)

    def _write_row(
        self,
        pen: Pen,
        xs: tuple[float, ...],
        top: float,
        row: Sequence[Cell],
        styles: dict[Face, TextStyle],
        strikes: list[Line],
    ) -> None:
        bottom = top - self.row_height
        plain_y = (top + bottom) / 2 - self.size * MIDDLE_DROP
        white = ROW_RESERVE + _EXTRA_WHITE * max(0.0, self.row_height - _CALM_ROW)
        for index, cell in enumerate(row):
            if not cell:
                continue
            column = self.columns[index]
            style = styles[column.face]
            left, right = xs[index], xs[index + 1]
            if isinstance(cell, Corrected):
                self._write_corrected(pen, (left, bottom, right, top), cell, strikes)
                continue
            colour = BLACK
            if isinstance(cell, Crossed):
                text, colour = cell.text, RED
            else:
                text = cell
            padding = CENTRE_PADDING if column.align is Align.CENTER else PADDING
            room = right - left - 2 * padding
            fitted = fit(text, column.face, self.size, room, self.row_height - white)
            x = _anchor(left, right, column.align)
            if len(fitted.lines) == 1 and fitted.size == self.size and colour is BLACK:
                pen.put(x, plain_y, fitted.lines[0], style, column.align)
                continue
            self._write_lines(pen, x, (top + bottom) / 2, fitted.lines, fitted.size, column, colour)
            if isinstance(cell, Crossed):
                strikes.extend(_strikes(x, (top + bottom) / 2, fitted.lines, fitted.size, column))

    def _write_lines(
        self,
        pen: Pen,
        x: float,
        middle: float,
        lines: tuple[str, ...],
        size: float,
        column: Column,
        colour: Colour,
    ) -> None:
        style = TextStyle(size, column.face, colour)
        for y, line in zip(_baselines(middle, len(lines), size), lines, strict=True):
            pen.put(x, y, line, style, column.align)

    def _write_corrected(
        self,
        pen: Pen,
        box: tuple[float, float, float, float],
        cell: Corrected,
        strikes: list[Line],
    ) -> None:
        # The form asks for the new content above and to the right of the struck old one. In low
        # rows both stand on one line, the new raised; in tall rows the new may stand over the old
        # where that keeps it larger. Several old values make a column, the oldest on top.
        left, bottom, right, top = box
        width, height = right - left - 2 * _CORRECTED_PADDING, top - bottom - 2 * ROW_RESERVE
        olds = [printable(value, Face.REGULAR) for value in cell.struck]
        old_em = max(em_width(value, Face.REGULAR) for value in olds)
        new_em = em_width(printable(cell.text, Face.BOLD), Face.BOLD) + _NEW_GAP
        step = _FIGURE + _TAIL
        beside = min(self.size, width / (old_em * _OLD_LEAST + new_em))
        over = min(self.size, height / step / (1 + len(olds) * _OLD_LEAST), width / new_em)
        size = max(beside, over)
        if over > beside:
            old_room = min((height / step - size) / len(olds), width / max(old_em, 0.1))
            low, high = bottom, top
        else:
            old_room = min(height / step / len(olds), (width - new_em * size) / max(old_em, 0.1))
            middle = (top + bottom) / 2
            base = middle - size * MIDDLE_DROP
            low = min(base - _RAISE * size, middle - (len(olds) * step / 2 - _TAIL) * old_room)
            high = base + (_RAISE + _FIGURE) * size + ROW_RESERVE
        old_size = min(size * _OLD, old_room)
        low = max(low, bottom + ROW_RESERVE + _TAIL * old_size)
        high = min(high, top) - ROW_RESERVE - _FIGURE * size
        pair = min(old_em * old_size + new_em * size, width)
        x = (left + right - pair) / 2
        old_style = TextStyle(old_size)
        for index, value in enumerate(olds):
            y = low + (len(olds) - 1 - index) * step * old_size
            level, taken = y + old_size * _STRIKE, em_width(value, Face.REGULAR) * old_size
            pen.put(x, y, value, old_style)
            strikes.append((x - 0.5, level, x + taken + 0.5, level))
        pen.put(x + pair, high, cell.text, TextStyle(size, Face.BOLD, RED), Align.RIGHT)


def _write_with_subscript(
    pen: Pen, box: tuple[float, float, float, float], text: str, low: str, style: TextStyle
) -> None:
    left, bottom, right, top = box
    low_size = 0.72
    taken = em_width(printable(text, style.face), style.face)
    low_taken = em_width(printable(low, style.face), style.face) * low_size
    size = min(style.size, (right - left) / (taken + low_taken))
    x = (left + right - (taken + low_taken) * size) / 2
    y = (bottom + top) / 2 - size * MIDDLE_DROP
    pen.put(x, y, text, TextStyle(size, style.face))
    pen.put(x + taken * size, y - size * 0.18, low, TextStyle(size * low_size, style.face))


def _anchor(left: float, right: float, align: Align) -> float:
    if align is Align.LEFT:
        return left + PADDING
    return right - PADDING if align is Align.RIGHT else (left + right) / 2


def _baselines(middle: float, count: int, size: float) -> list[float]:
    step = size * LEADING
    first = middle + (count - 1) * step / 2 - size * MIDDLE_DROP
    return [first - index * step for index in range(count)]


def _strikes(
    x: float, middle: float, lines: tuple[str, ...], size: float, column: Column
) -> list[Line]:
    found: list[Line] = []
    for y, line in zip(_baselines(middle, len(lines), size), lines, strict=True):
        taken = em_width(line, column.face) * size
        start = {Align.LEFT: x, Align.RIGHT: x - taken, Align.CENTER: x - taken / 2}[column.align]
        level = y + size * 0.28
        found.append((start, level, start + taken, level))
    return found
