from __future__ import annotations

import pytest

from app.errors import RuleRefused
from app.regulations.base import ConductYear
from app.regulations.registry import regulation

TT22 = regulation("TT22/2021")

TABLE = [
    # HK I, HK II, year: the sixteen cells of Điều 8
    ("Tốt", "Tốt", "Tốt"),
    ("Khá", "Tốt", "Tốt"),
    ("Đạt", "Tốt", "Khá"),
    ("Chưa đạt", "Tốt", "Khá"),
    ("Tốt", "Khá", "Khá"),
    ("Khá", "Khá", "Khá"),
    ("Đạt", "Khá", "Khá"),
    ("Chưa đạt", "Khá", "Đạt"),
    ("Tốt", "Đạt", "Khá"),
    ("Khá", "Đạt", "Đạt"),
    ("Đạt", "Đạt", "Đạt"),
    ("Chưa đạt", "Đạt", "Đạt"),
    ("Tốt", "Chưa đạt", "Chưa đạt"),
    ("Khá", "Chưa đạt", "Chưa đạt"),
    ("Đạt", "Chưa đạt", "Chưa đạt"),
    ("Chưa đạt", "Chưa đạt", "Chưa đạt"),
]


@pytest.mark.parametrize(("hk1", "hk2", "expected"), TABLE)
def test_year_of_conduct(hk1: str, hk2: str, expected: str):
    assert TT22.conduct_year(ConductYear(hk1, hk2)) == expected


def test_the_table_is_complete_and_monotone():
    order = TT22.conduct_levels
    found = {(hk1, hk2): order.index(expected) for hk1, hk2, expected in TABLE}
    assert set(found) == {(first, second) for first in order for second in order}
    for hk1, hk2 in found:
        better = order[max(order.index(hk1) - 1, 0)], order[max(order.index(hk2) - 1, 0)]
        assert found[better[0], hk2] <= found[hk1, hk2]
        assert found[hk1, better[1]] <= found[hk1, hk2]


@pytest.mark.parametrize(
    "conduct", [ConductYear(None, "Tốt"), ConductYear("Tốt", None), ConductYear()]
)
def test_a_missing_semester_leaves_the_year_open(conduct: ConductYear):
    assert TT22.conduct_year(conduct) is None


def test_an_entered_year_is_not_read():
    assert TT22.conduct_year_is_computed
    assert TT22.conduct_year(ConductYear("Khá", "Khá", year="Tốt")) == "Khá"


@pytest.mark.parametrize(
    "conduct",
    [
        ConductYear("Trung bình", "Tốt"),
        ConductYear("Tốt", "Yếu"),
        ConductYear("Tốt", "Tốt", after_summer="Giỏi"),
    ],
)
def test_a_word_of_another_circular_is_refused(conduct: ConductYear):
    with pytest.raises(RuleRefused) as refusal:
        TT22.conduct_year(conduct)
    assert refusal.value.code == "not_a_level"
    assert "Tốt, Khá, Đạt, Chưa đạt" in refusal.value.sentence
