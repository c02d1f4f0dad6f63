from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.services.assess_cases import case, codes, run, subject, with_entry


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("8,,5", "not_a_mark"),
        ("l0", "not_a_mark"),
        ("", "not_a_mark"),
        (" ", "not_a_mark"),
        ("8,", "not_a_mark"),
        (",5", "not_a_mark"),
        ("+8", "not_a_mark"),
        ("- 1", "not_a_mark"),
        ("8 5", "not_a_mark"),
        ("1e1", "not_a_mark"),
        ("٨", "not_a_mark"),
        ("\uff18", "not_a_mark"),
        ("Đ", "not_a_mark"),
        (8, "not_a_mark"),
        (8.5, "not_a_mark"),
        (True, "not_a_mark"),
        (["8"], "not_a_mark"),
        ("10,5", "mark_out_of_range"),
        ("10,01", "mark_out_of_range"),
        ("11", "mark_out_of_range"),
        ("75", "mark_out_of_range"),
        ("-1", "mark_out_of_range"),
        ("-0,1", "mark_out_of_range"),
        ("-0,05", "mark_out_of_range"),
        ("9" * 6000, "mark_out_of_range"),
        ("7,25", "mark_too_precise"),
        ("7.25", "mark_too_precise"),
        ("8,50", "mark_too_precise"),
        ("10,00", "mark_too_precise"),
        ("0," + "0" * 6000, "mark_too_precise"),
    ],
)
def test_a_bad_mark_has_its_code_and_path_and_nulls_what_needs_it(value: object, code: str):
    result = with_entry(value)
    assert codes(result) == [("Toán.hk1.gk", code)]
    assert result["subjects"]["Toán"] == {"hk1": None, "hk2": "6,0", "year": None}
    assert result["learning"]["hk1"] is None
    assert result["learning"]["hk2"] is not None
    assert result["learning"]["year"] is None
    assert result["promotion"] == "incomplete"


@pytest.mark.parametrize(
    "value", ["6", " 6 ", "6,0", "6.0", "06", "\u00a06\t", "-0", "0,0", "10", "10,0", "0010"]
)
def test_a_good_mark_has_no_error(value: str):
    assert with_entry(value)["errors"] == []


def test_a_minus_zero_is_zero_and_ten_is_ten():
    assert with_entry("-0,0")["subjects"]["Toán"]["hk1"] == "4,3"  # 6·2 + 0·2 + 6·3 over 7
    assert with_entry("010")["subjects"]["Toán"]["hk1"] == "7,1"


@pytest.mark.parametrize("value", ["D", "CD", "đ", "Đạt", "Ð", "T", "", "8", 1, True, {}])
def test_comment_letters_are_exact(value: object):
    result = with_entry(value, "comments")
    assert codes(result) == [("Toán.hk1.gk", "not_a_level")]
    assert result["subjects"]["Toán"] == {"hk1": None, "hk2": "Đ", "year": "Đ"}


@pytest.mark.parametrize(("value", "level"), [("Đ", "Đ"), (" CĐ ", "CĐ"), ("CĐ", "CĐ")])
def test_comment_letters(value: str, level: str):
    result = with_entry(value, "comments")
    assert result["errors"] == []
    assert result["subjects"]["Toán"]["hk1"] == level


def test_paths_count_from_zero_and_one_bad_case_stops_no_other():
    bad = subject("Toán", reassessed="x")
    bad["hk1"]["tx"] = ["6", "11"]
    bad["hk2"].update(gk="6,55", ck="?")
    conduct = {"hk1": "Tot", "hk2": "Giỏi", "year": 5, "after_summer": "Yếu"}
    results = run(
        case([bad], id=1, conduct=conduct, absences="12"), case(id=2), {"id": 3}, case(id=None)
    )
    assert [result["id"] for result in results] == [1, 2, 3, None]
    assert codes(results[0]) == [
        ("Toán.hk1.tx[1]", "mark_out_of_range"),
        ("Toán.hk2.gk", "mark_too_precise"),
        ("Toán.hk2.ck", "not_a_mark"),
        ("Toán.reassessed", "not_a_mark"),
        ("conduct.hk1", "not_a_level"),
        ("conduct.hk2", "not_a_level"),
        ("conduct.after_summer", "not_a_level"),
        ("absences", "not_a_mark"),
    ]
    assert all(error["message"] for error in results[0]["errors"])
    assert results[0]["conduct"] == {"year": None, "final": None}
    assert results[0]["learning"]["after_reassessment"] is None
    assert results[1]["errors"] == []
    assert results[1]["promotion"] == "promoted"


@pytest.mark.parametrize(
    ("absences", "code"),
    [(-1, "mark_out_of_range"), (1.5, "not_a_mark"), ("12", "not_a_mark"), (True, "not_a_mark")],
)
def test_absences_are_a_whole_number(absences: object, code: str):
    result = run(case(absences=absences))[0]
    assert codes(result) == [("absences", code)]
    assert result["promotion"] == "incomplete"


@pytest.mark.parametrize(
    ("broken", "at"),
    [
        (5, ""),
        (None, ""),
        ([], ""),
        (case(subjects=None) | {"subjects": {}}, "subjects"),
        (case() | {"subjects": None}, "subjects"),
        (case([5]), "subjects[0]"),  # type: ignore[list-item]
        (case([subject("")]), "subjects[0].name"),
        (case([subject("Toán"), subject("Toán")]), "subjects[1].name"),
        (case([subject("Toán"), subject(" Toa\u0301n ")]), "subjects[1].name"),
        (case([subject("Toán", kind="x")]), "Toán.kind"),
        (case([subject("Toán", kind="levels")]), "Toán.kind"),  # a kind of primary schools
        (case([subject("Toán", kind="scores")]), "Toán.kind"),
        (case([subject("Toán", kind=["marks"])]), "Toán.kind"),
        (case([subject("Toán", exempt="HK1")]), "Toán.exempt"),
        (case([subject("Toán", exempt=[])]), "Toán.exempt"),
        (case([subject("Toán", periods=None)]), "Toán.periods"),
        (case([subject("Toán", periods="35")]), "Toán.periods"),
        (case([subject("Toán", tx_required=-1)]), "Toán.tx_required"),
        (case([subject("Toán", hk1=[])]), "Toán.hk1"),
        (case([subject("Toán", hk1={"tx": "8"})]), "Toán.hk1.tx"),
        (case(conduct="Tốt"), "conduct"),
        (case(grade=5), "grade"),
        (case(grade=13), "grade"),
        (case(grade="8"), "grade"),
        (case(grade=None), "grade"),
    ],
)
def test_a_case_that_cannot_be_read_has_only_its_error(broken: object, at: str):
    (result, other) = run(broken, case(id="next"))
    assert set(result) == {"id", "errors"}
    assert result["id"] == ("x" if isinstance(broken, dict) else None)
    assert codes(result) == [(at, "bad_case")]
    assert other["promotion"] == "promoted"


def test_names_may_come_decomposed_and_answer_as_given():
    name = unicodedata.normalize("NFD", "Ngữ văn")
    conduct = {"hk1": unicodedata.normalize("NFD", "Tốt"), "hk2": " Tốt "}
    result = run(case([subject(name, "8")], conduct=conduct))[0]
    assert list(result["subjects"]) == [name]
    assert result["conduct"]["year"] == "Tốt"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.sampled_from(["grade", "subjects", "conduct", "absences", "regulation", "id"]),
    st.sampled_from(
        [None, "name", "kind", "periods", "hk1", "exempt", "reassessed", "tx_required"]
    ),
    json_values,
)
def test_no_value_breaks_the_program(key: str, inner: str | None, value: object):
    broken = case()
    if inner is None:
        broken[key] = value
    else:
        broken["subjects"][0][inner] = value
    (result, other) = run(broken, case())
    assert "errors" in result
    assert other["promotion"] == "promoted"
