"""Môn học của Chương trình giáo dục phổ thông 2018, cấp THCS: names, kinds and lessons a year.

Data a school starts from; what it changes is kept with its own school year.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_subject import CurriculumSubject

GRADES = range(6, 10)

_MARKS, _COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    short_name: str
    kind: SubjectKind
    periods: tuple[int, int, int, int]
    """Grades 6, 7, 8, 9."""
    optional: bool = False


_TABLE = (
    _Row("ngu_van", "Ngữ văn", "Ngữ văn", _MARKS, (140, 140, 140, 140)),
    _Row("toan", "Toán", "Toán", _MARKS, (140, 140, 140, 140)),
    _Row("ngoai_ngu_1", "Ngoại ngữ 1", "Ngoại ngữ 1", _MARKS, (105, 105, 105, 105)),
    _Row("gdcd", "Giáo dục công dân", "GDCD", _MARKS, (35, 35, 35, 35)),
    _Row("ls_dl", "Lịch sử và Địa lí", "LS&ĐL", _MARKS, (105, 105, 105, 105)),
    _Row("khtn", "Khoa học tự nhiên", "KHTN", _MARKS, (140, 140, 140, 140)),
    _Row("cong_nghe", "Công nghệ", "Công nghệ", _MARKS, (35, 35, 52, 52)),
    _Row("tin_hoc", "Tin học", "Tin học", _MARKS, (35, 35, 35, 35)),
    _Row("gdtc", "Giáo dục thể chất", "GDTC", _COMMENTS, (70, 70, 70, 70)),
    _Row("nghe_thuat", "Nghệ thuật", "Nghệ thuật", _COMMENTS, (70, 70, 70, 70)),
    _Row(
        "hdtn_hn",
        "Hoạt động trải nghiệm, hướng nghiệp",
        "HĐTN,HN",
        _COMMENTS,
        (105, 105, 105, 105),
    ),
    _Row("gddp", "Nội dung giáo dục của địa phương", "GDĐP", _COMMENTS, (35, 35, 35, 35)),
    _Row(
        "tieng_dtts",
        "Tiếng dân tộc thiểu số",
        "Tiếng DTTS",
        _MARKS,
        (105, 105, 105, 105),
        optional=True,
    ),
    _Row("ngoai_ngu_2", "Ngoại ngữ 2", "Ngoại ngữ 2", _MARKS, (105, 105, 105, 105), optional=True),
)


def subjects(grade: int, *, optional: bool = False) -> tuple[CurriculumSubject, ...]:
    """Subjects of a grade in the customary order; môn tự chọn only when `optional`.

    Raises RuleRefused for a grade outside 6 to 9.
    """
    if grade not in GRADES:
        raise RuleRefused(
            "grade_outside_stage",
            f"Lớp {grade} không thuộc cấp THCS (lớp 6 đến lớp 9) nên không có danh mục môn học ở "
            "đây; hãy chọn đúng khối lớp.",
            grade=grade,
        )
    return tuple(
        CurriculumSubject(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            periods=row.periods[grade - GRADES.start],
            position=position,
            optional=row.optional,
        )
        for position, row in enumerate(_TABLE, 1)
        if optional or not row.optional
    )
