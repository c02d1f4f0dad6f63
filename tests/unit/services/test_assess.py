from __future__ import annotations

import copy
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from app.services.assess import assess, read_and_assess

SECONDARY = {
    "id": "s1",
    "regulation": "TT22/2021",
    "grade": 8,
    "specialised_subject": None,
    "subjects": [
        {
            "name": "Toán",
            "kind": "marks",
            "periods": 140,
            "hk1": {"tx": ["8", "9", "7,5", "8"], "gk": "7", "ck": "8"},
            "hk2": {"tx": ["8", "9", "7,5", None], "gk": "7", "ck": None},
            "exempt": None,
            "reassessed": None,
        },
        {
            "name": "Giáo dục thể chất",
            "kind": "comments",
            "periods": 70,
            "hk1": {"tx": ["Đ", "Đ"], "gk": "Đ", "ck": "CĐ"},
            "hk2": {"tx": ["Đ", "Đ"], "gk": "Đ", "ck": "Đ"},
            "exempt": None,
            "reassessed": None,
        },
    ],
    "conduct": {"hk1": "Tốt", "hk2": "Khá", "year": None, "after_summer": None},
    "absences": 12,
}

PRIMARY = {
    "id": "p1",
    "regulation": "TT27/2020",
    "grade": 4,
    "levels": {"Tiếng Việt": "T", "Toán": "T", "Đạo đức": "T"},
    "traits": {"Yêu nước": "T", "Tự chủ và tự học": "T"},
    "tests": {"Tiếng Việt": "9", "Toán": "8"},
    "class_recognised": False,
    "standout": False,
    "supplementary": None,
    "principal_promotes": None,
}


def run(*cases: object) -> list[dict]:
    found = assess({"format": "khoaso-assess/1", "cases": list(cases)})
    assert found["format"] == "khoaso-assess-result/1"
    json.dumps(found)
    return found["results"]  # type: ignore[return-value]


def subject(name: str, mark: str | None = "6", kind: str = "marks", **more: object) -> dict:
    """A subject whose every entry is `mark`."""
    count = 2
    entries = {"tx": [mark] * count, "gk": mark, "ck": mark}
    return {
        "name": name,
        "kind": kind,
        "periods": 35,
        "hk1": copy.deepcopy(entries),
        "hk2": copy.deepcopy(entries),
        "exempt": None,
        "reassessed": None,
        **more,
    }


def case(subjects: list[dict] | None = None, **more: object) -> dict:
    return {
        "id": "x",
        "regulation": "TT22/2021",
        "grade": 7,
        "subjects": [subject(f"M{n}") for n in range(1, 9)] if subjects is None else subjects,
        "conduct": {"hk1": "Khá", "hk2": "Khá", "year": None, "after_summer": None},
        "absences": 0,
        **more,
    }


def with_entry(value: object, kind: str = "marks") -> dict:
    """A case with one subject "Toán" whose HK I giữa kì is `value`."""
    only = subject("Toán", "Đ" if kind == "comments" else "6", kind)
    only["hk1"]["gk"] = value
    return run(case([only]))[0]


def codes(result: dict) -> list[tuple[str, str]]:
    return [(error["at"], error["code"]) for error in result["errors"]]


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


@pytest.mark.parametrize("regulation", ["TT27/2020", "TT22/2016", "TT58/2011"])
def test_a_circular_that_is_not_here_yet_is_said_plainly(regulation: str):
    (result,) = run({**PRIMARY, "regulation": regulation})
    assert set(result) == {"id", "errors"}
    assert codes(result) == [("regulation", "unknown_regulation")]
    assert "chưa có trong bản này" in result["errors"][0]["message"]


@pytest.mark.parametrize("regulation", ["TT22", "tt22/2021", "", None, 22, ["TT22/2021"]])
def test_an_unknown_regulation(regulation: object):
    (result,) = run(case(regulation=regulation))
    assert set(result) == {"id", "errors"}
    assert codes(result) == [("regulation", "unknown_regulation")]


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


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"format": "khoaso-assess/2", "cases": []},
        {"format": "khoaso-assess/1"},
        {"format": "khoaso-assess/1", "cases": {}},
        {"cases": []},
    ],
)
def test_a_document_of_another_shape_is_refused(document: object):
    with pytest.raises(RuleRefused) as refusal:
        assess(document)
    assert "hãy kiểm tra lại tệp" in refusal.value.sentence


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


def write(folder: Path, content: bytes | str) -> Path:
    path = folder / "cases.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_gives_results_as_json(tmp_path: Path):
    document = {"format": "khoaso-assess/1", "cases": [SECONDARY, PRIMARY]}
    code, text = read_and_assess(write(tmp_path, json.dumps(document, ensure_ascii=False)))
    assert code == 0
    assert json.loads(text) == assess(document)
    assert "Giáo dục thể chất" in text


def test_a_file_without_cases_to_judge_is_still_read(tmp_path: Path):
    code, text = read_and_assess(write(tmp_path, '{"format": "khoaso-assess/1", "cases": []}'))
    assert code == 0
    assert json.loads(text)["results"] == []


def test_half_a_surrogate_pair_can_still_be_printed(tmp_path: Path):
    content = '{"format": "khoaso-assess/1", "cases": [{"id": "\\ud800"}]}'
    code, text = read_and_assess(write(tmp_path, content))
    assert code == 0
    assert json.loads(text.encode("utf-8"))["results"][0]["id"] == "\ud800"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1, 2",
        "[]",
        '{"format": "khoaso-assess/1"}',
        '{"format": "other", "cases": []}',
        '{"format": "khoaso-assess/1", "cases": [NaN]}',
        b'\xef\xbb\xbf{"format": "khoaso-assess/1", "cases": []}',
        b"\xff\xfe{}",
        "[" * 200_000,
    ],
)
def test_a_file_that_is_no_use_gives_one_sentence(tmp_path: Path, content: bytes | str):
    code, text = read_and_assess(write(tmp_path, content))
    assert code == 2
    assert text.startswith("Tệp ")
    assert "\n" not in text


def test_a_file_that_is_not_there(tmp_path: Path):
    for path in (tmp_path / "nothing.json", tmp_path):
        code, text = read_and_assess(path)
        assert code == 2
        assert text.startswith("Không đọc được tệp")
