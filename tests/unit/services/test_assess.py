from __future__ import annotations

import pytest

from app.regulations.registry import CIRCULARS
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE
from app.services.assess import CASE_READERS
from tests.unit.services.assess_cases import SECONDARY, case, codes, run, subject


def test_the_secondary_example_of_the_format():
    assert run(SECONDARY) == [
        {
            "id": "s1",
            "errors": [],
            "subjects": {
                "Toán": {"hk1": "7,8", "hk2": None, "year": None},
                "Giáo dục thể chất": {"hk1": "CĐ", "hk2": "Đ", "year": "Đ"},
            },
            "average": {"hk1": None, "hk2": None, "year": None},
            "learning": {
                "hk1": {"base": "Chưa đạt", "final": "Chưa đạt", "raised_by": None},
                "hk2": None,
                "year": None,
                "after_reassessment": None,
            },
            "conduct": {"year": "Khá", "final": "Khá"},
            "promotion": "incomplete",
            "reassess": [],
            "titles": {"hk1": None, "hk2": None, "year": None},
        }
    ]


def test_every_circular_has_a_reader():
    """The format ends where TT26/2020 begins: what it calls TT58/2011 is the amended text."""
    assert set(CASE_READERS) == set(CIRCULARS) - {TT58_FIRST_ISSUE.id}


@pytest.mark.parametrize("regulation", ["TT22", "tt22/2021", "", None, 22, ["TT22/2021"]])
def test_an_unknown_regulation(regulation: object):
    (result,) = run(case(regulation=regulation))
    assert set(result) == {"id", "errors"}
    assert codes(result) == [("regulation", "unknown_regulation")]


def test_too_many_marks_is_an_error_and_too_few_is_not():
    many = subject("Toán")
    many["hk1"]["tx"] = ["6", "6", "6"]
    few = subject("Văn")
    few["hk1"]["tx"] = ["6"]
    gone = subject("Sử")
    del gone["hk1"]["gk"]
    bare = subject("Địa", hk1={})
    result = run(case([many, few, gone, bare]))[0]
    assert codes(result) == [("Toán.hk1.tx", "too_many_marks")]
    assert [result["subjects"][name]["hk1"] for name in ("Toán", "Văn", "Sử", "Địa")] == [None] * 4


@pytest.mark.parametrize(("periods", "count"), [(35, 2), (36, 3), (70, 3), (71, 4)])
def test_number_of_marks_follows_the_lessons(periods: int, count: int):
    only = subject("Toán", periods=periods)
    only["hk1"]["tx"] = ["6"] * count
    only["hk2"]["tx"] = ["6"] * (count - 1)
    result = run(case([only]))[0]
    assert result["subjects"]["Toán"] == {"hk1": "6,0", "hk2": None, "year": None}
    only["hk1"]["tx"].append("6")
    assert codes(run(case([only]))[0]) == [("Toán.hk1.tx", "too_many_marks")]


def test_the_school_may_want_another_number_of_marks():
    scored = subject("Toán", tx_required=3)
    scored["hk1"]["tx"] = ["6", "6", "6"]
    commented = subject("GDTC", "Đ", "comments", tx_required=1)
    commented["hk1"]["tx"] = ["Đ"]
    result = run(case([scored, commented]))[0]
    assert result["subjects"]["Toán"] == {"hk1": "6,0", "hk2": None, "year": None}
    assert result["subjects"]["GDTC"] == {"hk1": "Đ", "hk2": None, "year": None}
    assert codes(result) == [("GDTC.hk2.tx", "too_many_marks")]


def test_comment_subjects_want_two_whatever_their_lessons():
    commented = subject("HĐTN", "Đ", "comments", periods=105)
    assert run(case([commented]))[0]["subjects"]["HĐTN"]["hk1"] == "Đ"


def test_a_semester_that_was_not_taught():
    first = subject("A", "8", hk2=None)
    second = subject("B", "7", hk1=None)
    result = run(case([first, second]))[0]
    assert result["subjects"]["A"] == {"hk1": "8,0", "hk2": None, "year": "8,0"}
    assert result["subjects"]["B"] == {"hk1": None, "hk2": "7,0", "year": "7,0"}
    assert all(result["learning"][period] for period in ("hk1", "hk2", "year"))


@pytest.mark.parametrize("exempt", ["hk1", "hk2", "year"])
def test_an_exemption_is_the_principals_even_above_45(exempt: str):
    subjects = [subject(f"M{n}", "9") for n in range(8)]
    subjects[0]["exempt"] = exempt
    subjects[1]["reassessed"] = "5"
    (result,) = run(case(subjects, absences=46, conduct={"hk1": "Tốt", "hk2": "Tốt"}))
    assert result["promotion"] == "principal_decides"
    assert result["learning"] == dict.fromkeys(("hk1", "hk2", "year", "after_reassessment"))
    assert result["titles"]["year"] is None
    assert result["reassess"] == []
    if exempt != "hk2":
        assert result["subjects"]["M0"]["hk1"] is None
    if exempt != "hk1":
        assert result["subjects"]["M0"]["hk2"] is None


def failing(**more: object) -> dict:
    """Two subjects to be re-assessed, Toán first in the file."""
    subjects = [subject("Toán", "3,4"), *(subject(f"M{n}") for n in range(6))]
    return case([*subjects, subject("GDTC", "CĐ", "comments")], **more)


def test_reassessment_replaces_year_results_only_for_promotion():
    before = run(failing())[0]
    assert before["promotion"] == "reassess"
    assert before["reassess"] == ["Toán", "GDTC"]
    assert before["learning"]["after_reassessment"] is None
    again = failing()
    again["subjects"][0]["reassessed"] = "5,0"
    after = run(again)[0]
    assert after["promotion"] == "promoted"
    assert after["reassess"] == ["Toán", "GDTC"]
    assert after["learning"]["after_reassessment"] == {
        "base": "Đạt",
        "final": "Đạt",
        "raised_by": None,
    }
    for key in ("subjects", "average", "conduct", "titles"):
        assert after[key] == before[key]
    again["subjects"][0]["reassessed"] = "3,4"
    assert run(again)[0]["promotion"] == "retained"
    again["subjects"][0]["reassessed"] = "12"
    refused = run(again)[0]
    assert refused["promotion"] == "reassess"
    assert refused["learning"]["after_reassessment"] is None


def test_a_comment_subject_may_raise():
    subjects = [*(subject(f"M{n}", "8") for n in range(6)), subject("GDTC", "CĐ", "comments")]
    result = run(case(subjects))[0]
    assert result["learning"]["year"] == {"base": "Đạt", "final": "Khá", "raised_by": "GDTC"}


@pytest.mark.parametrize(
    ("change", "promotion"),
    [
        ({"absences": 45}, "promoted"),
        ({"absences": 46}, "retained"),
        ({"absences": 46, "conduct": None}, "retained"),
        ({"absences": None}, "incomplete"),
        ({"conduct": None}, "incomplete"),
        ({"conduct": {"hk1": "Khá", "hk2": "Chưa đạt"}}, "summer_conduct"),
        ({"conduct": {"hk1": "Khá", "hk2": "Chưa đạt", "after_summer": "Đạt"}}, "promoted"),
        ({"conduct": {"hk1": "Khá", "hk2": "Chưa đạt", "after_summer": "Chưa đạt"}}, "retained"),
        ({"conduct": {"hk1": None, "hk2": "Tốt", "year": "Tốt"}}, "incomplete"),
        ({"grade": 9}, "promoted"),
        ({"grade": 12}, "promoted"),
    ],
)
def test_promotion(change: dict, promotion: str):
    assert run(case(**change))[0]["promotion"] == promotion


def test_conduct_final_is_the_summers_and_year_is_computed():
    conduct = {"hk1": "Chưa đạt", "hk2": "Tốt", "year": "Yếu", "after_summer": "Đạt"}
    result = run(case(conduct=conduct))[0]
    assert result["errors"] == []
    assert result["conduct"] == {"year": "Khá", "final": "Đạt"}
