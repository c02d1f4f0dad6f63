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
