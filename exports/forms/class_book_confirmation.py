"""Bảng xác nhận kết quả học tập, rèn luyện: who taught a subject signs that its results are right.

Printed when a term is over, proof-read and signed by every teacher, the GVCN and the principal,
with the term's summary behind it (M162).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.readmodels.class_book import BookPeriod
from exports.forms.class_book_layout import (
    SMALL_ITALIC,
    TITLE_STYLE,
    Leaf,
    SignaturePlace,
    sign_block,
    signature_height,
)
from exports.forms.class_book_words import book_words
from exports.forms.school_lines import place_line
from exports.pdf.fonts import Face
from exports.pdf.grid import Cell, Column, Grid, Head
from exports.pdf.text import Align, Pen, TextStyle, wrap

if TYPE_CHECKING:
    from app.readmodels.class_book import ClassBook, Summary
    from exports.forms.class_book_layout import Sheet

_TERMS = {BookPeriod.TERM_1: "Học kì I", BookPeriod.TERM_2: "Học kì II"}
_WIDTHS = (11 * mm, 48 * mm, 46 * mm, 26 * mm)
_HEAD = 34.0
_TALLEST_ROW = 11 * mm
_BODY = TextStyle(11.5)
_SAID = (
    "Giáo viên môn học, giáo viên chủ nhiệm đã kiểm dò kết quả ở các trang kèm theo với sổ theo "
    "dõi của mình và ký xác nhận là đúng. Chỗ chưa đúng thì không ký, báo người phụ trách lập hồ "
    "sơ sửa điểm rồi in lại."
)


def confirmation_leaf(book: ClassBook, summary: Summary) -> Leaf:
    """The page with a line a subject; `summary` is that of the term it confirms."""
    return Leaf("Bảng xác nhận", partial(_draw, book, summary), bookmark="Bảng xác nhận kết quả")


def _draw(book: ClassBook, summary: Summary, sheet: Sheet) -> None:
    frame, words = sheet.frame, book_words(book.circular)
    places = (
        SignaturePlace("NHÂN VIÊN PHỤ TRÁCH", "(Ký, ghi rõ họ tên)"),
        SignaturePlace("GIÁO VIÊN CHỦ NHIỆM", "(Ký, ghi rõ họ tên)", book.homeroom_teacher),
        SignaturePlace(
            "HIỆU TRƯỞNG", "(Ký, ghi rõ họ tên, đóng dấu)", book.principal, stamped=True
        ),
    )
    # The code of the run stands at the upper left.
    left = frame.left + 17 * mm
    y = frame.top - 12
    with Pen(sheet.canvas) as pen:
        name = TextStyle(12, Face.BOLD)
        pen.put_in_box((left, y - 4, frame.right, y + 12), book.school.name.upper(), name)
        pen.put_in_box((left, y - 20, frame.right, y - 4), place_line(book.school), _BODY)
        y -= 48
        title = f"BẢNG XÁC NHẬN {words.learning} VÀ {words.conduct}".upper()
        pen.put_in_box((frame.left, y - 4, frame.right, y + 14), title, TITLE_STYLE)
        about = f"{_TERMS[summary.period]} · lớp {book.class_name} · năm học {book.school_year}"
        pen.put(frame.middle, y - 20, about, SMALL_ITALIC, Align.CENTER)
        y -= 42
        for line in wrap(_SAID, _BODY.face, _BODY.size, frame.width):
            pen.put(frame.left, y, line, _BODY)
            y -= _BODY.size * 1.35
    rows = _rows(book, summary)
    signing = signature_height(places, 0)
    room = y - frame.bottom - signing - _HEAD - 16
    grid = Grid(
        columns=(
            Column(_WIDTHS[0]),
            Column(_WIDTHS[1], Align.LEFT),
            Column(_WIDTHS[2], Align.LEFT),
            Column(_WIDTHS[3]),
            Column(frame.width - sum(_WIDTHS)),
        ),
        heads=(
            Head("Số TT", 0, 0),
            Head("Môn học, hoạt động giáo dục", 0, 1),
            Head("Giáo viên", 0, 2),
            Head("Số em có kết quả/sĩ số", 0, 3),
            Head("Ký xác nhận", 0, 4),
        ),
        head_heights=(_HEAD,),
        row_height=min(_TALLEST_ROW, room / max(len(rows), 1)),
        size=11,
        head_size=10.5,
        heavy_every=0,
    )
    bottom = grid.draw(sheet.canvas, frame.left, y, rows)
    sign_block(sheet, bottom - 12, places, signing)


def _rows(book: ClassBook, summary: Summary) -> list[list[Cell]]:
    """Subjects as the summary counts them, then the GVCN's own two results."""
    here = {pupil.position for pupil in book.pupils if not pupil.left}
    lines = [row for row in summary.rows if row.position in here]

    def counted(found: int) -> str:
        return f"{found}/{len(here)}"

    rows: list[list[Cell]] = []
    for at, subject in enumerate(book.subjects):
        found = sum(1 for line in lines if line.results[at])
        rows.append([str(at + 1), subject.subject, "\n".join(subject.teachers), counted(found), ""])
    words = book_words(book.circular)
    for what, found in (
        (words.learning, sum(1 for line in lines if line.learning)),
        (words.conduct, sum(1 for line in lines if line.conduct)),
    ):
        rows.append([str(len(rows) + 1), what, book.homeroom_teacher, counted(found), ""])
    return rows
