"""Nhật ký sửa điểm of a month, by teacher, with room to explain and to sign (M68, M69)."""

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
    from app.readmodels.correction_log import CorrectionLog, LoggedCase, TeacherCases
    from app.readmodels.rendered_pdf import RenderedPdf

_WIDTHS = (22 * mm, 50 * mm, 36 * mm, 34 * mm)
_HEADS = ("Hồ sơ, ngày", "Nội dung sửa", "Lý do, kết quả", "Giải trình", "Ký tên")
_ALIGNS = (Align.CENTER, Align.LEFT, Align.LEFT, Align.LEFT, Align.CENTER)
_STOP = "."
_HEADING_AND_ROW = 110.0
"""Points: a teacher's name stays with the head and a first row."""


def render_correction_log(log: CorrectionLog, stamp: PrintStamp) -> RenderedPdf:
    """The log as PDF/A-2u; the same log and stamp give the same bytes."""
    title = f"Nhật ký sửa điểm từ {log.first} đến {log.last}"
    return write_letter(title, log.school, stamp, partial(_write, log=log), no_progress)


def _write(letter: Letter, log: CorrectionLog) -> None:
    letter.head(log.school, log.number, log.day, log.month, log.year)
    about = f"Từ ngày {log.first} đến ngày {log.last}, năm học {log.school_year}"
    letter.title(about, "NHẬT KÝ SỬA ĐIỂM")
    letter.flow.paragraph(
        f"Có {log.count} hồ sơ của {len(log.teachers)} người, {log.changed_cells} ô đã sửa; "
        f"{log.explained} hồ sơ đã giải trình. Hồ sơ bị từ chối và hồ sơ đã rút vẫn ghi ở đây."
    )
    for number, teacher in enumerate(log.teachers, 1):
        _write_teacher(letter, number, teacher)
    letter.conclude(
        f"{len(log.teachers) + 1}. Ý kiến của cuộc họp",
        ("." * 120, "." * 120),
        "Nhật ký này được in trước cuộc họp chuyên môn để kiểm tra và giải trình./.",
        [
            (
                Signer("NGƯỜI LẬP", log.maker),
                Signer("HIỆU TRƯỞNG", log.principal, stamped=True),
            )
        ],
        ("Các tổ chuyên môn;", "Lưu: VT, hồ sơ sửa điểm."),
    )


def _write_teacher(letter: Letter, number: int, teacher: TeacherCases) -> None:
    flow = letter.flow
    flow.keep(_HEADING_AND_ROW)
    head = f"{number}. {teacher.name}, {teacher.duty.lower()}: {len(teacher.cases)} hồ sơ"
    flow.paragraph(head, BODY_BOLD)
    widths = (*_WIDTHS, FRAME.width - sum(_WIDTHS))
    flow.table(widths, _HEADS, [_row(case) for case in teacher.cases], _ALIGNS)


def _row(case: LoggedCase) -> list[str]:
    said = "; ".join(case.changes)
    return [
        f"Số {case.number}, {case.day}",
        f"{case.matter}. {said}.",
        f"{case.reason.rstrip(_STOP)}. {case.outcome.rstrip(_STOP)}.",
        case.explanation or "(chưa giải trình)",
        "",
    ]
