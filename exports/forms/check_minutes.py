"""Biên bản kiểm tra nội bộ: who looked at what, what was found, remedy, day, how it ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, rows_of, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.check_minutes import CheckMinutes
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf

_HEADS = ("TT", "Giáo viên, lớp, môn", "Phát hiện", "Cách khắc phục", "Hạn", "Tình trạng")
_NUMBER, _WHO, _DUE, _STATE = 10 * mm, 34 * mm, 21 * mm, 30 * mm


def render_check_minutes(paper: CheckMinutes, stamp: PrintStamp) -> RenderedPdf:
    """The minutes as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Biên bản kiểm tra, {paper.unit}, {paper.made_on}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: CheckMinutes) -> None:
    letter.head(paper.school, paper.number, paper.day, paper.month, paper.year)
    letter.title(f"Kiểm tra nội bộ {paper.kind}, {paper.unit}")
    flow = letter.flow
    flow.paragraph(f"Ngày kiểm tra: {paper.made_on}, năm học {paper.school_year}.")
    flow.paragraph(f"Người kiểm tra: {paper.members}.")
    flow.paragraph("1. Nội dung đã xem", BODY_BOLD)
    flow.paragraph(paper.looked_at)
    flow.paragraph("2. Điều phát hiện và cách khắc phục", BODY_BOLD)
    if paper.rows:
        room = (FRAME.width - _NUMBER - _WHO - _DUE - _STATE) / 2
        rows = [
            [
                str(at),
                ", ".join(part for part in (row.teacher, row.place) if part),
                row.finding,
                row.remedy,
                row.due,
                row.state,
            ]
            for at, row in enumerate(paper.rows, 1)
        ]
        left, centre = Align.LEFT, Align.CENTER
        aligns = (centre, left, left, left, centre, left)
        flow.table((_NUMBER, _WHO, room, room, _DUE, _STATE), _HEADS, rows, aligns)
    else:
        flow.paragraph("Không phát hiện sai sót.")
    checked = dict.fromkeys(row.teacher for row in paper.rows)
    leaders = [Signer("HIỆU TRƯỞNG", paper.principal, stamped=True)]
    # The principal who looked signs once.
    if paper.recorder != paper.principal:
        leaders.insert(0, Signer("NGƯỜI KIỂM TRA", paper.recorder))
    letter.conclude(
        "3. Kết luận",
        (paper.outcome or "Không có kết luận riêng.",),
        "Biên bản lập để lưu hồ sơ kiểm tra và theo dõi việc khắc phục./.",
        [*rows_of([Signer("NGƯỜI ĐƯỢC KIỂM TRA", name) for name in checked]), (*leaders,)],
        ("Người được kiểm tra (để thực hiện);", "Lưu: VT, hồ sơ tổ."),
    )
