"""Phiếu phân quyền: what one person may do in the book, signed by both sides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.domain.role_rights import COMMITMENT
from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.account_papers import PermissionPaper
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf

_ROLE_WIDTHS = (75 * mm, 40 * mm)
_POST_WIDTHS = (40 * mm, 75 * mm)


def render_permission_sheet(paper: PermissionPaper, stamp: PrintStamp) -> RenderedPdf:
    """The paper as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Phiếu phân quyền, {paper.name}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: PermissionPaper) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    letter.title(f"Quyền sử dụng sổ điểm điện tử, năm học {paper.school_year}", "PHIẾU PHÂN QUYỀN")
    flow = letter.flow
    unit = f", {paper.department}" if paper.department else ""
    flow.paragraph(f"Họ và tên: {paper.name}{unit}. Tên đăng nhập: {paper.uid}.")
    flow.paragraph("1. Vai trò", BODY_BOLD)
    if paper.roles:
        rows = [[line.title, line.since, line.until or "đang giữ"] for line in paper.roles]
        widths = (*_ROLE_WIDTHS, FRAME.width - sum(_ROLE_WIDTHS))
        aligns = (Align.LEFT, Align.CENTER, Align.CENTER)
        flow.table(widths, ("Vai trò", "Từ ngày", "Đến ngày"), rows, aligns)
    else:
        flow.paragraph("Không giữ vai trò riêng; quyền theo phân công.")
    flow.paragraph("2. Phân công", BODY_BOLD)
    if paper.posts:
        posts = [[line.class_name, line.subject, line.since] for line in paper.posts]
        widths = (*_POST_WIDTHS, FRAME.width - sum(_POST_WIDTHS))
        aligns = (Align.CENTER, Align.LEFT, Align.CENTER)
        flow.table(widths, ("Lớp", "Môn học, nhiệm vụ", "Từ ngày"), posts, aligns)
    else:
        flow.paragraph("Chưa được phân công lớp, môn nào.")
    flow.paragraph("3. Được làm", BODY_BOLD)
    for sentence in paper.rights:
        flow.paragraph(f"- {sentence}")
    if paper.fingerprint:
        flow.paragraph(f"Vân tay khóa ký, dùng từ {paper.key_since}: {paper.fingerprint}.")
    letter.conclude(
        "4. Cam kết",
        COMMITMENT,
        "Phiếu lập thành hai bản, người được giao giữ một bản, nhà trường lưu một bản./.",
        [
            (
                Signer("NGƯỜI ĐƯỢC GIAO", paper.name),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Người được giao;", "Lưu: VT."),
    )
