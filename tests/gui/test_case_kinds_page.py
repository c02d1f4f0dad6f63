"""Sửa điểm on screen for every kind: taken in by văn thư, scans looked at, logs printed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from app.domain.case_rules import LOCKED_PROFILE_FIELDS
from app.domain.corrections import CaseAbout, CaseKind, Step
from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey
from app.services.attendance_entry import AttendanceEntry
from tests.gui.shots import colours_in, shoot
from tests.gui.test_corrections_page import dialog, gone, shown, stored
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.problem_dialog import ProblemDialog
from ui.pages.corrections.books_dialog import BooksDialog
from ui.pages.corrections.presenter import CaseList
from ui.pages.corrections.scan_dialog import ScanDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

DAY = date(2026, 10, 6)
WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    return make_school(tmp_path)


@pytest.fixture
def closed(school: TestSchool) -> RecordBook:
    """The first term closed with rèn luyện and an absence, the roster frozen."""
    made = book(school)
    homeroom = school.actor("homeroom")
    AttendanceEntry(school.uow, school.clock).set_days(
        homeroom, school.class_id, {(school.pupils[0], DAY): "K"}
    )
    levels = {(pupil, "HK1.level"): "Tốt" for pupil in school.pupils}
    made.conduct.set_cells(homeroom, school.class_id, levels)
    school.rosters.freeze(school.actor("secretary"), school.class_id)
    made.close(Period.HK1, reason="chưa thi")
    return made


def declared(closed: RecordBook, kind: CaseKind, field: str, text: str):
    school = closed.school
    about = CaseAbout(kind, school.class_id)
    wanted = {CellKey(school.pupils[0], field): text}
    return closed.cases.declare(
        school.actor("homeroom"), about, wanted, "Ghi nhầm dòng", "trang 15", "biên bản 08/01"
    ).payload


def carried(closed: RecordBook, case):
    school = closed.school
    closed.take_in(case)
    closed.cases.check(school.actor("ngu_van"), case.id, "khớp")
    closed.cases.approve(school.signer("principal"), case.id, WITNESSES)
    return closed.cases.apply(school.actor("homeroom"), case.id).payload


def snap(widget: QWidget, name: str) -> None:
    """It is painted, in many colours; kept as a file when a folder is named."""
    folder = os.environ.get("KHOASO_SHOTS")
    path = Path(folder) / f"{name}.png" if folder else None
    size = (1366, 768) if widget.parent() is None else None
    assert len(colours_in(shoot(widget, path, size))) > 8


def picture(path: Path) -> Path:
    image = QImage(900, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor("#efe9dc"))
    assert image.save(str(path))
    return path


@pytest.mark.parametrize(
    ("kind", "keys", "words"),
    [
        (CaseKind.CONDUCT, ("HK1.level",), "Sổ chủ nhiệm, trang và dòng nào"),
        (CaseKind.ATTENDANCE, (DAY.isoformat(),), "Đơn xin phép hoặc xác nhận của gia đình"),
        (CaseKind.PROFILE, LOCKED_PROFILE_FIELDS, "Giấy khai sinh: số, ngày, nơi đăng ký"),
    ],
)
def test_the_declaration_asks_for_what_its_kind_needs(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook, kind, keys, words
) -> None:
    page = shown(window, qtbot, school, "homeroom").page
    cells = [CellKey(school.pupils[0], key) for key in keys]
    window.open_page("corrections", new=cells, about=CaseAbout(kind, school.class_id))
    form = dialog(page)
    assert kind.act in form.windowTitle()
    assert list(form.values) == cells
    assert words in [label.text() for label in form.findChildren(QLabel)]
    assert not form.confirm.isEnabled()
    field = form.values[cells[0]]
    field.setText({"HK1.level": "Khá", DAY.isoformat(): "P"}.get(keys[0], "Nguyễn Văn Ân"))
    assert form.confirm.text() == "Lập hồ sơ cho 1 ô"
    form.reason.setText("Ghi nhầm dòng")
    form.book.setText("Số 45/2015")
    form.paper.setText("Học bạ lớp 5")
    snap(form, f"declare-{kind.value}")
    form.confirm.click()
    assert gone(form)
    row = page.table.chosen()
    assert (row.kind, row.step, row.subject_name) == (kind, Step.DECLARED, kind.label)
    snap(window, f"page-{kind.value}")


def test_van_thu_takes_a_case_in_and_everybody_sees_whose_turn_it_is(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = declared(closed, CaseKind.CONDUCT, "HK1.level", "Khá")
    page = shown(window, qtbot, school, "secretary").page
    assert page.lists.current() == CaseList.FOR_ME
    assert set(page.panel.buttons) == {"register", "sheet"}
    page.panel.buttons["register"].click()
    form = dialog(page)
    assert form.number.text() == "01/ĐN-SĐ"
    snap(form, "cases-register")
    form.number.setText(" ")
    form.confirm.click()
    assert "Chưa ghi số vào sổ" in form.error()
    form.number.setText("07/ĐN-SĐ")
    form.confirm.click()
    assert gone(form)
    assert stored(school, case).register_no == "07/ĐN-SĐ"
    assert stored(school, case).step is Step.REGISTERED
    assert set(page.panel.buttons) == {"check", "sheet"}


def test_words_are_shown_whole_where_a_mark_would_be_large(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = declared(closed, CaseKind.PROFILE, "full_name", "Nguyễn Hoàng Minh Châu Anh")
    closed.take_in(case)
    page = shown(window, qtbot, school, "secretary").page
    page.show_case(case.id)
    page.panel.buttons["check"].click()
    form = dialog(page)
    snap(form, "cases-check")
    form.agrees.setChecked(True)
    form.confirm.click()
    assert gone(form)
    page = shown(window, qtbot, school, "principal").page
    page.show_case(case.id)
    snap(window, "cases-name")
    page.panel.buttons["decide"].click()
    approval = dialog(page)
    assert approval.approve_button.text() == "Duyệt sửa 1 ô"
    snap(approval, "cases-approve")
    approval.reject()


def test_a_scan_is_taken_in_and_looked_at_inside(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook, tmp_path: Path
) -> None:
    declared(closed, CaseKind.PROFILE, "full_name", "Nguyễn Văn Ân")
    page = shown(window, qtbot, school, "homeroom").page
    page.lists.set_current(CaseList.MINE)
    page._show_list()
    page.panel.asked.emit("add_scan")
    # Our own dialog: the lock can cover it, the system's it could not.
    chooser = next(d for d in page.findChildren(QFileDialog) if d.isVisible())
    picked = picture(tmp_path / "giấy khai sinh.png")
    chooser.setDirectory(str(tmp_path))
    chooser.findChild(QLineEdit).setText(picked.name)
    chooser.accept()
    (scan,) = page._view.scans
    assert (scan.name, scan.media) == ("giấy khai sinh", "png")
    snap(window, "cases-scans")
    page.panel.asked.emit(f"scan:{scan.id}")
    viewer = dialog(page, ScanDialog)
    snap(viewer, "cases-scan")
    viewer.close()
    page.steps.add_scan(page._view, tmp_path / "không có.png")
    assert len(page._view.scans) == 1
    boxes = [box for box in window.findChildren(ProblemDialog) if box.isVisible()]
    assert len(boxes) == 1
    boxes[0].reject()


def test_the_log_and_the_follow_up_book_are_printed_from_the_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    carried(closed, declared(closed, CaseKind.CONDUCT, "HK1.level", "Khá"))
    page = shown(window, qtbot, school, "secretary").page
    page.books_button.click()
    form = dialog(page, BooksDialog)
    assert form.found.text() == "1 hồ sơ của 1 người, 1 hồ sơ chưa giải trình."
    snap(form, "cases-books")
    form.first.setText("01/09/2026")
    form.last.setText("30/09/2026")
    form.last.commit()
    form._count()
    assert not form.log_button.isEnabled()
    assert "không có hồ sơ nào" in form.found.text()
    form.last.setText("")
    form._count()
    assert "đủ hai ngày" in form.found.text()
    form.book_button.click()
    paper = dialog(page, PaperDialog)
    assert paper._title.startswith("Sổ theo dõi sử dụng sổ điểm điện tử")
    paper.reject()


def test_a_teacher_explains_and_does_not_print_the_books(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook
) -> None:
    case = carried(closed, declared(closed, CaseKind.CONDUCT, "HK1.level", "Khá"))
    page = shown(window, qtbot, school, "homeroom").page
    assert not page.books_button.isVisible()
    page.show_case(case.id)
    page.panel.buttons["explain"].click()
    form = dialog(page)
    form.reason.setText("Chép nhầm dòng khi vội")
    form.confirm.click()
    assert gone(form)
    assert stored(school, case).explanation == "Chép nhầm dòng khi vội"
    snap(window, "cases-explained")


@pytest.mark.parametrize("who", ["homeroom", "secretary"])
def test_a_frozen_class_offers_the_case_beside_the_pupil(
    window: MainWindow, qtbot: QtBot, school: TestSchool, closed: RecordBook, who: str
) -> None:
    view = school.rosters.view(school.actor(who), school.class_id)
    assert view.may_correct
    assert not school.rosters.view(school.actor("principal"), school.class_id).may_correct
