"""Bảng phân công nhiệm vụ: each office, who holds it, what it does and by which paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.authority_papers import DutyList
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf

_HEADS = ("TT", "Bộ phận, người giữ", "Nhiệm vụ", "Căn cứ")
_NUMBER, _OFFICE, _SOURCE = 10 * mm, 44 * mm, 44 * mm


def render_duty_list(duties: DutyList, stamp: PrintStamp) -> RenderedPdf:
    """The list as PDF/A-2u; the same list and stamp give the same bytes."""
    write = partial(_write, duties=duties)
    return write_letter("Bảng phân công nhiệm vụ", duties.school, stamp, write, no_progress)


def _write(letter: Letter, duties: DutyList) -> None:
    letter.head(duties.school, "", duties.day, duties.month, duties.year)
    letter.title(
        f"Quản lý, sử dụng sổ điểm điện tử, năm học {duties.school_year}",
        "BẢNG PHÂN CÔNG NHIỆM VỤ",
    )
    widths = (_NUMBER, _OFFICE, FRAME.width - _NUMBER - _OFFICE - _SOURCE, _SOURCE)
    rows = []
    for at, part in enumerate(duties.parts, 1):
        for first, row in enumerate(part.rows):
            office = "" if first else f"{part.office}: {part.holders}"
            rows.append(["" if first else str(at), office, row.duty, row.source])
    left, centre = Align.LEFT, Align.CENTER
    letter.flow.table(widths, _HEADS, rows, (centre, left, left, left))
    if duties.delegations:
        letter.flow.gap(6)
        letter.flow.paragraph("Ủy quyền đang có hiệu lực", BODY_BOLD)
        for line in duties.delegations:
            letter.flow.paragraph(line)
    letter.conclude(
        f"Cộng: {len(duties.parts)} bộ phận.",
        (),
        "Các bộ phận, cá nhân thực hiện đúng nhiệm vụ được phân công./.",
        [
            (
                Signer("NGƯỜI LẬP", duties.maker),
                Signer("HIỆU TRƯỞNG", duties.principal, stamped=True),
            )
        ],
        ("Các bộ phận, giáo viên (để thực hiện);", "Lưu: VT."),
    )
