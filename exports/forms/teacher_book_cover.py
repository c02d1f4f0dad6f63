"""The teacher's own book: cover, guidance, and the page that confirms, seals and hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_cover import cover_frame, draw_guidance
from exports.forms.class_book_layout import TITLE_STYLE, Leaf, SignaturePlace, signature
from exports.forms.school_lines import place_line
from exports.forms.teacher_book_words import teacher_words
from exports.pdf.fonts import Face
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.teacher_book import TeacherBook
    from exports.forms.class_book_layout import Sheet

_STEP = 19.0
_DOTS = "………………"
_MOMENTS = ("Đầu năm học", "Cuối học kì I", "Cuối năm học")
_BLOCK = 62 * mm


def cover_leaves(book: TeacherBook, stamp: PrintStamp) -> list[Leaf]:
    """Bìa, hướng dẫn sử dụng."""
    words = teacher_words(book.circular)
    return [
        Leaf("Bìa", lambda sheet: _cover(sheet, book, stamp), bookmark="Bìa", foot=False,
             code=False),
        Leaf("Hướng dẫn sử dụng", lambda sheet: draw_guidance(sheet, words.guidance),
             bookmark="Hướng dẫn sử dụng"),
    ]  # fmt: skip


def confirmation_leaf(book: TeacherBook, pages: int) -> Leaf:
    """Xác nhận, nộp sổ of a book of `pages` pages (M32, M193)."""
    title = "Xác nhận, nộp sổ"
    return Leaf(title, lambda sheet: _confirmation(sheet, book, pages), bookmark=title)


def _cover(sheet: Sheet, book: TeacherBook, stamp: PrintStamp) -> None:
    words = teacher_words(book.circular)
    area = cover_frame(sheet, stamp, 22 * mm)
    left, right = area.left + 12 * mm, area.right - 12 * mm

    def line(y: float, text: str, style: TextStyle, height: float = 20.0) -> None:
        pen.put_in_box((left, y, right, y + height), text, style)

    with Pen(sheet.canvas) as pen:
        y = area.top - 24 * mm
        line(y, book.school.authority.upper(), TextStyle(13))
        line(y - 8 * mm, book.school.name.upper(), TextStyle(15, Face.BOLD))
        line(y - 16 * mm, place_line(book.school), TextStyle(14))
        y -= 58 * mm
        line(y, words.title, TextStyle(23, Face.BOLD), 32)
        line(y - 9 * mm, "(Của giáo viên)", TextStyle(15, Face.ITALIC))
        line(y - 20 * mm, f"CẤP {book.stage}", TextStyle(17, Face.BOLD))
        line(y - 28 * mm, words.form_line, TextStyle(11, Face.ITALIC))
        y -= 62 * mm
        teachers = ", ".join(book.teachers) or _DOTS * 2
        line(y, f"Họ tên giáo viên: {teachers}", TextStyle(15))
        line(y - 11 * mm, f"Môn: {book.subject}", TextStyle(16, Face.BOLD))
        line(y - 21 * mm, f"Lớp: {book.class_name}", TextStyle(16, Face.BOLD))
        line(y - 42 * mm, f"NĂM HỌC {book.school_year}", TextStyle(17, Face.BOLD))


def _confirmation(sheet: Sheet, book: TeacherBook, pages: int) -> None:
    frame = sheet.frame
    teachers = ", ".join(book.teachers)
    with Pen(sheet.canvas) as pen:
        pen.put(frame.middle, frame.top - 20, "XÁC NHẬN", TITLE_STYLE, Align.CENTER)
        top = frame.top - 34
        half = frame.width / 2
        for moment in _MOMENTS:
            pen.put(frame.left, top - 12, moment, TextStyle(12, Face.BOLD))
            date = "Ngày …… tháng …… năm …………"
            pen.put(frame.right, top - 12, date, TextStyle(11, Face.ITALIC), Align.RIGHT)
            places = (
                SignaturePlace("GIÁO VIÊN MÔN HỌC", "(Ký, ghi rõ họ tên)", teachers),
                SignaturePlace(
                    "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
                ),
            )
            for at, place in enumerate(places):
                left = frame.left + at * half
                signature(pen, (left, top - _BLOCK + 10, left + half, top - 18), place)
            top -= _BLOCK
        pen.put(frame.middle, top - 14, "NỘP SỔ CUỐI NĂM", TITLE_STYLE, Align.CENTER)
        lines = (
            f"Sổ gồm {pages} trang, đã đóng dấu giáp lai: {_DOTS}  Nộp ngày: {_DOTS}{_DOTS}",
            f"Nơi lưu: {_DOTS * 3}",
        )
        y = top - 38
        for text in lines:
            pen.put(frame.left, y, text, TextStyle(12))
            y -= _STEP
        bottom = frame.bottom
        for at, title in enumerate(("NGƯỜI NỘP", "NGƯỜI NHẬN")):
            left = frame.left + at * half
            name = teachers if at == 0 else ""
            place = SignaturePlace(title, "(Ký, ghi rõ họ tên)", name)
            signature(pen, (left, bottom, left + half, y), place)
