"""QR codes as one vector path: no image, sharp at every size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.pdfgen.pathobject import PDFPathObject

if TYPE_CHECKING:
    from exports.pdf.page import PDFACanvas

QUIET_MODULES = 4
"""White border the standard asks for (ISO/IEC 18004), part of the drawn size."""


def draw_qr(canvas: PDFACanvas, payload: str, left: float, bottom: float, size: float) -> None:
    """Draw `payload` (ASCII) in a square of `size` points, quiet zone included, level M."""
    path, modules = _drawn(payload)
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(size / modules, size / modules)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


@lru_cache(maxsize=16)
def _drawn(payload: str) -> tuple[PDFPathObject, int]:
    """The code as one path in whole modules, quiet zone included; how many modules a side has.

    A book carries the same code on every page.
    """
    code = cast("Any", QrCodeWidget(payload, barLevel="M")).qr  # the stubs omit the attribute
    code.make()
    count = code.getModuleCount()
    path = PDFPathObject()
    for row in range(count):
        y = count - 1 - row + QUIET_MODULES
        column = 0
        while column < count:
            start = column
            while column < count and code.isDark(row, column):
                column += 1
            if column > start:
                path.rect(start + QUIET_MODULES, y, column - start, 1)
            column += 1
    return path, count + 2 * QUIET_MODULES
