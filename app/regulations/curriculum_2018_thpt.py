"""Môn học của Chương trình giáo dục phổ thông 2018, cấp THPT: compulsory, elective, cụm chuyên đề.

The three grades have the same table. Lessons a year other than Lịch sử (Thông tư 13/2022) are data
a school checks and corrects.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.subjects import SubjectKind
from app.errors import RuleRefused
from app.regulations.curriculum_subject import CurriculumSubject

GRADES = range(10, 13)

ELECTIVES_TAKEN = 4
"""Môn lựa chọn a class takes, of the nine."""

TOPIC_CLUSTERS = 3
"""Cụm chuyên đề học tập a class takes, each in a subject of its own."""

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


@dataclass(frozen=True, slots=True)
class PlannedSubject:
    """A subject of a class; `extra_tx` ĐĐGtx come on top of the circular's for a cụm chuyên đề.

    In which semester the extra one falls is the school's choice (TT22/2021, Điều 6, khoản 3).
    """

    subject: CurriculumSubject
    extra_tx: int


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


def class_plan(
    grade: int,
    electives: Collection[str],
    topics: Collection[str] = (),
    *,
    optional: Collection[str] = (),
) -> tuple[PlannedSubject, ...]:
    """What a class studies from codes of its môn lựa chọn, cụm chuyên đề and môn tự chọn.

    Raises RuleRefused unless there are four different môn lựa chọn, and no or three different cụm
    chuyên đề in subjects the class studies.
    """
    offered = subjects(grade, optional=True)
    _refuse_electives(electives, offered)
    _refuse_optional(optional, offered)
    studied = [
        subject
        for subject in offered
        if (not subject.elective or subject.code in electives)
        and (not subject.optional or subject.code in optional)
    ]
    _refuse_topics(topics, studied)
    return tuple(
        # A comment subject has two ĐĐGtx whatever it teaches (TT22/2021, Điều 6, khoản 2, điểm a).
        PlannedSubject(subject, int(subject.code in topics and subject.kind is _MARKS))
        for subject in studied
    )


def _refuse_electives(codes: Collection[str], offered: Collection[CurriculumSubject]) -> None:
    known = {subject.code: subject.name for subject in offered if subject.elective}
    unknown = sorted(set(codes) - set(known))
    if unknown:
        raise RuleRefused(
            "elective_unknown",
            f"Chương trình không có môn lựa chọn mang mã {', '.join(unknown)}; hãy chọn trong các "
            f"môn {', '.join(known.values())}.",
            codes=unknown,
        )
    if len(set(codes)) != ELECTIVES_TAKEN:
        raise RuleRefused(
            "electives_count",
            f"Lớp phải học đúng {ELECTIVES_TAKEN} môn lựa chọn, ở đây có {len(set(codes))}; hãy "
            "chọn lại.",
            count=len(set(codes)),
        )


def _refuse_optional(codes: Collection[str], offered: Collection[CurriculumSubject]) -> None:
    unknown = sorted(set(codes) - {subject.code for subject in offered if subject.optional})
    if unknown:
        raise RuleRefused(
            "subject_unknown",
            f"Chương trình không có môn tự chọn mang mã {', '.join(unknown)}; hãy chọn lại trong "
            "danh mục.",
            codes=unknown,
        )


def _refuse_topics(codes: Collection[str], studied: Collection[CurriculumSubject]) -> None:
    with_topics = {row.code for row in _TABLE if row.topics}
    allowed = {subject.code: subject.name for subject in studied if subject.code in with_topics}
    wrong = sorted(set(codes) - set(allowed))
    if wrong:
        raise RuleRefused(
            "topics_without_subject",
            f"Không có cụm chuyên đề cho mã {', '.join(wrong)} ở lớp này; hãy chọn trong các môn "
            f"lớp học có chuyên đề: {', '.join(allowed.values())}.",
            codes=wrong,
        )
    if codes and len(set(codes)) != TOPIC_CLUSTERS:
        raise RuleRefused(
            "topics_count",
            f"Lớp phải học đúng {TOPIC_CLUSTERS} cụm chuyên đề ở {TOPIC_CLUSTERS} môn khác nhau, ở "
            f"đây có {len(set(codes))}; hãy chọn lại.",
            count=len(set(codes)),
        )
