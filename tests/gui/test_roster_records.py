"""Danh sách lớp beyond the list: photo, family, movements, quality, marks from elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QPushButton

from app.domain.marks import CellState
from app.domain.movements import MovementKind
from app.domain.periods import Term
from app.domain.photos import MOST_BYTES, photo_format
from app.errors import EnvironmentProblem, RuleRefused
from app.readmodels.cross_check import Difference
from app.services.data_exports import ExportNote
from exports.press import Tables
from tests.gui.page_kit import fill_marks, open_windows, show_page
from tests.support.school import invented_pupil, make_school
from ui.pages.importing.workbook_outlet import save_workbook
from ui.pages.roster.cross_check_wizard import CrossCheckWizard
from ui.pages.roster.dialogs import MoveDialog
from ui.pages.roster.former_marks_dialog import FormerMarksDialog
from ui.pages.roster.page import RosterPage
from ui.pages.roster.photo import HEIGHT, WIDTH, photo_from_file
from ui.pages.roster.profile_dialog import ProfileDialog

FAULTS = QAbstractItemModelTester.FailureReportingMode.Fatal


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


def picture(path, width=900, height=1400, form="JPEG"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(Qt.GlobalColor.darkCyan))
    assert image.save(str(path), form)
    return path


class TestPhotoFiles:
    @pytest.mark.parametrize("size", [(900, 1400), (3000, 2000), (120, 120)])
    def test_any_picture_becomes_a_small_3x4_jpeg(self, qapp, tmp_path, size):
        content = photo_from_file(picture(tmp_path / "a.png", *size, form="PNG"))
        assert photo_format(content) == "jpeg"
        assert len(content) <= MOST_BYTES
        image = QImage.fromData(content)
        assert (image.width(), image.height()) == (WIDTH, HEIGHT)

    def test_what_it_is_counts_not_what_it_is_called(self, qapp, tmp_path):
        path = picture(tmp_path / "a.bmp", form="BMP").rename(tmp_path / "a.jpg")
        with pytest.raises(RuleRefused, match="không phải ảnh JPEG hoặc PNG"):
            photo_from_file(path)

    def test_small_broken_and_missing_files(self, qapp, tmp_path):
        with pytest.raises(RuleRefused, match="điểm"):
            photo_from_file(picture(tmp_path / "s.jpg", 100, 100))
        broken = tmp_path / "b.png"
        broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
        with pytest.raises(RuleRefused):
            photo_from_file(broken)
        with pytest.raises(EnvironmentProblem, match="Không mở được"):
            photo_from_file(tmp_path / "none.jpg")


def test_a_photo_is_shown_replaced_and_taken_away(school, show, tmp_path):
    page = show(school)
    page.choose(school.pupils[0])
    acts, view = page.presenter.acts, page.presenter.view
    acts.put_photo(view, page.chosen(), picture(tmp_path / "a.jpg"))
    assert page.chosen().has_photo
    assert acts.photo(view, page.chosen())[:3] == b"\xff\xd8\xff"
    page.panel.unphoto_button.click()
    assert not page.chosen().has_photo
    bad = tmp_path / "b.jpg"
    bad.write_bytes(b"khong phai anh")
    acts.put_photo(view, page.chosen(), bad)
    assert not page.chosen().has_photo
    assert school.trail_kinds()[-2:] == ["roster.photo", "roster.photo_removed"]


def test_the_profile_in_parts_warns_and_leads_to_the_refused_field(school, show):
    page = show(school)
    page.choose(school.pupils[0])
    page.panel.edit_button.click()
    box = dialog(page, ProfileDialog)
    box.fields["personal_id"].field.setText("038315000000")
    box.fields["personal_id"].field.editingFinished.emit()
    assert "chữ số thứ tư là 3 (Nữ)" in box.fields["personal_id"].error()
    box.fields["mother_email"].field.setText("khong co")
    box.save_button.click()
    assert box.parts.current() == "family"
    assert "không giống địa chỉ thư" in box.fields["mother_email"].error()
    box.fields["mother_email"].field.setText("me@nha.vn")
    box.fields["inclusion"].field.set_current("Hòa nhập")
    box.fields["personal_id_verified_on"].field.setText("20/11/2026")
    box.save_button.click()
    profile = page.chosen().profile
    assert (profile.mother_email, profile.inclusion) == ("me@nha.vn", "Hòa nhập")
    assert profile.personal_id_verified_on == date(2026, 11, 20)


def test_the_homeroom_teacher_cannot_verify_nor_take_a_transfer(school, show):
    page = show(school, "homeroom")
    page.choose(school.pupils[0])
    assert not page.panel.former_button.isVisible()
    page.panel.edit_button.click()
    box = dialog(page, ProfileDialog)
    assert not box.fields["personal_id_verified_on"].field.isEnabled()
    box.reject()
    page.presenter.add()
    box = dialog(page, ProfileDialog)
    transfer = box.arrival.kind.findChildren(QPushButton)[1]
    assert not transfer.isVisible()


def test_a_transfer_in_with_its_paper_then_marks_of_the_former_school(school, show):
    page = show(school)
    page.presenter.add()
    box = dialog(page, ProfileDialog)
    box.fields["full_name"].field.setText("Đỗ Gia Ân")
    assert box.arrival.kind.isVisible()
    assert not box.arrival.school.isVisible()
    box.arrival.kind.findChildren(QPushButton)[1].click()
    assert box.arrival.school.isVisible()
    box.save_button.click()
    assert "trường cũ" in box.fields["school"].error()
    box.fields["school"].field.setText("THCS Lý Tự Trọng")
    box.fields["document"].field.setText("GGT 12")
    box.save_button.click()
    line = page.chosen()  # the new pupil is shown at once
    assert line.profile.full_name == "Đỗ Gia Ân"
    (step,) = page.presenter.acts.history(page.presenter.view, line)
    assert (step.kind, step.school) == (MovementKind.TRANSFER_IN, "THCS Lý Tự Trọng")

    page.panel.former_button.click()
    box = dialog(page, FormerMarksDialog)
    assert box.origin["school"].field.text() == "THCS Lý Tự Trọng"
    toan = (school.subjects["toan"], "tx1")
    box.cells[toan].setText("11")
    box.save_button.click()
    assert "Người ký" in box.origin["signer"].error()
    box.origin["signer"].field.setText("Lê Văn Tám")
    box.terms.chosen.emit("HK2")
    assert "chưa ghi" in box.refusal()
    assert box.terms.current() == "HK1"
    box.save_button.click()
    assert "ngoài thang" in box.refusal()
    box.cells[toan].setText("8,5")
    box.save_button.click()
    assert not box.isVisible()
    with school.uow.read() as uow:
        (mark,) = uow.marks.cells(school.class_id, None, [line.pupil_id])
    assert (mark.cell.state, mark.cell.value) == (CellState.TRANSFERRED, 85)
    page.panel.former_button.click()
    box = dialog(page, FormerMarksDialog)
    assert toan not in box.cells  # a filled cell is only shown


def test_leaving_for_another_school_asks_where_to(school, show):
    page = show(school)
    page.choose(school.pupils[0])
    page.panel.leave_button.click()
    box = dialog(page, MoveDialog)
    assert not box.school_field.isVisible()
    box.reason.setText("Theo gia đình")
    box.save_button.click()
    assert "Chưa chọn em rời lớp vì gì" in box.kind_field.error()
    assert page.chosen().is_here
    box.choose_kind(MovementKind.TRANSFER_OUT)
    assert box.school_field.isVisible()
    box.reason.setText("Theo gia đình")
    box.save_button.click()
    assert "trường nơi đến" in box.school_field.error()
    box.school.setText("THCS Trịnh Hoài Đức")
    box.document.setText("GGT 13/2026")
    box.save_button.click()
    assert "Trịnh Hoài Đức" in page.chosen().left_reason


def test_the_month_and_its_counts(school, show, tmp_path):
    page = show(school)
    QAbstractItemModelTester(page.movements.model, FAULTS)
    school.rosters.mark_left(
        school.actor("secretary"), school.class_id, school.pupils[0], date(2026, 10, 5), "Thôi",
        kind=MovementKind.DROPPED_OUT,
    )  # fmt: skip
    page.sections.chosen.emit("movements")
    assert page.movements.isVisible()
    assert page.movements.summary.text() == "Tháng này không có biến động"
    page.movements.months.combo.set_current("2026-10")
    page.movements.months.combo.picked.emit("2026-10")
    assert [x.kind for x in page.movements.model.records()] == [MovementKind.DROPPED_OUT]
    (count,) = page.movements.counts.records()
    assert (count.before, count.went, count.after) == (5, 1, 4)
    parts = page.presenter.parts
    target = tmp_path / "t.xlsx"
    found = page.movements.found
    make = lambda: parts._work.movements.month_workbook(found)  # noqa: E731
    note = ExportNote("Biến động", confidential=False)
    assert save_workbook(parts._context, parts._work, target, make, note)
    assert school.trail_kinds()[-1] == "data.exported"
    assert target.read_bytes()[:2] == b"PK"


def test_one_click_from_a_finding_to_its_field(school, show):
    page = show(school)
    QAbstractItemModelTester(page.quality.model, FAULTS)
    page.sections.chosen.emit("quality")
    total = len(page.quality.model.records())
    assert total > 0
    assert not page.quality.open_button.isEnabled()
    page.quality.groups.set_current("live")
    page.quality.groups.chosen.emit("live")
    assert 0 < len(page.quality.model.records()) <= total
    page.quality.table.selectRow(0)
    page.quality.open_button.click()
    box = dialog(page, ProfileDialog)
    assert box.focusWidget() is box.fields["personal_id_verified_on"].field
    box.fields["personal_id_verified_on"].field.setText("20/11/2026")
    before = page.quality.summary.text()
    box.save_button.click()
    assert page.quality.summary.text() != before
    page.quality.scope_chosen.emit("whole")
    assert page.presenter.parts.scope == "whole"


def test_a_subject_teacher_has_no_quality_and_no_check(school, show):
    page = show(school, "tin_hoc")
    assert not page.check_button.isVisible()
    assert not page.sections._buttons["quality"].isVisible()
    page.sections.chosen.emit("movements")
    assert page.movements.isVisible()


def test_marks_carried_after_a_move_from_the_panel(school, show):
    open_windows(school)
    fill_marks(school, (Term.HK1,))
    other = school.add_class("6B")
    page = show(school)
    page.choose(school.pupils[0])
    page.panel.move_button.click()
    box = dialog(page, MoveDialog)
    box.reason.setText("Nguyện vọng")
    box.save_button.click()
    page.go_to(class_id=other, pupil_id=school.pupils[0])
    assert page.panel.carry_button.isVisible()
    page.panel.carry_button.click()  # nothing is left to carry: a refusal, no second entry
    assert school.trail_kinds()[-1] == "roster.moved"


def test_cross_check_lists_differences_and_writes_nothing(qtbot, school, show, tmp_path):
    from app.presses import PlainTable

    people = [invented_pupil(n) for n in range(5)]
    rows = [("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mã định danh Bộ GD&ĐT")]
    for n, one in enumerate(people, 1):
        sex = "Nữ" if n == 1 else one.sex
        rows.append((n, one.full_name, f"{one.birth_date:%d/%m/%Y}", sex, one.ministry_code))
    path = tmp_path / "cổng.xlsx"
    path.write_bytes(Tables().workbook((PlainTable("Lớp 6A", rows),), "Danh sách lớp 6A"))
    page = show(school)
    entries = len(school.trail_kinds())
    wizard = page.presenter.open_cross_check(path)
    assert isinstance(wizard, CrossCheckWizard)
    qtbot.waitUntil(lambda: wizard.step == 1)
    wizard.forward()
    assert wizard.step == 2, wizard.refusal()
    QAbstractItemModelTester(wizard.model, FAULTS)
    (cell,) = wizard.model.records()
    assert (cell.kind, cell.field, cell.here, cell.there) == (
        Difference.DIFFERS, "sex", "Nam", "Nữ",
    )  # fmt: skip
    assert "4 em giống hệt" in wizard.summary.text()
    wizard.save_to(tmp_path / "khác.xlsx")
    assert (tmp_path / "khác.xlsx").read_bytes()[:2] == b"PK"
    told = school.trail_kinds()[entries:]
    assert told == ["data.exported"], "the comparison changes nothing; the file that left is told"
    wizard.reject()
