"""Phiếu kết quả học tập, rèn luyện of a pupil who changes school, for the receiving school."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from app.readmodels.primary_transfer import PrimaryTransferPack
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.forms.primary_transfer_pack import write_primary_pack
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.transfer_pack import PackTerm, TransferPack

_WIDTHS = (42 * mm, 34 * mm, 15 * mm, 15 * mm, 16 * mm)
_ALIGNS = (Align.LEFT, Align.CENTER, Align.CENTER, Align.CENTER, Align.CENTER, Align.LEFT)
_HEADING_AND_ROWS = 90.0
"""Points: a term's heading stays with its head and a first row."""


def render_transfer_pack(pack: TransferPack, stamp: PrintStamp) -> RenderedPdf:
    """The paper as PDF/A-2u; the same pack and stamp give the same bytes."""
    title = f"Kết quả {_both(pack)} của {pack.name}"
    return write_letter(title, pack.school, stamp, partial(_write, pack=pack), no_progress)


def _write(letter: Letter, pack: TransferPack) -> None:
    letter.head(pack.school, pack.number, pack.day, pack.month, pack.year)
    about = f"Học sinh chuyển trường, năm học {pack.school_year}"
    letter.title(about, f"PHIẾU KẾT QUẢ {_both(pack).upper()}")
    flow = letter.flow
    flow.paragraph(f"Họ và tên: {pack.name}. Giới tính: {pack.sex or '………'}.")
    flow.paragraph(
        f"Ngày sinh: {pack.birth_date or '………'}. Nơi sinh: {pack.birthplace or '………'}. Mã định "
        f"danh Bộ GD&ĐT: {pack.ministry_code or '………'}."
    )
    flow.paragraph(
        f"Học lớp {pack.class_name} từ {pack.joined} đến {pack.left}; đánh giá theo Thông tư số "
        f"{pack.circular}."
    )
    where = pack.new_school or "………………………………"
    paper = f" ({pack.document})" if pack.document else ""
    flow.paragraph(f"Chuyển đến: {where}{paper}. Lý do: {pack.reason.rstrip('.') or '………'}.")
    if isinstance(pack, PrimaryTransferPack):
        write_primary_pack(letter, pack)
        return
    for number, term in enumerate(pack.terms, 1):
        _write_term(letter, number, term, pack)
    if not pack.terms:
        flow.paragraph("Chưa có kết quả nào được ghi.")
    letter.conclude(
        f"{len(pack.terms) + 1}. Xác nhận",
        (f"Các kết quả trên trích đúng từ {pack.book_name} của lớp.",),
        "Phiếu lập thành 02 bản: một bản gửi trường tiếp nhận, một bản lưu./.",
        [
            (
                Signer("GIÁO VIÊN CHỦ NHIỆM", pack.homeroom_teacher),
                Signer("HIỆU TRƯỞNG", pack.principal, stamped=True),
            )
        ],
        ("Trường tiếp nhận;", "Cha mẹ học sinh;", "Lưu: VT."),
    )


def _both(pack: TransferPack) -> str:
    """As "học tập, rèn luyện"."""
    if isinstance(pack, PrimaryTransferPack):
        return "đánh giá rèn luyện và học tập"
    return f"{pack.learning_word}, {pack.conduct_word}".lower()


def _write_term(letter: Letter, number: int, term: PackTerm, pack: TransferPack) -> None:
    flow = letter.flow
    flow.keep(_HEADING_AND_ROWS)
    state = "đã chốt" if term.closed else "tính đến ngày rời lớp, chưa chốt"
    flow.paragraph(f"{number}. {term.title} ({state})", BODY_BOLD)
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    rows = [[s.name, s.regular, s.midterm, s.final, s.result, s.comment] for s in term.subjects]
    heads = ("Môn học", *pack.test_heads, "Kết quả", "Nhận xét")
    flow.table(widths, heads, rows, _ALIGNS)
    said = [
        f"{pack.learning_label}: {term.learning or 'chưa có'}",
        f"{pack.conduct_label.lower()}: {term.conduct or 'chưa có'}",
        f"nghỉ có phép: {term.excused or 'chưa ghi'}",
        f"nghỉ không phép: {term.unexcused or 'chưa ghi'}",
    ]
    flow.paragraph(f"{'; '.join(said)}.")
    if term.comment:
        flow.paragraph(f"Nhận xét của giáo viên chủ nhiệm: {term.comment.rstrip('.')}.")
