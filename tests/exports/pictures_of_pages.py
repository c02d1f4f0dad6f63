"""Pages as small grey pictures, and how far two of them are from each other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from app.readmodels.rendered_pdf import RenderedPdf

WIDTH = 320
"""Pixels: words are a grain, lines and columns can be told apart."""
_LEVELS = 16
_TILE = 10


def grey_page(rendered: RenderedPdf, number: int, width: int = WIDTH) -> QImage:
    """Page `number` (from 1) on white paper, `width` pixels wide (a lying one by its height)."""
    if QGuiApplication.instance() is None:
        grey_page.application = QGuiApplication([])  # type: ignore[attr-defined]
    buffer = QBuffer()
    buffer.setData(QByteArray(rendered.content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    points = document.pagePointSize(number - 1)
    size = QSize(width, round(width * points.height() / points.width()))
    drawn = document.render(number - 1, size)
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    return page.convertToFormat(QImage.Format.Format_Grayscale8)


def save_picture(page: QImage, path: Path, levels: int = _LEVELS) -> None:
    """Write a PNG; few levels of grey keep it small."""
    step = 255 // (levels - 1)
    if step > 1:
        for y in range(page.height()):
            for x in range(page.width()):
                shade = round(page.pixelColor(x, y).value() / step) * step
                page.setPixelColor(x, y, QColor(shade, shade, shade))
    assert page.save(str(path))


def tiles(page: QImage) -> list[list[float]]:
    """Mean shades (0 black to 255 white) of squares of ten pixels, row by row."""
    if page.format() is not QImage.Format.Format_Grayscale8:
        page = page.convertToFormat(QImage.Format.Format_Grayscale8)
    raw, stride = bytes(page.constBits()), page.bytesPerLine()
    found = []
    for top in range(0, page.height() - _TILE + 1, _TILE):
        rows = [raw[y * stride : y * stride + page.width()] for y in range(top, top + _TILE)]
        found.append(
            [
                sum(sum(row[left : left + _TILE]) for row in rows) / _TILE**2
                for left in range(0, page.width() - _TILE + 1, _TILE)
            ]
        )
    return found


def distance(one: QImage, other: QImage) -> tuple[float, float]:
    """(largest, mean) difference of two pictures of the same size, in shades of a tile."""
    assert one.size() == other.size(), "another paper, or another direction of it"
    differences = [
        abs(a - b)
        for row, same in zip(tiles(one), tiles(other), strict=True)
        for a, b in zip(row, same, strict=True)
    ]
    return max(differences), sum(differences) / len(differences)
