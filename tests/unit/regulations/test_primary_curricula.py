from __future__ import annotations

import unicodedata

import pytest

from app.domain.periods import Period
from app.errors import RuleRefused
from app.regulations import curriculum_2006_primary, curriculum_2018_primary
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.curriculum_2018_primary import CURRICULUM_2018, SCIENCE_FROM_GRADE_1
from app.regulations.primary_curriculum import GRADES, PrimaryCurriculum, TraitGroup
from app.regulations.primary_settings import PrimarySettings
from app.regulations.registry import primary_regulation, regulation_id
from app.regulations.tt27_2020 import Tt27Regulation

PERIODS = (Period.GK1, Period.CK1, Period.GK2, Period.CN)
BOTH = pytest.mark.parametrize("curriculum", [CURRICULUM_2018, CURRICULUM_2006])


def names(curriculum: PrimaryCurriculum, codes: tuple[str, ...]) -> list[str]:
    return [row.short_name for row in curriculum.rows if row.code in codes]


def short_names(curriculum: PrimaryCurriculum, grade: int, *, optional: bool = False) -> list[str]:
    return [row.short_name for row in curriculum.subjects(grade, optional=optional)]


@pytest.mark.parametrize(("grade", "rows"), [(1, 8), (2, 8), (3, 11), (4, 12), (5, 12)])
def test_recorded_rows_of_2018(grade: int, rows: int):
    assert len(CURRICULUM_2018.subjects(grade)) == rows
    optional = 2 if grade <= 2 else 1
    assert len(CURRICULUM_2018.subjects(grade, optional=True)) == rows + optional


@pytest.mark.parametrize(("grade", "total"), [(1, 875), (2, 875), (3, 980), (4, 1050), (5, 1050)])
def test_lessons_a_year_of_2018(grade: int, total: int):
    assert sum(row.lessons or 0 for row in CURRICULUM_2018.subjects(grade)) == total
    assert all(row.lessons for row in CURRICULUM_2018.subjects(grade, optional=True))


def test_rows_of_2018_in_the_order_of_the_forms():
    assert short_names(CURRICULUM_2018, 1, optional=True) == [
        *("Tiếng Việt", "Toán", "Ngoại ngữ 1", "Đạo đức", "TN-XH", "GDTC"),
        *("Âm nhạc", "Mĩ thuật", "HĐTN", "Tiếng dân tộc"),
    ]
    assert short_names(CURRICULUM_2018, 3, optional=True) == [
        *("Tiếng Việt", "Toán", "Ngoại ngữ 1", "Tin học", "Công nghệ", "Đạo đức", "TN-XH"),
        *("GDTC", "Âm nhạc", "Mĩ thuật", "HĐTN", "Tiếng dân tộc"),
    ]
    assert short_names(CURRICULUM_2018, 5, optional=True) == [
        *("Tiếng Việt", "Toán", "Ngoại ngữ 1", "LS&ĐL", "Khoa học", "Tin học", "Công nghệ"),
        *("Đạo đức", "GDTC", "Âm nhạc", "Mĩ thuật", "HĐTN", "Tiếng dân tộc"),
    ]


CORE = ["Tiếng Việt", "Toán"]
MIDDLE = [*CORE, "Ngoại ngữ 1", "Tin học", "Công nghệ"]
UPPER = [*CORE, "Ngoại ngữ 1", "LS&ĐL", "Khoa học", "Tin học", "Công nghệ"]
OLD_LOWER = [*CORE, "Ngoại ngữ", "Tin học", "Tiếng dân tộc"]
OLD_UPPER = [*CORE, "Khoa học", "LS&ĐL", "Ngoại ngữ", "Tin học", "Tiếng dân tộc"]


@pytest.mark.parametrize(
    ("curriculum", "grade", "mid_term", "term_end"),
    [
        (CURRICULUM_2018, 1, [], CORE),
        (CURRICULUM_2018, 2, [], CORE),
        (CURRICULUM_2018, 3, [], MIDDLE),
        (CURRICULUM_2018, 4, CORE, UPPER),
        (CURRICULUM_2018, 5, CORE, UPPER),
        (CURRICULUM_2006, 1, [], OLD_LOWER),
        (CURRICULUM_2006, 2, [], OLD_LOWER),
        (CURRICULUM_2006, 3, [], OLD_LOWER),
        (CURRICULUM_2006, 4, CORE, OLD_UPPER),
        (CURRICULUM_2006, 5, CORE, OLD_UPPER),
    ],
)
def test_the_matrix_of_periodic_tests(
    curriculum: PrimaryCurriculum, grade: int, mid_term: list[str], term_end: list[str]
):
    found = [names(curriculum, curriculum.tests_due(grade, period)) for period in PERIODS]
    assert found == [mid_term, term_end, mid_term, term_end]
    assert curriculum.tests_due(grade, Period.HE) == ()


@pytest.mark.parametrize(("grade", "cells"), [(1, 4), (2, 4), (3, 10), (4, 18), (5, 18)])
def test_score_cells_a_pupil_and_year(grade: int, cells: int):
    assert sum(len(CURRICULUM_2018.tests_due(grade, period)) for period in PERIODS) == cells


@BOTH
def test_every_tested_subject_is_a_row_of_its_grade(curriculum: PrimaryCurriculum):
    for grade in GRADES:
        rows = {row.code for row in curriculum.subjects(grade, optional=True)}
        for period in PERIODS:
            assert set(curriculum.tests_due(grade, period)) <= rows


@pytest.mark.parametrize("grade", [4, 5])
@pytest.mark.parametrize("period", PERIODS)
def test_a_special_class_is_tested_in_two_subjects(grade: int, period: Period):
    """E35."""
    due = CURRICULUM_2018.tests_due(grade, period, special_class=True)
    assert names(CURRICULUM_2018, due) == CORE
    with pytest.raises(RuleRefused):
        CURRICULUM_2018.require_test_due(grade, period, "khoa_hoc", special_class=True)


def test_a_score_that_is_not_due_is_refused():
    """E15, first half."""
    CURRICULUM_2018.require_test_due(4, Period.GK2, "toan")
    CURRICULUM_2018.require_test_due(4, Period.CN, "khoa_hoc")
    with pytest.raises(RuleRefused, match=r"Môn Khoa học .* giữa học kì II ở lớp 4") as refusal:
        CURRICULUM_2018.require_test_due(4, Period.GK2, "khoa_hoc")
    assert refusal.value.code == "test_not_due"


@pytest.mark.parametrize(
    ("grade", "counts"), [(1, (5, 3, 4)), (2, (5, 3, 4)), (3, (5, 3, 6)), (4, (5, 3, 7))]
)
def test_traits_of_2018(grade: int, counts: tuple[int, int, int]):
    found = [trait.group for trait in primary_regulation("TT27/2020").traits(grade)]
    groups = (TraitGroup.QUALITIES_2018, TraitGroup.GENERAL, TraitGroup.SPECIFIC)
    assert tuple(found.count(group) for group in groups) == counts
    assert found == sorted(found, key=groups.index)


def test_specific_competences_of_2018_by_grade():
    def specific(grade: int) -> list[str]:
        found = curriculum_2018_primary.traits(grade)
        return [trait.name for trait in found if trait.group is TraitGroup.SPECIFIC]

    four = ["Ngôn ngữ", "Tính toán", "Thẩm mĩ", "Thể chất"]
    assert specific(1) == specific(2) == four
    assert specific(3) == ["Ngôn ngữ", "Tính toán", "Công nghệ", "Tin học", "Thẩm mĩ", "Thể chất"]
    everything = specific(5)
    assert everything == [*four[:2], "Khoa học", "Công nghệ", "Tin học", *four[2:]]


def test_science_may_be_a_competence_from_grade_1():
    """U7."""
    rules = Tt27Regulation(PrimarySettings(specific_competences=SCIENCE_FROM_GRADE_1))
    assert [len(rules.traits(grade)) for grade in GRADES] == [13, 13, 15, 15, 15]
    assert "Khoa học" in [trait.name for trait in rules.traits(1)]


@pytest.mark.parametrize("grade", GRADES)
def test_traits_of_2006(grade: int):
    """E41."""
    found = primary_regulation("TT22/2016").traits(grade)
    assert [trait.name for trait in found] == [
        "Tự phục vụ, tự quản",
        "Hợp tác",
        "Tự học và giải quyết vấn đề",
        "Chăm học, chăm làm",
        "Tự tin, trách nhiệm",
        "Trung thực, kỉ luật",
        "Đoàn kết, yêu thương",
    ]
    assert [trait.group.value for trait in found] == ["Năng lực"] * 3 + ["Phẩm chất"] * 4


def test_the_class_decides_the_circular_and_its_forms():
    """E42 and E43."""
    assert regulation_id(5, 2023) == "TT22/2016"
    assert regulation_id(5, 2024) == "TT27/2020"
    assert regulation_id(4, 2022) == "TT22/2016"
    old = short_names(primary_regulation(regulation_id(4, 2022)).curriculum, 4)
    assert "Kĩ thuật" in old
    assert "HĐTN" not in old
    assert old == [
        *("Tiếng Việt", "Toán", "Khoa học", "LS&ĐL", "Đạo đức", "Âm nhạc", "Mĩ thuật"),
        *("Kĩ thuật", "Thể dục"),
    ]
    assert short_names(CURRICULUM_2006, 2) == [
        *("Tiếng Việt", "Toán", "TN-XH", "Đạo đức", "Âm nhạc", "Mĩ thuật", "Thủ công", "Thể dục")
    ]


def test_lessons_of_2006_are_known_for_grade_5_only():
    known = {row.short_name: row.lessons for row in CURRICULUM_2006.subjects(5)}
    assert known == {
        **{"Tiếng Việt": 280, "Toán": 175, "Khoa học": 70, "LS&ĐL": 70, "Đạo đức": 35},
        **{"Âm nhạc": 35, "Mĩ thuật": 35, "Kĩ thuật": 35, "Thể dục": 70},
    }
    assert all(row.lessons is None for row in CURRICULUM_2006.subjects(4, optional=True))


@BOTH
def test_codes_and_names_are_unique_and_composed(curriculum: PrimaryCurriculum):
    for values in (
        [row.code for row in curriculum.rows],
        [row.name for row in curriculum.rows],
        [row.short_name for row in curriculum.rows],
    ):
        assert len(set(values)) == len(values)
        assert all(unicodedata.is_normalized("NFC", value) for value in values)
    for grade in GRADES:
        assert len(curriculum.subjects(grade)) == len({*curriculum.subjects(grade)})
    positions = [row.position for row in curriculum.subjects(4, optional=True)]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize(
    ("grade", "name", "code"),
    [
        (1, "Ngoại ngữ 1", "ngoai_ngu_1"),
        (1, "Ngoại ngữ 1 (Tiếng Anh)", "ngoai_ngu_1"),
        (4, "Ngoại ngữ 1(…)", "ngoai_ngu_1"),
        (3, "Tin học và Công nghệ (Tin học)", "tin_hoc"),
        (3, "Tin học và Công nghệ (Công nghệ)", "cong_nghe"),
        (3, "Công nghệ", "cong_nghe"),
        (5, "Nghệ thuật (Âm nhạc)", "am_nhac"),
        (5, "Mĩ thuật", "mi_thuat"),
        (2, "Khoa học", None),
        (2, "Tin học", None),
        (4, "Tự nhiên và Xã hội", None),
        (4, "Cờ vua", None),
        (4, "Toán (nâng cao)", None),
        (4, "toán", None),
    ],
)
def test_rows_by_the_names_people_write(grade: int, name: str, code: str | None):
    assert CURRICULUM_2018.code_named(grade, name) == code


@BOTH
@pytest.mark.parametrize("grade", [0, 6])
def test_another_stage_is_refused(curriculum: PrimaryCurriculum, grade: int):
    for ask in (
        lambda: curriculum.subjects(grade),
        lambda: curriculum.tests_due(grade, Period.CN),
        lambda: curriculum.code_named(grade, "Toán"),
        lambda: curriculum_2018_primary.traits(grade),
        lambda: curriculum_2006_primary.traits(grade),
    ):
        with pytest.raises(RuleRefused, match="không thuộc cấp tiểu học"):
            ask()
