"""Phiếu khôi phục: one page with the code, to be kept in a sealed envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from exports.forms.letterhead import date_line
from exports.forms.school_lines import place_line
from exports.pdf.fonts import Face
from exports.pdf.page import HEAVY, Frame, Paper, PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.pdf.text import Align, Pen, TextStyle, fit, wrap

if TYPE_CHECKING:
    from app.readmodels.recovery_sheet import RecoverySheet
    from app.readmodels.rendered_pdf import RenderedPdf

GROUPS_A_LINE = 4

INSTRUCTIONS = (
    "Mã dưới đây mở được tệp dữ liệu khi không còn ai nhớ mật khẩu. Ai có mã này và tệp dữ liệu "
    "thì đọc được toàn bộ hồ sơ học sinh.",
    "Gấp phiếu, cho vào phong bì, dán kín; Hiệu trưởng ký và đóng dấu lên mép dán. Cất trong tủ "
    "có khóa, không để cùng chỗ với máy tính hay ổ sao lưu.",
    "Không chụp ảnh, không chép mã vào máy, không gửi qua tin nhắn.",
    "Khi phải dùng mã: lập biên bản mở phong bì, nhập mã ở màn hình đăng nhập, rồi in phiếu mới; "
    "mã cũ hết hiệu lực.",
)

_WIDTH, _HEIGHT = Paper.A4.value
_FRAME = Frame(30 * mm, 20 * mm, _WIDTH - 20 * mm, _HEIGHT - 22 * mm)
_BODY = TextStyle(13)
_CODE = 27.0


def render_recovery_sheet(sheet: RecoverySheet) -> RenderedPdf:
    """The sheet as PDF/A-2u. The bytes hold the secret: print them, never store them."""
    info = DocumentInfo(
        title="Phiếu khôi phục tệp dữ liệu Khóa Sổ",
        author=sheet.school.name,
        subject="Phiếu khôi phục",
        # No trace of the code outside the page itself.
        keywords=sheet.file_name,
        made_at=sheet.made_at,
    )
    canvas = PDFACanvas(info)
    canvas.begin_page()
    with Pen(canvas) as pen:
        y = _write_head(pen, sheet)
        y = _write_instructions(pen, y)
    y = _draw_code(canvas, sheet, y - 6)
    with Pen(canvas) as pen:
        _write_signatures(pen, sheet, y - 26)
    canvas.end_page()
    return canvas.finish()


def _write_head(pen: Pen, sheet: RecoverySheet) -> float:
    top, middle = _FRAME.top, _FRAME.middle
    box = (_FRAME.left, top - 18, _FRAME.right, top)
    pen.put_in_box(box, sheet.school.name.upper(), TextStyle(13, Face.BOLD))
    pen.put_in_box(
        (_FRAME.left, top - 35, _FRAME.right, top - 19), place_line(sheet.school), TextStyle(12)
    )
    pen.put(middle, top - 76, "PHIẾU KHÔI PHỤC", TextStyle(22, Face.BOLD), Align.CENTER)
    keeper = "Chỉ Hiệu trưởng giữ, để trong phong bì niêm phong"
    pen.put(middle, top - 97, keeper, TextStyle(12.5, Face.BOLD_ITALIC), Align.CENTER)
    facts = f"Tệp dữ liệu: {sheet.file_name}"
    pen.put_in_box((_FRAME.left, top - 132, _FRAME.right, top - 116), facts, _BODY, Align.LEFT)
    made = f"In lúc: {sheet.made_at:%H:%M ngày %d/%m/%Y}"
    pen.put(_FRAME.left, top - 146, made, _BODY)
    return top - 172


def _write_instructions(pen: Pen, y: float) -> float:
    indent = 20.0
    width = _FRAME.width - indent
    for number, text in enumerate(INSTRUCTIONS, 1):
        pen.put(_FRAME.left, y, f"{number}.", _BODY)
        lines = wrap(text, _BODY.face, _BODY.size, width)
        for line in lines[:-1]:
            pen.justify(_FRAME.left + indent, y, line, _BODY, width)
            y -= _BODY.size * 1.35
        pen.put(_FRAME.left + indent, y, lines[-1], _BODY)
        y -= _BODY.size * 1.35 + 5
    return y


def _draw_code(canvas: PDFACanvas, sheet: RecoverySheet, top: float) -> float:
    """The groups in a box, four a line, each numbered so that two of them can be asked for."""
    groups = sheet.groups
    lines = max(1, -(-len(groups) // GROUPS_A_LINE))
    line_height = 50.0
    bottom = top - lines * line_height - 14
    canvas.frame_box(_FRAME.left, bottom, _FRAME.right, top, HEAVY * 1.4)
    slot = _FRAME.width / GROUPS_A_LINE
    room = slot - 16
    sizes = [fit(group, Face.BOLD, _CODE, room, line_height).size for group in groups]
    style = TextStyle(min(sizes, default=_CODE), Face.BOLD)
    with Pen(canvas) as pen:
        for index, group in enumerate(groups):
            x = _FRAME.left + (index % GROUPS_A_LINE + 0.5) * slot
            y = top - 36 - (index // GROUPS_A_LINE) * line_height
            pen.put(x, y, group, style, Align.CENTER)
            pen.put(x, y - 13, f"nhóm {index + 1}", TextStyle(9, Face.ITALIC), Align.CENTER)
    return bottom


def _write_signatures(pen: Pen, sheet: RecoverySheet, y: float) -> None:
    middle = _FRAME.right - 40 * mm
    day = sheet.made_at
    date = date_line(day.day, day.month, day.year).capitalize()
    pen.put(middle, y, date, TextStyle(13, Face.ITALIC), Align.CENTER)
    pen.put(middle, y - 18, "HIỆU TRƯỞNG", TextStyle(13, Face.BOLD), Align.CENTER)
    hint = "(Ký, ghi rõ họ tên, đóng dấu)"
    pen.put(middle, y - 33, hint, TextStyle(12, Face.ITALIC), Align.CENTER)
    box = (middle - 38 * mm, y - 136, middle + 38 * mm, y - 120)
    pen.put_in_box(box, sheet.principal, TextStyle(13, Face.BOLD))
