from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.periods import Period, Term
from app.errors import RuleRefused
from app.regulations.base import Promotion
from app.regulations.registry import (
    CIRCULARS,
    circular,
    closing_of,
    closing_periods,
    primary_regulation,
    regulation,
    regulation_id,
    year_period,
)

NEW, OLD, FIRST = "TT22/2021", "TT58/2011", "TT58/2011 (gốc)"

# The table of Điều 21, a row a school year: grades 6 to 12.
SECONDARY = {
    **dict.fromkeys(range(2016, 2020), (FIRST,) * 7),
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


@pytest.mark.parametrize(("grade", "first_year"), [(6, 2015), (1, 2015), (0, 2025), (13, 2025)])
def test_outside_the_timetable_is_refused(grade: int, first_year: int):
    with pytest.raises(RuleRefused) as refusal:
        regulation_id(grade, first_year)
    assert refusal.value.code == "no_regulation"


@pytest.mark.parametrize(
    ("grade", "year", "first"),
    [(1, 2015, "2016–2017"), (5, 2010, "2016–2017"), (6, 2015, "2016–2017")],
)
def test_the_refusal_names_the_year_and_the_first_one_that_works(grade: int, year: int, first: str):
    with pytest.raises(RuleRefused) as refusal:
        regulation_id(grade, year)
    assert f"năm học {year}–{year + 1};" in refusal.value.sentence
    assert f"từ năm học {first}," in refusal.value.sentence


def test_grades_of_every_circular():
    grades = {circular_id: list(of.grades) for circular_id, of in CIRCULARS.items()}
    assert grades == {
        NEW: [6, 7, 8, 9, 10, 11, 12],
        OLD: [6, 7, 8, 9, 10, 11, 12],
        FIRST: [6, 7, 8, 9, 10, 11, 12],
        "TT27/2020": [1, 2, 3, 4, 5],
        "TT22/2016": [1, 2, 3, 4, 5],
    }


def test_only_the_old_circular_has_a_mean_of_all_subjects_and_titles_of_a_term():
    """TT58/2011, Điều 11 and 18; TT22/2021 has neither, and no primary circular."""
    assert [name for name, of in CIRCULARS.items() if of.has_average] == [OLD, FIRST]
    assert [name for name, of in CIRCULARS.items() if of.term_titles] == [OLD, FIRST]


@pytest.mark.parametrize(
    ("circular_id", "closed", "attendance"),
    [
        (NEW, (Period.HK1, Period.HK2), (Period.HK1, Period.HK2)),
        (OLD, (Period.HK1, Period.HK2), (Period.HK1, Period.HK2)),
        (FIRST, (Period.HK1, Period.HK2), (Period.HK1, Period.HK2)),
        (
            "TT27/2020",
            (Period.GK1, Period.CK1, Period.GK2, Period.CN),
            (Period.CK1, Period.CN),
        ),
    ],
)
def test_periods_that_are_closed(
    circular_id: str, closed: tuple[Period, ...], attendance: tuple[Period, Period]
):
    assert closing_periods(circular_id) == closed
    assert year_period(circular_id) is closed[-1]
    assert tuple(closing_of(circular_id, term) for term in Term) == attendance


@pytest.mark.parametrize("circular_id", CIRCULARS)
def test_what_follows_is_said_in_the_words_of_the_circular(circular_id: str):
    """TT58/2011, Điều 16 and 17; TT27/2020, Điều 11; TT22/2016, Điều 1, khoản 7."""
    of = circular(circular_id)
    said = {p: of.promotion_label(p, of.grades[0]) for p in Promotion}
    not_promoted = (
        *("Không được lên lớp", "Kiểm tra lại các môn học"),
        "Rèn luyện hạnh kiểm trong kì nghỉ hè",
    )
    expected = {
        FIRST: not_promoted,
        NEW: ("Không được lên lớp", "Kiểm tra, đánh giá lại môn học", "Rèn luyện trong kì nghỉ hè"),
        OLD: not_promoted,
        "TT27/2020": ("Chưa được lên lớp", "Đánh giá bổ sung"),
        "TT22/2016": ("Ở lại lớp", "Đánh giá bổ sung"),
    }[circular_id]
    assert said[Promotion.PROMOTED] == "Được lên lớp"
    shown = (Promotion.RETAINED, Promotion.REASSESS, Promotion.SUMMER_CONDUCT)
    assert tuple(said[p] for p in shown[: len(expected)]) == expected


@pytest.mark.parametrize("grade", range(1, 13))
def test_a_last_grade_completes_its_stage(grade: int):
    stage = {5: "tiểu học", 9: "THCS", 12: "THPT"}.get(grade)
    promoted = f"Hoàn thành chương trình {stage}" if stage else "Được lên lớp"
    assert Promotion.PROMOTED.label(grade) == promoted
    primary = grade < 6
    retained = f"Chưa hoàn thành chương trình {stage}" if stage else "Không được lên lớp"
    assert Promotion.RETAINED.label(grade) == ("Chưa được lên lớp" if primary else retained)
    again = "Đánh giá bổ sung" if primary else "Kiểm tra, đánh giá lại môn học"
    assert Promotion.REASSESS.label(grade) == again


def test_the_old_circular_speaks_of_hoc_luc_and_hanh_kiem():
    old, new = circular(OLD), circular(NEW)
    assert (old.learning_word, old.conduct_word, old.reassess_word) == (
        *("Học lực", "Hạnh kiểm", "Kiểm tra lại"),
    )
    assert (new.learning_word, new.conduct_word, new.reassess_word) == (
        *("Học tập", "Rèn luyện", "Đánh giá lại"),
    )


def test_every_id_of_the_timetable_is_a_known_circular():
    used = {regulation_id(grade, year) for grade in range(1, 13) for year in range(2016, 2030)}
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


def test_the_rules_before_the_amendment_are_here():
    found = regulation(FIRST)
    assert found.circular is circular(FIRST)
    assert found.circular.number == "58/2011/TT-BGDĐT"
    assert found != regulation(OLD)


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
