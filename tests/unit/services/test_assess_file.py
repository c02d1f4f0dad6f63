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
