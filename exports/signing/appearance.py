"""What a visible signature shows, drawn with the same embedded typeface as the paper under it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle
from reportlab.pdfgen import canvas
from typing_extensions import override

from exports.pdf.fonts import FONT_LOCK, Face, register_fonts
from exports.pdf.text import fit

WIDTH, HEIGHT = 156, 54
"""Points of the box."""
_INSET, _SIZE, _LEADING = 6.0, 8.5, 10.5
_INK = (0.75, 0.0, 0.05)


class _Drawn(PdfContent):
    """One page of a PDF in memory, taken over with its fonts."""

    def __init__(self, page: bytes) -> None:
        super().__init__(box=BoxConstraints(width=WIDTH, height=HEIGHT))
        self._page = page

    @override
    def render(self) -> bytes:
        """The operators that show the page."""
        writer: Any = self._ensure_writer
        drawn = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.resources.xobject["/KhoaSo"] = drawn
        return b"/KhoaSo Do"


def stamp_of(signer: str, at: datetime) -> StaticStampStyle:
    """The picture of a signature of `signer` at `at`."""
    exactly = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
    )
    return StaticStampStyle(
        border_width=0, background=_Drawn(_draw(signer, at)), background_layout=exactly
    )


def _draw(signer: str, at: datetime) -> bytes:
    register_fonts()
    out = BytesIO()
    first: Any = Face.REGULAR.value  # the stubs of reportlab say float
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=first)
    page.setStrokeColorRGB(*_INK)
    page.setFillColorRGB(*_INK)
    page.setLineWidth(0.8)
    page.rect(0.6, 0.6, WIDTH - 1.2, HEIGHT - 1.2)
    name = fit(signer, Face.BOLD, _SIZE, WIDTH - 2 * _INSET, 2 * _LEADING)
    lines = [
        (Face.REGULAR, _SIZE, "Đã ký số"),
        *((Face.BOLD, name.size, line) for line in name.lines),
        (Face.REGULAR, _SIZE, f"Lúc {at:%H:%M} ngày {at:%d/%m/%Y}"),
    ]
    y = HEIGHT / 2 + len(lines) * _LEADING / 2 - _SIZE
    for face, size, line in lines:
        page.setFont(face.value, size)
        page.drawString(_INSET, y, line)
        y -= _LEADING
    page.showPage()
    with FONT_LOCK:
        page.save()
    return out.getvalue()
