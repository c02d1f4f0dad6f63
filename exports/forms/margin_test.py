"""Trang thử lề: rulers and frames that show what a printer does before a book is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.print_runs import PaperSize
from app.progress import no_progress
from exports.forms.class_book_layout import PAGE_HEIGHT, PAGE_WIDTH, Sheet, type_area
from exports.forms.seal_strip import DEPTH, HEIGHT
from exports.pdf.fonts import Face
from exports.pdf.page import THIN, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from datetime import datetime

    from app.progress import Progress
    from app.readmodels.rendered_pdf import RenderedPdf
    from exports.pdf.page import Line

_TITLE = TextStyle(20, Face.BOLD)
_BODY = TextStyle(12)
_SMALL = TextStyle(7)
_RULER = 20
"""Millimetres each ruler reaches in from its edge."""
_SIDES = (("Mặt sau", "Mặt trước"), ("Trang trái", "Trang phải"))
_BOTH_SIDES = (
    "In hai mặt rồi soi lên ánh sáng: hai khung của mặt trước và mặt sau phải trùng nhau. Nếu mặt "
    "sau lộn ngược, chọn lật theo cạnh dài."
)
_SPREAD = "Khổ A3 nằm in một mặt, mỗi tờ là hai trang liền của sổ mở."
_LINES = (
    "In trang này đúng khổ giấy đã chọn, tỉ lệ 100 %, không chọn “vừa trang”.",
    "Mỗi cạnh có một thước bắt đầu từ mép giấy: vạch cuối cùng in ra được cho biết máy in chừa bao "
    "nhiêu milimét. Sổ cần mọi vạch từ 5 mm trở vào.",
    "Khung liền nét là phần có chữ của sổ; khung đứt nét ở mép ngoài là dải giáp lai. Khung nào "
    "mất nét thì chỉnh lề hoặc khay giấy rồi in lại trang này.",
    "Đoạn thẳng dưới đây phải đo được đúng 100 mm.",
)


def render_margin_test(
    paper: PaperSize, at: datetime, progress: Progress = no_progress
) -> RenderedPdf:
    """Front and back of one sheet; of lying A3 two pages side by side, in a book's own places."""
    canvas = PDFACanvas(_info(paper, at), Paper[paper.name])
    # The lying sheet opens at the left with page 2, as in the book.
    numbers = (1, 2, 3) if paper is PaperSize.A3_SPREAD else (1, 2)
    for done, number in enumerate(numbers):
        progress(done, len(numbers), "Trang thử lề")
        canvas.begin_page()
        _draw(Sheet(canvas, type_area(number), number, len(numbers)), paper)
        canvas.end_page()
    progress(len(numbers), len(numbers), "Ghi tệp")
    return canvas.finish()


def _draw(sheet: Sheet, paper: PaperSize) -> None:
    canvas, frame = sheet.canvas, sheet.frame
    canvas.frame_box(frame.left, frame.bottom, frame.right, frame.top, THIN)
    right = sheet.number % 2 == 1
    edge = PAGE_WIDTH - DEPTH if right else 0.0
    canvas.saveState()
    canvas.setDash(2.4, 1.8)
    middle = PAGE_HEIGHT / 2
    canvas.frame_box(edge, middle - HEIGHT / 2, edge + DEPTH, middle + HEIGHT / 2, THIN)
    canvas.restoreState()
    # Coordinates are enlarged on upright A3; what is to be measured must not be.
    unit = mm / Paper[paper.name].enlargement
    canvas.rules(_rulers(unit))
    y = frame.top - 34 * mm
    side = _SIDES[paper is PaperSize.A3_SPREAD][right]
    with Pen(canvas) as pen:
        pen.put(frame.middle, y, "TRANG THỬ LỀ", _TITLE, Align.CENTER)
        y -= 9 * mm
        words = f"Khổ {paper.words} · {side} · không cấp số, không lưu vào sổ"
        pen.put(frame.middle, y, words, TextStyle(11, Face.ITALIC), Align.CENTER)
        y -= 14 * mm
        left, width = frame.left + 24 * mm, frame.width - 48 * mm
        lines = (_SPREAD if paper is PaperSize.A3_SPREAD else _BOTH_SIDES, *_LINES)
        for number, text in enumerate(lines, 1):
            pen.put(left, y, f"{number}.", _BODY)
            for line in wrap(text, _BODY.face, _BODY.size, width - 8 * mm):
                pen.put(left + 8 * mm, y, line, _BODY)
                y -= 6.4 * mm
            y -= 2 * mm
        for name, x, place in _numbers(unit):
            pen.put(x, place, name, _SMALL, Align.CENTER)
    length = 100 * unit
    y -= 6 * mm
    start = frame.middle - length / 2
    canvas.rules([(start, y, start + length, y)], 0.8)
    canvas.rules([(x, y - 4, x, y + 4) for x in (start, start + length)], 0.8)


def _rulers(unit: float) -> list[Line]:
    """A tick a millimetre along the first centimetres of every edge's middle line."""
    lines: list[Line] = []
    across, up = PAGE_WIDTH * 0.3, PAGE_HEIGHT * 0.2
    for step in range(1, _RULER + 1):
        at, half = step * unit, (6.0 if step % 5 == 0 else 3.0)
        lines += [(x, up - half, x, up + half) for x in (at, PAGE_WIDTH - at)]
        lines += [(across - half, y, across + half, y) for y in (at, PAGE_HEIGHT - at)]
    return lines


def _numbers(unit: float) -> list[tuple[str, float, float]]:
    """The fives beside their ticks."""
    found: list[tuple[str, float, float]] = []
    across, up = PAGE_WIDTH * 0.3, PAGE_HEIGHT * 0.2
    for step in range(5, _RULER + 1, 5):
        at = step * unit
        found += [(str(step), x, up + 8) for x in (at, PAGE_WIDTH - at)]
        found += [(str(step), across + 12, y - 2.4) for y in (at, PAGE_HEIGHT - at)]
    return found


def _info(paper: PaperSize, at: datetime) -> DocumentInfo:
    return DocumentInfo(
        title=f"Trang thử lề, {paper.words}",
        author="Khóa Sổ",
        subject="Thử máy in trước khi in sổ",
        keywords=f"trang-thu-le {paper.value}",
        made_at=at,
    )
