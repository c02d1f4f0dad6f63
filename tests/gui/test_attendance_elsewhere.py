"""What other pages say once a class keeps điểm danh: rèn luyện, printing, Bàn làm việc."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.attendance import Month
from app.readmodels.class_book import BookScope
from app.readmodels.mark_sheet import CellKey
from app.services.attendance_entry import AttendanceEntry
from app.services.school_calendar import SchoolCalendars
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import open_windows, show_page
from tests.support.school import TestSchool, make_school
from ui.models.mark_grid_model import FIRST_CELL
from ui.navigation import PageSpec
from ui.pages.attendance.page import AttendancePage
from ui.pages.conduct.page import ConductPage
from ui.pages.home.page import HomePage
from ui.pages.home.words import HomeWords
from ui.pages.printing.official_dialog import OfficialDialog
from ui.pages.printing.page import PrintingPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    open_windows(made)
    return made


def away(school: TestSchool, days: int = 1) -> None:
    """The first pupil is away on the first `days` school days from October on."""
    calendar = SchoolCalendars(school.uow, school.clock).read(school.year_id)
    chosen = calendar.school_days(date(2026, 9, 7), date(2026, 11, 23))[:days]
    AttendanceEntry(school.uow, school.clock).set_days(
        school.actor("homeroom"), school.class_id, {(school.pupils[0], d): "P" for d in chosen}
    )


def test_the_totals_of_conduct_are_counted_and_locked(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    away(school, 3)
    shown = show_page(window, qtbot, school, "homeroom", "conduct", "Rèn luyện", ConductPage)
    grid = shown.page.grid
    assert grid.model.view_of(CellKey(school.pupils[0], "HK1.excused")).text == "3"
    column = grid.model.column_at(FIRST_CELL + 1)
    assert column is not None
    assert column.computed
    grid.setFocus()
    grid.cursor_cells.go(0, FIRST_CELL + 1)
    type_text(None, "7")
    assert grid.table.open_editor() is None
    assert "máy đếm từ trang Điểm danh" in shown.said
    press(None, Qt.Key.Key_Left)
    assert grid.cursor_cells.active == (0, FIRST_CELL)
    type_text(None, "t\n")
    assert grid.model.view_of(CellKey(school.pupils[0], "HK1.level")).text == "Tốt"


def test_printing_says_which_months_the_book_lacks(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = show_page(window, qtbot, school, "secretary", "prints", "In sổ", PrintingPage)
    page = shown.page
    assert "chưa điểm danh tháng nào trên máy" in page.left_out.sentence
    away(school)
    page.go_to(class_id=school.class_id, scope=BookScope.TERM_1.value)
    assert "chưa báo đủ tháng 9, tháng 10" in page.left_out.sentence
    page.official_button.click()
    dialog = page.findChild(OfficialDialog)
    said = [label.text() for label in dialog.findChildren(type(page.left_out._words))]
    assert any("chưa báo đủ tháng 9" in text for text in said)
    dialog.reject()


def test_the_task_opens_the_month_and_the_alert_the_list(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    away(school, 40)
    from tests.gui.page_kit import workspace

    work = workspace(school, "homeroom")
    attendance = PageSpec(
        "attendance", "Điểm danh", "attendance", 1, frozenset(),
        lambda context: AttendancePage(context, work),
    )  # fmt: skip
    shown = show_page(
        window, qtbot, school, "homeroom", "home", "Bàn làm việc", HomePage, work, (attendance,)
    )
    presenter = shown.page.presenter
    task = next(row[0] for row in presenter._rows if row[0].kind.value == "attendance")
    words = HomeWords().row(0, (task,), school.clock.today())
    assert words.title == "Điểm danh tháng 9, lớp 6A"
    assert words.line == "Còn 2 tháng chưa báo đủ"
    alerts = [alert for alert in presenter._alerts(presenter.view) if alert[5] == "attendance"]
    assert alerts[0][1] == "1 học sinh nghỉ gần 45 buổi"
    key = next(n for n, row in enumerate(presenter._rows) if row[0] is task)
    presenter.open_task(key)
    assert window.current_page().presenter.sheet.month == Month(2026, 9)
    presenter.open_alert("attendance")
    assert window.current_page().near.isVisible()
