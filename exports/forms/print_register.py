"""Sổ theo dõi bản in: a line a numbered run, with its signatures, its place and its loan (M62)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.print_register import PrintRegister, RegisteredRun
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (14 * mm, 29 * mm, 46 * mm, 17 * mm, 26 * mm)
_HEADS = ("Số", "Ngày in, người in", "Bản in, mã dữ liệu", "Trang × bản", "Ký, đóng dấu",
          "Nơi lưu, cho mượn")  # fmt: skip
_ALIGNS = (Align.CENTER, Align.LEFT, Align.LEFT, Align.CENTER, Align.LEFT, Align.LEFT)


def render_print_register(paper: PrintRegister, stamp: PrintStamp) -> RenderedPdf:
    """The register as PDF/A-2u; the same register and stamp give the same bytes."""
    title = f"Sổ theo dõi bản in, năm học {paper.school_year}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: PrintRegister) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    letter.title(f"Bản in chính thức, năm học {paper.school_year}", "SỔ THEO DÕI")
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    letter.flow.table(widths, _HEADS, [_row(run) for run in paper.runs], _ALIGNS)
    letter.conclude(
        f"Cộng: {len(paper.runs)} bản in, {paper.sheets} trang giấy; {paper.waiting} bản chưa đủ "
        "chữ ký, con dấu hoặc chưa cất.",
        (),
        "Mỗi bản in chính thức có một số trong năm học, không có số nào bỏ trống./.",
        [(Signer("VĂN THƯ", paper.maker), Signer("HIỆU TRƯỞNG", paper.principal, stamped=True))],
        ("Hiệu trưởng;", "Lưu: VT."),
    )


def _row(run: RegisteredRun) -> list[str]:
    return [
        run.number,
        run.printed,
        f"{run.title}. Mã {run.code}",
        f"{run.pages} × {run.copies}",
        run.signed,
        "; ".join(part for part in (run.kept, run.lent) if part),
    ]
