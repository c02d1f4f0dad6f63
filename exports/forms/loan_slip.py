"""Phiếu mượn, trả sổ: the borrower signs for the book, and again when it is back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.progress import no_progress
from exports.forms.letterhead import Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.loan_slip import LoanSlip
    from app.readmodels.rendered_pdf import RenderedPdf

_DOTS = "…………………"
_BEFORE_SIGNATURES = 6.0


def render_loan_slip(slip: LoanSlip, stamp: PrintStamp) -> RenderedPdf:
    """The slip as PDF/A-2u; the same slip and stamp give the same bytes."""
    title = f"Phiếu mượn, trả bản in số {slip.run_number}, năm học {slip.school_year}"
    return write_letter(title, slip.school, stamp, partial(_write, slip=slip), no_progress)


def _write(letter: Letter, slip: LoanSlip) -> None:
    letter.head(slip.school, "", slip.day, slip.month, slip.year)
    letter.title(f"Sổ, hồ sơ năm học {slip.school_year}", "PHIẾU MƯỢN, TRẢ")
    flow = letter.flow
    flow.paragraph("1. Mượn", BODY_BOLD)
    flow.paragraph(
        f"Sổ mượn: {slip.title}; bản in số {slip.run_number}, mã dữ liệu {slip.code}, "
        f"{slip.pages} trang."
    )
    flow.paragraph(f"Nơi để: {slip.place or _DOTS}; người giữ: {slip.keeper or _DOTS}.")
    flow.paragraph(f"Người mượn: {slip.borrower}. Mục đích: {slip.purpose or _DOTS}.")
    flow.paragraph(
        f"Mượn ngày {slip.lent_on}, hẹn trả ngày {slip.due_on}. Người mượn giữ sổ nguyên vẹn, "
        "không ghi thêm, không tẩy xóa, không cho mượn lại."
    )
    # The office after the name is in the text already.
    borrower, _, _ = slip.borrower.partition(",")
    borrowing = (
        Signer("NGƯỜI MƯỢN", borrower),
        Signer("NGƯỜI CHO MƯỢN", slip.lender),
        Signer("HIỆU TRƯỞNG", slip.principal, stamped=True),
    )
    flow.gap(_BEFORE_SIGNATURES)
    letter.sign(borrowing)
    state = slip.back_note or f"{_DOTS}{_DOTS}"
    letter.conclude(
        "2. Trả",
        (f"Trả ngày {slip.back_on or _DOTS}. Tình trạng khi trả: {state}.",),
        "Hai bên đã kiểm tra đủ trang./.",
        [(Signer("NGƯỜI TRẢ", borrower), Signer("NGƯỜI NHẬN", ""))],
        ("Người mượn;", "Lưu: VT."),
    )
