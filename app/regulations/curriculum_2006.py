"""Môn học của Chương trình giáo dục phổ thông 2006, lớp 9 và lớp 12 (the last classes under TT58).

Lessons a year follow one school's published plan (lớp 9) and common knowledge (lớp 12, chương
trình cơ bản): data a school starts from and corrects.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.periods import Term
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_subject import BOTH_TERMS, CurriculumSubject

GRADES = (9, 12)

_MARKS, _COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    short_name: str
    periods: int
    kind: SubjectKind = _MARKS
    optional: bool = False
    terms: frozenset[Term] = BOTH_TERMS


_TABLES = {
    9: (
        _Row("toan", "Toán", "Toán", 140),
        _Row("vat_li", "Vật lí", "Vật lí", 70),
        _Row("hoa_hoc", "Hóa học", "Hóa", 70),
        _Row("sinh_hoc", "Sinh học", "Sinh", 70),
        _Row("ngu_van", "Ngữ văn", "Ngữ văn", 175),
        _Row("lich_su", "Lịch sử", "Sử", 53),
        _Row("dia_li", "Địa lí", "Địa", 53),
        _Row("ngoai_ngu", "Ngoại ngữ", "Ngoại ngữ", 70),
        _Row("gdcd", "Giáo dục công dân", "GDCD", 35),
        _Row("cong_nghe", "Công nghệ", "Công nghệ", 35),
        _Row("the_duc", "Thể dục", "Thể dục", 70, _COMMENTS),
        # The plan found teaches each of the two arts in one semester; a school may swap them.
        _Row("am_nhac_hk1", "Âm nhạc", "Nhạc", 18, _COMMENTS, terms=frozenset({Term.HK1})),
        _Row("mi_thuat_hk2", "Mĩ thuật", "Mĩ thuật", 18, _COMMENTS, terms=frozenset({Term.HK2})),
        _Row("tin_hoc_tc", "Tin học (tự chọn)", "Tin học", 70, optional=True),
    ),
    12: (
        _Row("toan", "Toán", "Toán", 123),
        _Row("vat_li", "Vật lí", "Vật lí", 70),
        _Row("hoa_hoc", "Hóa học", "Hóa", 70),
        _Row("sinh_hoc", "Sinh học", "Sinh", 52),
        _Row("tin_hoc", "Tin học", "Tin học", 52),
        _Row("ngu_van", "Ngữ văn", "Ngữ văn", 105),
        _Row("lich_su", "Lịch sử", "Sử", 52),
        _Row("dia_li", "Địa lí", "Địa", 52),
        _Row("ngoai_ngu", "Ngoại ngữ", "Ngoại ngữ", 105),
        _Row("gdcd", "Giáo dục công dân", "GDCD", 35),
        _Row("cong_nghe", "Công nghệ", "Công nghệ", 35),
        _Row("gdqp_an", "Giáo dục quốc phòng và an ninh", "GDQP&AN", 35),
        _Row("the_duc", "Thể dục", "Thể dục", 70, _COMMENTS),
    ),
}


def subjects(grade: int, *, optional: bool = False) -> tuple[CurriculumSubject, ...]:
    """Subjects of grade 9 or 12 in the customary order; môn tự chọn only when `optional`.

    Raises RuleRefused for another grade.
    """
    table = _TABLES.get(grade)
    if table is None:
        raise RuleRefused(
            "grade_outside_stage",
            f"Danh mục môn học của Chương trình 2006 ở đây chỉ có lớp 9 và lớp 12, không có lớp "
            f"{grade}; hãy chọn đúng khối lớp hoặc tự lập danh mục môn.",
            grade=grade,
        )
    return tuple(
        CurriculumSubject(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            periods=row.periods,
            position=position,
            optional=row.optional,
            terms=row.terms,
        )
        for position, row in enumerate(table, 1)
        if optional or not row.optional
    )
