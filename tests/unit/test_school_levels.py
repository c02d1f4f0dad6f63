"""Cấp học follow from the grade, and a kind of school from its levels."""

import pytest

from app.domain.school_levels import Level, begins_level, level_of
from app.services.school_facts import STAGES, grades_of, levels_of


def test_every_grade_has_one_level():
    found = [level_of(grade) for grade in range(1, 13)]
    assert found == [Level.PRIMARY] * 5 + [Level.LOWER] * 4 + [Level.UPPER] * 3
    assert [grade for grade in range(1, 13) if begins_level(grade)] == [1, 6, 10]


@pytest.mark.parametrize("grade", [0, 13, -1])
def test_no_other_grade_has_a_level(grade):
    with pytest.raises(ValueError, match=str(grade)):
        level_of(grade)


@pytest.mark.parametrize(
    ("stage", "first", "last"),
    [
        ("th", 1, 5), ("thcs", 6, 9), ("thpt", 10, 12),
        ("th_thcs", 1, 9), ("thcs_thpt", 6, 12), ("th_thcs_thpt", 1, 12),
    ],
)  # fmt: skip
def test_a_kind_of_school_has_the_grades_of_its_levels(stage, first, last):
    assert stage in STAGES
    assert list(grades_of(stage)) == list(range(first, last + 1))
    assert list(grades_of(stage)) == [g for level in levels_of(stage) for g in level.grades]


def test_the_words_of_levels_are_those_of_the_law():
    assert [level.label for level in Level] == [
        "Tiểu học", "Trung học cơ sở", "Trung học phổ thông",
    ]  # fmt: skip
    assert [level.short for level in Level] == ["cấp tiểu học", "cấp THCS", "cấp THPT"]
