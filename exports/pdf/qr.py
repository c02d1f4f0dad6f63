"""QR codes as one vector path: no image, sharp at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from reportlab.graphics.barcode.qr import QrCodeWidget

if TYPE_CHECKING:
    from exports.pdf.page import PDFACanvas

QUIET_MODULES = 4
"""White border the standard asks for (ISO/IEC 18004), part of the drawn size."""


def draw_qr(canvas: PDFACanvas, payload: str, left: float, bottom: float, size: float) -> None:
    """Draw `payload` (ASCII) in a square of `size` points, quiet zone included, level M."""
    code = cast("Any", QrCodeWidget(payload, barLevel="M")).qr  # the stubs omit the attribute
    code.make()
    count = code.getModuleCount()
    module = size / (count + 2 * QUIET_MODULES)
    path = canvas.beginPath()
    for row in range(count):
        y = bottom + size - (row + 1 + QUIET_MODULES) * module
        column = 0
        while column < count:
            start = column
            while column < count and code.isDark(row, column):
                column += 1
            if column > start:
                x = left + (start + QUIET_MODULES) * module
                path.rect(x, y, (column - start) * module, module)
            column += 1
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)
