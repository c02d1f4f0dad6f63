"""Bảng quy định đang áp dụng: every rule of the record book in words, signed by the principal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.rule_table import RuleTable

_NUMBER, _TITLE, _KEPT = 10 * mm, 46 * mm, 21 * mm
_HEADS = ("TT", "Nội dung", "Quy định", "Ai giữ")
_HEADING = 60.0
"""Points: a heading stays with the first row under it."""


def render_rule_table(table: RuleTable, stamp: PrintStamp) -> RenderedPdf:
    """The table as PDF/A-2u; the same table and stamp give the same bytes."""
    title = "Bảng quy định đang áp dụng"
    return write_letter(title, table.school, stamp, partial(_write, table=table), no_progress)


def _write(letter: Letter, table: RuleTable) -> None:
    letter.head(table.school, "", table.day, table.month, table.year)
    letter.title(
        f"Quản lý, sử dụng sổ điểm điện tử, năm học {table.school_year}",
        "BẢNG QUY ĐỊNH ĐANG ÁP DỤNG",
    )
    for line in _grounds(table):
        letter.flow.paragraph(line)
    widths = (_NUMBER, _TITLE, FRAME.width - _NUMBER - _TITLE - _KEPT, _KEPT)
    left, centre = Align.LEFT, Align.CENTER
    number = 0
    for at, group in enumerate(table.groups, 1):
        letter.flow.keep(_HEADING)
        letter.flow.paragraph(f"{at}. {group.heading}", BODY_BOLD)
        rows = []
        for row in group.rows:
            number += 1
            rows.append([str(number), row.title, row.words, row.kept])
        letter.flow.table(widths, _HEADS, rows, (centre, left, left, centre))
        letter.flow.gap(4)
    letter.conclude(
        f"Cộng: {number} quy định.",
        (
            "Cột “Ai giữ”: “máy” là điều chương trình tự kiểm, tự tính theo và từ chối khi trái; "
            "“máy nhắc” là điều chương trình đếm việc còn thiếu và nhắc theo hạn; “trường” là điều "
            "nhà trường tự giữ trên giấy, lý do ghi ngay tại điều ấy.",
        ),
        "Các bộ phận, giáo viên, nhân viên thực hiện đúng các quy định trên./.",
        [
            (
                Signer("NGƯỜI LẬP", table.maker),
                Signer("HIỆU TRƯỞNG", table.principal, stamped=True),
            )
        ],
        ("Các bộ phận, giáo viên (để thực hiện);", "Lưu: VT."),
    )


def _grounds(table: RuleTable) -> list[str]:
    if not table.version:
        return ["Trường chưa ban hành quy định riêng; áp dụng quy định chung của chương trình."]
    paper = f", dựa trên {table.paper}" if table.paper else ""
    return [
        f"Hồ sơ quy định: {table.profile}{paper}.",
        f"Bản số {table.version}, có hiệu lực từ {table.starts_on}, theo {table.decision}."
        if table.decision != "chưa có quyết định"
        else f"Bản số {table.version}, chuyển từ thiết lập trước đây, chưa có quyết định.",
    ]
