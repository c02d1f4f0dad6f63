"""Tổ chuyên môn on screen: a head, a leader, a teacher and an inspector."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.roles import Role
from app.readmodels.work_board import Grouping
from tests.gui.page_kit import Shown, show_page
from tests.support.record_book import RecordBook
from tests.support.school import TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.departments.check_dialog import CheckDialog
from ui.pages.departments.dialogs import ReportDialog, SettleDialog, SubjectsDialog
from ui.pages.departments.page import CHECKS, PEOPLE, PROGRESS, UNITS, DepartmentsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

UNIT = "Tổ Tự nhiên"
TODAY = date(2026, 11, 23)


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path, pupils=2)
    principal = made.actor("principal")
    for who in ("toan", "tin_hoc"):
        made.accounts.edit(principal, made.accounts_by_key[who], made.actor(who).name, UNIT)
    head = made.accounts_by_key["toan"]
    made.accounts.grant(principal, head, Role.DEPARTMENT_HEAD, date(2026, 9, 1))
    book = RecordBook(made)
    book.open_entry()
    book.marks.set_dates(
        made.actor("tin_hoc"), book.sheet("tin_hoc"), "HK1.tx1", date(2026, 10, 3),
        date(2026, 10, 10),
    )  # fmt: skip
    return made


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str) -> Shown:
    return show_page(window, qtbot, school, who, "departments", "Tổ chuyên môn", DepartmentsPage)


def dialog(window: MainWindow, kind: type) -> object:
    (found,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return found


def test_a_leader_sees_the_school_a_head_the_own_department(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "principal").page
    qtbot.waitUntil(lambda: page.progress.model.rowCount() == 12)
    assert "còn thiếu 2 ô ở 1 cột" in page.progress.summary.text()
    page.progress.by_chosen.emit(Grouping.CLASS)
    qtbot.waitUntil(lambda: page.progress.model.rowCount() == 1)
    page.progress.month_chosen.emit("2026-10")
    qtbot.waitUntil(lambda: page.presenter.board.month == "2026-10")
    window.close_session()
    page = opened(window, qtbot, school, "toan").page
    qtbot.waitUntil(lambda: page.progress.model.rowCount() == 2)
    assert [page.unit.itemText(n) for n in range(page.unit.count())] == [UNIT]


def test_a_teacher_sees_no_board_and_only_own_findings(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "tin_hoc").page
    assert page.tab == CHECKS
    assert not page.tabs.isVisible()
    assert not page.checks.record_button.isVisible()
    page.go_to(tab=PROGRESS)
    assert page.tab == CHECKS


def test_a_head_prints_the_report_and_the_slips(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "toan").page
    qtbot.waitUntil(lambda: page.presenter.board is not None)
    page.progress.report_button.click()
    asked = dialog(window, ReportDialog)
    assert asked.month.current() == "2026-10"
    asked.proposals.setPlainText("Cần tập huấn")
    asked.print_button.click()
    dialog(window, PaperDialog).reject()
    assert school.trail_kinds()[-1] == "print.run"
    page.show_tab(PEOPLE)
    qtbot.waitUntil(lambda: page.people.people.rowCount() > 0)
    assert page.people.tasks.rowCount() > 0
    before = len(school.trail_kinds())
    page.people.print_button.click()
    assert school.trail_kinds()[before:] == ["print.run"]


def test_a_report_without_a_department_says_what_to_choose(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "principal").page
    qtbot.waitUntil(lambda: page.presenter.board is not None)
    page.progress.report_button.click()
    assert "hãy chọn tổ" in window.sentence
    assert not window.findChildren(ReportDialog)


def test_a_check_is_recorded_settled_and_printed(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "toan").page
    page.show_tab(CHECKS)
    page.checks.record_button.click()
    asked = dialog(window, CheckDialog)
    asked.save_button.click()
    assert "Chưa ghi ngày kiểm tra hoặc nội dung" in asked.refusal()
    asked.looked_at.setText("Sổ điểm 6A")
    names = [asked.teacher.itemText(n) for n in range(asked.teacher.count())]
    assert names == ["Lý Thị Ngọc"]
    asked.finding.setText("Vào điểm muộn")
    asked.save_button.click()
    assert "còn thiếu" in asked.refusal()
    asked.remedy.setText("Vào trong 5 ngày")
    asked.due.set_value(TODAY + timedelta(days=5))
    asked.klass.set_current(school.class_id)
    asked.klass.picked.emit(school.class_id)
    asked.subject.set_current(school.subjects["tin_hoc"])
    asked.add_finding_button.click()
    assert asked.model.rowCount() == 1
    asked.save_button.click()
    assert asked.refusal() == ""
    assert page.checks.model.rowCount() == 1
    assert "1 việc chưa khắc phục xong" in page.checks.count.text()
    page.checks.settle_button.click()
    again = dialog(window, SettleDialog)
    again.save_button.click()
    assert "Chưa ghi đã xem lại" in again.refusal()
    again.note.setText("Đã đủ")
    again.save_button.click()
    assert page.checks.chosen_finding().closing_note == "Đã đủ"
    assert not page.checks.settle_button.isEnabled()
    page.checks.print_button.click()
    dialog(window, PaperDialog).reject()
    assert school.trail_kinds()[-3:] == ["check.recorded", "check.closed", "print.run"]


def test_subjects_are_proposed_and_given(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "principal").page
    page.show_tab(UNITS)
    names = [unit.name for unit in page.units.model.records()]
    page.units.table.selectRow(names.index(UNIT))
    page.units.subjects_button.click()
    asked = dialog(window, SubjectsDialog)
    ticked = {code for code, box in asked.boxes.items() if box.isChecked()}
    assert ticked == {"toan", "tin_hoc"}
    asked.save_button.click()
    assert page.units.chosen().subjects == ("toan", "tin_hoc")


def test_an_inspector_sees_every_part_and_changes_none(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    school.accounts.add(
        school.actor("principal"), "Đoàn Kiểm Tra", "cây đa bến nước sân đình",
        roles=(Role.INSPECTOR,),
    )  # fmt: skip
    school.uids["inspector"] = "doan.kiem.tra"
    page = opened(window, qtbot, school, "inspector").page
    qtbot.waitUntil(lambda: page.progress.model.rowCount() == 12)
    for tab in (PEOPLE, CHECKS, UNITS):
        page.show_tab(tab)
    for button in (page.checks.record_button, page.checks.settle_button,
                   page.units.subjects_button, page.units.accounts_button):  # fmt: skip
        assert not button.isVisibleTo(page)
