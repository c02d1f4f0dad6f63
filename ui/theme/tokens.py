"""Colour tokens of the light and the dark theme, and the measures both share.

The only file of the program that holds colour values. Ratios are proved by a test.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Mode(Enum):
    """Which of the two themes is shown."""

    LIGHT = "light"
    DARK = "dark"


class Density(Enum):
    """How much air rows get; chosen by the window's height unless the user says otherwise."""

    ROOMY = "roomy"
    COMPACT = "compact"


class Tokens(NamedTuple):
    """One theme; every value is `#rrggbb`, except `scrim` and `shadow`: `#aarrggbb`."""

    # Grounds: desk behind cards, paper on top, well for heads and quiet fields.
    desk: str
    paper: str
    well: str
    locked: str
    # Lines: hairline, every fifth row, button border, field border.
    line: str
    line2: str
    btn: str
    edge: str
    # Text: figures, second line, captions.
    ink: str
    ink2: str
    ink3: str
    # Blue ink: what is chosen or can be pressed; `on` is the text upon it.
    accent: str
    accent2: str
    tint: str
    tint2: str
    on: str
    # States, each with the ground of its own.
    red: str
    red_t: str
    amber: str
    amber_t: str
    green: str
    green_t: str
    margin: str
    # The cloth spine: the rail.
    spine: str
    spine2: str
    spine_l: str
    spine_t: str
    spine_n: str
    spine_m: str
    tab: str
    # The bound book at sign-in and in the logo; the same object in both themes.
    cloth: str
    stitch: str
    binding: str
    label: str
    label_blue: str
    label_red: str
    label_ink: str
    label_ink2: str
    label_dots: str
    page: str
    clasp: str
    print_white: str
    scrim: str
    shadow: str


_BOOK = {
    "cloth": "#b23f33",
    "stitch": "#e9c9bf",
    "binding": "#d0493c",
    "label": "#fbf7ec",
    "label_blue": "#7c8eb2",
    "label_red": "#eac8bd",
    "label_ink": "#1d2330",
    "label_ink2": "#646a76",
    "label_dots": "#a89f8c",
    "page": "#f6f1e4",
    "clasp": "#27406f",
    "print_white": "#ffffff",
}

LIGHT = Tokens(
    desk="#f4f1ea",
    paper="#fffefb",
    well="#f0ece3",
    locked="#f3f0e8",
    line="#e3ded2",
    line2="#cdc6b6",
    btn="#b6ae9d",
    edge="#8c8575",
    ink="#1d2330",
    ink2="#474e5c",
    ink3="#646a76",
    accent="#27478c",
    accent2="#1f3a75",
    tint="#e7edf8",
    tint2="#d3def2",
    on="#ffffff",
    red="#a9281e",
    red_t="#fbeae6",
    amber="#855000",
    amber_t="#faefd8",
    green="#1f6845",
    green_t="#e4f1e9",
    margin="#d99a8e",
    spine="#1b2740",
    spine2="#2a3a5c",
    spine_l="#33436a",
    spine_t="#e6eaf3",
    spine_n="#c3cbdc",
    spine_m="#a3aec6",
    tab="#e0584a",
    scrim="#73171b24",
    shadow="#40171b24",
    **_BOOK,
)

DARK = Tokens(
    desk="#16181c",
    paper="#1d2025",
    well="#24282e",
    locked="#191b20",
    line="#2d3138",
    line2="#3f444d",
    btn="#555b66",
    edge="#7c828d",
    ink="#eae7e0",
    ink2="#bdbab3",
    ink3="#a5a39d",
    accent="#9db9f2",
    accent2="#b4caf6",
    tint="#26334d",
    tint2="#314265",
    on="#14203a",
    red="#f39c92",
    red_t="#3a2322",
    amber="#e6b866",
    amber_t="#372d1b",
    green="#82cba0",
    green_t="#1e3228",
    margin="#7c4a44",
    spine="#101217",
    spine2="#242b3b",
    spine_l="#262a32",
    spine_t="#e3e5ea",
    spine_n="#b9bec8",
    spine_m="#9299a6",
    tab="#f39c92",
    scrim="#a6000000",
    shadow="#8c000000",
    **_BOOK,
)

THEMES = {Mode.LIGHT: LIGHT, Mode.DARK: DARK}


class Measures(NamedTuple):
    """Heights in logical pixels of the rows that breathe with the density."""

    task_row: int
    board_row: int
    paper_board_row: int
    alert_row: int


MEASURES = {
    Density.ROOMY: Measures(task_row=70, board_row=35, paper_board_row=52, alert_row=54),
    Density.COMPACT: Measures(task_row=58, board_row=29, paper_board_row=46, alert_row=44),
}

COMPACT_BELOW_HEIGHT = 740
"""Client height in logical pixels under which rows are compact."""

NARROW_BELOW_WIDTH = 1320
"""Window width in logical pixels under which the rail is narrow."""

RADIUS_KEY, RADIUS_FIELD, RADIUS_INSET, RADIUS_CARD, RADIUS_DIALOG = 3, 5, 6, 8, 10
PAGE_MARGIN, GRID_MARGIN, CARD_PADDING, CARD_GAP, ICON_GAP = 24, 16, 16, 14, 8
RAIL_WIDE, RAIL_NARROW, TOP_BAR, TOOL_ROW, SELECTION_BAR, STATUS_BAR = 168, 88, 52, 52, 34, 28
MARK_ROW, MARK_HEAD, MARK_COLUMN, AVERAGE_COLUMN, STT_COLUMN, NAME_COLUMN = 25, 72, 84, 78, 36, 184
DIALOG_WIDTH, DIALOG_HEIGHT, SIDE_PANEL = 940, 606, 340
