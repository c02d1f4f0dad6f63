from __future__ import annotations

import copy
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.regulations import primary_second_reading
from tests.unit.services.assess_cases import PRIMARY, SECONDARY, case, codes, run
from tests.unit.services.primary_cases import best, cases, primary

FLAGS = {"standout": True, "class_recognised": True}


def test_the_primary_example_of_the_format():
    (result,) = run(PRIMARY)
    assert result == {
        "id": "p1",
        "errors": [],
        "result": "Hoàn thành tốt",
        "completed": True,
        "promotion": "promoted",
        "title": None,
    }
    assert type(result["result"]) is str


def test_both_examples_in_one_file_stay_in_order():
    first, second = run(SECONDARY, PRIMARY)
    assert (first["id"], second["id"]) == ("s1", "p1")
    assert "conduct" in first
    assert "completed" in second


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # completed is null for incomplete and supplementary
        ({"tests": {"Toán": None}}, (None, None, "incomplete")),
        ({"levels": {"Toán": None}}, (None, None, "incomplete")),
        ({"traits": {"Yêu nước": None}}, (None, None, "incomplete")),
        # missing data is never Chưa hoàn thành
        ({"levels": {"Toán": "C", "Tiếng Việt": None}}, (None, None, "incomplete")),
        ({"levels": {"Toán": "C"}}, ("Chưa hoàn thành", None, "supplementary")),
        ({"traits": {"Yêu nước": "C"}}, ("Chưa hoàn thành", None, "supplementary")),
        ({"tests": {"Toán": "4"}}, ("Chưa hoàn thành", None, "supplementary")),
        ({"tests": {"Toán": "0"}}, ("Chưa hoàn thành", None, "supplementary")),
        # else true
        ({}, ("Hoàn thành", True, "promoted")),
        # an empty list satisfies "all"; an absent key is not studied
        ({"levels": {}, "traits": {}, "tests": {}}, ("Hoàn thành xuất sắc", True, "promoted")),
        ({"levels": {"Bơi lội": "T"}, "traits": {}}, ("Hoàn thành", True, "promoted")),
        # supplementary is ignored unless the year is Chưa hoàn thành
        ({"supplementary": {"levels": {"Toán": "C"}}}, ("Hoàn thành", True, "promoted")),
        (
            {"tests": {"Toán": None}, "supplementary": {"tests": {"Toán": "9"}}},
            (None, None, "incomplete"),
        ),
        # the principal is read only after a failed supplementary
        ({"principal_promotes": False}, ("Hoàn thành", True, "promoted")),
        (
            {"levels": {"Toán": "C"}, "principal_promotes": True},
            ("Chưa hoàn thành", None, "supplementary"),
        ),
    ],
)
def test_result_and_promotion(change: dict, expected: tuple):
    (new,) = run(primary(**change))
    assert (new["result"], new["completed"], new["promotion"]) == expected
    assert new["errors"] == []
    if "0" not in change.get("tests", {}).values():
        (old,) = run(primary(**change, regulation="TT22/2016"))
        assert (old["result"], old["completed"], old["promotion"]) == (None, *expected[1:])


FAILED = {"levels": {"Toán": "C", "Đạo đức": "H"}, "tests": {"Toán": "4", "Tiếng Việt": "8"}}


@pytest.mark.parametrize(
    ("again", "principal", "expected"),
    [
        ({"levels": {"Toán": "H"}, "tests": {"Toán": "5"}}, None, "promoted"),
        ({"levels": {"Toán": "T"}, "tests": {"Toán": "10"}}, False, "promoted"),
        ({}, None, "principal_decides"),
        ({"levels": {}, "traits": {}, "tests": {}}, None, "principal_decides"),
        ({"levels": None, "traits": None, "tests": None}, None, "principal_decides"),
        ({"levels": {"Toán": "H"}}, None, "principal_decides"),
        ({"levels": {"Toán": None}, "tests": {"Toán": "9"}}, None, "principal_decides"),
        ({"levels": {"Toán": "H"}, "tests": {"Toán": "4"}}, None, "principal_decides"),
        ({}, True, "promoted_by_principal"),
        ({}, False, "retained"),
    ],
)
@pytest.mark.parametrize("regulation", ["TT27/2020", "TT22/2016"])
def test_after_the_supplementary(
    again: dict, principal: bool | None, expected: str, regulation: str
):
    (result,) = run(
        primary(
            **FAILED,
            **FLAGS,
            regulation=regulation,
            supplementary=again,
            principal_promotes=principal,
        )
    )
    assert result["errors"] == []
    assert result["promotion"] == expected
    assert result["completed"] is (expected == "promoted")
    if regulation == "TT27/2020":
        wanted = "Hoàn thành" if expected == "promoted" else "Chưa hoàn thành"
        assert (result["result"], result["title"]) == (wanted, None)
    else:
        # title comes from the values before, and the second one asks no values
        assert result["result"] is None
        assert result["title"] == "Có thành tích vượt trội hay tiến bộ vượt bậc"


def test_values_of_what_was_not_studied_or_did_not_fail_do_not_count():
    again = {
        "levels": {"Toán": "H", "Đạo đức": "C", "Tin học": "C"},
        "traits": {"Yêu nước": "C"},
        "tests": {"Toán": "5", "Tiếng Việt": "0"},
    }
    (result,) = run(primary(**FAILED, supplementary=again))
    assert (result["result"], result["promotion"]) == ("Hoàn thành", "promoted")


@pytest.mark.parametrize(
    ("change", "new", "old"),
    [
        ({}, "Học sinh Xuất sắc", "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"),
        (FLAGS, "Học sinh Xuất sắc", "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"),
        ({"tests": {"Toán": "8"}}, None, None),
        ({"tests": {"Toán": "8"}, "standout": True}, None, None),
        ({"tests": {"Toán": "8"}, "class_recognised": True}, None, None),
        (
            {"tests": {"Toán": "7"}, **FLAGS},
            "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
            "Có thành tích vượt trội hay tiến bộ vượt bậc",
        ),
        (
            {"tests": {"Toán": "6"}, **FLAGS},
            None,
            "Có thành tích vượt trội hay tiến bộ vượt bậc",
        ),
        (
            {"levels": {"Toán": "C"}, **FLAGS},
            None,
            "Có thành tích vượt trội hay tiến bộ vượt bậc",
        ),
        ({"tests": {"Toán": None}, **FLAGS}, None, None),
        ({"levels": {"Toán": "x"}, **FLAGS}, None, None),
    ],
)
def test_titles(change: dict, new: str | None, old: str | None):
    assert run(best(**change))[0]["title"] == new
    assert run(best(**change, regulation="TT22/2016"))[0]["title"] == old


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("8,,5", "not_a_mark"),
        ("", "not_a_mark"),
        ("T", "not_a_mark"),
        ("٨", "not_a_mark"),
        (8, "not_a_mark"),
        (True, "not_a_mark"),
        ({}, "not_a_mark"),
        ("-1", "mark_out_of_range"),
        ("11", "mark_out_of_range"),
        ("10,5", "mark_out_of_range"),
        ("-0,5", "mark_out_of_range"),
        ("9" * 6000, "mark_out_of_range"),
        ("8,5", "mark_too_precise"),
        ("9,0", "mark_too_precise"),
        ("9.0", "mark_too_precise"),
        ("10,0", "mark_too_precise"),
        ("0,0", "mark_too_precise"),
    ],
)
@pytest.mark.parametrize("regulation", ["TT27/2020", "TT22/2016"])
def test_a_bad_score_counts_as_null(value: object, code: str, regulation: str):
    (result,) = run(best(tests={"Toán": value, "Khoa học": "9"}, regulation=regulation))
    assert codes(result) == [("tests.Toán", code)]
    assert result["errors"][0]["message"]
    assert (result["result"], result["completed"], result["title"]) == (None, None, None)
    assert result["promotion"] == "incomplete"


@pytest.mark.parametrize("value", ["9", " 9 ", "09", "9\u00a0", "10", "010"])
def test_a_good_score(value: str):
    (result,) = run(best(tests={"Toán": value}))
    assert (result["errors"], result["result"]) == ([], "Hoàn thành xuất sắc")


@pytest.mark.parametrize("value", ["0", "00", "-0"])
def test_zero_by_circular(value: str):
    (new,) = run(best(tests={"Toán": value}))
    assert (codes(new), new["result"]) == ([], "Chưa hoàn thành")
    (old,) = run(best(tests={"Toán": value}, regulation="TT22/2016"))
    assert codes(old) == [("tests.Toán", "zero_not_allowed")]
    assert old["promotion"] == "incomplete"


@pytest.mark.parametrize("value", ["D", "t", "Đ", "HT", "", "9", 9, True, [], "Hoàn thành"])
def test_subject_letters_are_exact(value: object):
    (result,) = run(best(levels={"Toán": value}))
    assert codes(result) == [("levels.Toán", "not_a_level")]
    assert result["promotion"] == "incomplete"


@pytest.mark.parametrize("value", ["D", "d", "đ", "Ð", "H", "CĐ", "Tốt", "", 1, {}])
def test_trait_letters_are_exact(value: object):
    (result,) = run(best(traits={"Yêu nước": value}))
    assert codes(result) == [("traits.Yêu nước", "not_a_level")]
    assert result["promotion"] == "incomplete"


@pytest.mark.parametrize(
    ("regulation", "grade", "name"),
    [
        ("TT27/2020", 4, "Đạo đức"),
        ("TT27/2020", 1, "Ngoại ngữ 1"),
        ("TT27/2020", 2, "Ngoại ngữ 1 (Tiếng Anh)"),
        ("TT27/2020", 3, "Tự nhiên và Xã hội"),
        ("TT27/2020", 5, "Nghệ thuật (Mĩ thuật)"),
        ("TT27/2020", 5, "Mĩ thuật"),
        ("TT27/2020", 5, "Hoạt động trải nghiệm"),
        ("TT27/2020", 5, "Tiếng dân tộc"),
        ("TT22/2016", 5, "Kĩ thuật"),
        ("TT22/2016", 2, "Thủ công"),
        ("TT22/2016", 3, "Tự nhiên và Xã hội"),
        ("TT22/2016", 4, "Thể dục"),
    ],
)
@pytest.mark.parametrize("score", ["9", "2"])
def test_a_score_that_is_not_due_is_ignored(regulation: str, grade: int, name: str, score: str):
    (result,) = run(best(regulation=regulation, grade=grade, tests={"Toán": "9", name: score}))
    assert codes(result) == [(f"tests.{name}", "test_not_due")]
    assert (result["completed"], result["promotion"]) == (True, "promoted")
    assert result["title"] is not None


@pytest.mark.parametrize(
    ("regulation", "grade", "name"),
    [
        ("TT27/2020", 3, "Ngoại ngữ 1 (Tiếng Anh)"),
        ("TT27/2020", 3, "Tin học và Công nghệ (Công nghệ)"),
        ("TT27/2020", 4, "Khoa học"),
        ("TT27/2020", 4, "Cờ vua"),
        ("TT27/2020", 4, "Tiếng Anh"),
        ("TT27/2020", 2, "Khoa học"),  # no subject of that grade, so not a known name of it
        ("TT22/2016", 5, "Tiếng dân tộc"),
        ("TT22/2016", 1, "Ngoại ngữ"),
        ("TT22/2016", 5, "Hoạt động trải nghiệm"),
    ],
)
def test_a_score_that_is_due_or_of_an_unknown_subject_counts(
    regulation: str, grade: int, name: str
):
    (result,) = run(best(regulation=regulation, grade=grade, tests={name: "4"}))
    assert (result["errors"], result["promotion"]) == ([], "supplementary")


def test_the_first_fault_of_a_value_is_the_one_that_is_told():
    (result,) = run(best(tests={"Đạo đức": "11", "Âm nhạc": None, "Toán": "9"}))
    assert codes(result) == [("tests.Đạo đức", "mark_out_of_range")]
    assert result["promotion"] == "incomplete"
    (old,) = run(best(tests={"Đạo đức": "0"}, regulation="TT22/2016"))
    assert codes(old) == [("tests.Đạo đức", "zero_not_allowed")]


def test_paths_of_every_part_and_one_bad_case_stops_no_other():
    again = {"levels": {"Toán": "X"}, "traits": {"Yêu nước": 1}, "tests": {"Đạo đức": "5"}}
    bad = primary(
        levels={"Toán": "C", "Âm nhạc": "Đ"},
        traits={"Yêu nước": "H"},
        tests={"Toán": "8,5"},
        supplementary=again,
    )
    results = run(bad, primary(id=2), {"id": 3, "regulation": "TT27/2020"})
    assert [result["id"] for result in results] == ["p", 2, 3]
    assert codes(results[0]) == [
        ("levels.Âm nhạc", "not_a_level"),
        ("traits.Yêu nước", "not_a_level"),
        ("tests.Toán", "mark_too_precise"),
        ("supplementary.levels.Toán", "not_a_level"),
        ("supplementary.traits.Yêu nước", "not_a_level"),
        ("supplementary.tests.Đạo đức", "test_not_due"),
    ]
    assert results[1]["result"] == "Hoàn thành"
    assert codes(results[2]) == [("grade", "bad_case")]


def test_a_fault_in_the_supplementary_leaves_the_old_value():
    again = {"levels": {"Toán": "?"}, "tests": {"Toán": "99"}}
    (result,) = run(primary(**FAILED, supplementary=again))
    assert codes(result) == [
        ("supplementary.levels.Toán", "not_a_level"),
        ("supplementary.tests.Toán", "mark_out_of_range"),
    ]
    assert result["promotion"] == "principal_decides"


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"grade": 0}, "grade"),
        ({"grade": 6}, "grade"),
        ({"grade": "4"}, "grade"),
        ({"grade": True}, "grade"),
        ({"grade": None}, "grade"),
        ({"levels": None}, "levels"),
        ({"levels": ["T"]}, "levels"),
        ({"traits": "T"}, "traits"),
        ({"tests": 9}, "tests"),
        ({"supplementary": []}, "supplementary"),
        ({"supplementary": False}, "supplementary"),
        ({"supplementary": {"tests": []}}, "supplementary.tests"),
        ({"standout": "yes"}, "standout"),
        ({"class_recognised": 1}, "class_recognised"),
        ({"principal_promotes": "true"}, "principal_promotes"),
        ({"levels": {"": "T"}}, "levels."),
        ({"levels": {"Toán": "T", " Toán": "T"}}, "levels. Toán"),
        ({"tests": {"Toán": "9", unicodedata.normalize("NFD", "Toán"): "9"}}, None),
    ],
)
def test_a_case_of_another_shape_gets_no_figures(change: dict, at: str | None):
    (result,) = run(primary(**change))
    assert set(result) == {"id", "errors"}
    ((found, code),) = codes(result)
    assert code == "bad_case"
    assert at is None or found == at


@pytest.mark.parametrize("key", ["standout", "class_recognised", "principal_promotes"])
def test_flags_may_be_absent_or_null(key: str):
    without = primary()
    del without[key], without["supplementary"]
    assert run(without, primary(**{key: None})) == run(primary(), primary())


def test_names_and_values_are_compared_composed_and_trimmed():
    loose = {unicodedata.normalize("NFD", f" {name}"): " T " for name in ("Toán", "Đạo đức")}
    traits = {"Yêu nước": unicodedata.normalize("NFD", "Đ")}
    again = {"tests": {unicodedata.normalize("NFD", "Toán "): "5"}}
    (result,) = run(primary(levels=loose, traits=traits, tests={"Toán": "4"}, supplementary=again))
    assert (result["errors"], result["promotion"]) == ([], "promoted")


@settings(max_examples=200, deadline=None)
@given(cases(faulty=False))
def test_a_second_reading_agrees_on_whole_cases(made: dict):
    _compare(made)


@settings(max_examples=200, deadline=None)
@given(cases(faulty=True))
def test_a_second_reading_agrees_on_gaps_and_faults(made: dict):
    _compare(made)


def _compare(made: dict) -> None:
    before = copy.deepcopy(made)
    (result,) = run(made)
    assert made == before
    expected = primary_second_reading.conclude(made)
    assert codes(result) == expected.pop("errors")
    assert {key: result[key] for key in expected} == expected
    assert set(result) == {"id", "errors", *expected}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KEYS = (
    *("grade", "levels", "traits", "tests", "supplementary"),
    *("standout", "class_recognised", "principal_promotes"),
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["TT27/2020", "TT22/2016"]),
    st.dictionaries(st.sampled_from(KEYS), json_values),
    st.dictionaries(st.sampled_from(("levels", "traits", "tests")), json_values),
    st.booleans(),
)
def test_no_json_crashes(regulation: str, strange: dict, parts: dict, inside: bool):
    made = primary(regulation=regulation)
    for part, value in parts.items():
        made[part]["Toán"] = value
    if inside:
        made["levels"]["Âm nhạc"] = "C"
        made["supplementary"] = parts
    made.update(strange)
    made = json.loads(json.dumps(made))
    strange_one, sound = run(made, case())
    if set(strange_one) == {"id", "errors"}:
        assert [code for _, code in codes(strange_one)] == ["bad_case"]
    else:
        assert {"result", "completed", "promotion", "title"} <= set(strange_one)
    assert sound["promotion"] == "promoted"
