"""Phiếu kiểm tra công thức: worked examples of the circulars, what must and what did come out."""

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
    from app.readmodels.formula_sheet import FormulaPart, FormulaRow, FormulaSheet
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (9 * mm, 46 * mm, 25 * mm, 31 * mm, 20.5 * mm, 20.5 * mm)
_HEADS = ("TT", "Cho trước", "Căn cứ", "Hỏi", "Phải là", "Máy tính", "")
_ALIGNS = (Align.CENTER, *[Align.LEFT] * 5, Align.CENTER)
_HEADING_AND_ROWS = 110.0
"""Points: a circular's heading stays with its head and a first row."""


def render_formula_sheet(sheet: FormulaSheet, stamp: PrintStamp) -> RenderedPdf:
    """The sheet as PDF/A-2u; the same sheet and stamp give the same bytes."""
    title = "Phiếu kiểm tra công thức"
    return write_letter(title, sheet.school, stamp, partial(_write, sheet=sheet), no_progress)


def _write(letter: Letter, sheet: FormulaSheet) -> None:
    letter.head(sheet.school, "", sheet.day, sheet.month, sheet.year)
    letter.title("Tính kết quả đánh giá học sinh theo thông tư", "PHIẾU KIỂM TRA CÔNG THỨC")
    letter.flow.paragraph(
        f"Chương trình tự tính {sheet.total} ví dụ dưới đây bằng đúng phần tính kết quả đang dùng "
        "cho sổ của nhà trường, rồi đối chiếu với kết quả phải có theo điều, khoản đã nêu."
    )
    for number, part in enumerate(sheet.parts, 1):
        _write_part(letter, number, part)
    right = sheet.total - sheet.failed
    verdict = (
        f"{sheet.total} ví dụ, {right} đúng, {sheet.failed} sai."
        if sheet.failed
        else f"{sheet.total} ví dụ, tất cả đều đúng."
    )
    todo = (
        "Công thức của chương trình KHÔNG ĐẠT: ngừng dùng kết quả tính và báo đơn vị cung cấp."
        if sheet.failed
        else "Công thức của chương trình ĐẠT đối với các ví dụ đã kiểm tra."
    )
    letter.conclude(
        "Kết luận",
        (verdict,),
        f"{todo}/.",
        [
            (Signer("NGƯỜI LẬP", sheet.maker), Signer("NGƯỜI KIỂM TRA", "")),
            (Signer("HIỆU TRƯỞNG", sheet.principal, stamped=True),),
        ],
        ("Đoàn kiểm tra;", "Lưu: VT."),
    )


def _write_part(letter: Letter, number: int, part: FormulaPart) -> None:
    letter.flow.keep(_HEADING_AND_ROWS)
    letter.flow.paragraph(f"{number}. Thông tư {part.number} {part.subject}", BODY_BOLD)
    rows = [line for at, row in enumerate(part.rows, 1) for line in _lines(at, row)]
    letter.flow.table((*_WIDTHS, FRAME.width - sum(_WIDTHS)), _HEADS, rows, _ALIGNS)


def _lines(at: int, row: FormulaRow) -> list[list[str]]:
    """A line an answer; what was given stands in the first."""
    head = [str(at), row.given, row.clause]
    return [
        [
            *(["", "", ""] if number else head),
            *(answer.what, answer.expected, answer.found),
            "SAI" if answer.wrong else "đúng",
        ]
        for number, answer in enumerate(row.answers)
    ]
