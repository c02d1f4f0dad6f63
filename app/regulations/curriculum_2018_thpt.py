"""Môn học của Chương trình giáo dục phổ thông 2018, cấp THPT: compulsory, elective, cụm chuyên đề.

The three grades have the same table. Lessons a year other than Lịch sử (Thông tư 13/2022) are data
a school checks and corrects.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_subject import CurriculumSubject

GRADES = range(10, 13)

_MARKS, _COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    short_name: str
    periods: int
    kind: SubjectKind = _MARKS
    elective: bool = False
    optional: bool = False
    topics: bool = False
    """Whether the programme has a cụm chuyên đề in this subject."""


_TABLE = (
    _Row("ngu_van", "Ngữ văn", "Ngữ văn", 105, topics=True),
    _Row("toan", "Toán", "Toán", 105, topics=True),
    _Row("ngoai_ngu_1", "Ngoại ngữ 1", "Ngoại ngữ 1", 105),
    _Row("lich_su", "Lịch sử", "Lịch sử", 52, topics=True),
    _Row("dia_li", "Địa lí", "Địa lí", 70, elective=True, topics=True),
    _Row("gdkt_pl", "Giáo dục kinh tế và pháp luật", "GDKT&PL", 70, elective=True, topics=True),
    _Row("vat_li", "Vật lí", "Vật lí", 70, elective=True, topics=True),
    _Row("hoa_hoc", "Hóa học", "Hóa học", 70, elective=True, topics=True),
    _Row("sinh_hoc", "Sinh học", "Sinh học", 70, elective=True, topics=True),
    _Row("cong_nghe", "Công nghệ", "Công nghệ", 70, elective=True, topics=True),
    _Row("tin_hoc", "Tin học", "Tin học", 70, elective=True, topics=True),
    _Row("am_nhac", "Âm nhạc", "Âm nhạc", 70, _COMMENTS, elective=True, topics=True),
    _Row("mi_thuat", "Mĩ thuật", "Mĩ thuật", 70, _COMMENTS, elective=True, topics=True),
    _Row("gdqp_an", "Giáo dục quốc phòng và an ninh", "GDQP&AN", 35),
    _Row("gdtc", "Giáo dục thể chất", "GDTC", 70, _COMMENTS),
    _Row("hdtn_hn", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN,HN", 105, _COMMENTS),
    _Row("gddp", "Nội dung giáo dục của địa phương", "GDĐP", 35, _COMMENTS),
    _Row("tieng_dtts", "Tiếng dân tộc thiểu số", "Tiếng DTTS", 105, optional=True),
    _Row("ngoai_ngu_2", "Ngoại ngữ 2", "Ngoại ngữ 2", 105, optional=True),
)


TOPIC_CODES = frozenset(row.code for row in _TABLE if row.topics)
"""Subjects in which the programme has a cụm chuyên đề học tập."""


def subjects(grade: int, *, optional: bool = False) -> tuple[CurriculumSubject, ...]:
    """Compulsory and all elective subjects in order; môn tự chọn only when `optional`.

    Raises RuleRefused for a grade outside 10 to 12.
    """
    if grade not in GRADES:
        raise RuleRefused(
            "grade_outside_stage",
            f"Lớp {grade} không thuộc cấp THPT (lớp 10 đến lớp 12) nên không có danh mục môn học "
            "ở đây; hãy chọn đúng khối lớp.",
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
            elective=row.elective,
        )
        for position, row in enumerate(_TABLE, 1)
        if optional or not row.optional
    )
