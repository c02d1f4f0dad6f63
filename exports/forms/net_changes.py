"""Bảng thay đổi điểm: what became of marks that were touched, by whom, with whose approval."""

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
    from app.readmodels.net_change import NetChangePaper, NetChangeRow, TallyRow
    from app.readmodels.rendered_pdf import RenderedPdf

_PEOPLE_HEADS = ("Người sửa", "Lần sửa", "Số ô", "Tăng", "Giảm", "Như cũ", "Ngoài hồ sơ")
_PEOPLE_FIGURES = (16 * mm, 14 * mm, 14 * mm, 14 * mm, 16 * mm, 18 * mm)
_HEADS = ("Lớp", "Học sinh", "Môn, cột", "Ban đầu", "Sau cùng", "Lần", "Người sửa; căn cứ")
_WIDTHS = (12 * mm, 34 * mm, 32 * mm, 15 * mm, 15 * mm, 10 * mm)
_ALIGNS = (
    Align.CENTER,
    Align.LEFT,
    Align.LEFT,
    Align.CENTER,
    Align.CENTER,
    Align.CENTER,
    Align.LEFT,
)


def render_net_changes(paper: NetChangePaper, stamp: PrintStamp) -> RenderedPdf:
    """The paper as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Bảng thay đổi điểm, {paper.scope}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: NetChangePaper) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    letter.title(f"{_upper(paper.scope)}, năm học {paper.school_year}", "BẢNG THAY ĐỔI ĐIỂM")
    flow = letter.flow
    flow.paragraph("1. Tóm tắt", BODY_BOLD)
    for sentence in paper.summary:
        flow.paragraph(f"- {sentence}")
    if paper.people:
        flow.paragraph("2. Theo người sửa", BODY_BOLD)
        widths = (FRAME.width - sum(_PEOPLE_FIGURES), *_PEOPLE_FIGURES)
        aligns = (Align.LEFT, *(Align.CENTER for _ in _PEOPLE_FIGURES))
        flow.table(widths, _PEOPLE_HEADS, [_person(one) for one in paper.people], aligns)
        flow.paragraph(f"3. Các ô có giá trị sau cùng khác ban đầu: {len(paper.rows)} ô", BODY_BOLD)
    if paper.rows:
        widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
        flow.table(widths, _HEADS, [_row(one) for one in paper.rows], _ALIGNS)
    elif paper.people:
        flow.paragraph("Không ô nào khác ban đầu.")
    letter.conclude(
        "4. Nguồn" if paper.people else "2. Nguồn",
        (
            f"Lập từ nhật ký của sổ điểm điện tử, đến {paper.trail_end}. Xóa rồi nhập lại được "
            "tính là một lịch sử của cùng một ô.",
        ),
        "Bảng lập thành hai bản, hiệu trưởng giữ một bản, nhà trường lưu một bản./.",
        [
            (
                Signer("NGƯỜI LẬP BẢNG", paper.maker),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Hiệu trưởng;", "Lưu: VT."),
    )


def _person(one: TallyRow) -> list[str]:
    figures = (one.steps, one.cells, one.up, one.down, one.same, one.unapproved)
    return [one.name, *(str(figure) for figure in figures)]


def _row(one: NetChangeRow) -> list[str]:
    return [
        one.class_name,
        one.pupil,
        one.column,
        one.first,
        one.last or "(xóa)",
        str(one.steps),
        f"{one.people}; {one.grounds}",
    ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
