"""Sổ theo dõi trả học bạ: a line a pupil with the day, who received it and room to sign (M53)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.booklet_returns import BookletReturns, ReturnedBooklet
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (11 * mm, 43 * mm, 23 * mm, 23 * mm, 36 * mm)
_HEADS = ("Số TT", "Họ và tên học sinh", "Ngày sinh", "Ngày trả", "Người nhận", "Ký nhận")
_ALIGNS = (Align.CENTER, Align.LEFT, Align.CENTER, Align.CENTER, Align.LEFT, Align.LEFT)
_ROW = 9 * mm
"""At least: somebody signs in it."""


def render_booklet_returns(paper: BookletReturns, stamp: PrintStamp) -> RenderedPdf:
    """The register as PDF/A-2u; the same register and stamp give the same bytes."""
    title = f"Sổ theo dõi trả học bạ, lớp {paper.class_name}, năm học {paper.school_year}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: BookletReturns) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    about = f"Trả học bạ, lớp {paper.class_name}, năm học {paper.school_year}"
    letter.title(about, "SỔ THEO DÕI")
    if paper.whole_class:
        letter.flow.paragraph(f"Học bạ cả lớp trả một lần: {paper.whole_class}.")
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    letter.flow.table(widths, _HEADS, [_row(row) for row in paper.rows], _ALIGNS, least=_ROW)
    letter.conclude(
        f"Cộng: {len(paper.rows)} học sinh; đã trả {paper.returned} học bạ.",
        (),
        "Người nhận kiểm tra đủ trang, đúng tên rồi ký; nhận thay thì ghi rõ quan hệ, giấy tờ./.",
        [
            (
                Signer("NGƯỜI LẬP SỔ", paper.maker),
                Signer("GIÁO VIÊN CHỦ NHIỆM", paper.homeroom_teacher),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Giáo viên chủ nhiệm;", "Lưu: VT."),
    )


def _row(row: ReturnedBooklet) -> list[str]:
    received = "; ".join(text for text in (row.recipient, row.note) if text)
    return [str(row.position), row.name, row.birth_date, row.on, received, ""]
