"""Bảng tổng hợp: as many columns as the forms of TT27/2020 and TT22/2016 have."""

import pytest

from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.domain.year_end import NO_SUMMER
from app.regulations.primary_columns import TRAIT_NAMES, subject_columns, trait_columns
from app.regulations.registry import primary_regulation
from app.services.primary_inputs import PrimaryFacts
from app.services.primary_summary import summary_columns

FIXED = 4
"""STT, name, birth date, Nữ."""


def columns(circular: str, grade: int, period: Period) -> int:
    klass = SchoolClass(1, 1, grade, f"{grade}A", circular)
    facts = PrimaryFacts(klass, (), (), (), {}, NO_SUMMER)
    return FIXED + len(summary_columns(facts, period))


@pytest.mark.parametrize(
    ("grade", "middle", "ck1", "year"), [(1, 27, 29, 36), (2, 27, 29, 36), (3, 31, 36, 43),
                                         (4, 35, 40, 47), (5, 35, 40, 47)]
)  # fmt: skip
def test_the_nine_forms_of_tt27(grade, middle, ck1, year):
    found = [columns("TT27/2020", grade, p) for p in (Period.GK1, Period.CK1, Period.CN)]
    assert found == [middle, ck1, year]
    assert columns("TT27/2020", grade, Period.GK2) == middle


def test_the_forms_of_tt22_for_the_upper_grades():
    found = [columns("TT22/2016", 5, p) for p in (Period.GK1, Period.CK1, Period.CN)]
    assert found == [26, 31, 34]


def shapes(circular: str, grade: int, period: Period) -> str:
    """The columns by their own headings, "m+K" for a level with its test."""
    klass = SchoolClass(1, 1, grade, f"{grade}A", circular)
    facts = PrimaryFacts(klass, (), (), (), {}, NO_SUMMER)
    words: list[str] = []
    for column in summary_columns(facts, period):
        if column.heads[-1] == "Điểm KTĐK":
            words[-1] += "+K"
        else:
            words.append(column.heads[1 if column.heads[-1] == "Mức đạt được" else -1])
    return " | ".join(words)


_TAIL = (
    "Hoàn thành xuất sắc | Hoàn thành tốt | Hoàn thành | Chưa hoàn thành | Cuối năm | Đột xuất | "
    "Chưa được lên lớp | Ghi chú"
)
_GENERAL = (
    "Yêu nước | Nhân ái | Chăm chỉ | Trung thực | Trách nhiệm | Tự chủ và tự học | "
    "Giao tiếp và hợp tác | Giải quyết vấn đề và sáng tạo | Ngôn ngữ | Tính toán | "
)
_ARTS = "Giáo dục thể chất | Âm nhạc | Mĩ thuật | Hoạt động trải nghiệm | Tiếng dân tộc | "
_TESTED = "Tiếng Việt+K | Toán+K | "
_LOWER = f"Ngoại ngữ 1 | Đạo đức | Tự nhiên và Xã hội | {_ARTS}{_GENERAL}Thẩm mĩ | Thể chất | "
_THIRD = (
    f"Đạo đức | Tự nhiên và Xã hội | {_ARTS}{_GENERAL}Công nghệ | Tin học | Thẩm mĩ | Thể chất | "
)
_THIRD_TESTED = (
    f"{_TESTED}Ngoại ngữ 1+K | Tin học và Công nghệ (Tin học)+K | "
    f"Tin học và Công nghệ (Công nghệ)+K | {_THIRD}"
)
_UPPER = f"Đạo đức | {_ARTS}{_GENERAL}Khoa học | Công nghệ | Tin học | Thẩm mĩ | Thể chất | "
_UPPER_TESTED = (
    f"{_TESTED}Ngoại ngữ 1+K | Lịch sử và Địa lí+K | Khoa học+K | "
    f"Tin học và Công nghệ (Tin học)+K | Tin học và Công nghệ (Công nghệ)+K | {_UPPER}"
)
NINE_FORMS = {
    (1, Period.GK1): f"Tiếng Việt | Toán | {_LOWER}Ghi chú",
    (1, Period.CK1): f"{_TESTED}{_LOWER}Ghi chú",
    (1, Period.CN): f"{_TESTED}{_LOWER}{_TAIL}",
    (3, Period.GK1): f"Tiếng Việt | Toán | Ngoại ngữ 1 | Tin học | Công nghệ | {_THIRD}Ghi chú",
    (3, Period.CK1): f"{_THIRD_TESTED}Ghi chú",
    (3, Period.CN): f"{_THIRD_TESTED}{_TAIL}",
    (4, Period.GK1): (
        f"{_TESTED}Ngoại ngữ 1 | Lịch sử và Địa lí | Khoa học | Tin học | Công nghệ | {_UPPER}"
        "Ghi chú"
    ),
    (4, Period.CK1): f"{_UPPER_TESTED}Ghi chú",
    (4, Period.CN): f"{_UPPER_TESTED}{_TAIL}",
}
"""Phụ lục 2, forms 1 to 9: the columns behind name, birth date and Nữ, in their order."""


@pytest.mark.parametrize(("grade", "period"), NINE_FORMS)
def test_each_of_the_nine_forms_has_its_columns_in_order(grade, period):
    assert shapes("TT27/2020", grade, period) == NINE_FORMS[grade, period]


def test_forms_of_tt22_have_their_columns_in_order():
    old = (
        "Đạo đức | Âm nhạc | Mĩ thuật | Kĩ thuật | Thể dục | Tự phục vụ, tự quản | Hợp tác | "
        "Tự học và giải quyết vấn đề | Chăm học, chăm làm | Tự tin, trách nhiệm | "
        "Trung thực, kỉ luật | Đoàn kết, yêu thương | "
    )
    middle = "Khoa học | Lịch sử và Địa lí | Ngoại ngữ | Tin học | Tiếng dân tộc | "
    tested = middle.replace(" | ", "+K | ")
    assert shapes("TT22/2016", 5, Period.GK1) == f"{_TESTED}{middle}{old}Ghi chú"
    assert shapes("TT22/2016", 5, Period.CK1) == f"{_TESTED}{tested}{old}Ghi chú"
    tail = "Khen thưởng | Hoàn thành chương trình lớp học | Lên lớp | Ghi chú"
    assert shapes("TT22/2016", 5, Period.CN) == f"{_TESTED}{tested}{old}{tail}"


@pytest.mark.parametrize(
    ("grade", "tests", "traits"), [(1, 4, 12), (2, 4, 12), (3, 10, 14), (4, 18, 15), (5, 18, 15)]
)
def test_tests_and_traits_of_a_year(grade, tests, traits):
    rules = primary_regulation("TT27/2020")
    rows = rules.curriculum.subjects(grade, optional=True)
    found = [subject_columns(rules.curriculum, grade, row.code) for row in rows]
    assert sum("ktdk" in codes for one in found for codes in one.values()) == tests
    sheet = trait_columns(rules.curriculum, rules.traits(grade))
    assert len(sheet[Period.CK1]) == traits
    assert len(sheet[Period.CN]) == traits + 3
    assert all(code in TRAIT_NAMES for code in sheet[Period.GK1])


def test_the_old_programme_has_its_own_seven():
    rules = primary_regulation("TT22/2016")
    names = [TRAIT_NAMES[c] for c in trait_columns(rules.curriculum, rules.traits(5))[Period.GK1]]
    assert len(names) == 7
    assert "Trung thực, kỉ luật" in names
    assert "Trung thực" not in names
