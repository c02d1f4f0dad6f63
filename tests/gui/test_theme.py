"""Colours can be read, come from one file, and switch while the program runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QLabel

from ui.application import RESOURCES
from ui.icons import IconSet
from ui.theme.tokens import DARK, LIGHT, THEMES, Density, Mode, Tokens
from ui.theme.typography import FAMILY, Role

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme.look import Look

_ROOT = Path(__file__).resolve().parents[2]


def luminance(value: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


_GROUNDS = (
    "paper", "desk", "well", "locked", "tint", "tint2", "red_t", "amber_t", "green_t",
)  # fmt: skip
_QUIET = tuple(ground for ground in _GROUNDS if ground != "tint2")
"""Captions never stand on the head of the current column."""
_TEXT = [
    *((ink, _GROUNDS) for ink in ("ink", "ink2", "accent", "accent2", "red", "amber", "green")),
    ("ink3", _QUIET),
    ("on", ("accent", "accent2")),
    ("spine_t", ("spine", "spine2", "spine_l")),
    ("spine_n", ("spine", "spine2", "spine_l")),
    ("spine_m", ("spine", "spine2")),
    ("label_ink", ("label",)),
    ("label_ink2", ("label",)),
    ("clasp", ("label",)),
]
_NO_TEXT = {
    "line", "line2", "btn", "edge", "margin", "tab", "cloth", "stitch", "binding", "label_blue",
    "label_red", "label_dots", "page", "print_white", "scrim", "shadow",
}  # fmt: skip
"""Lines, pictures and veils."""


def test_every_token_is_text_a_ground_or_neither() -> None:
    text = {ink for ink, _ in _TEXT} | {ground for _, grounds in _TEXT for ground in grounds}
    assert text | _NO_TEXT == set(Tokens._fields)
    assert not text & _NO_TEXT


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(("ink", "grounds"), _TEXT)
def test_text_is_readable(mode: Mode, ink: str, grounds: tuple[str, ...]) -> None:
    tokens = THEMES[mode]
    for ground in grounds:
        ratio = contrast(getattr(tokens, ink), getattr(tokens, ground))
        assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("edge", "grounds"),
    [("edge", ("paper", "well")), ("spine_m", ("spine",)), ("accent", ("paper", "tint"))],
)
def test_shapes_can_be_seen(mode: Mode, edge: str, grounds: tuple[str, ...]) -> None:
    tokens = THEMES[mode]
    assert all(contrast(getattr(tokens, edge), getattr(tokens, g)) >= 3 for g in grounds)


@pytest.mark.parametrize(
    ("tokens", "name", "ratio"),
    [
        (LIGHT, "ink", 15.6), (LIGHT, "ink2", 8.3), (LIGHT, "ink3", 5.4), (LIGHT, "accent", 8.8),
        (LIGHT, "red", 6.9), (LIGHT, "amber", 6.6), (LIGHT, "green", 6.7), (LIGHT, "edge", 3.6),
        (DARK, "ink", 13.2), (DARK, "ink2", 8.4), (DARK, "ink3", 6.5), (DARK, "accent", 8.3),
        (DARK, "red", 7.8), (DARK, "amber", 8.9), (DARK, "green", 8.6), (DARK, "edge", 4.2),
    ],
)  # fmt: skip
def test_ratios_are_those_of_the_visual_language(tokens: Tokens, name: str, ratio: float) -> None:
    assert contrast(getattr(tokens, name), tokens.paper) == pytest.approx(ratio, abs=0.11)


def test_no_colour_value_outside_the_tokens() -> None:
    colour = re.compile(r"""["'(: ]#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}){0,1}(?:[0-9a-fA-F]{2})?\b""")
    allowed = _ROOT / "ui" / "theme" / "tokens.py"
    sources = [*(_ROOT / "ui").rglob("*.py"), *(RESOURCES / "icons").glob("*.svg")]
    guilty = [
        f"{path.relative_to(_ROOT)}: {found}"
        for path in sources
        if path != allowed
        for found in colour.findall(path.read_text(encoding="utf-8"))
    ]
    assert not guilty


def test_no_named_qt_colour_in_the_screens() -> None:
    named = re.compile(r"GlobalColor\.(?!transparent\b)\w+|QColor\(\s*\d|QColor\(\s*[\"']")
    guilty = [
        f"{path.relative_to(_ROOT)}: {found}"
        for path in (_ROOT / "ui").rglob("*.py")
        for found in named.findall(path.read_text(encoding="utf-8"))
    ]
    assert not guilty


def test_both_themes_have_every_token() -> None:
    for tokens in (LIGHT, DARK):
        for name, value in tokens._asdict().items():
            assert re.fullmatch(r"#[0-9a-f]{6}|#[0-9a-f]{8}", value), name


def test_every_icon_loads_and_is_drawn(look: Look) -> None:
    icons = IconSet(RESOURCES / "icons")
    names = icons.names()
    assert len(names) >= 60
    for name in names:
        pixmap = look.picture(name, 20) if name == "logo" else look.pixmap(name, "ink", 20, 1.5)
        image = pixmap.toImage()
        drawn = sum(
            image.pixelColor(x, y).alpha() > 40
            for x in range(image.width())
            for y in range(image.height())
        )
        assert drawn > 3, name


def test_icons_are_one_colour_with_one_stroke() -> None:
    for path in (RESOURCES / "icons").glob("*.svg"):
        if path.stem != "logo":
            text = path.read_text(encoding="utf-8")
            assert 'viewBox="0 0 20 20"' in text, path.name
            assert 'stroke="currentColor" stroke-width="1.5"' in text, path.name


def test_an_icon_follows_the_screen_scale(look: Look) -> None:
    assert look.pixmap("home", "ink", 20, 1.5).width() == 30
    assert look.pixmap("home", "ink", 20, 1.5).deviceIndependentSize().width() == 20


def test_an_unknown_icon_is_told_by_name(look: Look) -> None:
    from app.errors import EnvironmentProblem

    with pytest.raises(EnvironmentProblem, match=r"khong-co\.svg"):
        look.pixmap("khong-co")


def test_switching_the_theme_recolours_everything(look: Look, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with qtbot.waitSignal(look.changed):
        look.set_mode(Mode.DARK)
    assert label.palette().color(QPalette.ColorRole.Link).name() == DARK.accent
    assert look.color("paper").name() == DARK.paper
    look.set_mode(Mode.LIGHT)
    assert label.palette().color(QPalette.ColorRole.Link).name() == LIGHT.accent


def test_density_follows_the_height_until_somebody_chooses(look: Look) -> None:
    look.fit_height(700)
    assert look.density is Density.COMPACT
    assert look.measures.task_row == 58
    look.fit_height(768)
    assert look.density is Density.ROOMY
    look.choose_density(Density.COMPACT)
    look.fit_height(1040)
    assert look.density is Density.COMPACT


@pytest.mark.parametrize("role", list(Role))
def test_every_role_uses_the_bundled_face(look: Look, role: Role) -> None:
    font = look.font(role)
    assert QFontInfo(font).family() == FAMILY
    assert font.pixelSize() >= 11
    assert font.weight() == QFont.Weight(role.value[1])


def test_figures_are_equally_wide(look: Look) -> None:
    from PySide6.QtGui import QFontMetricsF

    for role in (Role.BODY, Role.VALUE, Role.STRONG):
        metrics = QFontMetricsF(look.font(role))
        assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_faces_hold_every_vietnamese_letter() -> None:
    import unicodedata

    from PySide6.QtGui import QRawFont

    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = {
        unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưy" for mark in marks
    } | {"đ", "–", "…", "“", "”", "→"}
    letters |= {letter.upper() for letter in letters}
    folder = RESOURCES / "fonts" / "ibm-plex-sans"
    faces = sorted(folder.glob("*.ttf"))
    assert len(faces) == 5
    for face in faces:
        font = QRawFont(str(face), 13)
        missing = [letter for letter in letters if not font.supportsCharacter(ord(letter))]
        assert not missing, face.name
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
