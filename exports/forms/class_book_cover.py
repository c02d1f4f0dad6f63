"""Class book: cover, guidance, inner page with teachers, term title pages, principal's remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL_ITALIC,
    TITLE_STYLE,
    Leaf,
    SignaturePlace,
    class_note,
    signature,
    signature_height,
)
from exports.forms.class_book_words import book_words
from exports.forms.school_lines import place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.page import HEAVY, Frame
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.readmodels.class_book import ClassBook, PrintStamp
    from exports.forms.class_book_layout import Sheet

    DrawCover = Callable[[Sheet, ClassBook, PrintStamp], None]

_COVER_LINE = TextStyle(14)
_COVER_TITLE = TextStyle(24, Face.BOLD)
_TERM_TITLE = TextStyle(28, Face.BOLD)
_BODY = TextStyle(13)
_INNER_HEAD = 24.0
_INNER_SIGNING = 54 * mm


def cover_leaves(
    book: ClassBook, stamp: PrintStamp, draw_cover: DrawCover | None = None
) -> list[Leaf]:
    """Bìa, hướng dẫn sử dụng, bìa lót; `draw_cover` where a circular's book has its own."""
    words = book_words(book.circular)
    return [
        Leaf(
            "Bìa",
            lambda sheet: (draw_cover or _draw_cover)(sheet, book, stamp),
            bookmark="Bìa",
            foot=False,
            code=False,
        ),
        Leaf(
            "Hướng dẫn sử dụng",
            lambda sheet: draw_guidance(sheet, (words.rule, *words.guidance)),
            bookmark="Hướng dẫn sử dụng",
        ),
        Leaf(
            "Bìa lót",
            lambda sheet: _draw_inner(sheet, book, stamp),
            bookmark="Bìa lót",
            code=False,
        ),
    ]


def term_title_leaf(book: ClassBook, term: str) -> Leaf:
    """Trang "Phần ghi điểm"; `term` is "HỌC KÌ I" or "HỌC KÌ II"."""
    return Leaf(
        f"Phần ghi điểm {term}",
        lambda sheet: _draw_term_title(sheet, book, term),
        bookmark=f"Phần ghi điểm {term.replace('HỌC KÌ', 'học kì')}",
    )


def remarks_leaf(book: ClassBook) -> Leaf:
    """Nhận xét của Hiệu trưởng về sử dụng sổ."""
    return Leaf(
        "Nhận xét của Hiệu trưởng",
        lambda sheet: _draw_remarks(sheet, book),
        bookmark="Nhận xét của Hiệu trưởng",
    )


def _draw_cover(sheet: Sheet, book: ClassBook, stamp: PrintStamp) -> None:
    words = book_words(book.circular)
    area = cover_frame(sheet, stamp)
    bottom, top, middle = area.bottom, area.top, area.middle
    inside = (area.left + 12 * mm, area.right - 12 * mm)
    with Pen(sheet.canvas) as pen:
        lines = (
            (book.school.authority.upper(), TextStyle(13)),
            (book.school.name.upper(), TextStyle(15, Face.BOLD)),
            (place_line(book.school), _COVER_LINE),
        )
        y = top - 24 * mm
        for text, style in lines:
            pen.put_in_box((inside[0], y - 10, inside[1], y + 10), text, style)
            y -= 8.5 * mm
        y = PAGE_HEIGHT * 0.60
        pen.put_in_box((inside[0], y, inside[1], y + 32), words.title, _COVER_TITLE)
        pen.put(middle, y - 24, words.of_class, TextStyle(16, Face.ITALIC), Align.CENTER)
        pen.put(middle, y - 54, f"CẤP {book.stage}", TextStyle(17, Face.BOLD), Align.CENTER)
        pen.put_in_box(
            (inside[0], y - 90, inside[1], y - 74), words.form_line, TextStyle(11, Face.ITALIC)
        )
        y = PAGE_HEIGHT * 0.36
        pen.put(middle, y, f"Lớp: {book.class_name}", TextStyle(20, Face.BOLD), Align.CENTER)
        teacher = f"Giáo viên chủ nhiệm: {book.homeroom_teacher}"
        pen.put_in_box((inside[0], y - 38, inside[1], y - 16), teacher, TextStyle(15))
        year = f"NĂM HỌC {book.school_year}"
        pen.put(middle, bottom + 58 * mm, year, TextStyle(17, Face.BOLD), Align.CENTER)


def cover_frame(sheet: Sheet, stamp: PrintStamp, code: float = 26 * mm) -> Frame:
    """The double frame of a cover with the run's code at its foot, `code` points across."""
    area = Frame(22 * mm, 18 * mm, PAGE_WIDTH - 16 * mm, PAGE_HEIGHT - 18 * mm)
    canvas, middle, bottom = sheet.canvas, area.middle, area.bottom
    canvas.frame_box(area.left, bottom, area.right, area.top, 2.2)
    canvas.frame_box(area.left + 4, bottom + 4, area.right - 4, area.top - 4, 0.7)
    inside = (area.left + 12 * mm, area.right - 12 * mm)
    number = f"Bản in số {stamp.run_number} · " if stamp.run_number else ""
    with Pen(canvas) as pen:
        run = f"{number}mã dữ liệu {stamp.digest.code}"
        pen.put_in_box((inside[0], bottom + 8 * mm, inside[1], bottom + 12 * mm), run, TextStyle(9))
        printed = f"In lúc {stamp.printed_at_text}"
        pen.put(middle, bottom + 5.5 * mm, printed, TextStyle(9), Align.CENTER)
    draw_qr(canvas, stamp.qr_payload, middle - code / 2, bottom + 13 * mm, code)
    return area


def draw_guidance(sheet: Sheet, items: Sequence[str]) -> None:
    """Trang "Hướng dẫn sử dụng" of a book: numbered paragraphs."""
    frame, indent = sheet.frame, 20.0
    left, right = frame.left + 6 * mm, frame.right - 6 * mm
    y = frame.top - 30 * mm
    with Pen(sheet.canvas) as pen:
        pen.put(frame.middle, y, "HƯỚNG DẪN SỬ DỤNG", TextStyle(17, Face.BOLD), Align.CENTER)
        y -= 16 * mm
        for number, item in enumerate(items, 1):
            pen.put(left, y, f"{number}.", _BODY)
            lines = wrap(item, _BODY.face, _BODY.size, right - left - indent)
            for index, line in enumerate(lines):
                if index < len(lines) - 1:
                    pen.justify(left + indent, y, line, _BODY, right - left - indent)
                else:
                    pen.put(left + indent, y, line, _BODY)
                y -= _BODY.size * 1.45
            y -= 7


def _draw_inner(sheet: Sheet, book: ClassBook, stamp: PrintStamp) -> None:
    frame, words = sheet.frame, book_words(book.circular)
    left, right = frame.left + 4 * mm, frame.right - 4 * mm
    y = frame.top - 10 * mm
    with Pen(sheet.canvas) as pen:
        pen.put_in_box(
            (left, y - 6, right, y + 12), book.school.name.upper(), TextStyle(13, Face.BOLD)
        )
        pen.put_in_box((left, y - 26, right, y - 9), place_line(book.school), TextStyle(12))
        y -= 25 * mm
        pen.put_in_box((left, y - 4, right, y + 18), words.title, TextStyle(18, Face.BOLD))
        italic = TextStyle(13, Face.ITALIC)
        pen.put(frame.middle, y - 20, words.of_class, italic, Align.CENTER)
        y -= 20 * mm
        facts = (
            ("Lớp", book.class_name),
            ("Sĩ số", f"{book.headcount} học sinh"),
            ("Năm học", book.school_year),
            ("Giáo viên chủ nhiệm", book.homeroom_teacher),
            ("Hiệu trưởng", book.principal),
        )
        for label, value in facts:
            pen.put(left, y, f"{label}:", TextStyle(13))
            pen.put_in_box(
                (left + 44 * mm, y - 4, right, y + 13), value, TextStyle(13, Face.BOLD), Align.LEFT
            )
            y -= 7.2 * mm
    bottom = _draw_teachers(sheet, book, y - 3 * mm)
    width = 70 * mm
    place = SignaturePlace(
        "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
    )
    top = bottom - 6 * mm
    box = (frame.right - width, top - signature_height([place], 0), frame.right, top)
    with Pen(sheet.canvas) as pen:
        signature(pen, box, place)
        pen.put(
            frame.left, bottom - 11 * mm - 66, _payload_note(stamp), TextStyle(8.5, Face.ITALIC)
        )
    draw_qr(sheet.canvas, stamp.qr_payload, frame.left, bottom - 9 * mm - 58, 58)


def _payload_note(stamp: PrintStamp) -> str:
    return f"Mã dữ liệu của bản in này: {stamp.digest.code}"


def _draw_teachers(sheet: Sheet, book: ClassBook, top: float) -> float:
    frame = sheet.frame
    widths = (15 * mm, 66 * mm, frame.width - 81 * mm)
    room = top - frame.bottom - _INNER_SIGNING - _INNER_HEAD
    grid = Grid(
        columns=(
            Column(widths[0]),
            Column(widths[1], Align.LEFT),
            Column(widths[2], Align.LEFT),
        ),
        heads=(
            Head("Số TT", 0, 0),
            Head("Môn học, hoạt động giáo dục", 0, 1),
            Head("Giáo viên giảng dạy", 0, 2),
        ),
        head_heights=(_INNER_HEAD,),
        row_height=min(25.0, room / max(len(book.subjects), 1)),
        size=11.5,
        head_size=11,
        heavy_every=0,
    )
    rows: list[list[Cell]] = [
        [str(index), subject.subject, ", ".join(subject.teachers)]
        for index, subject in enumerate(book.subjects, 1)
    ]
    return grid.draw(sheet.canvas, frame.left, top, rows)


def _draw_term_title(sheet: Sheet, book: ClassBook, term: str) -> None:
    frame = sheet.frame
    y = frame.bottom + (frame.top - frame.bottom) * 0.62
    with Pen(sheet.canvas) as pen:
        pen.put(frame.middle, y, "PHẦN GHI ĐIỂM", _TERM_TITLE, Align.CENTER)
        pen.put(frame.middle, y - 38, term, _TERM_TITLE, Align.CENTER)
        lines = (
            f"Lớp: {book.class_name}",
            f"Sĩ số: {book.headcount} học sinh",
            f"Năm học: {book.school_year}",
        )
        for index, line in enumerate(lines):
            pen.put(frame.middle, y - 90 - index * 22, line, TextStyle(15), Align.CENTER)
    rule = [(frame.middle - 30 * mm, y - 54, frame.middle + 30 * mm, y - 54)]
    sheet.canvas.rules(rule, HEAVY)


def _draw_remarks(sheet: Sheet, book: ClassBook) -> None:
    frame = sheet.frame
    title = f"NHẬN XÉT CỦA HIỆU TRƯỞNG\nVỀ SỬ DỤNG {book_words(book.circular).title}"
    with Pen(sheet.canvas) as pen:
        pen.put_in_box((frame.left, frame.top - 38, frame.right, frame.top - 2), title, TITLE_STYLE)
        pen.put(frame.right, frame.top - 52, class_note(book), SMALL_ITALIC, Align.RIGHT)
    top = frame.top - 58
    count = max(len(book.remarks), 12)
    head = 22.0
    grid = Grid(
        columns=(
            Column(18 * mm),
            Column(frame.width - 70 * mm, Align.LEFT),
            Column(52 * mm),
        ),
        heads=(Head("Tháng", 0, 0), Head("Nhận xét", 0, 1), Head("Ký tên, đóng dấu", 0, 2)),
        head_heights=(head,),
        row_height=(top - frame.bottom - head) / count,
        size=11,
        head_size=11,
        heavy_every=0,
    )
    rows: list[list[Cell]] = [[remark.month, remark.text, ""] for remark in book.remarks]
    grid.draw(sheet.canvas, frame.left, top, rows, blank_to=count)
