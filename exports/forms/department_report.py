"""Báo cáo tháng của tổ chuyên môn: progress by rank, shares of marks, checks, what is proposed."""

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
    from app.readmodels.rendered_pdf import RenderedPdf
    from app.readmodels.work_board import DepartmentReport

_LEFT, _CENTRE = Align.LEFT, Align.CENTER
_PROGRESS = ("Xếp thứ", "Giáo viên", "Số sổ", "Ô đến hạn", "Còn thiếu", "Ghi muộn", "Đúng hạn",
             "Đã ghi cả kì", "Lần đổi điểm")  # fmt: skip
_SHORT = 15 * mm
_CHECKED = ("Ngày", "Giáo viên, lớp", "Phát hiện", "Khắc phục", "Tình trạng")
_DAY, _WHO = 21 * mm, 34 * mm


def render_department_report(paper: DepartmentReport, stamp: PrintStamp) -> RenderedPdf:
    """The report as PDF/A-2u; the same paper and stamp give the same bytes."""
    title = f"Báo cáo {paper.period}, {paper.unit}"
    return write_letter(title, paper.school, stamp, partial(_write, paper=paper), no_progress)


def _write(letter: Letter, paper: DepartmentReport) -> None:
    letter.head(paper.school, paper.number, paper.day, paper.month, paper.year)
    letter.title(f"Thực hiện sổ điểm điện tử {paper.period}, {paper.unit}", "BÁO CÁO")
    flow = letter.flow
    flow.paragraph(f"Kính gửi: {paper.receiver}")
    flow.paragraph(
        f"{paper.unit} có {paper.members} thành viên, {paper.term} năm học {paper.school_year}. Số "
        "liệu lấy từ tệp dữ liệu lúc in báo cáo."
    )
    flow.paragraph("1. Tiến độ vào điểm", BODY_BOLD)
    for sentence in paper.summary:
        flow.paragraph(sentence)
    _progress(letter, paper)
    flow.paragraph("2. Tỉ lệ điểm, mức đã ghi trong học kì", BODY_BOLD)
    _shares(letter, paper)
    flow.paragraph("3. Kiểm tra nội bộ", BODY_BOLD)
    _checks(letter, paper)
    flow.paragraph("4. Đôn đốc", BODY_BOLD)
    if paper.reminded:
        flow.paragraph(f"Còn việc quá hạn: {'; '.join(paper.reminded)}.")
    else:
        flow.paragraph("Không thành viên nào còn việc quá hạn.")
    letter.conclude(
        "5. Đề nghị",
        paper.proposals or ("Tổ không có đề nghị gì thêm.",),
        "Trên đây là báo cáo của tổ./.",
        [
            (
                Signer("NGƯỜI NHẬN BÁO CÁO", ""),
                Signer("TỔ TRƯỞNG", paper.head),
            )
        ],
        ("Như trên;", "Lưu: VT, hồ sơ tổ."),
    )


def _progress(letter: Letter, paper: DepartmentReport) -> None:
    name = FRAME.width - 8 * _SHORT
    widths = (_SHORT, name, *(7 * [_SHORT]))
    rows = [
        [r.place, r.name, r.sheets, r.due, r.missing, r.late, r.on_time, r.entered, r.changes]
        for r in paper.rows
    ]
    if rows:
        letter.flow.table(widths, _PROGRESS, rows, (_CENTRE, _LEFT, *(7 * [_CENTRE])))
    letter.flow.paragraph(
        "Xếp thứ theo tỉ lệ ô ghi đúng hạn, rồi số cột quá hạn; bằng nhau thì cùng thứ."
    )


def _shares(letter: Letter, paper: DepartmentReport) -> None:
    if not paper.shares:
        letter.flow.paragraph("Tổ chưa ghi điểm, mức nào trong học kì.")
        return
    share, count = 22 * mm, 18 * mm
    name = FRAME.width - count - len(paper.bands) * share
    widths = (name, count, *(len(paper.bands) * [share]))
    rows = [[row.subject, row.pupils, *row.shares] for row in paper.shares]
    heads = ("Môn học", "Số ô", *paper.bands)
    letter.flow.table(widths, heads, rows, (_LEFT, *(_CENTRE for _ in widths[1:])))


def _checks(letter: Letter, paper: DepartmentReport) -> None:
    if not paper.checks:
        letter.flow.paragraph("Trong tháng không có việc phải khắc phục, không còn việc cũ.")
        return
    room = (FRAME.width - _DAY - _WHO) / 3
    rows = [
        [
            row.made_on,
            ", ".join(part for part in (row.teacher, row.place) if part),
            row.finding,
            row.remedy,
            row.state,
        ]
        for row in paper.checks
    ]
    letter.flow.table((_DAY, _WHO, room, room, room), _CHECKED, rows, (_CENTRE, *(4 * [_LEFT])))
