"""Chương trình 2006, cấp tiểu học (until lớp 5 of 2023-2024): rows, tests, năng lực, phẩm chất.

Rows and traits as the forms of TT22/2016 print them; lessons a year only where a source gives them.
"""

from __future__ import annotations

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

_LOWER, _UPPER = (1, 2, 3), (4, 5)

_ROWS = (
    SubjectRow("tieng_viet", "Tiếng Việt", "Tiếng Việt", lessons={5: 280}),
    SubjectRow("toan", "Toán", "Toán", lessons={5: 175}),
    SubjectRow(
        "tnxh",
        "Tự nhiên và Xã hội",
        "TN-XH",
        grades=_LOWER,
        aliases=("Tự nhiên và xã hội",),
    ),
    SubjectRow("khoa_hoc", "Khoa học", "Khoa học", grades=_UPPER, lessons={5: 70}),
    SubjectRow("ls_dl", "Lịch sử và Địa lí", "LS&ĐL", grades=_UPPER, lessons={5: 70}),
    SubjectRow("ngoai_ngu", "Ngoại ngữ", "Ngoại ngữ", optional_in=ALL_GRADES),
    SubjectRow("tin_hoc", "Tin học", "Tin học", optional_in=ALL_GRADES),
    SubjectRow("tieng_dt", "Tiếng dân tộc", "Tiếng dân tộc", optional_in=ALL_GRADES),
    SubjectRow("dao_duc", "Đạo đức", "Đạo đức", lessons={5: 35}),
    SubjectRow("am_nhac", "Âm nhạc", "Âm nhạc", lessons={5: 35}),
    SubjectRow("mi_thuat", "Mĩ thuật", "Mĩ thuật", lessons={5: 35}),
    SubjectRow("thu_cong", "Thủ công", "Thủ công", grades=_LOWER),
    SubjectRow("ki_thuat", "Kĩ thuật", "Kĩ thuật", grades=_UPPER, lessons={5: 35}),
    SubjectRow("the_duc", "Thể dục", "Thể dục", lessons={5: 70}),
)

_CORE = ("tieng_viet", "toan")
_CHOSEN = ("ngoai_ngu", "tin_hoc", "tieng_dt")
_LOWER_TESTS = (*_CORE, *_CHOSEN)
_UPPER_TESTS = (*_CORE, "khoa_hoc", "ls_dl", *_CHOSEN)

_ENDS_ONLY = {Period.CK1: _LOWER_TESTS, Period.CN: _LOWER_TESTS}
_FOUR_PERIODS = {
    Period.GK1: _CORE,
    Period.CK1: _UPPER_TESTS,
    Period.GK2: _CORE,
    Period.CN: _UPPER_TESTS,
}

TESTS: TestMatrix = {
    1: _ENDS_ONLY,
    2: _ENDS_ONLY,
    3: _ENDS_ONLY,
    4: _FOUR_PERIODS,
    5: _FOUR_PERIODS,
}
"""Subjects with a Điểm KTĐK, those actually taught (TT22/2016; Điều 10 of the merged text)."""

CURRICULUM_2006 = PrimaryCurriculum(
    id="CT2006",
    name="Chương trình giáo dục phổ thông ban hành theo Quyết định 16/2006/QĐ-BGDĐT",
    rows=_ROWS,
    tests=TESTS,
)

_TRAITS = (
    Trait("tu_phuc_vu", "Tự phục vụ, tự quản", TraitGroup.COMPETENCES_2006),
    Trait("hop_tac", "Hợp tác", TraitGroup.COMPETENCES_2006),
    Trait("tu_hoc", "Tự học và giải quyết vấn đề", TraitGroup.COMPETENCES_2006),
    Trait("cham_hoc", "Chăm học, chăm làm", TraitGroup.QUALITIES_2006),
    Trait("tu_tin", "Tự tin, trách nhiệm", TraitGroup.QUALITIES_2006),
    Trait("trung_thuc", "Trung thực, kỉ luật", TraitGroup.QUALITIES_2006),
    Trait("doan_ket", "Đoàn kết, yêu thương", TraitGroup.QUALITIES_2006),
)


def traits(grade: int) -> tuple[Trait, ...]:
    """Năng lực and phẩm chất in print order, the same in every grade.

    Raises RuleRefused for a grade outside 1 to 5.
    """
    require_grade(grade)
    return _TRAITS
