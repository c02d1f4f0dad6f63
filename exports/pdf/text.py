"""Text on a canvas: styles, wrapping, shrinking to fit, one open text object at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from exports.pdf.fonts import Face, em_width, printable
from exports.pdf.page import BLACK, Colour

if TYPE_CHECKING:
    from types import TracebackType

    from exports.pdf.page import PDFACanvas

LEADING = 1.06
"""Line distance inside cells, in sizes: room for stacked marks (Ẫ, ộ) and nothing more."""

MIDDLE_DROP = 0.33
"""From the middle of a line to its baseline, in sizes."""

_WORDS_WHOLE_DOWN_TO = 4.5
"""Points; below this size a word too long for its cell is broken rather than shrunk further."""


class Align(Enum):
    """Where a line stands against its x."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Face, size in points, colour."""

    size: float
    face: Face = Face.REGULAR
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of printable text that stand inside a box at `size`."""

    size: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of all lines together."""
        return len(self.lines) * self.size * LEADING


@lru_cache(maxsize=65536)
def wrap(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Lines of at most `width` points, broken at spaces and kept at line feeds.

    A single word wider than `width` stands alone on a line and sticks out; see `fit`.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for word in printable(paragraph, face).split(" "):
            longer = f"{current} {word}" if current else word
            if current and em_width(longer, face) * size > width:
                lines.append(current)
                current = word
            else:
                current = longer
        lines.append(current)
    return tuple(lines)


@lru_cache(maxsize=65536)
def fit(text: str, face: Face, size: float, width: float, height: float) -> Fitted:
    """The largest setting of `text`, at most `size`, that stands inside width x height points.

    Shrinks and wraps, whichever keeps the letters larger; breaks words only when they would
    become unreadable; never clips.
    """
    if "\n" not in text:
        whole = printable(text, face)
        if em_width(whole, face) * size <= width:
            return Fitted(size, (whole,))
    tried = size
    while tried >= _WORDS_WHOLE_DOWN_TO:
        lines = wrap(text, face, tried, width)
        if _stands(lines, face, tried, width, height):
            return Fitted(tried, _balanced(text, face, tried, lines))
        tried -= 0.25
    tried = min(size, 2 * _WORDS_WHOLE_DOWN_TO)
    while True:
        lines = _wrap_letters(text, face, tried, width)
        if _stands(lines, face, tried, width, height):
            return Fitted(tried, lines)
        tried *= 0.95


def _balanced(text: str, face: Face, size: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    # A last line of one word looks like a mistake; narrow the lines while their number stays.
    best = lines
    width = max(em_width(line, face) for line in lines) * size
    while len(lines) > 1 and width > 0:
        width *= 0.94
        narrower = wrap(text, face, size, width)
        widest = max(em_width(line, face) for line in narrower) * size
        if len(narrower) > len(lines) or widest > width:
            break
        best = narrower
    return best


def _stands(lines: tuple[str, ...], face: Face, size: float, width: float, height: float) -> bool:
    # One line may use the box to its edges; its leading would only be white.
    tall = size if len(lines) == 1 else len(lines) * size * LEADING
    return tall <= height and all(em_width(line, face) * size <= width for line in lines)


def _wrap_letters(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for line in wrap(text, face, size, width):
        current = ""
        for ch in line:
            if current and em_width(current + ch, face) * size > width:
                lines.append(current)
                current = ch
            else:
                current += ch
        lines.append(current)
    return tuple(lines)


class Pen:
    """Writes lines of text on one canvas inside a single PDF text object.

    Use as a context manager; draw no lines or shapes before it is closed.
    """

    def __init__(self, canvas: PDFACanvas) -> None:
        self._canvas = canvas
        self._run = canvas.beginText()
        self._style: TextStyle | None = None
        self._turned = False

    @property
    def canvas(self) -> PDFACanvas:
        """What is written on."""
        return self._canvas

    def __enter__(self) -> Pen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._canvas.drawText(self._run)

    def put(
        self, x: float, y: float, text: str, style: TextStyle, align: Align = Align.LEFT
    ) -> None:
        """One line with its baseline at y."""
        if not text:
            return
        ready = printable(text, style.face)
        if align is not Align.LEFT:
            taken = em_width(ready, style.face) * style.size
            x -= taken if align is Align.RIGHT else taken / 2
        self._take(style)
        self._run.setTextOrigin(x, y)
        self._run.textOut(ready)

    def put_turned(self, x: float, y: float, text: str, style: TextStyle) -> None:
        """One line that reads upwards, centred on y, with its baseline at x."""
        ready = printable(text, style.face)
        self._take(style)
        start = y - em_width(ready, style.face) * style.size / 2
        self._run.setTextTransform(0, 1, -1, 0, x, start)
        self._run.textOut(ready)

    def put_in_box(
        self,
        box: tuple[float, float, float, float],
        text: str,
        style: TextStyle,
        align: Align = Align.CENTER,
        *,
        turned: bool = False,
    ) -> None:
        """Text fitted into (left, bottom, right, top), centred vertically."""
        if not text:
            return
        left, bottom, right, top = box
        width, height = right - left, top - bottom
        if turned:
            width, height = height, width
        fitted = fit(text, style.face, style.size, width, height)
        if fitted.size != style.size:
            style = TextStyle(fitted.size, style.face, style.colour)
        step = fitted.size * LEADING
        first = (len(fitted.lines) - 1) * step / 2 - fitted.size * MIDDLE_DROP
        if turned:
            x = (left + right) / 2 - first
            for index, line in enumerate(fitted.lines):
                self.put_turned(x + index * step, (bottom + top) / 2, line, style)
            return
        x = {Align.LEFT: left, Align.RIGHT: right, Align.CENTER: (left + right) / 2}[align]
        y = (bottom + top) / 2 + first
        for index, line in enumerate(fitted.lines):
            self.put(x, y - index * step, line, style, align)

    def justify(self, x: float, y: float, text: str, style: TextStyle, width: float) -> None:
        """One line stretched to `width` by its spaces."""
        ready = printable(text, style.face)
        gaps = ready.count(" ")
        slack = width - em_width(ready, style.face) * style.size
        self._take(style)
        self._run.setTextOrigin(x, y)
        self._run.setWordSpace(slack / gaps if gaps else 0)
        self._run.textOut(ready)
        self._run.setWordSpace(0)

    def _take(self, style: TextStyle) -> None:
        if style is self._style:
            return
        before = self._style
        if before is None or (before.face, before.size) != (style.face, style.size):
            self._run.setFont(style.face.value, style.size)
        if (before.colour if before else None) != style.colour:
            self._run.setFillColorRGB(*style.colour)
        self._style = style
