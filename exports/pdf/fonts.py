"""The one typeface of every paper: Liberation Serif 2.1.5 by explicit path, with a glyph guard."""

from __future__ import annotations

import hashlib
import threading
import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.errors import AppError, EnvironmentProblem

FONT_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "liberation-serif"


class Face(StrEnum):
    """The four faces, by the names they are registered under."""

    REGULAR = "KhoaSoSerif"
    BOLD = "KhoaSoSerif-Bold"
    ITALIC = "KhoaSoSerif-Italic"
    BOLD_ITALIC = "KhoaSoSerif-BoldItalic"


# Release 1.07 has the same PostScript names and lacks 92 Vietnamese letters; a file name or a
# family name cannot tell them apart, so the files are pinned.
FONT_FILES: dict[Face, tuple[str, str]] = {
    Face.REGULAR: (
        "LiberationSerif-Regular.ttf",
        "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
    ),
    Face.BOLD: (
        "LiberationSerif-Bold.ttf",
        "446a4421f297698427170fd7db20e59169a4188baaaf940e9bea58af6341a723",
    ),
    Face.ITALIC: (
        "LiberationSerif-Italic.ttf",
        "c1830c433ab41379f1139fac388989d37c9f08c81e1bd643efdcc7946db30753",
    ),
    Face.BOLD_ITALIC: (
        "LiberationSerif-BoldItalic.ttf",
        "36dd6965be8915f6d7efb259757f1f7546a7c6f72c53a20bbe4ae7092f2cd558",
    ),
}

FONT_LOCK = threading.Lock()
"""Held while registering and while subsetting: reportlab keeps a read position in the face."""


def register_fonts(folder: Path = FONT_FOLDER) -> None:
    """Make the four faces known to reportlab; a missing or foreign file is an EnvironmentProblem.

    Does nothing when they are registered already.
    """
    with FONT_LOCK:
        known = pdfmetrics.getRegisteredFontNames()
        for face, (name, digest) in FONT_FILES.items():
            if face.value not in known:
                pdfmetrics.registerFont(TTFont(face.value, str(_checked(folder / name, digest))))


def _checked(path: Path, digest: str) -> Path:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise EnvironmentProblem(
            "font_missing",
            f"Không mở được phông chữ “{path.name}” của chương trình nên chưa in được. "
            "Hãy cài lại Khóa Sổ; dữ liệu của trường không bị ảnh hưởng.",
            path=str(path),
        ) from error
    if found != digest:
        raise EnvironmentProblem(
            "font_foreign",
            f"Phông chữ “{path.name}” không đúng bản đi kèm chương trình (cần bản 2.1.5) nên "
            "có thể in thiếu dấu. Hãy cài lại Khóa Sổ; dữ liệu của trường không bị ảnh hưởng.",
            path=str(path),
        )
    return path


@lru_cache(maxsize=65536)
def printable(text: str, face: Face) -> str:
    """The text in NFC, after making sure that every character has a glyph in `face`.

    Refuses (`glyph_missing`) a character the typeface lacks and a combining mark that has no
    composed letter: it would be drawn beside its letter.
    """
    composed = unicodedata.normalize("NFC", text)
    # The stubs know only Type 1 fonts; ours are TrueType with a face.
    glyphs: dict[int, int] = cast("Any", pdfmetrics.getFont(face.value)).face.charToGlyph
    for ch in composed:
        if ord(ch) not in glyphs or unicodedata.combining(ch) or unicodedata.category(ch) == "Cc":
            raise AppError(
                "glyph_missing",
                f"Không in được ký tự “{_visible(ch)}” (U+{ord(ch):04X}) trong “{composed}”: "
                "phông chữ của bản in không có ký tự này. Hãy gõ lại đoạn chữ đó rồi in lại.",
                character=ch,
                text=composed,
            )
    return composed


def _visible(ch: str) -> str:
    return ch if ch.isprintable() and not unicodedata.combining(ch) else "không nhìn thấy"


@lru_cache(maxsize=65536)
def em_width(text: str, face: Face) -> float:
    """Width of printable text at size 1; widths grow in proportion to the size."""
    return float(pdfmetrics.stringWidth(text, face.value, 1000)) / 1000


def text_width(text: str, face: Face, size: float) -> float:
    """Width in points of printable text at `size` points."""
    return em_width(text, face) * size
