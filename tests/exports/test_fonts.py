"""The typeface: right release, every Vietnamese letter, nothing drawn that it lacks."""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, EnvironmentProblem
from exports.pdf.fonts import (
    FONT_FILES,
    FONT_FOLDER,
    Face,
    em_width,
    printable,
    register_fonts,
    text_width,
)
from exports.pdf.text import LEADING, fit, wrap

BASES = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LOWER = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES] + ["đ"]
LETTERS = "".join(LOWER + [letter.upper() for letter in LOWER])


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register_fonts()


def version_of(path: Path) -> str:
    """Name 5 (version) of a TrueType file."""
    data = path.read_bytes()
    for index in range(struct.unpack(">H", data[4:6])[0]):
        tag, _, offset, _ = struct.unpack(">4sIII", data[12 + 16 * index : 28 + 16 * index])
        if tag != b"name":
            continue
        _, count, strings = struct.unpack(">HHH", data[offset : offset + 6])
        for record in range(count):
            start = offset + 6 + 12 * record
            platform, _, _, name, length, at = struct.unpack(">6H", data[start : start + 12])
            if (platform, name) == (3, 5):
                begin = offset + strings + at
                return data[begin : begin + length].decode("utf-16be")
    return ""


@pytest.mark.parametrize("face", list(Face))
def test_bundled_release_is_2_1_5(face: Face) -> None:
    assert version_of(FONT_FOLDER / FONT_FILES[face][0]) == "Version 2.1.5"


def test_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("face", list(Face))
def test_every_vietnamese_letter_has_a_glyph(face: Face) -> None:
    assert len(set(LETTERS)) == 146
    assert printable(LETTERS, face) == LETTERS
    assert printable("0123456789 .,;:–-/()%“”…₫²·", face)


def test_decomposed_text_is_composed() -> None:
    assert printable(unicodedata.normalize("NFD", "Nguyễn Ấẫặ"), Face.REGULAR) == "Nguyễn Ấẫặ"


@pytest.mark.parametrize("broken", ["An \U00020bb7", "An 学", "An 😀", "b\u0301", "a\tb", "\u0000"])
def test_character_without_a_glyph_is_refused_by_name(broken: str) -> None:
    with pytest.raises(AppError) as caught:
        printable(broken, Face.REGULAR)
    assert caught.value.code == "glyph_missing"
    assert f"U+{ord(str(caught.value.facts['character'])):04X}" in caught.value.sentence
    assert "in lại" in caught.value.sentence


def test_foreign_font_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _ in FONT_FILES.values():
        (tmp_path / name).write_bytes(b"another release")
    monkeypatch.setattr("exports.pdf.fonts.pdfmetrics.getRegisteredFontNames", list)
    with pytest.raises(EnvironmentProblem) as caught:
        register_fonts(tmp_path)
    assert caught.value.code == "font_foreign"


def test_missing_font_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.pdf.fonts.pdfmetrics.getRegisteredFontNames", list)
    with pytest.raises(EnvironmentProblem) as caught:
        register_fonts(tmp_path)
    assert caught.value.code == "font_missing"


def test_width_grows_with_the_size() -> None:
    assert text_width("Ngô Ấn", Face.BOLD, 20) == pytest.approx(
        2 * text_width("Ngô Ấn", Face.BOLD, 10)
    )


words = st.lists(st.text(LETTERS + "bcdgh", min_size=1, max_size=30), min_size=1, max_size=12)


@given(words, st.floats(15, 200), st.floats(6, 60), st.sampled_from(list(Face)))
def test_fitted_text_never_leaves_its_box_and_loses_nothing(
    parts: list[str], width: float, height: float, face: Face
) -> None:
    text = " ".join(parts)
    fitted = fit(text, face, 9.0, width, height)
    assert fitted.size <= 9.0
    for line in fitted.lines:
        assert em_width(line, face) * fitted.size <= width + 1e-6
    if len(fitted.lines) > 1:
        assert len(fitted.lines) * fitted.size * LEADING <= height + 1e-6
    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")


def test_text_that_fits_keeps_its_size() -> None:
    assert fit("Lê An", Face.REGULAR, 10.0, 100.0, 12.0).lines == ("Lê An",)


def test_wrapping_breaks_at_spaces_and_keeps_line_feeds() -> None:
    lines = wrap("một hai\nba", Face.REGULAR, 10.0, 500.0)
    assert lines == ("một hai", "ba")
