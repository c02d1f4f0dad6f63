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


def period_choice(look: Look) -> Segmented:
    """The four kỳ of a primary school and all of them; its keys are the values of `Section`."""
    periods = [
        (Section.GK1.value, _words("Giữa HK I")),
        (Section.CK1.value, _words("Cuối HK I")),
        (Section.GK2.value, _words("Giữa HK II")),
        (Section.CN.value, _words("Cuối năm")),
        (Section.YEAR.value, _words("Cả bốn kì")),
    ]
    return Segmented(look, periods, _words("Kỳ đánh giá đang xem"))


def section_choice(look: Look) -> Segmented:
    """Học kì I, Học kì II, Cả năm; its keys are the values of `Section`."""
    terms = [
        (Section.HK1.value, _words("Học kì I")),
        (Section.HK2.value, _words("Học kì II")),
        (Section.YEAR.value, _words("Cả năm")),
    ]
    return Segmented(look, terms, _words("Học kì đang xem"))


def _words(text: str) -> str:
    return QCoreApplication.translate("ToolRow", text)
