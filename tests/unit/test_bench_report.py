"""The speed table's arithmetic: what is printed follows from the runs and from nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench_report import (
    HEADINGS,
    OVER,
    WITHIN,
    Crash,
    Figure,
    Side,
    as_json,
    cells_of,
    milliseconds,
    table,
)
from tests.bench_timing import interleaved, median_ms


def figure(ours: tuple[float, ...], base: tuple[float, ...], limit: float | None = 5.0) -> Figure:
    return Figure("save_mark", "Lưu một điểm", Side(ours), Side(base), limit, ("1 commit",))


def test_the_ratio_is_median_by_median() -> None:
    found = figure((10.0, 12.0, 900.0), (4.0, 1.0, 5.0))
    assert found.ratio == 3.0
    assert (found.ours.least, found.ours.median, found.ours.most) == (10.0, 12.0, 900.0)


@pytest.mark.parametrize(
    ("ours", "limit", "verdict"),
    [(5.0, 5.0, WITHIN), (5.001, 5.0, OVER), (0.1, 5.0, WITHIN), (99.0, None, "–")],
)
def test_exactly_the_limit_is_still_within(ours: float, limit: float | None, verdict: str) -> None:
    assert figure((ours,), (1.0,), limit).verdict == verdict


def test_a_row_says_both_sides_ratio_limit_verdict_and_spread() -> None:
    assert cells_of(figure((1.5, 1.25, 1.75), (0.5, 0.25, 0.75))) == (
        "Lưu một điểm", "1,50", "0,50", "3,00x", "≤ 5,0x", "đạt", "1,25–1,75 · 0,25–0,75",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"), [(0.114, "0,11"), (9.994, "9,99"), (12.34, "12,3"), (1455.4, "1455")]
)
def test_milliseconds_have_a_vietnamese_comma_and_about_three_figures(
    value: float, text: str
) -> None:
    assert milliseconds(value) == text


def test_columns_stand_under_each_other_with_notes_below_their_row() -> None:
    long = Figure("x", "Niêm phong một năm, sổ đã in", Side((12345.0,)), Side((1.0,)), None)
    lines = table([figure((1.0,), (1.0,)), long])
    head, _, first, note, second = lines
    end = head.index(HEADINGS[1]) + len(HEADINGS[1])
    assert first[:end].endswith(" 1,00")
    assert second[:end].endswith(" 12345")
    assert note == "    1 commit"


@given(st.lists(st.floats(0.01, 1e4), min_size=1), st.lists(st.floats(0.01, 1e4), min_size=1))
def test_the_ratio_lies_between_the_extremes(ours: list[float], base: list[float]) -> None:
    found = figure(tuple(ours), tuple(base))
    slack = 1e-9
    assert min(ours) / max(base) <= found.ratio * (1 + slack)
    assert found.ratio <= max(ours) / min(base) * (1 + slack)


def test_json_keeps_every_run_every_crash_and_what_is_not_measured_yet() -> None:
    text = as_json([figure((2.0, 4.0), (1.0, 1.0), 2.0)], [Crash("seal", "nổ")], ["học bạ"], {})
    found = json.loads(text)
    (row,) = found["rows"]
    assert (row["ratio"], row["limit"], row["within"]) == (3.0, 2.0, False)
    assert row["ours_runs_ms"] == [2.0, 4.0]
    assert found["crashed"] == [{"key": "seal", "error": "nổ"}]
    assert found["not_yet"] == ["học bạ"]


def test_sides_take_turns_and_neither_always_goes_first() -> None:
    order = ""

    def side(letter: str, took: float) -> float:
        nonlocal order
        order += letter
        return took

    mine, base = interleaved(lambda: side("a", 2.0), lambda: side("b", 1.0), 5)
    assert order == "abbaabbaab"
    assert (mine.runs, base.runs) == ((2.0,) * 5, (1.0,) * 5)


def test_goes_are_numbered_from_nought() -> None:
    seen: list[int] = []
    assert median_ms(seen.append, 3) >= 0
    assert seen == [0, 1, 2]
