"""The canvas of every paper: PDF/A-2u, vector only, same input gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.units import mm
from reportlab.pdfgen import canvas

from app.domain.form_settings import AS_SHIPPED, FormSettings
from app.readmodels.rendered_pdf import RenderedPdf
from exports.pdf.fonts import FONT_LOCK, Face, register_fonts
from exports.pdf.pdfa import DocumentInfo, make_archival

if TYPE_CHECKING:
    from collections.abc import Iterable

Colour = tuple[float, float, float]
Line = tuple[float, float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
RED: Colour = (0.75, 0.0, 0.05)
FAINT: Colour = (0.9, 0.9, 0.9)

THIN = 0.35
HEAVY = 1.1


class Paper(Enum):
    """Paper sizes in points; forms are drawn for A4 upright and set on the others.

    A3 enlarges each page; A3_SPREAD lies and takes two pages side by side: even numbers at the
    left, odd ones at the right, as an open book.
    """

    A4 = (210 * mm, 297 * mm)
    A3 = (297 * mm, 420 * mm)
    A3_SPREAD = (420 * mm, 297 * mm)

    @property
    def enlargement(self) -> float:
        """How much larger than A4 a page is drawn."""
        return self.value[1] / Paper.A4.value[1]


@dataclass(frozen=True, slots=True)
class Frame:
    """The type area of a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Left to right edge."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """The vertical axis of the type area."""
        return (self.left + self.right) / 2


class PDFACanvas(canvas.Canvas):
    """A canvas that writes PDF/A-2u into memory and draws A4 coordinates on any `paper`.

    `form` is how the school adjusted the form that is drawn: lists and places to sign read it.
    """

    def __init__(
        self,
        info: DocumentInfo,
        paper: Paper = Paper.A4,
        *,
        landscape: bool = False,
        form: FormSettings = AS_SHIPPED,
    ) -> None:
        register_fonts()
        self.form = form
        self._buffer = BytesIO()
        self._paper = paper
        super().__init__(
            self._buffer,
            pagesize=paper.value[::-1] if landscape else paper.value,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            lang="vi-VN",
            # reportlab's own default is Helvetica, which cannot be embedded.
            initialFontName=cast("Any", Face.REGULAR.value),  # the stubs say float
        )
        document = cast("Any", self)._doc  # noqa: SLF001 - reportlab has no other way in
        make_archival(document, info)
        self._pages = 0
        self._leaves = 0
        self._half_open = False

    def begin_page(self) -> None:
        """Start a page; coordinates are A4 points whatever the paper."""
        self._leaves += 1
        if self._paper is Paper.A3:
            self.scale(self._paper.enlargement, self._paper.enlargement)
        elif self._paper is Paper.A3_SPREAD:
            self.saveState()
            if self._leaves % 2:
                self.translate(Paper.A4.value[0], 0)

    def end_page(self) -> None:
        """Finish the page; of a spread, the sheet when its right half is done."""
        if self._paper is Paper.A3_SPREAD:
            self.restoreState()
            self._half_open = self._leaves % 2 == 0
        if not self._half_open:
            self._end_sheet()

    def _end_sheet(self) -> None:
        self._half_open = False
        self._pages += 1
        self.showPage()

    def bookmark(self, title: str, level: int = 0) -> None:
        """An entry of the reader's outline that leads to this page."""
        key = f"page{max(self._leaves, 1)}-{level}"
        self.bookmarkPage(key, fit="Fit")
        self.addOutlineEntry(title, key, level=level, closed=level > 0)

    def rules(self, lines: Iterable[Line], width: float = THIN, colour: Colour = BLACK) -> None:
        """Straight lines (x1, y1, x2, y2) of one width and colour."""
        self.setLineWidth(width)
        self.setStrokeColorRGB(*colour)
        self.lines(list(lines))

    def frame_box(
        self, left: float, bottom: float, right: float, top: float, width: float = THIN
    ) -> None:
        """An unfilled rectangle."""
        self.setLineWidth(width)
        self.setStrokeColorRGB(*BLACK)
        self.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)

    def finish(self) -> RenderedPdf:
        """The finished file; the canvas cannot be drawn on afterwards."""
        if self._half_open:
            self._end_sheet()
        with FONT_LOCK:
            self.save()
        return RenderedPdf.of(self._buffer.getvalue(), self._pages)
