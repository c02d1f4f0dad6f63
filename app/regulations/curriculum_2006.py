"""Môn học của Chương trình giáo dục phổ thông 2006, cấp THCS and THPT (cơ bản): the years of TT58.

Lessons a year of lớp 9 follow one school's published plan, those of the other grades the
programme's common frame: data a school starts from and corrects.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.periods import Term
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_subject import BOTH_TERMS, CurriculumSubject

_MARKS, _COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS
_HK1, _HK2 = frozenset({Term.HK1}), frozenset({Term.HK2})


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    short_name: str
    periods: tuple[int, ...]
    """By grade of the stage; 0 where the grade does not study it."""
    kind: SubjectKind = _MARKS
    optional: bool = False
    terms: frozenset[Term] = BOTH_TERMS


_THCS = (
    _Row("toan", "Toán", "Toán", (140, 140, 140, 140)),
    _Row("vat_li", "Vật lí", "Vật lí", (35, 35, 35, 70)),
    _Row("hoa_hoc", "Hóa học", "Hóa", (0, 0, 70, 70)),
    _Row("sinh_hoc", "Sinh học", "Sinh", (70, 70, 70, 70)),
    _Row("ngu_van", "Ngữ văn", "Ngữ văn", (140, 140, 140, 175)),
    _Row("lich_su", "Lịch sử", "Sử", (35, 70, 52, 53)),
    _Row("dia_li", "Địa lí", "Địa", (35, 70, 52, 53)),
    _Row("ngoai_ngu", "Ngoại ngữ", "Ngoại ngữ", (105, 105, 105, 70)),
    _Row("gdcd", "Giáo dục công dân", "GDCD", (35, 35, 35, 35)),
    _Row("cong_nghe", "Công nghệ", "Công nghệ", (70, 52, 52, 35)),
    _Row("the_duc", "Thể dục", "Thể dục", (70, 70, 70, 70), _COMMENTS),
    _Row("am_nhac", "Âm nhạc", "Nhạc", (35, 35, 35, 0), _COMMENTS),
    _Row("mi_thuat", "Mĩ thuật", "Mĩ thuật", (35, 35, 35, 0), _COMMENTS),
    # The plan found teaches each of the two arts of lớp 9 in one semester; a school may swap them.
    _Row("am_nhac_hk1", "Âm nhạc", "Nhạc", (0, 0, 0, 18), _COMMENTS, terms=_HK1),
    _Row("mi_thuat_hk2", "Mĩ thuật", "Mĩ thuật", (0, 0, 0, 18), _COMMENTS, terms=_HK2),
    _Row("tin_hoc_tc", "Tin học (tự chọn)", "Tin học", (70, 70, 70, 70), optional=True),
)
_THPT = (
    _Row("toan", "Toán", "Toán", (105, 123, 123)),
    _Row("vat_li", "Vật lí", "Vật lí", (70, 70, 70)),
    _Row("hoa_hoc", "Hóa học", "Hóa", (70, 70, 70)),
    _Row("sinh_hoc", "Sinh học", "Sinh", (35, 52, 52)),
    _Row("tin_hoc", "Tin học", "Tin học", (70, 52, 52)),
    _Row("ngu_van", "Ngữ văn", "Ngữ văn", (105, 123, 105)),
    _Row("lich_su", "Lịch sử", "Sử", (52, 35, 52)),
    _Row("dia_li", "Địa lí", "Địa", (52, 35, 52)),
    _Row("ngoai_ngu", "Ngoại ngữ", "Ngoại ngữ", (105, 105, 105)),
    _Row("gdcd", "Giáo dục công dân", "GDCD", (35, 35, 35)),
    _Row("cong_nghe", "Công nghệ", "Công nghệ", (52, 52, 35)),
    _Row("gdqp_an", "Giáo dục quốc phòng và an ninh", "GDQP&AN", (35, 35, 35)),
    _Row("the_duc", "Thể dục", "Thể dục", (70, 70, 70), _COMMENTS),
)
_STAGES = ((range(6, 10), _THCS), (range(10, 13), _THPT))


def subjects(grade: int, *, optional: bool = False) -> tuple[CurriculumSubject, ...]:
    """Subjects of grades 6 to 12 in the customary order; môn tự chọn only when `optional`.

    Raises RuleRefused for another grade.
    """
    for grades, table in _STAGES:
        if grade in grades:
            at = grade - grades.start
            studied = [row for row in table if row.periods[at]]
            return tuple(
                CurriculumSubject(
                    code=row.code,
                    name=row.name,
                    short_name=row.short_name,
                    kind=row.kind,
                    periods=row.periods[at],
                    position=position,
                    optional=row.optional,
                    terms=row.terms,
                )
                for position, row in enumerate(studied, 1)
                if optional or not row.optional
            )
    raise RuleRefused(
        "grade_outside_stage",
        f"Danh mục môn học của Chương trình 2006 ở đây có lớp 6 đến lớp 12, không có lớp {grade}; "
        "hãy chọn đúng khối lớp.",
        grade=grade,
    )
