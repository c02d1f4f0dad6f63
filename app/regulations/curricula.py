"""Which programme a secondary grade follows in a school year, and its subjects.

Chương trình 2018 and TT22/2021 came to each grade in the same year, so the circular tells.
"""

from __future__ import annotations

from app.errors import RuleRefused
from app.regulations import curriculum_2006, curriculum_2018_thcs, curriculum_2018_thpt
from app.regulations.curriculum_subject import CurriculumSubject
from app.regulations.registry import regulation_id
from app.regulations.tt58_2011 import TT58_2011
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE


def curriculum_subjects(
    grade: int, first_year: int, *, optional: bool = False
) -> tuple[CurriculumSubject, ...]:
    """Subjects of grades 6 to 12 in the school year that starts in `first_year`, in order.

    Môn tự chọn only when `optional`; every môn lựa chọn of THPT is there. Raises RuleRefused for a
    grade or year the program has no table for.
    """
    if grade not in TT58_2011.grades:
        raise RuleRefused(
            "grade_outside_stage",
            f"Lớp {grade} không thuộc cấp trung học nên không có danh mục môn học ở đây; hãy chọn "
            "đúng khối lớp.",
            grade=grade,
        )
    if regulation_id(grade, first_year) in (TT58_2011.id, TT58_FIRST_ISSUE.id):
        return curriculum_2006.subjects(grade, optional=optional)
    if grade in curriculum_2018_thcs.GRADES:
        return curriculum_2018_thcs.subjects(grade, optional=optional)
    return curriculum_2018_thpt.subjects(grade, optional=optional)
