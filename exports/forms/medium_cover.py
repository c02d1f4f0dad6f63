"""Nhãn và bìa of a sealed medium, with its register to be continued by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.fonts import Face
from exports.pdf.text import Align, Pen, TextStyle

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.medium_cover import MediumCover
    from app.readmodels.rendered_pdf import RenderedPdf

_LABEL_HEIGHT = 62 * mm
_LABEL_WIDTH = 120 * mm
"""Fits a drive's case, a disc's sleeve and the flap of an envelope."""
_NAME_WIDTH = 46 * mm
_LOG_WIDTHS = (24 * mm, 31 * mm, 52 * mm, 33 * mm)
_LOG_HEADS = ("Ngày", "Việc", "Nội dung, quyết định", "Người có mặt", "Ký")
_BLANK_LINES = 8


def render_medium_cover(cover: MediumCover, stamp: PrintStamp) -> RenderedPdf:
    """The paper as PDF/A-2u; the same cover and stamp give the same bytes."""
    title = f"Bìa vật mang niêm phong năm học {cover.school_year}"
    return write_letter(title, cover.school, stamp, partial(_write, cover=cover), no_progress)


def _write(letter: Letter, cover: MediumCover) -> None:
    letter.head(cover.school, "", cover.day, cover.month, cover.year)
    letter.title(f"Vật mang niêm phong năm học {cover.school_year}, {cover.medium}", "NHÃN VÀ BÌA")
    flow = letter.flow
    flow.paragraph("1. Nhãn (cắt theo đường viền, dán lên vỏ ổ, hộp đĩa hoặc phong bì)", BODY_BOLD)
    _label(letter, cover)
    flow.paragraph("2. Bìa", BODY_BOLD)
    rows = [
        ["Vật mang", f"{cover.medium}; nhãn {cover.label}; {cover.serial}"],
        ["Gói niêm phong", f"{cover.bag_name}; {cover.files} tệp, {cover.size_text}"],
        ["Niêm phong ngày", cover.sealed_on],
        ["Nội dung", "; ".join(cover.contents)],
        ["Dấu vân tay khóa ký", _grouped(cover.key_fingerprint)],
        ["Mã băm danh sách đã ký (SHA-512)", _grouped(cover.manifest_digest)],
        ["Người giữ, nơi cất", f"{cover.keeper}; {cover.place}"],
        ["Đọc kiểm tra lại trước", cover.check_due],
        [
            "Cách kiểm tra",
            "Mở DOC-TRUOC.txt trên vật mang; không cần phần mềm của trường. Không đưa dữ liệu này "
            "lên trang thông tin điện tử.",
        ],
    ]
    widths = (_NAME_WIDTH, FRAME.width - _NAME_WIDTH)
    flow.table(widths, ("Mục", "Ghi nhận"), rows, (Align.LEFT, Align.LEFT))
    flow.gap(10)
    flow.paragraph("3. Sổ theo dõi và mở niêm phong (ghi tiếp bằng tay)", BODY_BOLD)
    log = [[line.day, line.act, line.text, line.people, ""] for line in cover.lines]
    log += [["\u00a0", "", "", "", ""]] * _BLANK_LINES
    left = Align.LEFT
    flow.table(
        (*_LOG_WIDTHS, FRAME.width - sum(_LOG_WIDTHS)),
        _LOG_HEADS,
        log,
        (Align.CENTER, left, left, left, left),
    )
    letter.conclude(
        "",
        (),
        "Bìa này cất cùng vật mang trong phong bì niêm phong; đối chiếu với biên bản niêm phong./.",
        [
            (
                Signer("VĂN THƯ", cover.secretary),
                Signer("HIỆU TRƯỞNG", cover.principal, stamped=True),
            )
        ],
        ("Cất cùng vật mang;", "Lưu: VT."),
    )


def _label(letter: Letter, cover: MediumCover) -> None:
    flow = letter.flow
    flow.keep(_LABEL_HEIGHT + 12)
    top = flow.y
    left = FRAME.middle - _LABEL_WIDTH / 2
    right, bottom = left + _LABEL_WIDTH, top - _LABEL_HEIGHT
    letter.canvas.frame_box(left, bottom, right, top, 1.2)
    fingerprint = _grouped(cover.key_fingerprint)
    half = len(fingerprint) // 2
    lines = (
        (cover.school.name.upper(), TextStyle(12, Face.BOLD), 18),
        ("HỒ SƠ ĐÁNH GIÁ HỌC SINH – NIÊM PHONG", TextStyle(14, Face.BOLD), 22),
        (f"Năm học {cover.school_year} · {cover.medium}", TextStyle(14, Face.BOLD), 22),
        (f"Nhãn {cover.label} · {cover.serial}", TextStyle(10), 15),
        (f"Niêm phong ngày {cover.sealed_on} · {cover.files} tệp", TextStyle(10), 15),
        (f"{cover.keeper} giữ · {cover.place}", TextStyle(10), 15),
        ("Dấu vân tay khóa ký", TextStyle(9, Face.ITALIC), 14),
        (fingerprint[:half].strip(), TextStyle(9), 12),
        (fingerprint[half:].strip(), TextStyle(9), 12),
    )
    y = top - 8
    with Pen(letter.canvas) as pen:
        for text, style, height in lines:
            pen.put_in_box((left + 8, y - height, right - 8, y), text, style)
            y -= height
    flow.y = bottom - 12


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4)).upper()
