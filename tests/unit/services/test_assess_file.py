from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import RuleRefused
from app.services.assess import assess, read_and_assess
from tests.unit.services.assess_cases import PRIMARY, SECONDARY


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


def test_a_number_beyond_every_float_leaves_json_behind(tmp_path: Path):
    content = '{"format": "khoaso-assess/1", "cases": [{"id": 1e999}, {"id": 1.5}]}'
    code, text = read_and_assess(write(tmp_path, content))
    assert code == 0
    assert "Infinity" not in text
    assert [result["id"] for result in json.loads(text)["results"]] == ["1e999", 1.5]


def test_a_number_longer_than_python_reads_stops_nothing(tmp_path: Path):
    many = "9" * 5000
    cases = f'{{"id": {many}}}, {{"id": "-", "absences": -{many}}}, {json.dumps(SECONDARY)}'
    path = write(tmp_path, f'{{"format": "khoaso-assess/1", "cases": [{cases}]}}')
    code, text = read_and_assess(path)
    assert code == 0
    results = json.loads(text)["results"]
    assert [result["id"] for result in results] == [many, "-", "s1"]
    assert results[2]["promotion"] == "incomplete"


@pytest.mark.parametrize(
    "case",
    [
        '{"id": 7, "regulation": "TT27/2020", "regulation": "TT27/2020", "grade": 4}',
        '{"id": 7, "regulation": "TT27/2020", "grade": 4, "levels": {"Toán": "C", "Toán": "T"},'
        ' "traits": {}, "tests": {}}',
        '{"id": 7, "regulation": "TT22/2021", "grade": 8, "absences": 0, "subjects": [{"name": "T",'
        ' "kind": "comments", "hk1": {"tx": ["Đ", "Đ"], "gk": "CĐ", "gk": "Đ"}}]}',
    ],
)
def test_a_key_that_stands_twice_makes_the_case_a_bad_one(tmp_path: Path, case: str):
    """Which of the two was meant nobody knows, and a reader of JSON keeps the last in silence."""
    code, text = read_and_assess(
        write(
            tmp_path, f'{{"format": "khoaso-assess/1", "cases": [{case}, {json.dumps(PRIMARY)}]}}'
        )
    )
    assert code == 0
    broken, sound = json.loads(text)["results"]
    assert set(broken) == {"id", "errors"}
    assert [error["code"] for error in broken["errors"]] == ["bad_case"]
    assert "hai lần" in broken["errors"][0]["message"]
    assert (broken["id"], sound["promotion"]) == (7, "promoted")


def test_windows_line_ends_are_white_space(tmp_path: Path):
    document = json.dumps({"format": "khoaso-assess/1", "cases": [SECONDARY, PRIMARY]}, indent=1)
    windows = write(tmp_path, document.replace("\n", "\r\n"))
    assert read_and_assess(windows) == read_and_assess(write(tmp_path, document))


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
