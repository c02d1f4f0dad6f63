"""Mẫu để điền: the empty table of one sheet and term, worded so that the import knows it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.subjects import SubjectKind, column_title
from app.importing.first_issue_headings import is_first_issue
from app.presses import PlainTable
from app.text import date_vn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.periods import EntryTerm
    from app.importing.pupil_matching import SheetPupil
    from app.readmodels.mark_sheet import MarkSheetView

_LEGENDS = {
    SubjectKind.LEVELS: (
        "Mức đạt được: T (Hoàn thành tốt), H (Hoàn thành), C (Chưa hoàn thành). Điểm KTĐK là số "
        "nguyên."
    ),
    SubjectKind.TRAITS: "Mức đạt được: T (Tốt), Đ (Đạt), C (Cần cố gắng). Cột khen thưởng ghi x.",
    SubjectKind.COMMENTS: "Chỉ ghi Đ (Đạt) hoặc CĐ (Chưa đạt).",
    SubjectKind.MARKS: "Điểm từ 0 đến 10, nhiều nhất một chữ số thập phân.",
}


def mark_form(
    view: MarkSheetView, term: EntryTerm, pupils: Sequence[SheetPupil], codes: Sequence[str]
) -> PlainTable:
    """One line a pupil still in the class and taking the subject; `codes` as the paper has them."""
    taking = {row.pupil_id for row in view.rows if row.taken and row.left_on is None}
    primary = view.kind.is_primary
    plain = not primary and not is_first_issue(codes)
    heads = [code.upper() if plain else column_title(code) for code in codes]
    rows: list[list[str | int | None]] = [
        ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh", *heads, "Nhận xét"]
    ]
    here = [pupil for pupil in pupils if pupil.pupil_id in taking]
    for number, pupil in enumerate(here, 1):
        blank: list[str | int | None] = [None] * (len(codes) + 1)
        born = date_vn(pupil.birth_date)
        rows.append([number, pupil.ministry_code or None, pupil.full_name, born or None, *blank])
    title = "BẢNG ĐÁNH GIÁ HỌC SINH" if primary else "BẢNG ĐIỂM CHI TIẾT"
    return PlainTable(
        f"{view.subject_name} {view.class_name}",
        rows,
        (
            title,
            f"Môn học: {view.subject_name}",
            f"Lớp: {view.class_name} - {term.label} - Năm học {view.school_year}",
            _LEGENDS.get(view.kind, ""),
        ),
    )
