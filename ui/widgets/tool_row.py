"""The row above a grid: the page's name, its choice of view, its counts and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.models.mark_grid_model import Section
from ui.theme.tokens import GRID_MARGIN, TOOL_ROW
from ui.theme.typography import Role
from ui.widgets.cards import frame
from ui.widgets.labels import Label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ui.theme.look import Look


def tool_row(look: Look, title: str | Label, spacing: int = 12) -> tuple[QFrame, QHBoxLayout]:
    """The row with its title, and the layout that takes the rest; `spacing` in logical pixels.

    A title that changes comes as the page's own label.
    """
    bar = frame("toolrow")
    bar.setFixedHeight(TOOL_ROW)
    row = QHBoxLayout(bar)
    row.setContentsMargins(GRID_MARGIN, 0, GRID_MARGIN, 0)
    row.setSpacing(spacing)
    row.addWidget(title if isinstance(title, Label) else Label(look, title, Role.TOOL_TITLE))
    return bar, row


_TERMS = ((Section.HK1, "Học kì I"), (Section.HK2, "Học kì II"), (Section.YEAR, "Cả năm"))
_PERIODS = (
    (Section.GK1, "Giữa HK I"),
    (Section.CK1, "Cuối HK I"),
    (Section.GK2, "Giữa HK II"),
    (Section.CN, "Cuối năm"),
)


def section_choice(look: Look) -> Segmented:
    """Học kì I, Học kì II, Cả năm; its keys are the values of `Section`."""
    terms = [(section.value, _words(words)) for section, words in _TERMS]
    return Segmented(look, terms, _words("Học kì đang xem"))


def sheet_choice(look: Look) -> Segmented:
    """The same and the four kỳ of primary classes; `show_terms` says which of them are there."""
    sections = [(section.value, _words(words)) for section, words in (*_PERIODS, *_TERMS)]
    return Segmented(look, sections, _words("Kỳ đang xem"))


def show_terms(sections: Segmented, *, primary: bool) -> None:
    """The four kỳ and all of them, or the two học kì and the year."""
    for section, _ in _PERIODS:
        sections.set_shown(section.value, shown=primary)
    for section in (Section.HK1, Section.HK2):
        sections.set_shown(section.value, shown=not primary)
    sections.set_words(Section.YEAR.value, _words("Cả bốn kì") if primary else _words("Cả năm"))


def _words(text: str) -> str:
    return QCoreApplication.translate("ToolRow", text)
