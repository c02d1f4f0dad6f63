"""Phiếu nhắc việc: what waits for each person, by when, with a place to sign for it."""

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
    from app.readmodels.work_board import Reminders, ReminderSlip

_HEADS = ("TT", "Việc", "Hạn", "Đến hôm nay", "Ký nhận")
_NUMBER, _DUE, _LATE, _SIGN = 10 * mm, 24 * mm, 25 * mm, 26 * mm
_WIDTHS = (_NUMBER, FRAME.width - _NUMBER - _DUE - _LATE - _SIGN, _DUE, _LATE, _SIGN)
_ALIGNS = (Align.CENTER, Align.LEFT, Align.CENTER, Align.CENTER, Align.CENTER)


def render_reminders(paper: Reminders, stamp: PrintStamp) -> RenderedPdf:
    """The slips as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Phiếu nhắc việc, {paper.unit}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: Reminders) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    letter.title(
        f"Vào sổ, kiểm dò, ký sổ; {paper.unit}, năm học {paper.school_year}", "PHIẾU NHẮC VIỆC"
    )
    for at, slip in enumerate(paper.slips, 1):
        _slip(letter, at, slip)
    count = sum(len(slip.items) for slip in paper.slips)
    letter.conclude(
        f"Cộng: {len(paper.slips)} người, {count} việc.",
        (),
        "Đề nghị các thầy cô làm xong đúng hạn; việc đã quá hạn làm ngay và báo lại tổ trưởng./.",
        [(Signer(paper.signer_title, paper.signer),)],
        ("Các thầy cô có tên;", "Lưu: hồ sơ tổ."),
    )


def _slip(letter: Letter, at: int, slip: ReminderSlip) -> None:
    unit = f" ({slip.department})" if slip.department else ""
    letter.flow.paragraph(f"{at}. {slip.name}{unit}", BODY_BOLD)
    rows = [[str(n), item.what, item.due, item.late, ""] for n, item in enumerate(slip.items, 1)]
    letter.flow.table(_WIDTHS, _HEADS, rows, _ALIGNS)
    letter.flow.gap(4)
