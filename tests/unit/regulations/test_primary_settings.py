"""Every reading the primary circulars leave open, at its default and the other way."""

from __future__ import annotations

import pytest

from app.regulations.primary import PrimaryPromotion, YearResult
from app.regulations.primary_settings import PrimarySettings
from app.regulations.tt22_2016 import Tt22PrimaryRegulation
from app.regulations.tt27_2020 import Tt27Regulation
from tests.unit.regulations.primary_pupils import TT22, TT27, entries, pupil, whole_grade

FLAGS = {"standout": True, "class_recognised": True}


@pytest.mark.parametrize("value", ["H", "C", None])
def test_optional_subjects_may_be_left_out(value: str | None):
    """U6, E20: neither their level nor its absence matters then."""
    taught = ("Ngoại ngữ 1", "Tiếng dân tộc")
    values = whole_grade(1, {"Ngoại ngữ 1": value}, taught=taught)
    without = Tt27Regulation(PrimarySettings(optional_subjects_count=False))
    default = TT27.results(pupil(values)).result
    assert default == {"H": YearResult.DONE, "C": YearResult.NOT_DONE, None: None}[value]
    assert without.results(pupil(values)).result is YearResult.EXCELLENT


def test_scores_of_optional_subjects_are_left_out_with_them():
    values = whole_grade(5, tests={"Tin học": 3}, circular="TT22/2016", taught=("Tin học",))
    without = Tt22PrimaryRegulation(PrimarySettings(optional_subjects_count=False))
    assert TT22.results(pupil(values)).promotion is PrimaryPromotion.SUPPLEMENTARY
    found = without.results(pupil(values))
    assert found.promotion is PrimaryPromotion.PROMOTED
    assert found.title == TT22.title_names[0]


def test_supplementary_is_about_what_failed():
    """A worse value of anything else is ignored, unless the school lets it replace."""
    values = whole_grade(3, {"Toán": "C"})
    again = entries({"Toán": "T", "Đạo đức": "C"}, {"Yêu nước": "C"}, {"Tiếng Việt": 0})
    tried = pupil(values, supplementary=again)
    literal = PrimarySettings(supplementary_only_for_failed=False)
    assert TT27.results(tried).promotion is PrimaryPromotion.PROMOTED
    assert TT22.results(tried).promotion is PrimaryPromotion.PROMOTED
    for rules in (Tt27Regulation(literal), Tt22PrimaryRegulation(literal)):
        found = rules.results(tried)
        assert found.promotion is PrimaryPromotion.PRINCIPAL_DECIDES
        assert found.after is not None
        assert min(item.score or 0 for item in found.after.scores) == 0


def test_the_result_after_the_summer_is_done_at_most():
    """U8; the title never comes from the new values."""
    values = whole_grade(3, {"Toán": "C"}, tests={"Toán": 3})
    tried = pupil(values, supplementary=entries({"Toán": "T"}, tests={"Toán": 10}), **FLAGS)
    free = Tt27Regulation(PrimarySettings(done_at_most_after_supplementary=False))
    assert TT27.results(tried).result is YearResult.DONE
    assert free.results(tried).result is YearResult.EXCELLENT
    assert TT27.results(tried).title is free.results(tried).title is None


def test_a_school_may_give_no_title_under_an_individual_plan():
    """U15."""
    strict = PrimarySettings(plan_may_have_title=False)
    best = pupil(whole_grade(4), individual_plan=True, **FLAGS)
    assert TT27.results(best).title == TT27.title_names[0]
    assert Tt27Regulation(strict).results(best).title is None
    assert Tt27Regulation(strict).results(best).result is YearResult.EXCELLENT
    assert Tt27Regulation(strict).results(pupil(whole_grade(4))).title == TT27.title_names[0]
    old = pupil(whole_grade(5, circular="TT22/2016"), individual_plan=True, **FLAGS)
    assert TT22.results(old).title == TT22.title_names[0]
    assert Tt22PrimaryRegulation(strict).results(old).title is None


@pytest.mark.parametrize("entered", YearResult)
def test_the_teacher_enters_the_result_of_an_individual_plan_only(entered: YearResult):
    values = whole_grade(2, {"Toán": None})
    with_plan = TT27.results(pupil(values, individual_plan=True, entered_result=entered))
    assert with_plan.result is entered
    without = TT27.results(pupil(values, entered_result=entered))
    assert (without.result, without.promotion) == (None, PrimaryPromotion.INCOMPLETE)


def test_an_entered_failure_is_mended_by_values_only_when_values_failed():
    failed = {"individual_plan": True, "entered_result": YearResult.NOT_DONE}
    again = entries({"Toán": "H"})
    by_value = pupil(whole_grade(2, {"Toán": "C"}), supplementary=again, **failed)
    assert TT27.results(by_value).promotion is PrimaryPromotion.PROMOTED
    by_judgement = pupil(whole_grade(2, {"Toán": "H"}), supplementary=again, **failed)
    assert TT27.results(by_judgement).promotion is PrimaryPromotion.PRINCIPAL_DECIDES
