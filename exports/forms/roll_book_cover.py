"""Sổ gọi tên và ghi điểm (TT58/2011): the cover, with its two signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_cover import cover_frame
from exports.forms.class_book_layout import SignaturePlace, signature
from exports.forms.class_book_words import book_words
from exports.forms.school_lines import place_line
from exports.pdf.fonts import Face
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import ClassBook, PrintStamp
    from exports.forms.class_book_layout import Sheet

_MINISTRY = "BỘ GIÁO DỤC VÀ ĐÀO TẠO"
_UPPER_SECONDARY = 10
"""The first grade whose classes may belong to a ban."""
_LINE = TextStyle(14)
_BOLD = TextStyle(15, Face.BOLD)


def draw_roll_book_cover(sheet: Sheet, book: ClassBook, stamp: PrintStamp) -> None:
    """Ministry and authority, title, stage, school, class; GVCN and principal sign here."""
    words = book_words(book.circular)
    area = cover_frame(sheet, stamp, 22 * mm)
    left, right, middle = area.left + 12 * mm, area.right - 12 * mm, area.middle

    def line(y: float, text: str, style: TextStyle, height: float = 20.0) -> None:
        pen.put_in_box((left, y, right, y + height), text, style)

    with Pen(sheet.canvas) as pen:
        y = area.top - 20 * mm
        line(y, _MINISTRY, _BOLD)
        line(y - 8 * mm, book.school.authority.upper(), TextStyle(13))
        y -= 42 * mm
        line(y, words.title, TextStyle(28, Face.BOLD), 36)
        line(y - 12 * mm, book.stage, TextStyle(18, Face.BOLD))
        line(y - 19 * mm, words.form_line, TextStyle(10.5, Face.ITALIC))
        y -= 42 * mm
        line(y, book.school.name.upper(), _BOLD)
        line(y - 8 * mm, place_line(book.school), _LINE)
        about = f"Lớp: {book.class_name}          Năm học: {book.school_year}"
        pen.put(middle, y - 22 * mm, about, TextStyle(17, Face.BOLD), Align.CENTER)
        if book.grade >= _UPPER_SECONDARY:
            for at, label in enumerate(("Ban: ", "Các môn học tự chọn, nâng cao: ")):
                dots = "…" * (34 - len(label) // 2)
                line(y - (33 + 8 * at) * mm, f"{label}{dots}", _LINE)
        top = area.bottom + 103 * mm
        half = (right - left) / 2
        places = (
            SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", book.homeroom_teacher),
            SignaturePlace(
                "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
            ),
        )
        for at, place in enumerate(places):
            box = (left + at * half, top - 52 * mm, left + (at + 1) * half, top)
            signature(pen, box, place)
