"""Rows of the window: keypress to repaint, and process start to sign-in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.clock import VIETNAM
from app.domain.marks import CellState, MarkCell, parse_entry
from app.domain.periods import Term
from app.domain.subjects import column_codes
from app.readmodels.mark_sheet import SheetChange
from tests.bench_bases import BASE_COLUMNS, BASE_ROWS, plain_table
from tests.bench_report import Figure
from tests.bench_school import BenchSchools
from tests.bench_timing import interleaved, median_ms
from tests.gui.fake_mark_sheet import FakeMarkSheet
from tests.gui.mark_keyboard import press, type_text
from tests.gui.mark_screen import Voice
from ui.application import start_screen
from ui.models.mark_grid_model import Section
from ui.theme.tokens import Mode
from ui.widgets.mark_grid.grid import MarkGrid

KEYS = 40
_WHEN = datetime(2027, 1, 8, tzinfo=VIETNAM)
_ROOT = Path(__file__).resolve().parents[1]
Key = Qt.Key


class QuietSheet(FakeMarkSheet):
    """A sheet in memory that writes one cell and counts nothing: the widget is measured alone."""

    def set_cells(self, edits: Any, gesture: str) -> SheetChange:
        for key, text in edits.items():
            self._cells[key] = parse_entry(text, self.kind)
        views = {key: self._view_of(key) for key in edits}
        return SheetChange(self._version, views, dict.fromkeys(edits, ""), _WHEN, 1)


def keypress(_: BenchSchools) -> list[Figure]:
    """Moving, typing and painting, each key followed to the end of its repaint."""
    sheet = QuietSheet()
    for term in Term:
        for row in range(BASE_ROWS):
            for at, code in enumerate(column_codes(4)):
                sheet.put(row, f"{term}.{code}", MarkCell(CellState.MARK, 10 + (row + at) % 90))
    grid = MarkGrid(sheet, start_screen([], Mode.LIGHT).look, Voice())
    grid.load()
    grid.show_section(Section.YEAR)
    base = plain_table()
    windows = {grid: _shown(grid), base: _shown(base)}

    def run(widget: QWidget, step: Callable[[int], None]) -> Callable[[], float]:
        def go(at: int) -> None:
            step(at)
            QApplication.processEvents()

        def measured() -> float:
            windows[widget].activateWindow()
            widget.setFocus()
            QApplication.processEvents()
            return median_ms(go, KEYS)

        return measured

    def move(at: int) -> None:
        press(Key.Key_Down if at % KEYS < KEYS // 2 else Key.Key_Up)

    def type_ours(at: int) -> None:
        type_text(str(at % 9 + 1))
        press(Key.Key_Return if at % KEYS < KEYS // 2 else Key.Key_Up)

    def type_base(at: int) -> None:
        type_text(str(at % 9 + 1))
        # Qt's own delegate commits and stays where it is: less work than moving on.
        press(Key.Key_Return)

    pairs = [
        ("key_type", "Gõ một điểm đến khi vẽ xong, lưới 45 × 16", type_ours, type_base),
        ("key_move", "Mũi tên đến khi vẽ xong", move, move),
        (
            "paint",
            "Vẽ lại cả lưới",
            lambda _: grid.table.viewport().repaint(),
            lambda _: base.viewport().repaint(),
        ),
    ]
    notes = [
        f"ta {grid.model.rowCount()} × {grid.model.columnCount()} ô kể cả STT, họ tên và ĐTB; gốc "
        f"QTableView {BASE_ROWS} × {BASE_COLUMNS} trên danh sách"
    ]
    figures = []
    for key, work, ours, theirs in pairs:
        run(grid, ours)()
        run(base, theirs)()
        mine, bare = interleaved(run(grid, ours), run(base, theirs))
        figures.append(Figure(key, work, mine, bare, 1.5, tuple(notes)))
        notes = []
    for window in windows.values():
        window.close()
        window.deleteLater()
    QApplication.processEvents()
    return figures


def _shown(widget: QWidget) -> QWidget:
    window = QWidget()
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(widget)
    # Wide and high enough that every one of the 45 x 16 cells is on screen on both sides.
    window.resize(1800, 1300)
    window.show()
    QApplication.processEvents()
    return window


def start(schools: BenchSchools, folder: Path) -> list[Figure]:
    """Process start to a shown window, both sides in fresh processes."""
    path = schools.empty.path
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        # An installed program comes compiled; the first, unmeasured start compiles this one.
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def shown(*arguments: str) -> float:
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench_start", *arguments],
            cwd=_ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            took = (time.perf_counter() - began) * 1000
        assert line == "shown\n", "the window was not shown"
        return took

    def ours() -> float:
        return shown("ours", str(path))

    def base() -> float:
        return shown("base")

    ours()
    base()
    mine, bare = interleaved(ours, base)
    return [Figure("start", "Khởi động đến cửa sổ đăng nhập", mine, bare, 2.0)]
