"""Rèn luyện: typed as in Excel, refused with reasons, only by the GVCN."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey
from app.services.conduct_entry import ConductEntry
from app.services.period_close import PeriodClosing
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import (
    Shown,
    close_all,
    fill_conduct,
    open_windows,
    show_page,
    workspace,
)
from tests.support.school import TestSchool, make_school
from ui.models.mark_grid_model import FIRST_CELL, Section
from ui.pages.conduct.page import ConductPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
LEVEL, EXCUSED, UNEXCUSED, COMMENT = range(FIRST_CELL, FIRST_CELL + 4)


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    open_windows(made)
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str) -> Shown:
    return show_page(window, qtbot, school, who, "conduct", "Rèn luyện", ConductPage)


def stored(school: TestSchool, key: str) -> list[str]:
    sheet = ConductEntry(school.uow, school.clock).open(school.actor("homeroom"), school.class_id)
    return [row.texts[key] for row in sheet.rows]


def test_initials_enter_and_tab_fill_the_grid(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "homeroom").page
    page.grid.setFocus()
    type_text(None, "t\nK\nđ\ncđ\n")
    assert stored(school, "HK1.level") == ["Tốt", "Khá", "Đạt", "Chưa đạt", ""]
    page.grid.cursor_cells.go(0, EXCUSED)
    type_text(None, "2\t0\t")
    assert stored(school, "HK1.excused")[0] == "2"
    assert stored(school, "HK1.unexcused")[0] == "0"
    assert page.grid.cursor_cells.active == (0, COMMENT)
    assert "Tốt 1" in page.bar.counts.text()
    assert "chưa có mức 1" in page.bar.counts.text()


def test_fill_down_copy_paste_delete_and_undo(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "homeroom").page
    grid = page.grid
    grid.setFocus()
    type_text(None, "tốt\n")
    grid.cursor_cells.go(0, LEVEL)
    grid.cursor_cells.extend_to(4, LEVEL)
    press(None, Qt.Key.Key_D, modifiers=CTRL)
    assert stored(school, "HK1.level") == ["Tốt"] * 5
    QApplication.clipboard().setText("Khá\t1\t0\nĐạt\t3\t2\n")
    grid.cursor_cells.go(1, LEVEL)
    press(None, Qt.Key.Key_V, modifiers=CTRL)
    assert stored(school, "HK1.level") == ["Tốt", "Khá", "Đạt", "Tốt", "Tốt"]
    assert stored(school, "HK1.unexcused")[:3] == ["", "0", "2"]
    press(None, Qt.Key.Key_Delete)
    assert stored(school, "HK1.level")[1:3] == ["", ""]
    press(None, Qt.Key.Key_Z, modifiers=CTRL)
    assert stored(school, "HK1.level")[1:3] == ["Khá", "Đạt"]
    kinds = school.trail_kinds()
    assert kinds.count("conduct.set") == 5


def test_a_paste_with_one_bad_cell_writes_nothing_and_names_it(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school, "homeroom")
    grid = shown.page.grid
    grid.setFocus()
    QApplication.clipboard().setText("Tốt\nXuất sắc\nKhá\n")
    press(None, Qt.Key.Key_V, modifiers=CTRL)
    assert stored(school, "HK1.level") == [""] * 5
    assert "Xuất sắc" in shown.said


@pytest.mark.parametrize("text", ["-1", "2,5", "x", "201"])
def test_a_bad_count_stays_in_the_editor_with_its_reason(
    window: MainWindow, qtbot: QtBot, school: TestSchool, text: str
) -> None:
    shown = opened(window, qtbot, school, "homeroom")
    grid = shown.page.grid
    grid.cursor_cells.go(0, EXCUSED)
    grid.setFocus()
    type_text(None, f"{text}\n")
    assert grid.table.open_editor().text() == text
    assert "không phải số buổi nghỉ" in shown.said
    assert stored(school, "HK1.excused")[0] == ""


def test_the_year_is_computed_and_answers_why(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    fill_conduct(school)
    shown = opened(window, qtbot, school, "homeroom")
    page = shown.page
    page.go_to(term="YEAR")
    assert page.grid.model.section is Section.YEAR
    key = CellKey(school.pupils[0], "YEAR.level")
    assert page.grid.model.view_of(key).text == "Tốt"
    page.grid.go_to(key)
    type_text(None, "K")
    assert "máy tự tính" in shown.said


def test_another_teacher_only_looks_and_learns_why(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school, "vice")
    page = shown.page
    assert page.view_only.isVisible()
    assert not page.next_button.isEnabled()
    page.grid.setFocus()
    type_text(None, "t")
    assert "không phải giáo viên chủ nhiệm lớp 6A" in shown.said
    assert stored(school, "HK1.level") == [""] * 5


def test_a_teacher_without_a_homeroom_gets_an_empty_state(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "tin_hoc").page
    assert page.grid is None
    assert page.presenter.klass is None
    assert not page.bar.isVisible()


def test_a_closed_term_names_the_decision(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    fill_conduct(school)
    close_all(school)
    shown = opened(window, qtbot, school, "homeroom")
    shown.page.grid.setFocus()
    type_text(None, "k")
    assert "57/QĐ-THCS" in shown.said
    assert shown.window.top_bar is not None
    assert stored(school, "HK1.level")[0] == "Tốt"


def test_the_lock_chip_speaks_of_the_term_on_the_screen(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    PeriodClosing(school.uow, school.clock).close(
        school.signer("principal"), school.class_id, Period.HK1, "57/QĐ-THCS", "Lớp mẫu"
    )
    shown = opened(window, qtbot, school, "homeroom")
    bar = shown.window.top_bar
    assert bar is not None
    assert bar.lock_text().startswith("Đã chốt")
    shown.page.sections.chosen.emit(Section.HK2.value)
    assert bar.lock_text().startswith("Đang mở")


def test_a_pupil_who_left_stays_readable_only(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    gone = school.pupils[1]
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, gone, date(2026, 11, 2), "Chuyển trường"
    )
    shown = opened(window, qtbot, school, "homeroom")
    page = shown.page
    page.grid.go_to(CellKey(gone, "HK1.level"))
    type_text(None, "t")
    assert "02/11/2026" in shown.said
    assert page.presenter.unset_levels() == 4


def test_history_tells_who_wrote_what(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school, "homeroom").page
    page.grid.setFocus()
    type_text(None, "t\n")
    page.grid.cursor_cells.go(0, LEVEL)
    type_text(None, "k\n")
    work = workspace(school, "homeroom")
    lines = work.conduct.history(school.class_id, school.pupils[0], "HK1.level")
    assert [line.split(": ")[1] for line in lines] == ["trống → Tốt", "Tốt → Khá"]
    page.presenter.history(CellKey(school.pupils[0], "HK1.level"))


def test_a_zero_count_is_kept_in_the_trail(school: TestSchool) -> None:
    conduct = ConductEntry(school.uow, school.clock)
    pupil = school.pupils[0]
    who = school.actor("homeroom")
    conduct.set_cells(who, school.class_id, {(pupil, "HK1.excused"): "0"})
    conduct.set_cells(who, school.class_id, {(pupil, "HK1.excused"): ""})
    lines = conduct.history(school.class_id, pupil, "HK1.excused")
    assert [line.split(": ")[1] for line in lines] == ["trống → 0", "0 → trống"]


def test_next_button_goes_to_the_first_pupil_without_a_level(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "homeroom").page
    page.grid.setFocus()
    type_text(None, "t\n")
    page.grid.cursor_cells.go(4, COMMENT)
    page.next_button.click()
    assert page.grid.cursor_cells.active == (1, LEVEL)
    assert page.commit_pending()
