"""Phiếu trả lời các câu hỏi của thanh tra: each question, its sentences, its facts in a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.inquiry import AnswerPart, InquiryPaper
    from app.readmodels.rendered_pdf import RenderedPdf

_WITH_TEXT = 70.0
"""A question alone at the foot of a page says nothing."""


def render_inquiry(paper: InquiryPaper, stamp: PrintStamp) -> RenderedPdf:
    """The paper as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Phiếu trả lời thanh tra, năm học {paper.school_year}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: InquiryPaper) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    letter.title(f"Về điểm và sổ sách, {paper.scope}, năm học {paper.school_year}", "PHIẾU TRẢ LỜI")
    for part in paper.parts:
        _part(letter, part)
    letter.conclude(
        f"Cộng: {len(paper.parts)} câu hỏi. Nhật ký đến {paper.trail_end}.",
        (),
        "Phiếu lập từ tệp dữ liệu lúc in, không ghi thêm và không bỏ bớt dòng nào./.",
        [
            (
                Signer("NGƯỜI LẬP", paper.maker),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Đoàn thanh tra, kiểm tra;", "Lưu: VT."),
    )


def _part(letter: Letter, part: AnswerPart) -> None:
    flow = letter.flow
    flow.keep(_WITH_TEXT)
    flow.paragraph(f"Câu {part.number}. {part.question}", BODY_BOLD)
    for sentence in part.sentences:
        flow.paragraph(sentence)
    if part.rows:
        whole = sum(part.shares)
        widths = tuple(FRAME.width * share / whole for share in part.shares)
        aligns = tuple(Align.CENTER if centred else Align.LEFT for centred in part.centred)
        flow.table(widths, part.heads, part.rows, aligns)
    flow.gap(6)
