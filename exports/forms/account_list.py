"""Danh sách tài khoản: who may use the book, since when it was used, what state it is in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.text import Align

if TYPE_CHECKING:
    from app.readmodels.account_papers import AccountList
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (10 * mm, 44 * mm, 26 * mm, 31 * mm, 27 * mm)
_HEADS = ("TT", "Họ và tên, tên đăng nhập", "Tổ, bộ phận", "Vai trò", "Trạng thái", "Lần dùng cuối")


def render_account_list(paper: AccountList, stamp: PrintStamp) -> RenderedPdf:
    """The list as PDF/A-2u; the same list and stamp give the same bytes."""
    title = "Danh sách tài khoản sổ điểm"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: AccountList) -> None:
    letter.head(paper.school, "", paper.day, paper.month, paper.year)
    about = f"Tài khoản sử dụng sổ điểm điện tử, năm học {paper.school_year}"
    letter.title(about, "DANH SÁCH")
    rows = [
        [str(at), f"{row.name} ({row.uid})", row.department, row.roles, row.state, row.last_use]
        for at, row in enumerate(paper.rows, 1)
    ]
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    left, centre = Align.LEFT, Align.CENTER
    letter.flow.table(widths, _HEADS, rows, (centre, left, left, left, left, centre))
    opened = sum(row.state.startswith("dùng") for row in paper.rows)
    letter.conclude(
        f"Cộng: {len(paper.rows)} tài khoản, {opened} đang dùng được.",
        (),
        "Danh sách đã đối chiếu với phân công của nhà trường./.",
        [
            (
                Signer("NGƯỜI LẬP", paper.maker),
                Signer("HIỆU TRƯỞNG", paper.principal, stamped=True),
            )
        ],
        ("Hiệu trưởng;", "Lưu: VT."),
    )
