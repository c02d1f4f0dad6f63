"""Phiếu kết quả học tập, rèn luyện: an A4 page a pupil, taken home and signed there (M11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.class_book_layout import (
    FOOT_LINE,
    Sheet,
    SignaturePlace,
    foot,
    signature,
)
from exports.forms.letterhead import MOTTO, NATION, date_line
from exports.forms.school_lines import date_place
from exports.forms.watermark import watermark
from exports.pdf.fonts import Face, text_width
from exports.pdf.grid import Column, Grid, Head
from exports.pdf.page import THIN, Frame, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.qr import draw_qr
from exports.pdf.text import Align, Pen, TextStyle, fit

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.result_slip import ResultSlip, ResultSlips, SlipTable

_WIDTH, _HEIGHT = Paper.A4.value
_FRAME = Frame(20 * mm, 16 * mm, _WIDTH - 15 * mm, _HEIGHT - 14 * mm)
_SCHOOL = TextStyle(11)
_SCHOOL_BOLD = TextStyle(11, Face.BOLD)
_TITLE = TextStyle(15, Face.BOLD)
_ABOUT = TextStyle(12, Face.BOLD)
_TEXT = TextStyle(12)
_BOLD = TextStyle(12, Face.BOLD)
_SMALL = TextStyle(10.5, Face.ITALIC)
_TEACHER = "Nhận xét của giáo viên chủ nhiệm:"
_PARENT = "Ý kiến của cha mẹ học sinh:"
_MARK_WIDTH = 15 * mm
_HEAD = 30.0
_TALLEST, _LOWEST = 24.0, 12.0
_LINE = 16.0
_GAP = 8.0
_SIGNING = 112.0
_COMMENT_HEIGHT = 44.0
_PARENTS = 44.0
_CODE = 15 * mm
_DOTS = (0.6, 2.4)
"""Dash pattern of a line to be written on."""


def render_result_slips(slips: ResultSlips, stamp: PrintStamp) -> RenderedPdf:
    """The pages as PDF/A-2u; the same slips and stamp give the same bytes."""
    title = f"Phiếu kết quả lớp {slips.class_name}, {slips.period}, năm học {slips.school_year}"
    info = DocumentInfo(
        title=title,
        author=slips.school.name,
        subject=title,
        keywords=f"{stamp.run_number} d1:{stamp.digest.hex}",
        made_at=stamp.printed_at,
    )
    canvas = PDFACanvas(info)
    total = len(slips.slips)
    for number, slip in enumerate(slips.slips, 1):
        canvas.begin_page()
        canvas.bookmark(f"{slip.position}. {slip.name}")
        watermark(canvas, stamp, _WIDTH, _HEIGHT)
        sheet = Sheet(canvas, _FRAME, number, total)
        _draw(sheet, slips, slip)
        draw_qr(canvas, stamp.qr_payload, _FRAME.left, FOOT_LINE + 4, _CODE)
        foot(sheet, stamp, f"Lớp {slips.class_name}")
        canvas.end_page()
    return canvas.finish()


def _draw(sheet: Sheet, slips: ResultSlips, slip: ResultSlip) -> None:
    top = _head(sheet, slips, slip)
    below = _LINE * len(slip.facts) + _COMMENT_HEIGHT + _SIGNING + _PARENTS + 2 * _GAP
    room = top - _FRAME.bottom - 6 * mm - below
    lines = sum(len(table.rows) for table in slip.tables)
    heads = (_HEAD + _GAP) * len(slip.tables)
    row = max(_LOWEST, min(_TALLEST, (room - heads) / max(lines, 1)))
    for table in slip.tables:
        top = _table(sheet, table, top, row) - _GAP
    top = _facts(sheet, slip, top)
    _close(sheet, slips, slip, top)


def _head(sheet: Sheet, slips: ResultSlips, slip: ResultSlip) -> float:
    """School and nation, title, whose slip; the y under them."""
    frame, top = sheet.frame, sheet.frame.top
    split = frame.left + frame.width * 0.44
    right = (split + frame.right) / 2
    with Pen(sheet.canvas) as pen:
        authority, name = slips.school.authority.upper(), slips.school.name.upper()
        pen.put_in_box((frame.left, top - 13, split - 8, top), authority, _SCHOOL)
        pen.put_in_box((frame.left, top - 28, split - 8, top - 14), name, _SCHOOL_BOLD)
        pen.put_in_box((split, top - 13, frame.right, top), NATION, _SCHOOL_BOLD)
        pen.put_in_box((split, top - 28, frame.right, top - 14), MOTTO, _SCHOOL_BOLD)
        y = top - 62
        pen.put_in_box((frame.left, y - 4, frame.right, y + 14), slips.title, _TITLE)
        about = f"{slips.period} – Năm học {slips.school_year}"
        pen.put(frame.middle, y - 18, about, _ABOUT, Align.CENTER)
        pen.put(frame.middle, y - 33, f"({slips.rules})", _SMALL, Align.CENTER)
        y -= 56
        _labelled(pen, frame.left, y, "Họ và tên học sinh:", slip.name, frame.width)
        born = slip.birth_date or "…………………"
        y -= _LINE
        _labelled(pen, frame.left, y, "Ngày sinh:", born, 140)
        _labelled(pen, frame.left + 145, y, "Lớp:", slips.class_name, 80)
        room = frame.width - 230
        _labelled(pen, frame.left + 230, y, "GVCN:", slips.homeroom_teacher, room)
    half = text_width(MOTTO, _SCHOOL_BOLD.face, _SCHOOL_BOLD.size) / 2
    sheet.canvas.rules([(right - half, top - 30, right + half, top - 30)], THIN)
    return y - 12


def _labelled(pen: Pen, x: float, y: float, label: str, value: str, room: float) -> None:
    pen.put(x, y, label, _TEXT)
    taken = text_width(label, _TEXT.face, _TEXT.size) + 5
    size = fit(value, _BOLD.face, _BOLD.size, room - taken, _BOLD.size).size if value else 12
    pen.put(x + taken, y, value, TextStyle(size, Face.BOLD))


def _table(sheet: Sheet, table: SlipTable, top: float, row: float) -> float:
    marks = sum(1 for width in table.widths if not width)
    shares = sum(table.widths) or 1
    share = (sheet.frame.width - marks * _MARK_WIDTH) / shares
    columns = tuple(
        Column(width * share, Align.LEFT) if width else Column(_MARK_WIDTH)
        for width in table.widths
    )
    grid = Grid(
        columns=columns,
        heads=tuple(Head(text, 0, at) for at, text in enumerate(table.heads)),
        head_heights=(_HEAD,),
        row_height=row,
        size=min(11.0, row * 0.75),
        head_size=10,
        heavy_every=0,
    )
    return grid.draw(sheet.canvas, sheet.frame.left, top, table.rows)


def _facts(sheet: Sheet, slip: ResultSlip, top: float) -> float:
    y = top - 6
    with Pen(sheet.canvas) as pen:
        for label, value in slip.facts:
            y -= _LINE
            _labelled(pen, sheet.frame.left, y, f"{label}:", value, sheet.frame.width)
        y -= _LINE
        if slip.comment:
            said = f"{_TEACHER} {slip.comment}"
            room = _COMMENT_HEIGHT - _LINE + 4
            fitted = fit(said, _TEXT.face, _TEXT.size, sheet.frame.width, room)
            for line in fitted.lines:
                pen.put(sheet.frame.left, y, line, TextStyle(fitted.size, _TEXT.face))
                y -= fitted.size * 1.3
            return y
        pen.put(sheet.frame.left, y, _TEACHER, _TEXT)
    _dotted(sheet, y, _TEACHER)
    _dotted(sheet, y - _LINE)
    return y - 2 * _LINE


def _dotted(sheet: Sheet, y: float, after: str = "") -> None:
    """A line to be written on, after the words that ask for it."""
    left = sheet.frame.left
    if after:
        left += text_width(after, _TEXT.face, _TEXT.size) + 5
    sheet.canvas.saveState()
    sheet.canvas.setDash(*_DOTS)
    sheet.canvas.rules([(left, y - 1.5, sheet.frame.right, y - 1.5)], 0.6)
    sheet.canvas.restoreState()


def _close(sheet: Sheet, slips: ResultSlips, slip: ResultSlip, top: float) -> None:
    """Places of GVCN and principal; under them what the parents write and sign."""
    frame = sheet.frame
    when = f"{date_place(slips.school)}, {date_line(slips.day, slips.month, slips.year)}"
    third = frame.width / 3
    places = (
        SignaturePlace("CHA MẸ HỌC SINH", "(Ký, ghi rõ họ tên)"),
        SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", slips.homeroom_teacher),
        SignaturePlace(
            "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", slips.principal, stamped=True
        ),
    )
    y = top - 4
    _dotted(sheet, y, _PARENT)
    _dotted(sheet, y - _LINE)
    with Pen(sheet.canvas) as pen:
        pen.put(frame.left, y, _PARENT, _TEXT)
        y -= _LINE + 18
        pen.put(frame.right - third / 2, y, when, _SMALL, Align.CENTER)
        for at, place in enumerate(places):
            left = frame.left + at * third
            signature(pen, (left, y - _SIGNING + 2, left + third, y - 4), place)
