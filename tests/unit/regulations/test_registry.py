from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.periods import Period
from app.errors import RuleRefused
from app.regulations.registry import (
    CIRCULARS,
    circular,
    primary_regulation,
    regulation,
    regulation_id,
)

NEW, OLD = "TT22/2021", "TT58/2011"

# The table of Điều 21, a row a school year: grades 6 to 12.
SECONDARY = {
    2020: (OLD, OLD, OLD, OLD, OLD, OLD, OLD),
    2021: (NEW, OLD, OLD, OLD, OLD, OLD, OLD),
    2022: (NEW, NEW, OLD, OLD, NEW, OLD, OLD),
    2023: (NEW, NEW, NEW, OLD, NEW, NEW, OLD),
    2024: (NEW, NEW, NEW, NEW, NEW, NEW, NEW),
    2026: (NEW, NEW, NEW, NEW, NEW, NEW, NEW),
}


@pytest.mark.parametrize("first_year", SECONDARY)
def test_phase_in_of_secondary_grades(first_year: int):
    found = tuple(regulation_id(grade, first_year) for grade in range(6, 13))
    assert found == SECONDARY[first_year]


@pytest.mark.parametrize("grade", range(1, 6))
def test_phase_in_of_primary_grades(grade: int):
    assert regulation_id(grade, 2019 + grade) == "TT27/2020"
    assert regulation_id(grade, 2018 + grade) == "TT22/2016"
    assert regulation_id(grade, 2016) == "TT22/2016"


@pytest.mark.parametrize(("grade", "first_year"), [(6, 2019), (1, 2015), (0, 2025), (13, 2025)])
def test_outside_the_timetable_is_refused(grade: int, first_year: int):
    with pytest.raises(RuleRefused) as refusal:
        regulation_id(grade, first_year)
    assert refusal.value.code == "no_regulation"


def test_every_id_of_the_timetable_is_a_known_circular():
    used = {regulation_id(grade, year) for grade in range(1, 13) for year in range(2020, 2030)}
    assert used == set(CIRCULARS)
    for circular_id in used:
        assert circular(circular_id).periods[-1] is Period.HE


def test_the_rules_of_tt22_are_here():
    found = regulation(NEW)
    assert found.circular.id == NEW
    assert found.circular.periods[:2] == (Period.HK1, Period.HK2)
    assert regulation(NEW) == found


def test_the_rules_of_tt58_are_here():
    found = regulation(OLD)
    assert found.circular.id == OLD
    assert found.circular is circular(OLD)
    assert "26/2020" in found.circular.number


PRIMARY = ("TT27/2020", "TT22/2016")


@pytest.mark.parametrize("circular_id", PRIMARY)
def test_the_rules_of_primary_circulars_are_here(circular_id: str):
    found = primary_regulation(circular_id)
    assert found.circular is circular(circular_id)
    assert found.circular.periods == (Period.GK1, Period.CK1, Period.GK2, Period.CN, Period.HE)
    assert primary_regulation(circular_id) == found


@pytest.mark.parametrize(
    ("ask", "circular_id"),
    [
        *((regulation, name) for name in PRIMARY),
        (primary_regulation, NEW),
        (primary_regulation, OLD),
    ],
)
def test_a_circular_of_the_other_stage_is_refused_plainly(ask: Callable, circular_id: str):
    with pytest.raises(RuleRefused, match="không dùng được ở đây") as refusal:
        ask(circular_id)
    assert refusal.value.code == "other_stage"


@pytest.mark.parametrize("ask", [regulation, primary_regulation])
@pytest.mark.parametrize("circular_id", ["", "TT22", "tt22/2021"])
def test_an_unknown_circular_is_refused(ask: Callable, circular_id: str):
    with pytest.raises(RuleRefused, match="Không có thông tư mang mã"):
        ask(circular_id)
