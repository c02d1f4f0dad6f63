"""Furniture of học bạ of every level: places for seal and photo, guidance, the principal's sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    SMALL_ITALIC,
    SignaturePlace,
    signature,
    signature_height,
)
from exports.forms.report_booklet_photo import draw_photo
from exports.pdf.fonts import Face
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.forms.class_book_layout import Sheet
    from exports.forms.report_booklet_words import GuidancePart
    from exports.pdf.page import Frame

SEAL = 18 * mm
"""Half of a round seal of 36 mm."""
_PHOTO = (30 * mm, 40 * mm)
_BODY = TextStyle(12.5)
_PART = TextStyle(12.5, Face.BOLD)


def seal_place(sheet: Sheet, x: float, y: float) -> None:
    """Where dấu treo comes: a third of it over the head of the name (M49)."""
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setDash(2.4, 1.8)
    canvas.setLineWidth(0.35)
    canvas.setStrokeColorRGB(0.55, 0.55, 0.55)
    canvas.circle(x, y, SEAL, stroke=1, fill=0)
    canvas.restoreState()
    with Pen(canvas) as pen:
        pen.put(x, y - SEAL - 9, "(Dấu treo)", TextStyle(8, Face.ITALIC), Align.CENTER)


def guidance_page(sheet: Sheet, title: str, parts: Sequence[GuidancePart]) -> None:
    """Hướng dẫn on the back of the cover."""
    frame = sheet.frame
    left, right = frame.left + 6 * mm, frame.right - 6 * mm
    y = frame.top - 26 * mm
    indent = 18.0
    with Pen(sheet.canvas) as pen:
        pen.put(frame.middle, y, title, TextStyle(17, Face.BOLD), Align.CENTER)
        y -= 14 * mm
        for number, part in enumerate(parts, 1):
            pen.put(left, y, f"{number}. {part.title}", _PART)
            y -= _BODY.size * 1.6
            for point in part.points:
                pen.put(left + indent - 10, y, "–", _BODY)
                width = right - left - indent
                lines = wrap(point, _BODY.face, _BODY.size, width)
                for index, line in enumerate(lines):
                    if index < len(lines) - 1:
                        pen.justify(left + indent, y, line, _BODY, width)
                    else:
                        pen.put(left + indent, y, line, _BODY)
                    y -= _BODY.size * 1.45
                y -= 4
            y -= 8


def photo_place(frame: Frame) -> tuple[float, float, float, float]:
    """Where the 3 x 4 photo comes on page 1: left, bottom, right, top."""
    left, top = frame.left + 4 * mm, frame.top - 18 * mm
    return left, top - _PHOTO[1], left + _PHOTO[0], top


def photo_frame(
    sheet: Sheet, photo: bytes, name: str, place: tuple[float, float, float, float]
) -> None:
    """The photo, or the frame to glue it into."""
    if photo:
        draw_photo(sheet.canvas, photo, name, place)
    sheet.canvas.frame_box(*place, 0.7)
    if not photo:
        with Pen(sheet.canvas) as pen:
            pen.put_in_box(place, "Ảnh 3 x 4\n(đóng dấu giáp lai ảnh)", SMALL_ITALIC)


def principal_signs(pen: Pen, frame: Frame, y: float, place_name: str, principal: str) -> None:
    """Place and date to be written, HIỆU TRƯỞNG with stamp, at the right under `y`."""
    date = f"{place_name}, ngày ...... tháng ...... năm 20......"
    place = SignaturePlace(
        "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên và đóng dấu)", principal, stamped=True
    )
    centre = frame.right - 44 * mm
    pen.put(centre, y, date, TextStyle(12, Face.ITALIC), Align.CENTER)
    height = signature_height([place], 0)
    signature(pen, (centre - 42 * mm, y - 8 - height, centre + 42 * mm, y - 8), place)
