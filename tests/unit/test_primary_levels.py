from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.primary_levels import (
    SubjectLevel,
    TraitLevel,
    parse_score,
    parse_subject_level,
    parse_trait_level,
    score_text,
)
from app.errors import RuleRefused


def test_equal_letters_of_the_two_kinds_are_different_levels():
    assert SubjectLevel.GOOD.value == TraitLevel.GOOD.value == "T"
    assert SubjectLevel.NOT_DONE.value == TraitLevel.NEEDS_EFFORT.value == "C"
    assert SubjectLevel.GOOD != TraitLevel.GOOD
    assert SubjectLevel.NOT_DONE != TraitLevel.NEEDS_EFFORT
    assert [level.words for level in SubjectLevel] == [
        "Hoàn thành tốt",
        "Hoàn thành",
        "Chưa hoàn thành",
    ]
    assert [level.words for level in TraitLevel] == ["Tốt", "Đạt", "Cần cố gắng"]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("T", SubjectLevel.GOOD),
        ("t", SubjectLevel.GOOD),
        (" h ", SubjectLevel.DONE),
        ("C", SubjectLevel.NOT_DONE),
        ("", None),
        (" \t", None),
    ],
)
def test_typed_subject_levels(typed: str, level: SubjectLevel | None):
    assert parse_subject_level(typed) is level


@pytest.mark.parametrize("typed", ["Đ", "đ", "D", "d", "ð", "Ð", unicodedata.normalize("NFD", "Đ")])
def test_typing_folds_the_letter_of_a_trait(typed: str):
    assert parse_trait_level(typed) is TraitLevel.REACHED


@pytest.mark.parametrize(
    ("typed", "level"), [("t", TraitLevel.GOOD), ("c", TraitLevel.NEEDS_EFFORT), ("", None)]
)
def test_typed_trait_levels(typed: str, level: TraitLevel | None):
    assert parse_trait_level(typed) is level


@pytest.mark.parametrize("typed", ["Đ", "D", "HT", "T H", "9", "x", "Hoàn thành", "CĐ"])
def test_a_subject_takes_no_other_letter(typed: str):
    """E46: subject input "Đ"."""
    with pytest.raises(RuleRefused, match="Hoàn thành tốt") as refusal:
        parse_subject_level(typed)
    assert refusal.value.code == "not_a_level"


@pytest.mark.parametrize("typed", ["H", "h", "CĐ", "K", "10", "Đạt"])
def test_a_trait_takes_no_other_letter(typed: str):
    """E46: trait input "H"."""
    with pytest.raises(RuleRefused, match="Cần cố gắng") as refusal:
        parse_trait_level(typed)
    assert refusal.value.code == "not_a_level"


@given(st.integers(1, 10))
def test_whole_scores_are_read_and_shown_alike(score: int):
    for allowed in (True, False):
        found = parse_score(f" {score} ", zero_allowed=allowed)
        assert found == score * 10
        assert score_text(found) == str(score)


@pytest.mark.parametrize("typed", ["0", "00", "-0"])
def test_zero_is_a_score_only_where_it_is_allowed(typed: str):
    """E11 and E12."""
    assert parse_score(typed, zero_allowed=True) == 0
    with pytest.raises(RuleRefused, match="không cho điểm 0") as refusal:
        parse_score(typed, zero_allowed=False)
    assert refusal.value.code == "zero_not_allowed"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8,5", "mark_too_precise"),
        ("8.5", "mark_too_precise"),
        ("9,0", "mark_too_precise"),
        ("0,0", "mark_too_precise"),
        ("10,0", "mark_too_precise"),
        ("7,25", "mark_too_precise"),
        ("11", "mark_out_of_range"),
        ("75", "mark_out_of_range"),
        ("10,5", "mark_out_of_range"),
        ("-1", "mark_out_of_range"),
        ("-0,5", "mark_out_of_range"),
        ("l0", "not_a_mark"),
        ("8,,5", "not_a_mark"),
        ("8,", "not_a_mark"),
        ("+8", "not_a_mark"),
        ("T", "not_a_mark"),
        ("٨", "not_a_mark"),
        ("1e1", "not_a_mark"),
        ("9" * 5000, "not_a_mark"),
    ],
)
@pytest.mark.parametrize("zero_allowed", [True, False])
def test_what_is_no_whole_score_is_refused_and_never_rounded(
    typed: str, code: str, zero_allowed: bool
):
    """E13."""
    with pytest.raises(RuleRefused) as refusal:
        parse_score(typed, zero_allowed=zero_allowed)
    assert refusal.value.code == code
    assert len(refusal.value.sentence) < 200


def test_an_empty_score_is_none():
    assert parse_score("  ", zero_allowed=False) is None


def answer(parse: Callable[[str], object], typed: str) -> str:
    try:
        parse(typed)
    except RuleRefused as refusal:
        return refusal.sentence
    return "."


@given(st.text(max_size=20))
def test_typing_gives_a_value_or_one_sentence(typed: str):
    for parse in (
        parse_subject_level,
        parse_trait_level,
        lambda text: parse_score(text, zero_allowed=False),
    ):
        assert answer(parse, typed).endswith(".")
