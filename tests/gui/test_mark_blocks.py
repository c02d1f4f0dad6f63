"""Clipboard text, where a paste lands, what the fill handle repeats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleRefused
from ui.widgets.mark_grid.blocks import Block, extend_source, from_clipboard, spread, to_clipboard

BOUNDS = Block(0, 2, 44, 9)

cell_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\t\n\"'"),
    max_size=8,
)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(cell_text, min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_what_is_copied_is_what_is_pasted(rows: list[list[str]]) -> None:
    assert from_clipboard(to_clipboard(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("8,5", [["8,5"]]),
        ("8,5\r\n", [["8,5"]]),
        ("8\t7\r\n6\t5\r\n", [["8", "7"], ["6", "5"]]),
        ("8\n\n7", [["8"], [""], ["7"]]),
        ("8\t7\n6", [["8", "7"], ["6", ""]]),
        ('"hai\ndòng"\tb', [["hai\ndòng", "b"]]),
        ('"nói ""được"""', [['nói "được"']]),
        ('"chưa đóng', [['"chưa đóng']]),
        ('"a"b\tc', [['"a"b', "c"]]),
        ("\t", [["", ""]]),
        ("", [[""]]),
    ],
)
def test_reads_what_excel_writes(text: str, rows: list[list[str]]) -> None:
    assert from_clipboard(text) == rows


def test_one_value_fills_the_selection() -> None:
    cells = spread([["8"]], Block(0, 2, 1, 3), BOUNDS, "ĐĐGtx1 STT 1")
    assert cells == {(0, 2): "8", (0, 3): "8", (1, 2): "8", (1, 3): "8"}


def test_block_repeats_over_a_whole_multiple_only() -> None:
    values = [["1"], ["2"]]
    twice = spread(values, Block(0, 2, 3, 2), BOUNDS, "")
    assert list(twice.values()) == ["1", "2", "1", "2"]
    once = spread(values, Block(0, 2, 2, 2), BOUNDS, "")
    assert list(once) == [(0, 2), (1, 2)]


@pytest.mark.parametrize(
    ("height", "width", "corner", "said"),
    [
        (46, 1, (0, 2), "thừa 1 hàng dưới"),
        (2, 1, (44, 2), "thừa 1 hàng dưới"),
        (1, 9, (0, 2), "thừa 1 cột bên phải"),
        (50, 10, (0, 2), "thừa 5 hàng dưới học sinh cuối cùng và thừa 2 cột"),
    ],
)
def test_too_large_a_paste_says_where_and_by_how_much(
    height: int, width: int, corner: tuple[int, int], said: str
) -> None:
    values = [["8"] * width for _ in range(height)]
    with pytest.raises(RuleRefused) as refusal:
        spread(values, Block(*corner, *corner), BOUNDS, "ĐĐGtx1 STT 1")
    sentence = refusal.value.sentence
    assert said in sentence
    assert f"{height} hàng × {width} cột" in sentence
    assert "ĐĐGtx1 STT 1" in sentence
    assert sentence.startswith("Chưa dán ô nào")


def test_fill_handle_repeats_the_source_downwards_and_upwards() -> None:
    source = Block(4, 2, 5, 2)
    down = extend_source(source, Block(4, 2, 8, 2))
    assert down == {(6, 2): (4, 2), (7, 2): (5, 2), (8, 2): (4, 2)}
    up = extend_source(source, Block(2, 2, 5, 2))
    assert up == {(2, 2): (4, 2), (3, 2): (5, 2)}
