"""Biên bản bàn giao học sinh, in the layout of Nghị định 30/2020/NĐ-CP (TT27/2020, Điều 12)."""

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
    from app.readmodels.handover import Handover, HandoverPupil
    from app.readmodels.rendered_pdf import RenderedPdf

_DOTS = "………………………………"
_HEADING_AND_ROWS = 90.0
_FIXED = ((8 * mm, "TT"), (29 * mm, "Họ và tên"), (20 * mm, "Ngày sinh"))
_RESULT, _COMPLETED, _SUPPORT, _LIMITS = 18 * mm, 13 * mm, 22 * mm, 22 * mm


def render_handover(minutes: Handover, stamp: PrintStamp) -> RenderedPdf:
    """The minutes as PDF/A-2u; the same minutes and stamp give the same bytes."""
    title = f"Biên bản bàn giao học sinh lớp {minutes.class_name}"
    return write_letter(title, minutes.school, stamp, partial(_write, m=minutes), no_progress)


def _write(letter: Letter, m: Handover) -> None:
    letter.head(m.school, m.number, m.day, m.month, m.year)
    where = "lên trung học cơ sở" if m.to_secondary else f"lên lớp {m.grade + 1}"
    letter.title(f"Bàn giao học sinh lớp {m.class_name} {where}, năm học {m.school_year}")
    flow = letter.flow
    flow.paragraph(
        f"Căn cứ Thông tư số {m.circular} về đánh giá học sinh tiểu học; hôm nay, hồi …… giờ …… "
        f"ngày …… tháng …… năm 20……, tại {m.school.name}, chúng tôi gồm:"
    )
    flow.paragraph(
        f"Bên giao: {m.homeroom_teacher or _DOTS}, giáo viên chủ nhiệm lớp {m.class_name}."
    )
    if m.to_secondary:
        flow.paragraph(f"Bên nhận: {m.receiver or _DOTS}, đại diện trường trung học cơ sở {_DOTS}.")
    else:
        to = m.receiving_class or f"{m.grade + 1}……, năm học 20……–20……"
        flow.paragraph(f"Bên nhận: {m.receiver or _DOTS}, giáo viên chủ nhiệm lớp {to}.")
    flow.paragraph(f"Chứng kiến: {m.principal or _DOTS}, Hiệu trưởng.")
    flow.paragraph("1. Kết quả chung", BODY_BOLD)
    for sentence in m.counts:
        flow.paragraph(sentence)
    flow.keep(_HEADING_AND_ROWS)
    flow.paragraph("2. Kết quả và những điều cần trao đổi về từng học sinh", BODY_BOLD)
    _table(letter, m)
    flow.paragraph("Hoàn thành CTLH: hoàn thành chương trình lớp học (đánh dấu x).")
    flow.keep(_HEADING_AND_ROWS)
    flow.paragraph("3. Hồ sơ bàn giao", BODY_BOLD)
    for paper in m.papers:
        flow.paragraph(f"– {paper}")
    receiving = "ĐẠI DIỆN TRƯỜNG NHẬN" if m.to_secondary else "GIÁO VIÊN NHẬN"
    letter.conclude(
        "4. Xác nhận",
        ("Hai bên đã trao đổi, đối chiếu hồ sơ và thống nhất nội dung trên.",),
        "Biên bản lập thành 03 bản: mỗi bên giữ một bản, một bản lưu tại trường./.",
        [
            (
                Signer("GIÁO VIÊN GIAO", m.homeroom_teacher),
                Signer(receiving, m.receiver),
                Signer("HIỆU TRƯỞNG", m.principal, stamped=True),
            )
        ],
        ("Bên giao, bên nhận;", f"Lưu: VT, hồ sơ lớp {m.class_name}."),
    )


def _table(letter: Letter, m: Handover) -> None:
    known = [width for width, _ in _FIXED] + [_RESULT] * m.has_result + [_COMPLETED]
    rest = FRAME.width - sum(known) - _LIMITS - _SUPPORT
    widths = [*known, rest, _LIMITS, _SUPPORT]
    heads = [head for _, head in _FIXED] + ["Kết quả giáo dục"] * m.has_result
    heads += ["Hoàn thành CTLH", "Nét nổi bật", "Hạn chế", "Cần hỗ trợ"]
    aligns = [Align.CENTER, Align.LEFT, Align.CENTER, *[Align.CENTER] * m.has_result]
    aligns += [Align.CENTER, Align.LEFT, Align.LEFT, Align.LEFT]
    rows = [_row(pupil, has_result=m.has_result) for pupil in m.pupils]
    letter.flow.table(widths, heads, rows, aligns)


def _row(pupil: HandoverPupil, *, has_result: bool) -> list[str]:
    return [
        str(pupil.position),
        pupil.name,
        pupil.birth_date,
        *([pupil.result] if has_result else []),
        pupil.completed,
        pupil.strengths,
        pupil.limits,
        pupil.support,
    ]
