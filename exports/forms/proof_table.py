"""Bảng phân công kiểm dò: every sheet with its teacher and its reader, signed by the principal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.proof_table import ProofTable
    from app.readmodels.rendered_pdf import RenderedPdf

_NUMBER, _CLASS, _SUBJECT, _SIGN = 10 * mm, 14 * mm, 38 * mm, 24 * mm
_PERSON = (FRAME.width - _NUMBER - _CLASS - _SUBJECT - _SIGN) / 2
_HEADS = ("TT", "Lớp", "Môn học", "Giáo viên bộ môn", "Người kiểm dò", "Ký nhận")


def render_proof_table(table: ProofTable, stamp: PrintStamp) -> RenderedPdf:
    """The table as PDF/A-2u; the same table and stamp give the same bytes."""
    title = "Bảng phân công kiểm dò"
    return write_letter(title, table.school, stamp, partial(_write, table=table), no_progress)


def _write(letter: Letter, table: ProofTable) -> None:
    letter.head(table.school, "", table.day, table.month, table.year)
    letter.title(
        f"Kiểm dò điểm {table.period}, năm học {table.school_year}", "BẢNG PHÂN CÔNG KIỂM DÒ"
    )
    letter.flow.paragraph(
        "Người kiểm dò đối chiếu từng ô điểm trên máy với sổ giấy của giáo viên bộ môn, ghi nhận "
        "xét chỗ khác nhau và xác nhận khi đã khớp; không ai kiểm dò sổ của chính mình hoặc của "
        "lớp mình chủ nhiệm."
    )
    letter.flow.gap(3)
    left, centre = Align.LEFT, Align.CENTER
    rows = [
        [str(number), row.class_name, row.subject, row.teacher, row.reader, ""]
        for number, row in enumerate(table.rows, 1)
    ]
    widths = (_NUMBER, _CLASS, _SUBJECT, _PERSON, _PERSON, _SIGN)
    letter.flow.table(widths, _HEADS, rows, (centre, centre, left, left, left, left))
    letter.flow.gap(4)
    readers = len({row.reader for row in table.rows})
    letter.conclude(
        f"Cộng: {len(rows)} sổ, {readers} người kiểm dò.",
        (),
        "Các giáo viên được phân công thực hiện xong trước khi chốt điểm./.",
        [
            (
                Signer("NGƯỜI LẬP", table.maker),
                Signer("HIỆU TRƯỞNG", table.principal, stamped=True),
            )
        ],
        ("Giáo viên được phân công (để thực hiện);", "Lưu: VT."),
    )
