"""Phiếu mật khẩu ban đầu: ten slips a page, with lines to cut along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.pdf.fonts import Face
from exports.pdf.page import THIN, Frame, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.password_slips import PasswordSlip, PasswordSlips
    from app.readmodels.rendered_pdf import RenderedPdf

COLUMNS, ROWS = 2, 5
_WIDTH, _HEIGHT = Paper.A4.value
_FRAME = Frame(12 * mm, 12 * mm, _WIDTH - 12 * mm, _HEIGHT - 12 * mm)
_SLIP_WIDTH = _FRAME.width / COLUMNS
_SLIP_HEIGHT = (_FRAME.top - _FRAME.bottom) / ROWS
_PAD = 5 * mm
NOTE = "Chỉ mình thầy cô được biết. Vào sổ lần đầu, tự đổi mật khẩu ngay rồi hủy phiếu này."


def render_password_slips(slips: PasswordSlips) -> RenderedPdf:
    """The slips as PDF/A-2u. The bytes hold secrets: print them, never store them."""
    info = DocumentInfo(
        title="Phiếu mật khẩu ban đầu",
        author=slips.school.name,
        subject="Phiếu mật khẩu ban đầu",
        keywords="",
        made_at=slips.made_at,
    )
    canvas = PDFACanvas(info)
    each = COLUMNS * ROWS
    for start in range(0, max(1, len(slips.slips)), each):
        canvas.begin_page()
        for at, slip in enumerate(slips.slips[start : start + each]):
            left = _FRAME.left + at % COLUMNS * _SLIP_WIDTH
            top = _FRAME.top - at // COLUMNS * _SLIP_HEIGHT
            canvas.frame_box(left, top - _SLIP_HEIGHT, left + _SLIP_WIDTH, top, THIN)
            with Pen(canvas) as pen:
                _write(pen, slips, slip, left + _PAD, top - _PAD)
        canvas.end_page()
    return canvas.finish()


def _write(pen: Pen, slips: PasswordSlips, slip: PasswordSlip, left: float, top: float) -> None:
    right = left + _SLIP_WIDTH - 2 * _PAD

    def line(down: float, text: str, style: TextStyle, align: Align = Align.LEFT) -> None:
        box = (left, top - down - style.size * 0.4, right, top - down + style.size)
        pen.put_in_box(box, text, style, align)

    line(6, slips.school.name, TextStyle(10, Face.ITALIC))
    line(24, slip.name, TextStyle(14, Face.BOLD))
    line(39, slip.department, TextStyle(10.5))
    line(58, f"Tên đăng nhập: {slip.uid}", TextStyle(11.5))
    line(75, "Mật khẩu ban đầu:", TextStyle(11.5))
    line(94, slip.password, TextStyle(15, Face.BOLD), Align.CENTER)
    half = NOTE.index(". ") + 1
    line(112, NOTE[:half], TextStyle(9, Face.ITALIC))
    line(123, NOTE[half + 1 :], TextStyle(9, Face.ITALIC))
