"""Fonts by role: nothing on screen chooses a size by itself."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.errors import EnvironmentProblem

FAMILY = "IBM Plex Sans"
_FACES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")


class Role(Enum):
    """What a piece of text is for; the value is (pixels, weight, italic)."""

    NEW_MARK = (60, 600, False)
    OLD_MARK = (44, 400, False)
    GATE_TITLE = (24, 600, False)
    WORDMARK = (34, 600, False)
    TITLE = (22, 600, False)
    TOOL_TITLE = (19, 600, False)
    LABEL_TITLE = (17, 600, False)
    CARD_TITLE = (15, 600, False)
    LEAD = (15, 400, False)
    TASK_TITLE = (14, 600, False)
    NAME = (14, 500, False)
    BODY = (13, 400, False)
    VALUE = (13, 500, False)
    STRONG = (13, 600, False)
    EXEMPT = (13, 400, True)
    CAPTION = (12, 400, False)
    CAPTION_STRONG = (12, 500, False)
    SMALL = (11, 400, False)
    SMALL_STRONG = (11, 600, False)


def load_fonts(folder: Path) -> None:
    """Register the five bundled faces; a missing or unreadable one is an `EnvironmentProblem`."""
    for face in _FACES:
        path = folder / f"IBMPlexSans-{face}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise EnvironmentProblem(
                "font_missing",
                f"Không đọc được phông chữ {path.name} đi kèm chương trình. "
                "Bản cài đặt bị thiếu tệp; hãy cài lại Khóa Sổ.",
                file=path.name,
            )


def font_for(role: Role) -> QFont:
    """The bundled face at the role's pixel size and weight."""
    pixels, weight, italic = role.value
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
