"""A typed mark: what is read, what is refused, and in which words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import (
    EMPTY,
    CellState,
    MarkCell,
    cell_text,
    mark_text,
    parse_entry,
    parse_restored,
    restore_text,
    trail_text,
)
from app.domain.subjects import SubjectKind
from app.errors import RuleRefused

MARKS, COMMENTS = SubjectKind.MARKS, SubjectKind.COMMENTS


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [
        *[("8", 80), ("8,5", 85), ("8.5", 85), ("10", 100), ("10,0", 100), ("0", 0), ("0,0", 0)],
        *[(" 7,5 ", 75), ("08", 80), ("7,5\u200b", 75), ("\ufeff9", 90)],
    ],
)
def test_a_mark_is_read(typed, tenths):
    assert parse_entry(typed, MARKS) == MarkCell(CellState.MARK, tenths)


@pytest.mark.parametrize("typed", ["", "   ", "\t", "\u200b"])
def test_nothing_empties_the_cell_and_is_never_zero(typed):
    assert parse_entry(typed, MARKS) is EMPTY
    assert parse_entry(typed, COMMENTS) is EMPTY


@pytest.mark.parametrize(
    ("typed", "code", "hint"),
    [
        ("10,5", "mark_out_of_range", "0 đến 10"),
        ("-1", "mark_out_of_range", "gõ lại"),
        ("-0", "mark_out_of_range", "gõ lại"),
        ("11", "mark_out_of_range", "1,1"),
        ("75", "mark_out_of_range", "7,5"),
        ("999", "mark_out_of_range", "0 đến 10"),
        ("7,25", "mark_too_precise", "7,3"),
        ("7,24", "mark_too_precise", "7,2"),
        ("9,96", "mark_too_precise", "10,0"),
        ("10,04", "mark_out_of_range", "0 đến 10"),
        ("l0", "not_a_mark", "l0"),
        ("8,,5", "not_a_mark", "8,,5"),
        ("8,", "not_a_mark", "8,"),
        (",5", "not_a_mark", ",5"),
        ("８", "not_a_mark", "８"),
        ("９", "not_a_mark", "９"),
        ("٧", "not_a_mark", "٧"),
        ("8½", "not_a_mark", "8½"),
        ("1e1", "not_a_mark", "1e1"),
        ("+8", "not_a_mark", "+8"),
        ("=8", "not_a_mark", "=8"),
        ("8 5", "not_a_mark", "8 5"),
        ("nan", "not_a_mark", "nan"),
        ("Đ", "not_a_mark", "Đ"),
        ("1" * 6000, "not_a_mark", "111"),
        ("0," + "0" * 6000, "not_a_mark", "0,0"),
    ],
)
def test_what_is_no_mark_is_refused_in_a_whole_sentence(typed, code, hint):
    with pytest.raises(RuleRefused) as refused:
        parse_entry(typed, MARKS)
    assert refused.value.code == code
    assert hint in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert len(refused.value.sentence) < 220


def test_a_hint_is_given_only_where_a_comma_was_forgotten():
    for typed in ("-15", "75,5", "100"):
        with pytest.raises(RuleRefused) as refused:
            parse_entry(typed, MARKS)
        assert "dấu phẩy" not in refused.value.sentence


def test_fast_entry_is_asked_for():
    assert parse_entry("75", MARKS, fast_entry=True).value == 75
    assert parse_entry("10", MARKS, fast_entry=True).value == 100
    assert parse_entry("8", MARKS, fast_entry=True).value == 80
    with pytest.raises(RuleRefused):
        parse_entry("-75", MARKS, fast_entry=True)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        *[("Đ", 1), ("đ", 1), ("d", 1), ("D", 1), ("CĐ", 0), ("cđ", 0), ("cd", 0), ("C Đ", 0)],
        *[("Ð", 1), ("CÐ", 0), ("c\u00f0", 0), (" Đ\u00a0", 1)],
    ],
)
def test_levels_fold_what_keyboards_give(typed, level):
    assert parse_entry(typed, COMMENTS) == MarkCell(CellState.MARK, level)


@pytest.mark.parametrize("typed", ["8", "T", "x", "đạt rồi", "Đ Đ", "cddd", "y" * 5000])
def test_what_is_no_level_is_refused_shortly(typed):
    with pytest.raises(RuleRefused) as refused:
        parse_entry(typed, COMMENTS)
    assert refused.value.code == "not_a_level"
    assert len(refused.value.sentence) < 160


@given(st.integers(0, 100), st.sampled_from([",", "."]))
def test_every_mark_reads_back_from_its_own_text(tenths, point):
    text = mark_text(tenths).replace(",", point)
    assert parse_entry(text, MARKS) == MarkCell(CellState.MARK, tenths)
    assert parse_entry(unicodedata.normalize("NFD", text), MARKS).value == tenths


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_mark_nothing_or_one_sentence(typed):
    for kind, most in ((MARKS, 100), (COMMENTS, 1)):
        try:
            cell = parse_entry(typed, kind)
        except RuleRefused:
            continue
        else:
            assert cell == EMPTY or (cell.state is CellState.MARK and 0 <= cell.value <= most)


_REASONS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1)


@given(
    st.sampled_from([MARKS, COMMENTS]),
    st.one_of(
        st.just(EMPTY),
        st.builds(MarkCell, st.just(CellState.MARK), st.integers(0, 1)),
        st.builds(MarkCell, st.just(CellState.PENDING_MAKEUP), st.none(), _REASONS),
        st.builds(MarkCell, st.just(CellState.ZERO_ABSENT), st.just(0), _REASONS),
        st.builds(MarkCell, st.just(CellState.EXEMPT), st.none(), _REASONS),
        st.builds(MarkCell, st.just(CellState.TRANSFERRED), st.integers(0, 1), _REASONS),
    ),
)
def test_undo_texts_give_the_cell_back_exactly(kind, cell):
    text = restore_text(cell, kind)
    assert (parse_restored(text) or parse_entry(text, kind)) == cell


def test_the_trail_says_states_in_words():
    said = {
        CellState.EMPTY: "",
        CellState.MARK: "8,5",
        CellState.PENDING_MAKEUP: "chờ bù [ốm]",
        CellState.ZERO_ABSENT: "0,0 [vắng: ốm]",
        CellState.EXEMPT: "miễn [ốm]",
        CellState.TRANSFERRED: "8,5 [trường cũ: ốm]",
    }
    values = {CellState.MARK: 85, CellState.ZERO_ABSENT: 0, CellState.TRANSFERRED: 85}
    for state, text in said.items():
        reason = "" if state in (CellState.EMPTY, CellState.MARK) else "ốm"
        assert trail_text(MarkCell(state, values.get(state), reason), MARKS) == text
    assert cell_text(MarkCell(CellState.ZERO_ABSENT, 0, "ốm"), COMMENTS) == "CĐ"
    assert MarkCell(CellState.PENDING_MAKEUP, None, "ốm").counted() is None
    assert EMPTY.counted() is None
