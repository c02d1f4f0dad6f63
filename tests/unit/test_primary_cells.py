"""Levels, Điểm KTĐK and flags as cells: what is typed comes back, nothing is confused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import (
    EMPTY,
    CellState,
    MarkCell,
    parse_entry,
    parse_restored,
    restore_text,
    trail_text,
    value_text,
)
from app.domain.periods import PRIMARY_TERMS, Period, Term, column_term, entry_term, in_order
from app.domain.subjects import Subject, SubjectKind
from app.errors import RuleRefused

VALUES = {
    SubjectKind.LEVELS: range(3),
    SubjectKind.TRAITS: range(3),
    SubjectKind.SCORES: range(0, 101, 10),
    SubjectKind.SCORES_FROM_1: range(10, 101, 10),
    SubjectKind.FLAGS: (1,),
}
CELLS = st.sampled_from([(kind, value) for kind, values in VALUES.items() for value in values])


@given(CELLS)
def test_a_shown_value_is_read_back_as_itself(cell):
    kind, value = cell
    stored = MarkCell(CellState.MARK, value)
    assert parse_entry(value_text(value, kind), kind) == stored
    assert parse_entry(restore_text(stored, kind), kind) == stored
    assert trail_text(stored, kind) == value_text(value, kind)


@given(CELLS, st.sampled_from([CellState.EXEMPT, CellState.PENDING_MAKEUP, CellState.TRANSFERRED]))
def test_undo_brings_every_state_back(cell, state):
    kind, value = cell
    kept = MarkCell(state, value if state is CellState.TRANSFERRED else None, "QĐ 5")
    assert parse_restored(restore_text(kept, kind)) == kept


@given(st.sampled_from(["T", "t", "H", "h", "C", "c", "Đ", "đ", "D", "d", "ð"]))
def test_the_two_scales_never_mix(letter):
    def read(kind):
        try:
            return value_text(parse_entry(letter, kind).value, kind)
        except RuleRefused as refusal:
            return refusal.code

    in_subject, in_trait = read(SubjectKind.LEVELS), read(SubjectKind.TRAITS)
    upper = "Đ" if letter in "Đđð" or letter in "Dd" else letter.upper()
    assert in_subject == (upper if upper in "THC" else "not_a_level")
    assert in_trait == (upper if upper in "TĐC" else "not_a_level")


def test_a_better_level_is_a_greater_value():
    order = [parse_entry(letter, SubjectKind.LEVELS).value for letter in "CHT"]
    assert order == sorted(order)
    assert order == [parse_entry(letter, SubjectKind.TRAITS).value for letter in "CĐT"]


@pytest.mark.parametrize("kind", [SubjectKind.SCORES, SubjectKind.SCORES_FROM_1])
@pytest.mark.parametrize(
    ("typed", "code"),
    [("8,5", "mark_too_precise"), ("11", "mark_out_of_range"), ("-1", "mark_out_of_range"),
     ("T", "not_a_mark"), ("8,,5", "not_a_mark"), ("l0", "not_a_mark")],
)  # fmt: skip
def test_a_test_takes_whole_scores_only(kind, typed, code):
    with pytest.raises(RuleRefused) as caught:
        parse_entry(typed, kind)
    assert caught.value.code == code


def test_zero_is_a_score_of_tt27_only():
    assert parse_entry("0", SubjectKind.SCORES).value == 0
    with pytest.raises(RuleRefused, match="không cho điểm 0"):
        parse_entry("0", SubjectKind.SCORES_FROM_1)


def test_a_flag_is_an_x_or_nothing():
    assert parse_entry("X", SubjectKind.FLAGS).value == 1
    assert parse_entry("", SubjectKind.FLAGS) == EMPTY
    with pytest.raises(RuleRefused, match="chỉ gõ x"):
        parse_entry("có", SubjectKind.FLAGS)


def test_a_column_says_its_kind_and_its_term():
    toan = Subject(1, "toan", "Toán", "Toán", SubjectKind.LEVELS, 1, 175, 0)
    traits = Subject(2, "pc_nl", "PC, NL", "PC", SubjectKind.TRAITS, 2, 0, 0)
    assert [toan.kind_of(c) for c in ("muc", "ktdk")] == [SubjectKind.LEVELS, SubjectKind.SCORES]
    kinds = [traits.kind_of(c) for c in ("yeu_nuoc", "noi_bat")]
    assert kinds == [SubjectKind.TRAITS, SubjectKind.FLAGS]
    assert column_term("CN.muc") is Period.CN
    assert column_term("HK2.tx1") is Term.HK2
    assert in_order({Period.CN, Period.GK1, Period.GK2, Period.CK1}) == list(PRIMARY_TERMS)
    with pytest.raises(ValueError, match="HE"):
        entry_term("HE")
