"""The guard speaks up for a wrong column and stays silent otherwise."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.column_guard import suspicious_column, suspicious_columns

MARKS = st.lists(st.integers(0, 100), min_size=10, max_size=45)


def column(seed, pupils=45, centre=65):
    rnd = random.Random(seed)
    return {p: max(0, min(100, int(rnd.gauss(centre, 15)))) for p in range(pupils)}


def test_marks_that_are_another_column_are_noticed_in_words():
    gk = column(1)
    suspicion = suspicious_column("ck", gk, {"tx1": column(2), "gk": gk})
    assert (suspicion.resembles, suspicion.same, suspicion.compared) == ("gk", 45, 45)
    assert suspicion.sentence.startswith(
        "45/45 điểm sắp nhập vào cột cuối kì trùng với điểm giữa kì"
    )


@pytest.mark.parametrize(("changed", "noticed"), [(9, True), (10, False)])
def test_four_in_five_are_enough(changed, noticed):
    gk = column(1)
    incoming = {p: mark + (1 if p < changed and mark < 100 else 0) for p, mark in gk.items()}
    same = sum(incoming[p] == gk[p] for p in gk)
    assert (same * 5 >= 45 * 4) is noticed
    assert (suspicious_column("ck", incoming, {"gk": gk}) is not None) is noticed


@pytest.mark.parametrize(("pupils", "noticed"), [(9, False), (10, True)])
def test_fewer_than_ten_cells_prove_nothing(pupils, noticed):
    gk = column(1, pupils)
    assert (suspicious_column("ck", gk, {"gk": gk}) is not None) is noticed


def test_importing_the_same_column_again_is_no_accident():
    gk = column(1)
    assert suspicious_column("gk", gk, {"gk": gk, "ck": gk}) is None


def test_a_column_of_tens_resembles_everything_and_is_left_alone():
    tens = dict.fromkeys(range(45), 100) | {0: 90, 1: 80, 2: 70, 3: 60}
    assert suspicious_column("ck", tens, {"gk": tens}) is None


def test_marks_near_another_column_and_far_from_their_own_are_noticed():
    own, gk = column(1, centre=40), column(2, centre=80)
    retyped = {p: min(100, mark + (p % 3)) for p, mark in gk.items()}
    assert suspicious_column("ck", retyped, {"ck": own, "gk": gk}).resembles == "gk"


@given(MARKS, MARKS)
def test_the_guard_never_names_the_target_and_counts_truly(first, second):
    incoming = dict(enumerate(first))
    present = dict(enumerate(second))
    suspicion = suspicious_column("ck", incoming, {"gk": present, "ck": incoming})
    assert suspicion is None


@given(st.integers(0, 10_000))
def test_ordinary_marks_are_never_suspected(seed):
    """Five columns of one pupil group agree roughly, as real marks do."""
    rnd = random.Random(seed)
    ability = {p: rnd.gauss(65, 15) for p in range(40)}
    columns = {
        code: {p: max(0, min(100, round(a + rnd.gauss(0, 12)))) for p, a in ability.items()}
        for code in ("tx1", "tx2", "gk", "ck")
    }
    present = {code: columns[code] for code in ("tx1", "tx2")}
    assert suspicious_columns({code: columns[code] for code in ("gk", "ck")}, present) == ()


def test_a_block_pasted_one_column_to_the_right():
    book = {code: column(seed) for seed, code in enumerate(("tx1", "tx2", "gk", "ck"))}
    shifted = {"tx2": book["tx1"], "gk": book["tx2"], "ck": book["gk"]}
    found = suspicious_columns(shifted, book)
    assert [(s.column, s.resembles) for s in found] == [("tx2", "tx1"), ("gk", "tx2"), ("ck", "gk")]


def test_one_column_twice_in_an_empty_book():
    gk = column(1)
    (suspicion,) = suspicious_columns({"tx1": column(2), "gk": gk, "ck": gk}, {})
    assert (suspicion.column, suspicion.resembles) == ("ck", "gk")
