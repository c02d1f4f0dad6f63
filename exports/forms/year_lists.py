"""Danh sách học sinh cuối năm (five lists), in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from app.progress import no_progress
from exports.forms.letterhead import FRAME, Letter, Signer, write_letter
from exports.pdf.flow import BODY_BOLD
from exports.pdf.text import Align

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.progress import Progress
    from app.readmodels.class_book import PrintStamp
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.year_lists import ListedPupil, PrintedList, YearLists

_WIDTHS = (11 * mm, 46 * mm, 24 * mm)
_HEADS = ("Số TT", "Họ và tên", "Ngày sinh")
_ALIGNS = (Align.CENTER, Align.LEFT, Align.CENTER)
_WIDE, _NARROW = 19 * mm, 13 * mm
_HEADING_AND_ROWS = 90.0
"""Points: a list's heading stays with its head and a first row."""


def render_year_lists(
    lists: YearLists, stamp: PrintStamp, progress: Progress = no_progress
) -> RenderedPdf:
    """The five lists as PDF/A-2u; the same lists and stamp give the same bytes."""
    title = f"Danh sách học sinh {lists.occasion}, lớp {lists.class_name}"
    return write_letter(title, lists.school, stamp, partial(_write, lists=lists), progress)


def _write(letter: Letter, lists: YearLists) -> None:
    letter.head(lists.school, lists.number, lists.day, lists.month, lists.year)
    letter.title(
        f"Kết quả xét {lists.occasion}, lớp {lists.class_name}, năm học {lists.school_year}",
        kind="DANH SÁCH HỌC SINH",
    )
    flow = letter.flow
    flow.paragraph(
        f"Xét theo Thông tư số {lists.circular}. Sĩ số: {lists.headcount} học sinh. Hiệu trưởng "
        f"duyệt theo quyết định số {lists.decision_no} ({lists.approved})."
    )
    figures = {
        "learning": (lists.learning_word, _WIDE),
        "conduct": (lists.conduct_word, _WIDE),
        "absences": ("Buổi nghỉ", _NARROW),
    }
    for number, one in enumerate(lists.lists, 1):
        _write_list(letter, number, one, figures)
    counts = "; ".join(f"{_lower(one.title)}: {len(one.pupils)}" for one in lists.lists)
    letter.conclude(
        f"{len(lists.lists) + 1}. Tổng hợp",
        (f"Số học sinh trong từng danh sách: {counts}.",),
        "Danh sách lập thành 02 bản, một bản lưu cùng sổ theo dõi và đánh giá học sinh của lớp./.",
        [
            (
                Signer("GIÁO VIÊN CHỦ NHIỆM", lists.homeroom_teacher),
                Signer("HIỆU TRƯỞNG", lists.principal, stamped=True),
            )
        ],
        ("Giáo viên chủ nhiệm;", f"Lưu: VT, sổ lớp {lists.class_name}."),
    )


def _write_list(
    letter: Letter, number: int, one: PrintedList, known: Mapping[str, tuple[str, float]]
) -> None:
    flow = letter.flow
    flow.keep(_HEADING_AND_ROWS if one.pupils else 40)
    flow.paragraph(f"{number}. {one.title}: {len(one.pupils)} học sinh", BODY_BOLD)
    if not one.pupils:
        flow.paragraph("Không có học sinh nào.")
        return
    figures = [known[name] for name in one.figures]
    widths = [*_WIDTHS, *(width for _, width in figures)]
    widths.append(FRAME.width - sum(widths))
    heads = (*_HEADS, *(head for head, _ in figures), one.detail_heading)
    aligns = (*_ALIGNS, *(Align.CENTER for _ in figures), Align.LEFT)
    rows = [_row(one, pupil) for pupil in one.pupils]
    flow.table(widths, heads, rows, aligns)


def _row(one: PrintedList, pupil: ListedPupil) -> list[str]:
    known = {
        "learning": pupil.learning,
        "conduct": pupil.conduct,
        "absences": pupil.absences,
    }
    figures = [known[name] for name in one.figures]
    return [str(pupil.position), pupil.name, pupil.birth_date, *figures, pupil.detail]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
