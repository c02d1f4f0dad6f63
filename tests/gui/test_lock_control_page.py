"""Đóng mở sổ: the matrix, columns by decision, windows, and a close the principal signs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from app.domain.periods import Period, Term
from app.services.lock_board import LockBoard
from tests.gui.keyboard import press
from tests.gui.page_kit import Shown, show_page, workspace
from tests.gui.shots import colours_in, shoot
from tests.support.record_book import RecordBook, book
from tests.support.rules import settle
from tests.support.school import PASSWORD, TestSchool, found_school, make_school
from ui.navigation import PageSpec
from ui.pages.lock_control.close_dialog import CloseDialog
from ui.pages.lock_control.column_grid import ColumnModel
from ui.pages.lock_control.page import LockControlPage
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path)


def shown(
    window: MainWindow, qtbot: QtBot, school: TestSchool, who: str = "principal", *more: PageSpec
) -> Shown:
    window._clock = school.clock
    return show_page(window, qtbot, school, who, "locks", "Đóng mở sổ", LockControlPage, more=more)


def gone(box: QDialog) -> bool:
    return not isValid(box) or not box.isVisible()


def dialog(page: LockControlPage) -> QDialog:
    return [d for d in page.findChildren(QDialog) if d.isVisible()][-1]


def words(page: LockControlPage, column: int, row: int = 0) -> str:
    return page.table.classes.index(row, column).data()


# --- windows and cut-off


def test_a_window_is_opened_and_taken_back_by_decision(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school).page
    assert words(page, 1) == "chưa mở"
    page.windows.opened.emit()
    form = dialog(page)
    form.confirm.click()
    assert "ngày đóng" in form.refusal()
    form.closes_on.setText("15/01/2027")
    form.confirm.click()
    assert "số quyết định" in form.refusal()
    form.number.setText("41/QĐ-THCS")
    assert form.chosen_period is Period.HK1
    form.confirm.click()
    assert not form.isVisible()
    page.windows.opened.emit()
    following = dialog(page)
    assert following.chosen_period is Period.HK2
    following.reject()
    assert words(page, 1) == "mở đến 15/01"
    with school.uow.read() as uow:
        kept = uow.control.windows(school.year_id)[0]
    page.windows.withdrawn.emit(kept)
    back = dialog(page)
    back.confirm.click()
    assert "số văn bản" in back.error()
    back.number.setText("43/QĐ-THCS")
    back.confirm.click()
    assert words(page, 1) == "chưa mở"


def test_a_window_that_ends_before_it_begins_is_refused(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school).page
    page.windows.opened.emit()
    form = dialog(page)
    form.closes_on.setText("01/11/2026")
    form.number.setText("41/QĐ-THCS")
    form.confirm.click()
    assert "sớm hơn ngày mở" in form.refusal()
    assert form.isVisible()


def test_the_cut_off_of_cases_is_set_by_leaders(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school).page
    page.cutoffs.asked.emit(Period.HK1)
    form = dialog(page)
    form.confirm.click()
    assert "Chưa ghi ngày" in form.error()
    form.day.setText("32/01/2027")
    form.confirm.click()
    assert "không phải là một ngày" in form.error()
    form.day.setText("14/01/2027")
    form.confirm.click()
    board = LockBoard(school.uow, school.clock)
    assert board.matrix(school.year_id).cutoffs[Period.HK1] == date(2027, 1, 14)


def test_the_day_of_the_review_meeting_is_set_too_and_follows_the_rules_before(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    settle(school, {"meeting.review_term_1": "01-16"})
    page = shown(window, qtbot, school).page
    board = LockBoard(school.uow, school.clock)
    ruled = board.matrix(school.year_id).reviews[Period.HK1]
    assert (ruled.day, ruled.by_rule) == (date(2027, 1, 16), True)
    page.cutoffs.review_asked.emit(Period.HK1)
    form = dialog(page)
    assert form.day.text() == "16/01/2027"
    form.day.setText("20/01/2027")
    form.confirm.click()
    own = board.matrix(school.year_id)
    assert (own.reviews[Period.HK1].day, own.reviews[Period.HK1].by_rule) == (
        date(2027, 1, 20), False,
    )  # fmt: skip
    assert own.cutoffs[Period.HK1] is None
    assert own.reviews[Period.HK2].day is None


# --- columns


def test_chosen_columns_are_locked_and_unlocked_by_decision(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school).page
    panel = page.panel
    assert not panel.lock_button.isEnabled()
    model = panel.grid.columns
    panel.grid.setCurrentIndex(model.index(0, 1))
    assert panel.lock_button.text() == "Khóa 1 cột…"
    panel.lock_button.click()
    form = dialog(page)
    form.confirm.click()
    assert "số quyết định" in form.error()
    assert words(page, 3) == "mở cả"
    form.number.setText("50/QĐ-THCS")
    form.confirm.click()
    assert words(page, 3).startswith("khóa 1/")
    assert "50/QĐ-THCS" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert panel.unlock_button.text() == "Mở khóa 1 cột…"
    panel.unlock_button.click()
    dialog(page).number.setText("51/QĐ-THCS")
    dialog(page).confirm.click()
    assert words(page, 3) == "mở cả"


def test_a_subjects_name_stands_for_all_of_its_columns(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school).page
    panel = page.panel
    panel.grid.setCurrentIndex(panel.grid.columns.index(1, 0))
    states = panel.grid.columns.row_states(1)
    assert len(panel.chosen_ids(locked=False)) == len(states) >= 4


def test_the_column_model_is_sound(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    panel = LockBoard(school.uow, school.clock).panel(school.class_id)
    model = ColumnModel(window)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, window
    )
    for term in Term:
        model.show(panel.subjects, term)
        assert model.rowCount() == len(panel.subjects)
        assert model.headerData(model.columnCount() - 1, Qt.Orientation.Horizontal) == "ck"
    assert "đang mở" in model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    tester.deleteLater()


def test_who_keeps_no_locks_sees_no_such_buttons(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school, "toan").page
    assert page.panel.lock_button.isHidden()
    assert page.panel.unlock_button.isHidden()
    assert page.panel.late_button.isHidden()
    assert page.windows.open_button.isHidden()
    assert page.scope_button.isHidden()


def test_the_principal_is_offered_every_button_that_locks_and_unlocks(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    """Pressed, not emitted: without this button no mark of the year can be typed."""
    page = shown(window, qtbot, school).page
    panel = page.panel
    for button in (panel.lock_button, panel.unlock_button, panel.late_button, page.scope_button):
        assert button.isVisible()
    page.windows.open_button.click()
    assert dialog(page).isVisible()


# --- late openings


def test_the_grid_asks_for_a_late_opening_of_its_subject(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    made = RecordBook(school)
    page = shown(window, qtbot, school).page
    window.open_page("locks", late=[made.key(0, "HK2.ck")], sheet=made.sheet("toan"))
    form = dialog(page)
    assert form.subject.current() == school.subjects["toan"]
    assert form.chosen_period is Period.HK2
    form.closes_on.setText("30/11/2026")
    form.number.setText("60/QĐ-THCS")
    form.confirm.click()
    opening = page.panel_view.openings[0]
    assert (opening.subject_id, opening.decision_no) == (school.subjects["toan"], "60/QĐ-THCS")


# --- closing


def close_box(page: LockControlPage) -> CloseDialog:
    page.panel.close_button.click()
    found = dialog(page)
    assert isinstance(found, CloseDialog)
    return found


def test_a_complete_class_is_closed_and_shows_its_signed_codes(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    made = book(school)
    made.fill()
    made.confirm(Period.HK1)
    page = shown(window, qtbot, school).page
    box = close_box(page)
    assert box.reason.parent() is None or not box.reason.isVisible()
    assert not box.close_button.isEnabled()
    assert box.close_button.text() == "Chốt học kì I lớp 6A"
    box.decider.password.setText(PASSWORD)
    box.close_button.click()
    qtbot.waitUntil(lambda: "số quyết định" in box.refusal())
    assert box.decider.password.text() == PASSWORD
    box.number.setText("57/QĐ-THCS")
    qtbot.waitUntil(box.close_button.isEnabled)
    box.close_button.click()
    qtbot.waitUntil(lambda: gone(box))
    with school.uow.read() as uow:
        code = uow.trail.last_checkpoint().code
        assert Period.HK1 in uow.control.class_locks(school.class_id).closes
    qtbot.waitUntil(lambda: words(page, 2) == "chốt 23/11")
    assert page.panel_view.closed[Period.HK1].checkpoint_code == code
    assert code in window.sentence
    assert "học kì II và cả năm" in page.panel.close_button.text()


def test_without_the_gvcn_a_close_needs_a_reason(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    book(school).fill()
    page = shown(window, qtbot, school).page
    box = close_box(page)
    assert any("Giáo viên chủ nhiệm: Nguyễn Thị Bình chưa xác nhận" in x for x in box.review.spoken)
    box.number.setText("57/QĐ-THCS")
    box.decider.password.setText(PASSWORD)
    box.close_button.click()
    qtbot.waitUntil(lambda: "chủ nhiệm chưa xác nhận" in box.refusal())
    box.reason.setText("GVCN nghỉ ốm")
    qtbot.waitUntil(box.close_button.isEnabled)
    box.close_button.click()
    qtbot.waitUntil(lambda: gone(box))


def test_the_review_names_odd_marks_and_leads_to_the_cell(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    went: list[dict[str, object]] = []

    class Elsewhere(LockControlPage):
        def go_to(self, **where: object) -> None:
            went.append(where)

    work = workspace(school, "principal")
    marks = PageSpec("marks", "marks", "home", 1, frozenset(), lambda c: Elsewhere(c, work))
    made = book(school)
    made.fill()
    made.confirm(Period.HK1)
    made.enter("tin_hoc", {(1, "HK1.tx1"): "0"})
    page = shown(window, qtbot, school, "principal", marks).page
    box = close_box(page)
    spoken = " ".join(box.review.spoken)
    assert "Điểm 0: thường xuyên lần 1 0,0" in spoken
    assert "hết hiệu lực: điểm thay đổi" in spoken
    assert "không có hồ sơ nào giải thích" in spoken
    button = next(b for b in box.review.findChildren(Button) if "Tin học" in b.accessibleName())
    button.click()
    assert went == [
        {
            "class_id": school.class_id,
            "subject_id": school.subjects["tin_hoc"],
            "pupil_id": school.pupils[1],
            "column": "HK1.tx1",
        }
    ]


def test_the_principal_signs_a_closed_period_and_a_change_voids_it(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    made = book(school)
    made.fill()
    seen = shown(window, qtbot, school)
    page = seen.page
    assert page.panel.sign_button.isHidden()
    made.close(Period.HK1)
    page.refresh()
    assert page.panel.sign_button.text() == "Ký duyệt học kì I lớp 6A…"
    page.panel.sign_button.click()
    box = dialog(page)
    box.fields["remark"].setText("Sổ sạch, đủ")
    box.decider.password.setText("khong phai mat khau")
    box.sign_button.click()
    qtbot.waitUntil(lambda: "Mật khẩu" in box.refusal())
    box.decider.password.setText(PASSWORD)
    qtbot.waitUntil(box.sign_button.isEnabled)
    box.sign_button.click()
    qtbot.waitUntil(lambda: gone(box))
    qtbot.waitUntil(page.panel.sign_button.isHidden)
    assert "Đã ký duyệt" in seen.said
    made.corrected("tin_hoc", {(0, "HK1.ck"): "0"})
    page.refresh()
    assert not page.panel.sign_button.isHidden()


def test_what_is_missing_is_listed_and_needs_a_reason(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    book(school)
    page = shown(window, qtbot, school).page
    box = close_box(page)
    assert len(box._report.findings) == len(school.subjects) + 2
    box.number.setText("57/QĐ-THCS")
    box.decider.password.setText(PASSWORD)
    box.close_button.click()
    qtbot.waitUntil(lambda: "ghi lý do" in box.refusal())
    assert words(page, 2) == "chưa chốt"
    box.reason.setText("Lớp mẫu")
    qtbot.waitUntil(box.close_button.isEnabled)
    box.close_button.click()
    qtbot.waitUntil(lambda: gone(box))
    with school.uow.read() as uow:
        assert Period.HK1 in uow.control.class_locks(school.class_id).closes


def test_a_wrong_password_closes_nothing(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    book(school).fill()
    box = close_box(shown(window, qtbot, school, "secretary").page)
    box.number.setText("57/QĐ-THCS")
    box.decider.password.setText("khong phai mat khau")
    box.close_button.click()
    qtbot.waitUntil(lambda: "Mật khẩu" in box.refusal())
    assert box.decider.password.text() == ""
    with school.uow.read() as uow:
        assert uow.control.class_locks(school.class_id).closes == {}


def test_enter_never_closes(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    book(school).fill()
    box = close_box(shown(window, qtbot, school).page)
    box.number.setText("57/QĐ-THCS")
    box.decider.password.setText(PASSWORD)
    box.decider.password.setFocus()
    press(box.decider.password, Qt.Key.Key_Return)
    press(box.close_button, Qt.Key.Key_Return)
    assert box.isVisible()
    with school.uow.read() as uow:
        assert uow.control.class_locks(school.class_id).closes == {}
    box.reject()


def test_a_finding_leads_to_its_sheet(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    went: list[tuple[str, dict[str, object]]] = []

    def spec(page_id: str) -> PageSpec:
        class Elsewhere(LockControlPage):
            def go_to(self, **where: object) -> None:
                went.append((page_id, where))

        work = workspace(school, "principal")
        return PageSpec(page_id, page_id, "home", 1, frozenset(), lambda c: Elsewhere(c, work))

    book(school)
    page = shown(window, qtbot, school, "principal", spec("marks"), spec("conduct")).page
    box = close_box(page)
    findings = {finding.subject: finding for finding in box._report.findings}
    box._go(findings["Toán"])
    assert not box.isVisible()
    box = (window.open_page("locks"), close_box(page))[1]
    box._go(findings["Rèn luyện"])
    assert went == [
        ("marks", {"class_id": school.class_id, "subject_id": school.subjects["toan"]}),
        ("conduct", {"class_id": school.class_id, "term": "HK1"}),
    ]


# --- places


def test_a_class_and_term_are_one_link_away(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    other = school.add_class("6B")
    page = shown(window, qtbot, school).page
    window.open_page("locks", class_id=other, period="HK2")
    assert page.panel_view.class_name == "6B"
    assert page.panel.term is Term.HK2


def test_an_empty_school_says_what_to_do(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(window, qtbot, found_school(tmp_path)).page
    assert page._stack.currentIndex() == 1


def test_it_is_not_blank_in_either_size(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    book(school).fill()
    shown(window, qtbot, school)
    for size in ((1366, 697), (1280, 640)):
        assert len(colours_in(shoot(window, size=size))) > 6
