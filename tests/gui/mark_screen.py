"""A mark grid on a shown window, with a voice that remembers what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.gui.fake_mark_sheet import FakeMarkSheet
from ui.models.mark_grid_model import FIRST_CELL
from ui.widgets.mark_grid.grid import MarkGrid
from ui.widgets.popover import Popover

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.errors import AppError
    from ui.errors.messages import Anchor
    from ui.theme.look import Look

OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")
"""What the offscreen platform says of window sizes, menus and grabs; the program is not meant."""

TX1, TX2, TX3, TX4, GK, CK, AVG, COMMENT = range(FIRST_CELL, FIRST_CELL + 8)


class Voice:
    """Keeps the faults that are not about one cell."""

    def __init__(self) -> None:
        self.said: list[AppError] = []

    def __call__(self, error: AppError, at: Anchor) -> None:
        self.said.append(error)


class Screen:
    """The window under test and what a person sees of it."""

    def __init__(self, qtbot: QtBot, look: Look, sheet: FakeMarkSheet) -> None:
        self.sheet = sheet
        self.voice = Voice()
        self.window = QWidget()
        self.window.resize(1198, 640)
        self.grid = MarkGrid(sheet, look, self.voice)
        outer = QVBoxLayout(self.window)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.grid)
        self.grid.load()
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.grid.setFocus()

    @property
    def active(self) -> tuple[int, int]:
        return self.grid.cursor_cells.active

    @property
    def editor(self) -> QLineEdit | None:
        return self.grid.table.open_editor()

    def go(self, row: int, column: int) -> None:
        self.grid.cursor_cells.go(row, column)

    def text(self, row: int, column: int) -> str:
        return self.grid.model.cell(row, column).text

    def popover_words(self) -> str:
        """What a popover at a cell says now."""
        open_now = [p for p in self.window.findChildren(Popover) if p.isVisible()]
        return " ".join(p.accessibleDescription() for p in open_now)
