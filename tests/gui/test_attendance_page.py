"""Điểm danh: P and K by keyboard and click, weeks, today, months declared, calendar, reasons."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.clock import VIETNAM
from app.domain.attendance import Month, MonthState, SpecialDays
from app.domain.periods import Term
from app.services.attendance_entry import AttendanceEntry
from app.services.school_calendar import SchoolCalendars
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import Shown, close_all, show_page
from tests.support.school import TestSchool, make_school
from ui.models.attendance_grid_model import FIRST_DAY
from ui.pages.attendance.page import AttendancePage
from ui.pages.attendance.presenter import Shows

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
OCTOBER = Month(2026, 10)
FIFTH = FIRST_DAY + 4
"""Column of Monday, 5 October."""
MONDAY = date(2026, 10, 5)


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path)


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "homeroom") -> Shown:
    shown = show_page(window, qtbot, school, who, "attendance", "Điểm danh", AttendancePage)
    if shown.page.grid is not None:
        shown.page.presenter.choose_month(OCTOBER)
        shown.page.grid.setFocus()
        shown.page.grid.cursor_cells.go(0, FIFTH)
    return shown


def stored(school: TestSchool, month: Month = OCTOBER) -> dict[tuple[int, int], str]:
    """(row, day of month) -> sign."""
    entry = AttendanceEntry(school.uow, school.clock)
    sheet = entry.open(school.actor("homeroom"), school.class_id, month)
    return {
        (at, day.day): sign.value
        for at, row in enumerate(sheet.rows)
        for day, sign in row.marks.items()
    }


def test_letters_arrows_space_and_delete_write_days(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    type_text(None, "p")
    press(None, Qt.Key.Key_Down)
    type_text(None, "K")
    press(None, Qt.Key.Key_Right)
    for _ in range(2):
        press(None, Qt.Key.Key_Space, " ")
    assert stored(school) == {(0, 5): "P", (1, 5): "K", (1, 6): "K"}
    press(None, Qt.Key.Key_Space, " ")
    press(None, Qt.Key.Key_Left)
    press(None, Qt.Key.Key_Delete)
    assert stored(school) == {(0, 5): "P"}
    assert "P 1" in page.bar.counts.text()


def test_a_block_takes_one_letter_in_one_entry_and_passes_over_sunday(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.grid.cursor_cells.go(2, FIRST_DAY + 1)
    page.grid.cursor_cells.extend_to(2, FIRST_DAY + 5)
    before = len(school.trail_kinds())
    type_text(None, "p")
    assert stored(school) == {(2, day): "P" for day in (2, 3, 5, 6)}
    assert school.trail_kinds()[before:] == ["attendance.set"]
    press(None, Qt.Key.Key_Z, modifiers=CTRL)
    assert stored(school) == {}
    press(None, Qt.Key.Key_Y, modifiers=CTRL)
    assert len(stored(school)) == 4
    assert school.trail_kinds()[before:] == ["attendance.set"] * 3


def test_totals_follow_at_once(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school).page
    model = page.grid.model
    type_text(None, "p")
    press(None, Qt.Key.Key_Right)
    type_text(None, "k")
    totals = [model.text(0, column) for column in range(model.last_day + 1, model.columnCount())]
    assert totals == ["2", "1", "1", "2"]


def test_copy_paste_and_fill_down(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school).page
    QApplication.clipboard().setText("P\tk\n\tP\n")
    press(None, Qt.Key.Key_V, modifiers=CTRL)
    assert stored(school) == {(0, 5): "P", (0, 6): "K", (1, 6): "P"}
    page.grid.cursor_cells.go(0, FIFTH)
    page.grid.cursor_cells.extend_to(3, FIFTH)
    press(None, Qt.Key.Key_D, modifiers=CTRL)
    assert [stored(school).get((row, 5)) for row in range(5)] == ["P"] * 4 + [None]
    press(None, Qt.Key.Key_C, modifiers=CTRL)
    assert QApplication.clipboard().text().split() == ["P"] * 4


def test_a_paste_with_one_bad_cell_writes_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    QApplication.clipboard().setText("P\nv\nK\n")
    press(None, Qt.Key.Key_V, modifiers=CTRL)
    assert stored(school) == {}
    assert "“v” không phải ký hiệu điểm danh" in shown.said
    QApplication.clipboard().setText("P\n" * 9)
    press(None, Qt.Key.Key_V, modifiers=CTRL)
    assert stored(school) == {}
    assert "thừa 4 hàng" in shown.said


def test_a_second_click_goes_on_to_the_next_sign(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    table = opened(window, qtbot, school).page.grid.table

    def click(row: int, column: int) -> None:
        index = table.model().index(row, column)
        place: QPoint = table.visualRect(index).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(1, FIFTH)
    assert stored(school) == {}
    click(1, FIFTH)
    assert stored(school) == {(1, 5): "P"}
    click(1, FIFTH)
    assert stored(school) == {(1, 5): "K"}
    click(2, FIFTH)
    assert stored(school) == {(1, 5): "K"}


def test_sundays_and_days_ahead_say_why(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    page = shown.page
    page.grid.cursor_cells.go(0, FIRST_DAY + 3)
    type_text(None, "p")
    assert "không có buổi học: Chủ nhật" in shown.said
    page.presenter.choose_month(Month(2026, 11))
    page.grid.cursor_cells.go(0, FIRST_DAY + 23)
    type_text(None, "k")
    assert "24/11/2026 chưa tới" in shown.said
    assert stored(school, Month(2026, 11)) == {}


def test_a_holiday_is_greyed_and_named(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    SchoolCalendars(school.uow, school.clock).save(
        school.actor("secretary"), school.year_id, range(6),
        [SpecialDays("Ngày Nhà giáo", date(2026, 11, 20), date(2026, 11, 20))],
    )  # fmt: skip
    page = opened(window, qtbot, school).page
    page.presenter.choose_month(Month(2026, 11))
    column = FIRST_DAY + 19
    assert page.grid.table.head.tip(column) == "Thứ Sáu, 20/11/2026: Ngày Nhà giáo"
    index = page.grid.model.index(0, column)
    assert page.grid.model.data(index, Qt.ItemDataRole.ToolTipRole) == "Ngày Nhà giáo"
    assert not page.grid.model.is_open(0, column)
    spoken = page.grid.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Thứ Sáu 20/11, Ngày Nhà giáo")


def test_the_office_looks_and_does_not_write(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school, "secretary")
    assert shown.page.view_only.isVisible()
    assert not shown.page.declare_button.isVisible()
    type_text(None, "p")
    assert stored(school) == {}
    assert "không phải giáo viên chủ nhiệm" in shown.said


def test_a_teacher_without_a_homeroom_has_no_class_to_open(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "tin_hoc").page
    assert page.grid is None
    assert not page.months.isVisible()


def test_a_closed_term_is_locked_with_its_decision(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    close_all(school)
    shown = opened(window, qtbot, school)
    type_text(None, "p")
    assert "QĐ số 57/QĐ-THCS" in shown.said
    assert "mở bổ sung" in shown.said
    assert stored(school) == {}


def test_a_month_is_declared_only_through_the_dialog(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school)
    page = shown.page
    assert page.declare_button.text() == "Báo đủ tháng 10"
    assert "quá hạn báo đủ 05/11" in page.note.text()
    type_text(None, "p")
    assert not page.elsewhere_button.isVisible()
    page.presenter.choose_month(Month(2026, 11))
    # From any month there is a way to the one that waits.
    assert not page.declare_button.isVisible()
    assert page.elsewhere_button.text() == "Chưa báo đủ tháng 9"
    page.elsewhere_button.click()
    assert page.declare_button.text() == "Báo đủ tháng 9"
    page.presenter.choose_month(OCTOBER)
    page.declare_button.click()
    page.confirmation.reject()
    assert page.presenter.sheet.view(OCTOBER).state is MonthState.OVERDUE
    page.declare_button.click()
    page.confirmation.action_button.click()
    assert page.presenter.sheet.view(OCTOBER).state is MonthState.LATE
    assert not page.declare_button.isVisible()
    assert "đã báo đủ điểm danh tháng 10" in shown.said.lower()
    # The keyboard is in the grid again, not with the button that went away.
    type_text(None, "k")
    assert sorted(stored(school).values()) == ["K", "P"]
    # The running month has nothing to declare yet.
    page.presenter.choose_month(Month(2026, 11))
    assert not page.declare_button.isVisible()


def test_months_are_chosen_by_arrow_click_and_deep_link(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    for at_rest in (page.months, page.back, page.on):
        assert not at_rest.focusPolicy() & Qt.FocusPolicy.ClickFocus
    page.months.setFocus()
    press(page.months, Qt.Key.Key_Right)
    assert page.presenter.sheet.month == Month(2026, 11)
    page.grid.setFocus()
    press(None, Qt.Key.Key_PageUp, modifiers=CTRL)
    assert page.presenter.sheet.month == OCTOBER
    page.go_to(class_id=school.class_id, month="2026-09")
    assert page.presenter.sheet.month == Month(2026, 9)
    page.go_to(class_id=school.class_id, near=True)
    assert page.presenter.shows is Shows.NEAR


def test_a_week_may_lie_in_two_months(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school).page
    page.presenter.choose(Shows.WEEK)
    assert page.when.text() == "Tuần 4: 28/09 đến 04/10"
    page.grid.cursor_cells.go(0, FIRST_DAY)
    type_text(None, "k")
    page.grid.cursor_cells.go(0, FIRST_DAY + 4)
    type_text(None, "p")
    assert stored(school, Month(2026, 9)) == {(0, 28): "K"}
    assert stored(school) == {(0, 2): "P"}
    page.on.click()
    assert page.when.text() == "Tuần 5: 05/10 đến 11/10"


def test_today_is_one_list_and_space_goes_through_the_signs(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school).page
    page.go_to(today=True)
    page.presenter.choose_month(Month(2026, 11))
    page.presenter.choose(Shows.DAY)
    page.grid.setFocus()
    page.grid.cursor_cells.go(1, FIRST_DAY)
    press(None, Qt.Key.Key_Space, " ")
    assert stored(school, Month(2026, 11)) == {(1, 23): "P"}
    assert "Sĩ số 5  ·  có mặt 4" in page.bar.counts.text()
    page.back.click()
    assert page.when.text() == "Thứ Bảy, 21/11/2026"


def test_a_day_without_school_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    school = make_school(tmp_path)
    school.clock.move_to(datetime(2026, 11, 29, 8, 0, tzinfo=VIETNAM))
    page = opened(window, qtbot, school).page
    page.presenter.choose_month(Month(2026, 11))
    page.presenter.choose(Shows.DAY)
    assert not page.grid.isVisible()
    assert not page.bar.isVisible()


def test_near_the_limit_is_counted_and_listed(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    calendar = SchoolCalendars(school.uow, school.clock).read(school.year_id)
    days = calendar.school_days(date(2026, 9, 7), date(2026, 11, 23))
    edits = {(school.pupils[0], day): "P" for day in days[:46]}
    edits |= {(school.pupils[1], day): "K" for day in days[:40]}
    entry = AttendanceEntry(school.uow, school.clock)
    entry.set_days(school.actor("homeroom"), school.class_id, edits)
    page = opened(window, qtbot, school).page
    assert page.views._buttons["near"].text() == "Gần 45 buổi (2)"
    page.presenter.choose(Shows.NEAR)
    model = page.near.model
    said = [model.data(model.index(row, 5)) for row in range(model.rowCount())]
    assert said == ["quá 45 buổi: không được lên lớp", "còn 5 buổi"]
    assert not page.bar.isVisible()


def test_history_of_a_cell(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    shown = opened(window, qtbot, school)
    type_text(None, "pk")
    press(None, Qt.Key.Key_F2)
    assert "2 lần ghi" in shown.said


def test_the_office_sets_the_calendar_and_sees_the_refusal(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    entry = AttendanceEntry(school.uow, school.clock)
    entry.set_days(school.actor("homeroom"), school.class_id, {(school.pupils[0], MONDAY): "P"})
    shown = opened(window, qtbot, school, "secretary")
    shown.page.calendar_button.click()
    dialog = shown.page.calendar_dialog
    dialog.add_row()
    dialog._submit()
    assert "chưa có ngày" in dialog.refusal()
    row = dialog.rows[0]
    row.name.setText("Nghỉ bão")
    row.first.set_value(MONDAY)
    dialog._submit()
    assert "đã ghi học sinh nghỉ" in dialog.refusal()
    row.first.set_value(date(2026, 10, 7))
    row.last.set_value(date(2026, 10, 8))
    dialog.weekdays[5].setChecked(False)
    dialog._submit()
    assert not dialog.isVisible()
    kept = SchoolCalendars(school.uow, school.clock).read(school.year_id)
    assert (kept.due_day, kept.weekdays) == (5, frozenset(range(5)))
    assert kept.days[0].name == "Nghỉ bão"
    assert shown.page.presenter.sheet.calendar == kept


def test_teachers_have_no_calendar_button(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    assert not opened(window, qtbot, school).page.calendar_button.isVisible()


def test_the_model_keeps_qts_rules(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school).page
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.grid.model, mode)
    type_text(None, "p")
    page.presenter.choose(Shows.WEEK)
    page.presenter.choose(Shows.DAY)
    page.presenter.choose_month(Month(2026, 12))
    assert tester.model() is page.grid.model


def test_everything_fits_beside_the_rail_at_1280(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    window.resize(1280, 697)
    page = opened(window, qtbot, school).page
    table = page.grid.table
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    assert table.columnWidth(FIRST_DAY) >= 24


def test_another_class_is_another_grid(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    other = school.add_class("6B", pupils=2)
    page = opened(window, qtbot, school, "principal").page
    page.go_to(class_id=other)
    assert page.presenter.sheet.class_name == "6B"
    assert page.grid.model.rowCount() == 2
    third = school.add_class("6C")
    page.presenter.pickers.load()
    page.go_to(class_id=third)
    assert not page.grid.isVisible()
    assert not page.bar.isVisible()


def test_declaring_needs_the_whole_term_for_the_part_of_january(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    school = make_school(tmp_path)
    school.clock.move_to(datetime(2027, 1, 20, 8, 0, tzinfo=VIETNAM))
    page = opened(window, qtbot, school).page
    page.presenter.choose_month(Month(2027, 1))
    assert page.declare_button.text() == "Báo đủ tháng 1, phần học kì I"
    page.declare_button.click()
    page.confirmation.action_button.click()
    declared = page.presenter.sheet.view(Month(2027, 1)).declared
    assert [one.term for one in declared] == [Term.HK1]
    assert not page.declare_button.isVisible()


def test_the_office_is_not_led_to_what_it_cannot_declare(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "secretary").page
    page.presenter.choose_month(Month(2026, 11))
    assert not page.elsewhere_button.isVisible()
