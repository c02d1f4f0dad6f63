"""Sổ theo dõi sử dụng sổ điểm điện tử: a numbered line and a place to sign per case (M188)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.correction_log import FollowedCase, FollowUpBook
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (10 * mm, 24 * mm, 61 * mm, 38 * mm)
_HEADS = ("TT", "Vào sổ", "Người đề nghị, nội dung sửa", "Duyệt, mở và khóa lại", "Người sửa ký")
_ALIGNS = (Align.CENTER, Align.CENTER, Align.LEFT, Align.LEFT, Align.CENTER)


def render_follow_up_book(paper: FollowUpBook, stamp: PrintStamp) -> RenderedPdf:
    """The book as PDF/A-2u; the same book and stamp give the same bytes."""
    title = f"Sổ theo dõi sử dụng sổ điểm điện tử, năm học {paper.school_year}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: FollowUpBook) -> None:
    letter.head(paper.school, paper.number, paper.day, paper.month, paper.year)
    about = f"Sử dụng sổ điểm điện tử, năm học {paper.school_year}"
    letter.title(about, "SỔ THEO DÕI")
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    letter.flow.table(widths, _HEADS, [_row(line) for line in paper.lines], _ALIGNS)
    letter.conclude(
        f"Cộng: {len(paper.lines)} lượt.",
        (),
        "Sổ ghi mọi lần đề nghị sửa, kể cả lần bị từ chối hoặc đã rút./.",
        [
            (
                Signer("VĂN THƯ", paper.maker),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Hiệu trưởng;", "Lưu: VT."),
    )


def _row(line: FollowedCase) -> list[str]:
    return [
        str(line.ordinal),
        line.registered,
        f"{line.requester}. {line.matter}. {'; '.join(line.changes)}.",
        f"{line.decision}. {line.times}.",
        "",
    ]
