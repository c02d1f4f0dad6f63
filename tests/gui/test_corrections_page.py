"""Sửa điểm: declared, checked, approved with a password, written, shut again on screen, printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from app.domain.corrections import Step
from app.domain.marks import mark_text
from app.domain.periods import Period
from tests.gui.keyboard import press
from tests.gui.page_kit import Shown, show_page
from tests.gui.shots import colours_in, shoot
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, TestSchool, make_school
from ui.navigation import PageSpec
from ui.pages.corrections.approval_dialog import ApprovalDialog
from ui.pages.corrections.page import CorrectionsPage
from ui.pages.corrections.presenter import CaseList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.domain.corrections import Correction
    from ui.main_window import MainWindow


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path)


@pytest.fixture
def closed(school: TestSchool) -> RecordBook:
    """The first term typed and closed."""
    made = book(school)
    made.fill()
    made.close(Period.HK1)
    return made


class FakeOutlets:
    """Answers without windows; keeps what it was given."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: list[tuple[str, bytes]] = []

    def choose_printer(
        self, parent: QWidget, title: str, pages: int, on_chosen: Callable[[QPrinter], None]
    ) -> None:
        raise AssertionError("nobody asked for a printer")

    def choose_file(self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]) -> None:
        on_chosen(self.path / name)

    def open_in_reader(self, name: str, content: bytes) -> None:
        self.opened.append((name, content))


def shown(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str, *more: PageSpec) -> Shown:
    window._clock = school.clock
    return show_page(
        window, qtbot, school, who, "corrections", "Sửa điểm", CorrectionsPage, more=more
    )


def gone(box: QDialog) -> bool:
    return not isValid(box) or not box.isVisible()


def dialog(page: CorrectionsPage, kind: type[QDialog] = QDialog) -> QDialog:
    return [d for d in page.findChildren(kind) if d.isVisible()][-1]


def stored(school: TestSchool, case: Correction) -> Correction:
    with school.uow.read() as uow:
        return uow.corrections.get(case.id)


def checked(closed: RecordBook, cells: dict | None = None) -> Correction:
    case = closed.registered("toan", cells or {(1, "HK1.ck"): "9,5"})
    closed.cases.check(closed.school.actor("secretary"), case.id, "khớp")
    return case


def approval(page: CorrectionsPage, case: Correction) -> ApprovalDialog:
    page.go_to(case_id=case.id)
    page.panel.buttons["decide"].click()
    found = dialog(page, ApprovalDialog)
    assert isinstance(found, ApprovalDialog)
    return found


# --- declaring


def test_the_grid_hands_locked_cells_to_a_prefilled_declaration(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    page = shown(window, qtbot, school, "toan").page
    keys = [closed.key(0, "HK1.ck"), closed.key(1, "HK1.ck")]
    window.open_page("corrections", new=keys, sheet=closed.sheet("toan"))
    form = dialog(page)
    assert list(form.values) == keys
    assert not form.confirm.isEnabled()
    form.values[keys[0]].setText("9,5")
    assert form.confirm.text() == "Lập hồ sơ cho 1 ô"
    form.confirm.click()
    assert "còn thiếu lý do, sổ điểm cá nhân" in form.refusal()
    assert page.presenter.count(CaseList.ALL) == 0
    form.reason.setText("Ghi nhầm cột")
    form.book.setText("Trang 23, dòng 12")
    form.paper.setText("Tập bài cuối kì")
    form.confirm.click()
    assert not form.isVisible()
    assert page.lists.current() == CaseList.MINE
    case = page.table.chosen()
    old = closed.cell("toan", 0, "HK1.ck").value
    assert [(c.old, c.new) for c in case.cells] == [(mark_text(old), "9,5")]
    assert "kiểm dò" in window.sentence


def test_a_mark_that_is_none_stays_in_the_form(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    page = shown(window, qtbot, school, "toan").page
    key = closed.key(0, "HK1.ck")
    page.go_to(new=[key], sheet=closed.sheet("toan"))
    form = dialog(page)
    for field, text in ((form.reason, "x"), (form.book, "x"), (form.paper, "x")):
        field.setText(text)
    form.values[key].setText("10,5")
    form.confirm.click()
    assert "10,5" in form.refusal()
    assert form.isVisible()


def test_cells_that_cannot_be_declared_say_why_and_take_no_value(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    page = shown(window, qtbot, school, "toan").page
    page.go_to(new=[closed.key(0, "HK2.ck")], sheet=closed.sheet("toan"))
    form = dialog(page)
    assert form.values == {}
    assert not form.confirm.isEnabled()


# --- checking


def test_a_check_must_choose_and_a_mismatch_must_say_where(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = closed.registered("toan", {(1, "HK1.ck"): "9,5"})
    page = shown(window, qtbot, school, "secretary").page
    assert page.lists.current() == CaseList.FOR_ME
    page.panel.buttons["check"].click()
    form = dialog(page)
    assert not form.confirm.isEnabled()
    form.differs.click()
    form.confirm.click()
    assert "không khớp chỗ nào" in form.error()
    assert stored(school, case).step is Step.REGISTERED
    form.agrees.click()
    form.confirm.click()
    assert stored(school, case).step is Step.CHECKED


def test_the_requester_is_offered_no_check(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    closed.declared("toan", {(1, "HK1.ck"): "9,5"})
    page = shown(window, qtbot, school, "toan").page
    assert set(page.panel.buttons) == {"withdraw", "sheet"}


# --- approving


def test_enter_never_approves(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = checked(closed)
    box = approval(shown(window, qtbot, school, "principal").page, case)
    assert not box.approve_button.isEnabled()
    press(box.decider.password, Qt.Key.Key_Return)
    box.decider.password.setText(PASSWORD)
    assert box.approve_button.isEnabled()
    old = mark_text(case.items[0].old.value)
    assert box.approve_button.text() == f"Duyệt {old} thành 9,5"
    box.decider.password.setFocus()
    press(box.decider.password, Qt.Key.Key_Return)
    press(box.approve_button, Qt.Key.Key_Return)
    press(box, Qt.Key.Key_Enter)
    assert box.isVisible()
    assert stored(school, case).step is Step.CHECKED


def test_a_leader_approves_in_a_teachers_session(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = checked(closed)
    page = shown(window, qtbot, school, "toan").page
    box = approval(page, case)
    assert box.decider.people.count() == 2
    box.decider.people.set_current(school.uid("vice"))
    box.decider.password.setText(PASSWORD)
    box.approve_button.click()
    qtbot.waitUntil(lambda: gone(box))
    after = stored(school, case)
    assert after.step is Step.APPROVED
    assert after.decided_by == school.accounts_by_key["vice"]
    assert page.presenter.actor.account_id == school.accounts_by_key["toan"]
    qtbot.waitUntil(lambda: "apply" in page.panel.buttons)


def test_a_wrong_password_is_told_and_forgotten(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = checked(closed)
    box = approval(shown(window, qtbot, school, "principal").page, case)
    box.decider.password.setText("khong phai mat khau")
    box.approve_button.click()
    qtbot.waitUntil(lambda: bool(box.refusal()))
    assert "Mật khẩu" in box.refusal()
    assert box.decider.password.text() == ""
    assert box.isVisible()
    assert stored(school, case).step is Step.CHECKED


def test_two_witnesses_are_wanted(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    box = approval(shown(window, qtbot, school, "principal").page, checked(closed))
    box.decider.password.setText(PASSWORD)
    proposed = box.witnesses.names()
    assert len(proposed) == 3
    for field in box.witnesses.fields[1:]:
        field.clear()
    assert not box.approve_button.isEnabled()
    box.witnesses.fields[1].setText(box.witnesses.fields[0].text())
    assert not box.approve_button.isEnabled()
    box.witnesses.fields[1].setText("Phạm Thị Bảy")
    assert box.approve_button.isEnabled()


def test_a_refusal_needs_its_reason(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = checked(closed)
    page = shown(window, qtbot, school, "principal").page
    box = approval(page, case)
    assert not box.refuse_button.isEnabled()
    box.decider.password.setText(PASSWORD)
    box.refuse_button.click()
    why = dialog(page)
    why.confirm.click()
    assert "lý do" in why.error()
    assert stored(school, case).step is Step.CHECKED
    why.reason.setText("Bài kiểm tra không có chữ ký")
    why.confirm.click()
    qtbot.waitUntil(lambda: gone(box))
    after = stored(school, case)
    assert (after.step, after.decision_note) == (Step.REFUSED, "Bài kiểm tra không có chữ ký")


def test_several_cells_are_a_table_and_one_decision(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = checked(closed, {(0, "HK1.gk"): "9,9", (1, "HK1.gk"): "4,4"})
    page = shown(window, qtbot, school, "principal").page
    box = approval(page, case)
    assert box.approve_button.text() == "Duyệt sửa 2 ô"
    box.decider.password.setText(PASSWORD)
    box.approve_button.click()
    qtbot.waitUntil(lambda: gone(box))
    assert stored(school, case).step is Step.APPROVED


def test_the_dialog_keeps_the_size_of_the_picture(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    box = approval(shown(window, qtbot, school, "principal").page, checked(closed))
    assert (box.width(), box.height()) == (940, 606)
    assert len(colours_in(shoot(box))) > 5
    box.reject()


# --- writing, re-lock, withdrawal


def approved(closed: RecordBook) -> Correction:
    case = checked(closed)
    closed.cases.approve(
        closed.school.signer("principal"), case.id, ["Trần Thị Mai", "Phạm Thị Hồng Nhung"]
    )
    return case


def test_one_confirm_of_the_requester_writes_and_shuts(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = approved(closed)
    page = shown(window, qtbot, school, "toan").page
    button = page.panel.buttons["apply"]
    assert button.text() == "Ghi 9,5 và khóa lại"
    button.click()
    assert stored(school, case).step is Step.APPLIED
    assert closed.cell("toan", 1, "HK1.ck").value == 95
    # It waits for nobody now, yet stays chosen: the minutes are the next thing to print.
    assert page.table.chosen() is not None
    assert page.table.chosen().id == case.id
    assert "minutes" in page.panel.buttons
    assert page.panel.countdown() == ""


def test_only_the_requester_may_write(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = approved(closed)
    page = shown(window, qtbot, school, "principal").page
    page.go_to(case_id=case.id)
    assert set(page.panel.buttons) == {"sheet"}


def test_the_countdown_runs_and_the_case_shuts_itself_on_screen(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = approved(closed)
    page = shown(window, qtbot, school, "toan").page
    assert page._timer.isActive()
    assert "15 phút 00 giây" in page.panel.countdown()
    school.clock.advance(timedelta(minutes=2, seconds=20))
    page.tick()
    assert "12 phút 40 giây" in page.panel.countdown()
    model = page.table.cases
    assert model.index(0, 5).data() == "còn 12:40"
    school.clock.advance(timedelta(minutes=13))
    page.tick()
    assert stored(school, case).step is Step.EXPIRED
    assert not page._timer.isActive()
    assert "hết giờ mở" in window.sentence
    page.lists.set_current(CaseList.ALL)
    page.go_to(case_id=case.id)
    assert set(page.panel.buttons) == {"explain", "sheet"}


def test_a_case_that_ran_out_while_nobody_looked_is_written_down_on_opening(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = approved(closed)
    school.clock.advance(timedelta(hours=3))
    shown(window, qtbot, school, "secretary")
    assert stored(school, case).step is Step.EXPIRED


def test_withdrawing_asks_why(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = closed.declared("toan", {(1, "HK1.ck"): "9,5"})
    page = shown(window, qtbot, school, "toan").page
    page.panel.buttons["withdraw"].click()
    form = dialog(page)
    form.confirm.click()
    assert form.error()
    assert stored(school, case).step is Step.DECLARED
    form.reason.setText("Xem lại bài thấy đúng")
    form.confirm.click()
    assert stored(school, case).step is Step.WITHDRAWN


# --- minutes


def test_minutes_are_printed_once_and_their_very_bytes_shown_again(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook, tmp_path: Path
) -> None:
    case = closed.corrected("toan", {(1, "HK1.ck"): "9,5"})
    page = shown(window, qtbot, school, "secretary").page
    outlets = page.steps.outlets = FakeOutlets(tmp_path)
    page.go_to(case_id=case.id)
    page.panel.buttons["minutes"].click()
    box = dialog(page)
    run = page.presenter.printed(case.id)
    content = page.presenter.content(run)
    assert box.pane.preview.pages == run.pages
    box.save()
    target = tmp_path / "bien-ban-sua-diem-0001.pdf"
    qtbot.waitUntil(lambda: "Đã lưu" in box.refusal())
    assert target.read_bytes() == content
    box.open_in_reader()
    assert outlets.opened == [("bien-ban-sua-diem-0001.pdf", content)]
    box.reject()
    page.panel.buttons["minutes"].click()
    assert len(page.presenter.work.printing.runs(school.year_id)) == 1
    again = dialog(page)
    again._then(lambda: page.steps._print_minutes(case.id))()
    assert len(page.presenter.work.printing.runs(school.year_id)) == 2
    dialog(page).reject()


# --- lists, links, empty


def test_the_badge_counts_what_waits_for_me(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    closed.declared("toan", {(0, "HK1.ck"): "10"})
    closed.declared("toan", {(1, "HK1.ck"): "10"})
    page = shown(window, qtbot, school, "secretary").page
    assert page.presenter.count(CaseList.FOR_ME) == 2
    assert [row.number for row in page.table.cases.records()] == [2, 1]


def test_the_exact_cell_is_one_click_away(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    went: dict[str, object] = {}

    class Marks(CorrectionsPage):
        def go_to(self, **where: object) -> None:
            went.update(where)

    from tests.gui.page_kit import workspace

    work = workspace(school, "toan")
    spec = PageSpec("marks", "Sổ điểm", "mark-book", 1, frozenset(), lambda c: Marks(c, work))
    case = closed.declared("toan", {(1, "HK1.ck"): "9,5"})
    page = shown(window, qtbot, school, "toan", spec).page
    page.go_to(case_id=case.id)
    page.panel.buttons["sheet"].click()
    assert went == {
        "class_id": school.class_id,
        "subject_id": school.subjects["toan"],
        "pupil_id": school.pupils[1],
        "column": "HK1.ck",
    }


def test_a_case_of_nobody_is_told(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    page = shown(window, qtbot, school, "principal").page
    page.go_to(case_id=999)
    assert "Không thấy hồ sơ" in window.sentence


def test_an_empty_year_says_what_to_do(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = shown(window, qtbot, school, "toan").page
    assert page.lists.current() == CaseList.ALL
    assert page._stack.currentIndex() == 1
    assert page.panel.isHidden() or not page.panel.isVisible()


def test_other_peoples_steps_arrive_by_the_bus(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    page = shown(window, qtbot, school, "principal").page
    case = closed.registered("toan", {(1, "HK1.ck"): "9,5"})
    result = closed.cases.check(school.actor("secretary"), case.id, "khớp")
    window.commands.publish(result)
    assert page.presenter.count(CaseList.FOR_ME) == 1
