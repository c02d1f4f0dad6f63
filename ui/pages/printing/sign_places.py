"""Finds where a printed paper leaves room to sign: under "HIỆU TRƯỞNG", "GIÁO VIÊN CHỦ NHIỆM"…

The forms are drawn by many modules and kept runs are years old, so the words on the paper itself
are what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRectF

TITLES = ("HIỆU TRƯỞNG", "GIÁO VIÊN CHỦ NHIỆM", "VĂN THƯ", "NGƯỜI LẬP BIỂU", "NGƯỜI LẬP")
"""Titles of signature blocks as the forms print them."""
_HINT = "(Ký"
_LAST_PAGES = 40
"""A year's class book signs at its end; a stack of học bạ has no one place."""
_BELOW, _BESIDE, _GAP = 34.0, 60.0, 3.0
"""How far a hint stands under its title and off its middle, and room under it, points."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Room under a `title` on a `page` from 1: middle and upper edge, points from lower left."""

    title: str
    page: int
    under: tuple[int, int]


def places_to_sign(content: bytes) -> tuple[FoundPlace, ...]:
    """The places of a PDF, the last page first; none for a file that does not open."""
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        return ()
    pages = range(document.pageCount() - 1, -1, -1)[:_LAST_PAGES]
    found = tuple(place for page in pages for place in _on_page(document, page))
    document.close()
    return found


def _on_page(document: QPdfDocument, page: int) -> Iterator[FoundPlace]:
    text = document.getAllText(page).text()
    height = document.pagePointSize(page).height()
    hints = list(_boxes(document, page, text, _HINT))
    seen: list[QRectF] = []
    given: list[tuple[int, int]] = []
    for title in TITLES:
        for box in _boxes(document, page, text, title):
            if any(box.intersects(other) for other in seen):
                continue  # a shorter title inside a longer one
            seen.append(box)
            middle = box.center().x()
            under = [
                hint.bottom()
                for hint in hints
                if 0 < hint.bottom() - box.bottom() < _BELOW
                and hint.left() - _BESIDE < middle < hint.right() + 2 * _BESIDE
            ]
            if under:
                place = round(middle), round(height - max(under) - _GAP)
                if any(_same_room(place, other) for other in given):
                    continue  # "KT. HIỆU TRƯỞNG" over "PHÓ HIỆU TRƯỞNG"
                given.append(place)
                yield FoundPlace(title, page + 1, place)


def _same_room(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] == other[1] and abs(one[0] - other[0]) < _BESIDE


def _boxes(document: QPdfDocument, page: int, text: str, wanted: str) -> Iterator[QRectF]:
    at = text.find(wanted)
    while at >= 0:
        yield document.getSelectionAtIndex(page, at, len(wanted)).boundingRectangle()
        at = text.find(wanted, at + 1)
