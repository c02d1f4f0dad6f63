"""Tổng kết at the year's end: confirm, lists, decisions, approval, summer, statistics, Excel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from app.domain.class_confirmation import ConfirmBlock
from app.domain.periods import Period, Term
from app.domain.year_end import ListKind
from app.readmodels.year_end import SummerLine
from app.services.lock_board import LockBoard
from app.services.year_end import YearEnd
from tests.gui.keyboard import press
from tests.gui.page_kit import Shown, show_page
from tests.gui.shots import colours_in, shoot
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, TestSchool, make_school
from ui.pages.results.page import ResultsPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow


class Outlet:
    """Answers the save dialog with a path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: list[str] = []

    def choose_table_file(
        self, parent: QWidget, name: str, on_chosen: Callable[[Path], None]
    ) -> None:
        self.names.append(name)
        on_chosen(self.path)


@pytest.fixture
def kept(tmp_path: Path) -> RecordBook:
    """Six pupils; pupil 1 fails Toán and Tin học, 2 rèn luyện, 3 both."""
    made = book(make_school(tmp_path, pupils=6))
    made.fill()
    school = made.school
    for subject in ("toan", "tin_hoc"):
        codes = [k for t in Term for k in made.facts(subject).term_codes(t)]
        made.enter(subject, {(n, c): "3" for n in (0, 2) for c in codes})
    edits = {(school.pupils[n], f"{t}.level"): "CĐ" for n in (1, 2) for t in Term}
    made.conduct.set_cells(school.actor("homeroom"), school.class_id, edits)
    return made


@pytest.fixture
def closed(kept: RecordBook) -> RecordBook:
    kept.close()
    return kept


def shown(
    window: MainWindow, qtbot: QtBot, school: TestSchool, who: str, outlet: Outlet | None = None
) -> Shown:
    window._clock = school.clock
    return show_page(
        window, qtbot, school, who, "results", "Tổng kết",
        lambda context, work: ResultsPage(context, work, outlet),
    )  # fmt: skip


def lists_page(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str) -> ResultsPage:
    page = shown(window, qtbot, school, who).page
    page.go_to(class_id=school.class_id, tab="lists")
    return page


def dialog(page: ResultsPage) -> QDialog:
    return [d for d in page.findChildren(QDialog) if d.isVisible()][-1]


def gone(box: QDialog) -> bool:
    return not isValid(box) or not box.isVisible()


def signed(qtbot: QtBot, box, **values: str) -> None:
    """Fill the fields of a signed dialog and sign as the principal."""
    for key, text in values.items():
        box.fields[key].setText(text)
    box.decider.password.setText(PASSWORD)
    qtbot.waitUntil(box.sign_button.isEnabled)
    box.sign_button.click()
    qtbot.waitUntil(lambda: gone(box))


# --- the GVCN's confirmation


def test_the_gvcn_confirms_block_by_block(
    window: MainWindow, qtbot: QtBot, kept: RecordBook
) -> None:
    school = kept.school
    page = shown(window, qtbot, school, "homeroom").page
    page.go_to(class_id=school.class_id, period="HK1")
    assert not page.confirm_button.isHidden()
    page.confirm_button.click()
    box = dialog(page)
    assert ConfirmBlock.PROMOTION not in box.boxes
    assert not box.confirm_button.isEnabled()
    for tick in box.boxes.values():
        tick.setChecked(True)
    press(box, Qt.Key.Key_Return)
    assert not gone(box), "Enter confirms nothing"
    box.confirm_button.click()
    qtbot.waitUntil(lambda: gone(box))
    with school.uow.read() as uow:
        standing = uow.control.confirmations(school.class_id)
    assert [(c.subject_id, c.period) for c in standing] == [(None, Period.HK1)]


def test_what_is_missing_stops_the_confirmation_with_a_sentence(
    window: MainWindow, qtbot: QtBot, kept: RecordBook
) -> None:
    kept.enter("tin_hoc", {(0, "HK1.ck"): ""})
    page = shown(window, qtbot, kept.school, "homeroom").page
    page.go_to(class_id=kept.school.class_id, period="HK1", confirm=True)
    box = dialog(page)
    for tick in box.boxes.values():
        tick.setChecked(True)
    box.confirm_button.click()
    assert "Tin học còn 1 học sinh thiếu điểm" in box.refusal()
    box.reject()


@pytest.mark.parametrize("who", ["principal", "tin_hoc"])
def test_nobody_else_is_offered_the_confirmation(
    window: MainWindow, qtbot: QtBot, kept: RecordBook, who: str
) -> None:
    page = shown(window, qtbot, kept.school, who).page
    assert page.confirm_button.isHidden()


# --- lists


def test_before_the_close_the_lists_are_provisional(
    window: MainWindow, qtbot: QtBot, kept: RecordBook
) -> None:
    page = lists_page(window, qtbot, kept.school, "homeroom")
    assert "tạm tính" in page.lists.next_step.text()
    assert page.lists.propose_button.isHidden()
    assert page.periods.isHidden()


def test_propose_decide_approve_in_the_principals_dialogs(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    school = closed.school
    page = lists_page(window, qtbot, school, "homeroom")
    assert page.lists.approve_button.isHidden()
    assert page.lists.kind is ListKind.UNDECIDED
    assert page.lists.decide_button.isHidden()
    page.lists.propose_button.click()
    dialog(page).action_button.click()
    qtbot.waitUntil(page.lists.propose_button.isHidden)
    page = lists_page(window, qtbot, school, "principal")
    assert page.lists.approve_button.isHidden()
    page.lists.decide_button.click()
    box = dialog(page)
    box.decider.password.setText(PASSWORD)
    assert not box.sign_button.isEnabled(), "neither outcome is chosen"
    box.retain.setChecked(True)
    box.sign_button.click()
    qtbot.waitUntil(lambda: "lý do" in box.refusal())
    signed(qtbot, box, reason="Hội đồng thống nhất", number="63/QĐ")
    qtbot.waitUntil(lambda: not page.lists.approve_button.isHidden())
    page.lists.approve_button.click()
    box = dialog(page)
    box.decider.password.setText(PASSWORD)
    box.sign_button.click()
    qtbot.waitUntil(lambda: "số quyết định" in box.refusal())
    signed(qtbot, box, number="62/QĐ-THCS")
    qtbot.waitUntil(lambda: "Chờ 3 kết quả sau hè" in page.lists.next_step.text())
    assert page.lists.print_button.isEnabled()
    page.lists.print_button.click()
    with school.uow.read() as uow:
        assert [run.kind for run in uow.prints.of_year(school.year_id)] == ["year_lists"]


def test_a_wrong_password_approves_nothing(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    school = closed.school
    year_end = YearEnd(school.uow, school.clock)
    year_end.decide(
        school.signer("principal"), school.class_id, school.pupils[2], promoted=False,
        reason="x", decision_no="y",
    )  # fmt: skip
    year_end.propose(school.actor("homeroom"), school.class_id)
    page = lists_page(window, qtbot, school, "secretary")
    page.lists.approve_button.click()
    box = dialog(page)
    box.fields["number"].setText("62/QĐ")
    box.decider.password.setText("khong phai mat khau")
    box.sign_button.click()
    qtbot.waitUntil(lambda: "Mật khẩu" in box.refusal())
    assert box.decider.password.text() == ""
    box.reject()
    with school.uow.read() as uow:
        assert not any(item.approved for item in uow.year_end.lists(school.class_id))


def test_each_list_goes_to_excel(
    window: MainWindow, qtbot: QtBot, closed: RecordBook, tmp_path: Path
) -> None:
    outlet = Outlet(tmp_path / "danh sách.xlsx")
    page = shown(window, qtbot, closed.school, "homeroom", outlet).page
    page.go_to(class_id=closed.school.class_id, tab="lists")
    page.lists.excel_button.click()
    qtbot.waitUntil(outlet.path.exists)
    book_out = load_workbook(outlet.path)
    assert "Được lên lớp" in book_out.sheetnames
    rows = list(book_out["Kiểm tra, đánh giá lại môn học"].values)
    assert rows[0][:2] == ("STT", "Họ và tên")
    assert rows[1][-1] == "Toán, Tin học"
    assert outlet.names == ["danh-sach_6a.xlsx"]


# --- summer


def summer_page(
    window: MainWindow, qtbot: QtBot, closed: RecordBook, who: str, *, opened: bool = True
) -> ResultsPage:
    school = closed.school
    year_end = YearEnd(school.uow, school.clock)
    signer = school.signer("principal")
    year_end.decide(
        signer, school.class_id, school.pupils[2], promoted=False, reason="x", decision_no="y"
    )
    year_end.propose(school.actor("homeroom"), school.class_id)
    year_end.approve(signer, school.class_id, "62/QĐ")
    if opened:
        closed.open_entry(Period.HE, days=(date(2026, 11, 1), date(2026, 12, 15)))
    page = shown(window, qtbot, school, who).page
    page.go_to(class_id=school.class_id, tab="summer")
    return page


def test_a_teacher_writes_own_subject_only(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    page = summer_page(window, qtbot, closed, "tin_hoc")
    tab = page.summer
    line = tab.chosen()
    assert isinstance(line, SummerLine)
    assert (line.subject, line.editable) == ("Tin học", True)
    assert tab.document.placeholderText() == "Biên bản đánh giá lại ngày 12/8"
    tab.result.setText("10,5")
    tab.save_button.click()
    assert page.acts.board.waiting == 3
    tab.result.setText("6,5")
    tab.document.setText("Biên bản ngày 12/8")
    press(tab.document, Qt.Key.Key_Return)
    assert page.acts.board.waiting == 3, "Enter goes on to the button"
    tab.save_button.click()
    assert page.acts.board.waiting == 2
    assert tab.chosen().new == "6,5"
    tab.table.selectRow(0)
    assert tab.chosen().subject == "Toán"
    assert tab.save_button.isHidden()
    assert "không dạy Toán" in tab.why.text()


def test_the_gvcn_chooses_a_level_and_names_the_paper(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    page = summer_page(window, qtbot, closed, "homeroom")
    tab = page.summer
    tab.table.selectRow(2)
    assert tab.chosen().subject == "Rèn luyện"
    assert tab.document.placeholderText() == "Nhận xét rèn luyện trong hè ngày 12/8"
    tab.level.set_current("Đạt")
    tab.save_button.click()
    assert page.acts.board.waiting == 3, "without a paper nothing is written"
    tab.document.setText("Báo cáo có chữ ký")
    tab.save_button.click()
    assert page.acts.board.waiting == 2
    assert tab.chosen().outcome == "Được lên lớp"


def test_a_closed_window_says_why(window: MainWindow, qtbot: QtBot, closed: RecordBook) -> None:
    page = summer_page(window, qtbot, closed, "tin_hoc", opened=False)
    page.summer.table.selectRow(1)
    assert page.summer.save_button.isHidden()
    assert "Chưa có đợt nhập sau kì nghỉ hè" in page.summer.why.text()


def test_the_principal_reopens_a_closed_summer(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    school = closed.school
    page = summer_page(window, qtbot, closed, "principal")
    assert page.summer.reopen_button.isHidden()
    summer = page.acts._work.summer
    for subject in ("toan", "tin_hoc"):
        summer.set_reassessment(
            school.actor(subject), school.class_id, school.pupils[0], school.subjects[subject],
            "7", "",
        )  # fmt: skip
    summer.set_conduct(
        school.actor("homeroom"), school.class_id, school.pupils[1], "Đạt", "báo cáo"
    )
    year_end = YearEnd(school.uow, school.clock)
    year_end.propose(school.actor("homeroom"), school.class_id)
    year_end.approve(school.signer("principal"), school.class_id, "80/QĐ")
    board = LockBoard(school.uow, school.clock)
    with school.uow.read() as uow:
        point = uow.trail.last_checkpoint()
    assert board.panel(school.class_id).closed[Period.HE].checkpoint_code == point.code
    page.show_tab()
    assert not page.summer.reopen_button.isHidden()
    page.summer.reopen_button.click()
    signed(qtbot, dialog(page), reason="Ghi nhầm", number="90/QĐ")
    qtbot.waitUntil(page.summer.reopen_button.isHidden)


# --- statistics


def test_statistics_by_subject_and_by_class(
    window: MainWindow, qtbot: QtBot, closed: RecordBook, tmp_path: Path
) -> None:
    outlet = Outlet(tmp_path / "thong-ke.xlsx")
    page = shown(window, qtbot, closed.school, "principal", outlet).page
    page.go_to(class_id=closed.school.class_id, tab="stats", period="YEAR")
    model = page.stats.table.model()
    rows = {model.index(r, 0).data(): r for r in range(model.rowCount())}
    toan = rows["Toán"]
    figures = [model.index(toan, c).data() for c in range(2, 7)]
    assert figures[-1] == "2"
    assert sum(int(x) for x in figures) == 6
    assert model.index(toan, model.columnCount() - 2).data() == "66,7 %"
    page.stats.kinds.set_current("class")
    page.show_tab()
    qtbot.waitUntil(lambda: page.stats.table.model().index(0, 0).data() == "6A")
    page.stats.excel_button.click()
    qtbot.waitUntil(outlet.path.exists)
    assert load_workbook(outlet.path).sheetnames == ["Theo lớp"]


def test_statistics_by_grade_by_group_and_the_whole_workbook(
    window: MainWindow, qtbot: QtBot, closed: RecordBook, tmp_path: Path
) -> None:
    closed.school.add_class("7B", 7, pupils=2, first=4000)
    outlet = Outlet(tmp_path / "so-lieu.xlsx")
    page = shown(window, qtbot, closed.school, "principal", outlet).page
    page.go_to(class_id=closed.school.class_id, tab="stats", period="YEAR")

    def column(n: int) -> list[str]:
        model = page.stats.table.model()
        return [model.index(row, n).data() for row in range(model.rowCount())]

    page.stats.kinds.set_current("grade")
    page.show_tab()
    qtbot.waitUntil(lambda: column(0)[:1] == ["Khối 6"])
    assert column(0) == ["Khối 6", "Khối 7", "Tổng cộng, TT22/2021"]
    assert column(1) == ["6", "2", "8"]
    page.stats.kinds.set_current("group")
    page.show_tab()
    qtbot.waitUntil(lambda: column(0)[:1] == ["6A"])
    assert column(1)[:5] == [
        "Tất cả", "Nữ", "Dân tộc thiểu số", "Nữ dân tộc thiểu số", "Học hòa nhập"
    ]  # fmt: skip
    assert column(2)[:3] == ["6", "3", "0"]
    page.stats.all_button.click()
    qtbot.waitUntil(outlet.path.exists)
    assert outlet.names[-1] == "so-lieu.xlsx"
    assert load_workbook(outlet.path).sheetnames == [
        "TT22-2021 kết quả", "TT22-2021 môn học"
    ]  # fmt: skip


def test_no_tab_is_blank_in_either_size(
    window: MainWindow, qtbot: QtBot, closed: RecordBook
) -> None:
    page = summer_page(window, qtbot, closed, "principal")
    for tab in ("table", "lists", "summer", "stats"):
        page.go_to(class_id=closed.school.class_id, tab=tab)
        for size in ((1366, 697), (1280, 640)):
            assert len(colours_in(shoot(window, size=size))) > 6, (tab, size)


def test_an_empty_class_has_empty_tabs(window: MainWindow, qtbot: QtBot, kept: RecordBook) -> None:
    other = kept.school.add_class("6C")
    page = shown(window, qtbot, kept.school, "principal").page
    for tab in ("lists", "summer", "stats"):
        page.go_to(class_id=other, tab=tab)
        assert page.presenter.pickers.klass.id == other
