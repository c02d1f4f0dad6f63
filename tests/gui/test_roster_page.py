"""Danh sách lớp over real services: who sees what, every command, every refusal in its place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from app.domain.movements import MovementKind
from tests.gui.page_kit import show_page
from tests.support.school import found_school, make_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.pages.roster.dialogs import MoveDialog
from ui.pages.roster.page import RosterPage
from ui.pages.roster.profile_dialog import ProfileDialog


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path)
    yield school
    school.close()


@pytest.fixture
def show(window, qtbot):
    def shower(school, who="secretary"):
        return show_page(window, qtbot, school, who, "roster", "Danh sách lớp", RosterPage).page

    return shower


def dialog(page, kind):
    return next(d for d in page.findChildren(QDialog) if isinstance(d, kind) and d.isVisible())


def test_model_is_sound(school, show):
    page = show(school)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.model.rowCount() == 5


def test_no_class_says_what_to_do(tmp_path, show):
    school = found_school(tmp_path)
    page = show(school, "principal")
    assert not page.add_button.isVisible()
    assert page.presenter.open_import() is None
    school.close()


def test_an_empty_class_offers_the_import(school, show):
    empty = school.add_class("6B")
    page = show(school)
    page.go_to(class_id=empty)
    assert page.add_button.isVisible()
    assert not page.freeze_button.isVisible()
    assert not page.import_button.isVisible()  # the empty state has the one filled button


def test_a_subject_teacher_sees_names_but_no_home(school, show):
    page = show(school, "tin_hoc")
    hidden = [c for c in range(page.model.columnCount()) if page.table.isColumnHidden(c)]
    titles = [page.model.headerData(c, Qt.Orientation.Horizontal) for c in hidden]
    assert titles == ["Số định danh", "Dân tộc", "Chỗ ở hiện nay", "Cha", "Mẹ", "Điện thoại"]
    for button in (page.add_button, page.import_button, page.freeze_button):
        assert not button.isVisible()
    page.table.selectRow(0)
    assert not page.panel.edit_button.isVisible()
    page.table.activated.emit(page.model.index(0, 1))
    assert not [d for d in page.findChildren(QDialog) if d.isVisible()]


def test_search_ignores_accents_and_order_is_only_on_screen(school, show):
    page = show(school)
    name = page.model.record(2).profile.full_name
    page.search.setText(name.lower().replace("đ", "d"))
    assert [x.profile.full_name for x in page.model.records()] == [name]
    page.search.setText("không ai tên thế này")
    assert page.shown.text() == "Không dòng nào khớp"
    page.search.clear()
    page.order.chosen.emit("name")
    assert [x.position for x in page.model.records()] == [1, 2, 3, 4, 5]


def test_add_then_edit_then_the_panel_shows_it(school, show):
    page = show(school)
    page.presenter.add()
    box = dialog(page, ProfileDialog)
    box.fields["full_name"].field.setText("Đỗ Gia Ân")
    box.fields["birth_date"].field.setText("31/02/2015")
    box.save_button.click()
    assert "không phải là một ngày" in box.refusal()
    box.fields["birth_date"].field.setText("28/02/2015")
    box.fields["ministry_code"].field.setText("12")
    box.save_button.click()
    assert "10 chữ số" in box.fields["ministry_code"].error()
    box.fields["ministry_code"].field.setText("0100000099")
    box.save_button.click()
    assert not box.isVisible()
    line = next(x for x in page.model.records() if x.profile.full_name == "Đỗ Gia Ân")
    page.choose(line.pupil_id)
    assert "personal_id" in line.missing
    page.panel.edit_button.click()
    box = dialog(page, ProfileDialog)
    box.save_button.click()
    assert "không có gì thay đổi" in box.refusal()
    box.fields["ethnicity"].field.setText("Mường")
    box.save_button.click()
    assert page.chosen().profile.ethnicity == "Mường"


def test_a_code_of_another_pupil_is_refused_under_its_field(school, show):
    page = show(school)
    page.table.selectRow(0)
    taken = page.model.record(1).profile.ministry_code
    page.panel.edit_button.click()
    box = dialog(page, ProfileDialog)
    box.fields["ministry_code"].field.setText(taken)
    box.save_button.click()
    assert taken in box.fields["ministry_code"].error()
    assert page.model.record(0).profile.ministry_code != taken


def test_leaving_needs_a_reason_and_a_possible_day(window, school, show):
    page = show(school)
    page.table.selectRow(1)
    who = page.chosen()
    page.panel.leave_button.click()
    box = dialog(page, MoveDialog)
    box.choose_kind(MovementKind.LEFT)
    box.save_button.click()
    assert "Chưa ghi lý do" in box.reason_field.error()
    box.reason.setText("Chuyển trường, QĐ 12")
    box.day.setText("01/12/2026")  # after today, 23/11
    box.save_button.click()
    assert "không rời lớp ngày" in box.day_field.error()
    box.day.setText("")
    box.save_button.click()
    assert "Chưa ghi ngày" in box.day_field.error()
    box.day.setText("20/11/2026")
    box.save_button.click()
    assert not box.isVisible()
    assert page.chosen().pupil_id == who.pupil_id
    assert page.chosen().left_on == date(2026, 11, 20)
    assert "rời lớp 20/11/2026" in window.sentence
    assert page.panel.return_button.isVisible()
    assert not page.panel.leave_button.isVisible()
    assert page.counts.text().endswith(", 1 đã rời lớp")
    page.panel.return_button.click()
    box = dialog(page, MoveDialog)
    box.reason.setText("Trở lại trường")
    box.save_button.click()
    assert page.chosen().is_here


def test_moving_to_another_class_of_the_grade(window, school, show):
    page = show(school)
    page.table.selectRow(0)
    page.panel.move_button.click()
    assert "chỉ có một lớp" in window.sentence
    other = school.add_class("6B")
    school.add_class("7A", 7)
    page.panel.move_button.click()
    box = dialog(page, MoveDialog)
    assert [box.where.itemText(i) for i in range(box.where.count())] == ["6B"]
    box.reason.setText("Theo nguyện vọng")
    box.save_button.click()
    page.go_to(class_id=other)
    assert page.model.rowCount() == 1


def test_freeze_says_what_happens_and_enter_is_safe(qtbot, school, show):
    page = show(school)
    page.freeze_button.click()
    box = dialog(page, ConfirmDialog)
    assert box.action_button.text() == "Chốt danh sách 5 học sinh"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.presenter.view.frozen_at is None
    page.freeze_button.click()
    dialog(page, ConfirmDialog).action_button.click()
    assert page.presenter.view.frozen_at is not None
    assert "Đã chốt danh sách 23/11/2026" in page.state.text()
    assert not page.freeze_button.isVisible()
    assert "roster.frozen" in school.trail_kinds()


def test_the_homeroom_teacher_edits_until_the_freeze(school, show):
    page = show(school, "homeroom")
    assert page.add_button.isVisible()
    assert not page.freeze_button.isVisible()
    page.table.selectRow(0)
    assert page.panel.edit_button.isVisible()
    assert not page.panel.leave_button.isVisible()
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    page.presenter.refresh()
    assert not page.add_button.isVisible()


def test_completeness_counts_the_class(school, show):
    page = show(school)
    page.table.clearSelection()
    page._show_panel()
    seen = page.presenter.view.completeness()
    assert seen["full_name"] == (5, 5)
