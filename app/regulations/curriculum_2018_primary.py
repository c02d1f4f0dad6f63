"""Chương trình giáo dục phổ thông 2018, cấp tiểu học: rows, Điểm KTĐK matrix, phẩm chất, năng lực.

TT27/2020, Điều 5 and Điều 7, khoản 1, điểm b. Tin học và Công nghệ and Nghệ thuật are one subject
of the programme each but two rows of the forms, with half of its lessons each.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.periods import Period
from app.regulations.primary_curriculum import (
    ALL_GRADES,
    PrimaryCurriculum,
    SubjectRow,
    TestMatrix,
    Trait,
    TraitGroup,
    require_grade,
)

_LOWER, _MIDDLE, _UPPER = (1, 2, 3), (3, 4, 5), (4, 5)


def _lessons(number: int, grades: tuple[int, ...] = ALL_GRADES) -> Mapping[int, int]:
    return dict.fromkeys(grades, number)


_ROWS = (
    SubjectRow(
        "tieng_viet", "Tiếng Việt", "Tiếng Việt", lessons={1: 420, 2: 350, **_lessons(245, _MIDDLE)}
    ),
    SubjectRow("toan", "Toán", "Toán", lessons={1: 105, **_lessons(175, (2, 3, 4, 5))}),
    SubjectRow(
        "ngoai_ngu_1",
        "Ngoại ngữ 1",
        "Ngoại ngữ 1",
        optional_in=(1, 2),
        lessons={**_lessons(70, (1, 2)), **_lessons(140, _MIDDLE)},
        aliases=("Ngoại ngữ",),
    ),
    SubjectRow("ls_dl", "Lịch sử và Địa lí", "LS&ĐL", grades=_UPPER, lessons=_lessons(70, _UPPER)),
    SubjectRow("khoa_hoc", "Khoa học", "Khoa học", grades=_UPPER, lessons=_lessons(70, _UPPER)),
    SubjectRow(
        "tin_hoc",
        "Tin học và Công nghệ (Tin học)",
        "Tin học",
        grades=_MIDDLE,
        lessons=_lessons(35, _MIDDLE),
        aliases=("Tin học và Công nghệ",),
    ),
    SubjectRow(
        "cong_nghe",
        "Tin học và Công nghệ (Công nghệ)",
        "Công nghệ",
        grades=_MIDDLE,
        lessons=_lessons(35, _MIDDLE),
    ),
    SubjectRow("dao_duc", "Đạo đức", "Đạo đức", lessons=_lessons(35)),
    SubjectRow("tnxh", "Tự nhiên và Xã hội", "TN-XH", grades=_LOWER, lessons=_lessons(70, _LOWER)),
    SubjectRow("gdtc", "Giáo dục thể chất", "GDTC", lessons=_lessons(70)),
    SubjectRow(
        "am_nhac",
        "Nghệ thuật (Âm nhạc)",
        "Âm nhạc",
        lessons=_lessons(35),
        aliases=("Nghệ thuật",),
    ),
    SubjectRow("mi_thuat", "Nghệ thuật (Mĩ thuật)", "Mĩ thuật", lessons=_lessons(35)),
    SubjectRow("hdtn", "Hoạt động trải nghiệm", "HĐTN", lessons=_lessons(105)),
    SubjectRow(
        "tieng_dtts",
        "Tiếng dân tộc",
        "Tiếng dân tộc",
        optional_in=ALL_GRADES,
        lessons=_lessons(70),
        aliases=("Tiếng dân tộc thiểu số",),
    ),
)

_CORE = ("tieng_viet", "toan")
_GRADE_3 = (*_CORE, "ngoai_ngu_1", "tin_hoc", "cong_nghe")
_UPPER_TESTS = (*_CORE, "ngoai_ngu_1", "ls_dl", "khoa_hoc", "tin_hoc", "cong_nghe")

_ENDS_ONLY_CORE = {Period.CK1: _CORE, Period.CN: _CORE}
_FOUR_PERIODS = {
    Period.GK1: _CORE,
    Period.CK1: _UPPER_TESTS,
    Period.GK2: _CORE,
    Period.CN: _UPPER_TESTS,
}

TESTS: TestMatrix = {
    1: _ENDS_ONLY_CORE,
    2: _ENDS_ONLY_CORE,
    3: {Period.CK1: _GRADE_3, Period.CN: _GRADE_3},
    4: _FOUR_PERIODS,
    5: _FOUR_PERIODS,
}
"""Subjects with a Điểm KTĐK (Điều 7, khoản 1, điểm b)."""

CURRICULUM_2018 = PrimaryCurriculum(
    id="CT2018",
    name="Chương trình giáo dục phổ thông 2018",
    rows=_ROWS,
    tests=TESTS,
)

_EVERYWHERE = (
    Trait("yeu_nuoc", "Yêu nước", TraitGroup.QUALITIES_2018),
    Trait("nhan_ai", "Nhân ái", TraitGroup.QUALITIES_2018),
    Trait("cham_chi", "Chăm chỉ", TraitGroup.QUALITIES_2018),
    Trait("trung_thuc", "Trung thực", TraitGroup.QUALITIES_2018),
    Trait("trach_nhiem", "Trách nhiệm", TraitGroup.QUALITIES_2018),
    Trait("tu_chu", "Tự chủ và tự học", TraitGroup.GENERAL),
    Trait("giao_tiep", "Giao tiếp và hợp tác", TraitGroup.GENERAL),
    Trait("giai_quyet", "Giải quyết vấn đề và sáng tạo", TraitGroup.GENERAL),
)

_SPECIFIC = (
    Trait("ngon_ngu", "Ngôn ngữ", TraitGroup.SPECIFIC),
    Trait("tinh_toan", "Tính toán", TraitGroup.SPECIFIC),
    Trait("khoa_hoc", "Khoa học", TraitGroup.SPECIFIC),
    Trait("cong_nghe", "Công nghệ", TraitGroup.SPECIFIC),
    Trait("tin_hoc", "Tin học", TraitGroup.SPECIFIC),
    Trait("tham_mi", "Thẩm mĩ", TraitGroup.SPECIFIC),
    Trait("the_chat", "Thể chất", TraitGroup.SPECIFIC),
)

_FOUR = ("ngon_ngu", "tinh_toan", "tham_mi", "the_chat")
_ALL_SEVEN = tuple(trait.code for trait in _SPECIFIC)

SpecificCompetences = Mapping[int, tuple[str, ...]]
"""Grade -> codes of the năng lực đặc thù that are assessed."""

SCIENCE_FROM_GRADE_4: SpecificCompetences = {
    1: _FOUR,
    2: _FOUR,
    3: (*_FOUR, "cong_nghe", "tin_hoc"),
    4: _ALL_SEVEN,
    5: _ALL_SEVEN,
}
"""Năng lực Khoa học starts with the subject Khoa học: 12, 14 and 15 traits."""

SCIENCE_FROM_GRADE_1: SpecificCompetences = {
    1: (*_FOUR, "khoa_hoc"),
    2: (*_FOUR, "khoa_hoc"),
    3: _ALL_SEVEN,
    4: _ALL_SEVEN,
    5: _ALL_SEVEN,
}
"""Năng lực Khoa học in every grade, as some schools record it: 13, 15 and 15 traits."""


def traits(grade: int, specific: SpecificCompetences = SCIENCE_FROM_GRADE_4) -> tuple[Trait, ...]:
    """Phẩm chất chủ yếu and năng lực cốt lõi of a grade in print order (Điều 5).

    Raises RuleRefused for a grade outside 1 to 5.
    """
    require_grade(grade)
    return (*_EVERYWHERE, *(trait for trait in _SPECIFIC if trait.code in specific[grade]))
