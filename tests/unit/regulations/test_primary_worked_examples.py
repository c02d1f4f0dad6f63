"""The worked examples of the two primary circulars that are about results, one row each.

The others are beside what they test: E12, E13, E46 levels and scores; E15, E35, E41 to E43
curricula.
"""

from __future__ import annotations

import pytest

from app.domain.periods import Period
from app.regulations.primary import Assessment, PrimaryPromotion, YearResult
from app.regulations.primary_year_end import programme_words
from tests.unit.regulations.primary_pupils import TT22, TT27, entries, pupil, whole_grade

XS, TOT, HT, CHT = YearResult
UP = PrimaryPromotion.PROMOTED
BEST = "Học sinh Xuất sắc"
MODEL = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


FAILED_3 = whole_grade(3, {"Toán": "C"}, tests={"Toán": 4}, others=("H", "Đ", 6))
MENDED = entries({"Toán": "H"}, tests={"Toán": 6})
STILL = entries({"Toán": "H"}, tests={"Toán": 4})
FLAGS = {"standout": True, "class_recognised": True}

# E34: Toán has no score (miễn), its level is H by the individual plan.
BY_PLAN = whole_grade(2, {"Toán": "H"}, tests={"Tiếng Việt": 5}, others=("H", "Đ", 5))
BY_PLAN = Assessment(BY_PLAN.levels, BY_PLAN.traits, BY_PLAN.scores[:1])


def test_a_pupil_with_an_individual_plan_lacks_nothing():
    """E34."""
    found = TT27.results(pupil(BY_PLAN, individual_plan=True))
    assert (found.result, found.promotion, found.completed) == (HT, UP, True)


def test_the_last_score_is_the_one_that_stands_after_the_summer():
    """E24: học bạ K=6."""
    found = TT27.results(pupil(FAILED_3, supplementary=MENDED))
    assert found.year_result is CHT
    assert found.after is not None
    kept = {item.name: item.score for item in found.after.scores}
    assert kept == {**{item.name: 60 for item in FAILED_3.scores}, "Toán": 60}
    assert [item.name for item in found.to_supplement.levels] == ["Toán"]
    assert [item.score for item in found.to_supplement.scores] == [40]
    assert found.to_supplement.traits == ()


def test_another_test_is_never_for_the_middle_of_a_term():
    """E23."""
    for rules in (TT27, TT22):
        assert rules.retest_periods == (Period.CK1, Period.CN)


@pytest.mark.parametrize(
    ("outcome", "grade", "words"),
    [
        (PrimaryPromotion.PROMOTED, 3, "Được lên lớp"),
        (PrimaryPromotion.PROMOTED, 5, "Hoàn thành chương trình tiểu học"),  # E27
        (PrimaryPromotion.RETAINED, 3, "Chưa được lên lớp"),
        (PrimaryPromotion.RETAINED, 5, "Chưa được lên lớp"),
        (PrimaryPromotion.SUPPLEMENTARY, 1, "Đánh giá bổ sung"),
        (PrimaryPromotion.PRINCIPAL_DECIDES, 1, "Hiệu trưởng quyết định"),
        (
            PrimaryPromotion.PROMOTED_BY_PRINCIPAL,
            1,
            "Được lên lớp theo quyết định của Hiệu trưởng",
        ),
        (PrimaryPromotion.INCOMPLETE, 5, "Chưa đủ dữ liệu"),
    ],
)
def test_words_for_the_paper(outcome: PrimaryPromotion, grade: int, words: str):
    assert TT27.promotion_label(outcome, grade) == words
    if outcome is not PrimaryPromotion.RETAINED:
        assert TT22.promotion_label(outcome, grade) == words


def test_the_older_circular_says_staying_differently():
    assert TT22.promotion_label(PrimaryPromotion.RETAINED, 5) == "Ở lại lớp"


@pytest.mark.parametrize(
    ("done", "grade", "words"),
    [
        (True, 3, "Hoàn thành chương trình lớp 3"),
        (True, 5, "Hoàn thành chương trình tiểu học"),
        (False, 5, "Chưa hoàn thành chương trình lớp 5"),
        (None, 3, ""),
    ],
)
def test_words_for_the_learner_record(done: bool | None, grade: int, words: str):
    assert programme_words(done, grade) == words


def test_tt22_has_an_award_and_no_result():
    """E38."""
    perfect = whole_grade(5, tests={"Toán": 9}, circular="TT22/2016")
    found = TT22.results(pupil(perfect))
    assert (found.year_result, found.result) == (None, None)
    assert found.title == "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"
    assert found.promotion is UP
    assert TT22.result_levels == ()
    assert TT27.result_levels == tuple(level.value for level in (XS, TOT, HT, CHT))


@pytest.mark.parametrize(
    ("levels", "traits", "tests", "passes"),
    [
        ({}, {}, {}, True),
        ({"Toán": "H"}, {"Hợp tác": "Đ"}, {"Toán": 5}, True),
        ({"Toán": "C"}, {}, {}, False),
        ({}, {"Hợp tác": "C"}, {}, False),
        ({}, {}, {"Khoa học": 4}, False),
        ({}, {}, {"Khoa học": None}, None),
        ({"Toán": "C"}, {"Hợp tác": None}, {}, None),
    ],
)
def test_the_class_programme_under_tt22(
    levels: dict, traits: dict, tests: dict, passes: bool | None
):
    values = whole_grade(5, levels, traits, tests, circular="TT22/2016")
    found = TT22.results(pupil(values))
    expected = {True: UP, False: PrimaryPromotion.SUPPLEMENTARY, None: PrimaryPromotion.INCOMPLETE}
    assert found.promotion is expected[passes]
    assert found.completed is (True if passes else None)
    if passes is False:
        again = entries({"Toán": "H"}, {"Hợp tác": "Đ"}, {"Khoa học": 5})
        assert TT22.results(pupil(values, supplementary=again)).promotion is UP
        for decision, promotion in (
            (None, PrimaryPromotion.PRINCIPAL_DECIDES),
            (True, PrimaryPromotion.PROMOTED_BY_PRINCIPAL),
            (False, PrimaryPromotion.RETAINED),
        ):
            tried = pupil(values, supplementary=entries(), principal_promotes=decision)
            assert TT22.results(tried).promotion is promotion
            assert TT22.results(tried).completed is False


@pytest.mark.parametrize("lowest", [("H", "Đ", 5), ("C", "C", 1)])
def test_the_second_award_of_tt22_has_no_rule_of_values(lowest: tuple[str, str, int]):
    values = whole_grade(5, circular="TT22/2016", others=lowest)
    assert TT22.results(pupil(values, **FLAGS)).title == (
        "Có thành tích vượt trội hay tiến bộ vượt bậc"
    )
    for one in ({"standout": True}, {"class_recognised": True}, {}):
        assert TT22.results(pupil(values, **one)).title is None
    perfect = whole_grade(5, circular="TT22/2016")
    assert TT22.results(pupil(perfect, **FLAGS)).title == TT22.title_names[0]
