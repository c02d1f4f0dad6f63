"""Keypress to repaint: the mark grid against a plain QTableView over a list model, 45 x 16.

Not collected as a test; `python -m tests.gui.bench_mark_grid` prints medians of one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget

from app.domain.periods import Term
from app.domain.subjects import column_codes
from app.readmodels.mark_sheet import CellKey
from tests.gui.fake_mark_sheet import FakeMarkSheet
from tests.gui.mark_keyboard import press, type_text
from tests.gui.mark_screen import Voice
from ui.models.mark_grid_model import Section
from ui.theme.look import Look
from ui.widgets.mark_grid.grid import MarkGrid

ROWS, COLUMNS = 45, 16
Key = Qt.Key


class PlainModel(QAbstractTableModel):
    """The base: a list of lists of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [["8,5"] * COLUMNS for _ in range(ROWS)]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.texts[index.row()][index.column()]
        return None

    def setData(self, index: QModelIndex, value: str, role: int = 2) -> bool:  # noqa: N802
        self.texts[index.row()][index.column()] = value
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class QuietSheet(FakeMarkSheet):
    """The fake without its whole-sheet counting: the service is not what is measured."""

    def set_cells(self, edits: Any, gesture: str) -> Any:
        from datetime import datetime

        from app.clock import VIETNAM
        from app.domain.marks import parse_entry
        from app.readmodels.mark_sheet import SheetChange

        for key, text in edits.items():
            self._cells[key] = parse_entry(text, self.kind)
        return SheetChange(
            self._version,
            {key: self._view_of(key) for key in edits},
            dict.fromkeys(edits, ""),
            datetime(2027, 1, 8, tzinfo=VIETNAM),
            1,
        )


def shown(widget: QWidget) -> QWidget:
    window = QWidget()
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(widget)
    # Wide and high enough that every one of the 45 x 16 cells is on screen on both sides.
    window.resize(1800, 1300)
    window.show()
    window.activateWindow()
    widget.setFocus()
    QApplication.processEvents()
    return window


def medians(step: Callable[[int], None], rounds: int) -> float:
    took = []
    for at in range(rounds):
        began = time.perf_counter()
        step(at)
        QApplication.processEvents()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def measure(look: Look, rounds: int = 200, turns: int = 5) -> dict[str, tuple[float, float]]:
    """Medians in ms, (grid, base), for moving, typing, and painting all cells; interleaved."""
    sheet = QuietSheet()
    for term in Term:
        for row in range(ROWS):
            for code in column_codes(4):
                sheet.put(row, f"{term}.{code}", sheet._cells[CellKey(100 + row, f"HK1.{code}")])
    grid = MarkGrid(sheet, look, Voice())
    grid.load()
    grid.show_section(Section.YEAR)
    base = QTableView()
    base.setModel(PlainModel())
    windows = [shown(grid), shown(base)]

    def use(at: int) -> None:
        windows[at].activateWindow()
        (grid, base)[at].setFocus()
        QApplication.processEvents()

    def move(at: int) -> None:
        press(Key.Key_Down if at % 40 < 20 else Key.Key_Up)

    def type_grid(at: int) -> None:
        type_text(str(at % 9 + 1))
        press(Key.Key_Return if at % 40 < 20 else Key.Key_Up)

    def type_base(at: int) -> None:
        type_text(str(at % 9 + 1))
        # Qt's own delegate commits from the event loop and stays where it is.
        press(Key.Key_Return)

    def paint_grid(at: int) -> None:
        grid.table.viewport().repaint()

    def paint_base(at: int) -> None:
        base.viewport().repaint()

    results: dict[str, list[tuple[float, float]]] = {"move": [], "type": [], "paint": []}
    for _ in range(turns):
        for name, mine, theirs in (
            ("move", move, move),
            ("type", type_grid, type_base),
            ("paint", paint_grid, paint_base),
        ):
            use(0)
            one = medians(mine, rounds)
            use(1)
            results[name].append((one, medians(theirs, rounds)))
    return {
        name: (
            statistics.median(pair[0] for pair in pairs),
            statistics.median(pair[1] for pair in pairs),
        )
        for name, pairs in results.items()
    }


if __name__ == "__main__":
    from ui.icons import IconSet
    from ui.theme.typography import load_fonts

    app = QApplication([])
    root = Path(__file__).resolve().parents[2] / "resources"
    load_fonts(root / "fonts" / "ibm-plex-sans")
    for name, (mine, theirs) in measure(Look(app, IconSet(root / "icons")), 40, 3).items():
        print(f"{name}: {mine:.2f} ms, base {theirs:.2f} ms, {mine / theirs:.2f}x")
