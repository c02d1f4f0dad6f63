"""Figures of the selection bar: integer tenths, half up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import mark_text
from app.readmodels.selection_figures import figures_of, shown, tenths_shown


def test_counts_only_figures() -> None:
    figures = figures_of(["7,0", "6,5", "5,8", "8,5", "", "miễn", "chờ bù", "–", "Chăm chỉ."])
    assert (figures.cells, figures.counted) == (9, 4)
    assert [shown(v) for v in (figures.mean, figures.lowest, figures.highest)] == [
        "7,0",
        "5,8",
        "8,5",
    ]


def test_nothing_counted_shows_a_dash() -> None:
    figures = figures_of(["", "miễn"])
    assert figures.mean is None
    assert shown(figures.mean) == "–"


def test_levels_of_a_comment_subject() -> None:
    assert figures_of(["Đ", "Đ", "CĐ", ""]).levels == {"Đ": 2, "CĐ": 1}


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60))
def test_mean_is_half_up_of_the_exact_mean(tenths: list[int]) -> None:
    exact = Fraction(sum(tenths), len(tenths))
    mean = figures_of(mark_text(t) for t in tenths).mean
    assert mean == (exact + Fraction(1, 2)).__floor__()


@given(st.integers(0, 100))
def test_reads_back_every_mark(tenths: int) -> None:
    assert tenths_shown(mark_text(tenths)) == tenths


@pytest.mark.parametrize("text", ["", "8", "8.5", "8,55", "-1,0", "1O,0", "8,5 "])
def test_other_texts_are_no_figures(text: str) -> None:
    assert tenths_shown(text) is None
