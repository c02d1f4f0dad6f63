"""The cursor never leaves the grid, whatever keys come in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.mark_grid.blocks import Block
from ui.widgets.mark_grid.cursor import NOWHERE, GridCursor

BOUNDS = Block(0, 2, 6, 5)

steps = st.sampled_from([-1, 0, 1])
moves = st.one_of(
    st.builds(lambda r, c, e: ("move", (r, c), {"extend": e}), steps, steps, st.booleans()),
    st.builds(
        lambda d, e: ("jump", d, {"extend": e}),
        st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]),
        st.booleans(),
    ),
    st.builds(lambda b: ("enter", (), {"back": b}), st.booleans()),
    st.builds(lambda b: ("tab", (), {"back": b}), st.booleans()),
    st.builds(
        lambda last, e: ("to_row_edge", (), {"last": last, "extend": e}),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        lambda last, e: ("to_corner", (), {"last": last, "extend": e}),
        st.booleans(),
        st.booleans(),
    ),
    st.just(("select_all", (), {})),
    st.builds(lambda r, c: ("go", (r, c), {}), st.integers(-2, 9), st.integers(-2, 9)),
    st.builds(lambda r, c: ("extend_to", (r, c), {}), st.integers(-2, 9), st.integers(-2, 9)),
    st.builds(lambda r, c: ("add", (r, c), {}), st.integers(-2, 9), st.integers(-2, 9)),
)


def check(cursor: GridCursor) -> None:
    assert BOUNDS.holds(*cursor.active)
    assert BOUNDS.holds(*cursor.corner)
    assert cursor.blocks
    assert any(block.holds(*cursor.active) for block in cursor.blocks)
    for block in cursor.blocks:
        assert BOUNDS.holds(block.top, block.left)
        assert BOUNDS.holds(block.bottom, block.right)


@given(st.lists(moves, max_size=30), st.sets(st.tuples(st.integers(0, 6), st.integers(2, 5))))
def test_stays_inside(walk, filled) -> None:
    cursor = GridCursor(lambda row, column: (row, column) in filled)
    cursor.set_bounds(BOUNDS, (0, 2))
    for name, args, options in walk:
        getattr(cursor, name)(*args, **options)
        check(cursor)


@given(st.lists(moves, max_size=10))
def test_an_empty_grid_has_nowhere_to_go(walk) -> None:
    cursor = GridCursor(lambda row, column: False)
    cursor.set_bounds(Block(0, 2, -1, 9), (0, 2))
    for name, args, options in walk:
        if name in ("move", "go", "enter", "tab", "select_all", "extend_to"):
            getattr(cursor, name)(*args, **options)
    assert cursor.active == NOWHERE
    assert cursor.blocks == ()


@given(st.integers(2, 5), st.integers(0, 3))
def test_enter_after_tabs_returns_below_the_start(start: int, tabs: int) -> None:
    cursor = GridCursor(lambda row, column: False)
    cursor.set_bounds(BOUNDS, (0, start))
    for _ in range(tabs):
        cursor.tab()
    cursor.enter()
    assert cursor.active == (1, start)
