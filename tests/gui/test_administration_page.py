"""Quản trị over real services: a new school step by step, people, posts, backups, refusals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.periods import Term
from app.readmodels.home import SetupStep
from tests.gui.page_kit import show_page
from tests.support.school import PASSWORD, found_school, make_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.navigation import PageSpec
from ui.pages.administration.account_dialogs import (
    AccountDialog,
    ResetPasswordDialog,
    RoleDialog,
)
from ui.pages.administration.assignments_section import PasteDialog, PostDialog
from ui.pages.administration.page import AdministrationPage
from ui.pages.administration.studies_dialog import StudiesDialog
from ui.pages.administration.subject_dialog import SubjectDialog
from ui.pages.administration.year_dialogs import (
    ClassesDialog,
    SubjectsDialog,
    YearDialog,
    read_class_names,
)

NEW_PASSWORD = "trăng lên đỉnh núi mờ"


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path)
    yield school
    school.close()


@pytest.fixture
def show(window, qtbot, jobs):
    def shower(school, who="principal", section=None):
        page = show_page(
            window, qtbot, school, who, "administration", "Quản trị", AdministrationPage,
            more=(PageSpec("roster", "Danh sách lớp", "roster", 1, frozenset(),
                           lambda _c: QWidget()),),
        ).page  # fmt: skip
        if section:
            page.go_to(section=section)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return page

    return shower


def dialog(page, kind):
    found = [d for d in page.findChildren(QDialog) if isinstance(d, kind) and d.isVisible()]
    return found[-1]


def choose(section, name):
    for row, account in enumerate(section.model.records()):
        if account.full_name == name:
            section.table.selectRow(row)
            return
    raise AssertionError(name)


def test_a_new_school_goes_from_the_year_to_the_lists(qtbot, jobs, window, tmp_path, show):
    school = found_school(tmp_path)
    page = show(school)
    assert page.next_button.text() == "Lập năm học"
    assert page.topbar_widgets() == []
    page.next_button.click()
    year = dialog(page, YearDialog)
    assert year.name.text() == "2026-2027"
    assert year.days[0].text() == "05/09/2026"
    year.days[1].setText("01/01/2026")
    year.save_button.click()
    assert "chưa theo thứ tự" in year.refusal()
    year.days[1].setText("19/01/2027")
    year.save_button.click()
    assert page.year().name == "2026-2027"
    assert page.topbar_widgets() == [page.years]
    assert page.next_button.text() == "Lập danh mục môn học"
    page.next_button.click()
    dialog(page, SubjectsDialog).save_button.click()
    page.next_button.click()
    classes = dialog(page, ClassesDialog)
    classes.names.setText("6A, 6B, Lớp A")
    classes.save_button.click()
    assert "không bắt đầu bằng khối" in classes._field.error()
    assert school.setup.classes(page.year().id) == ()
    classes.names.setText("6A, 6B")
    classes.save_button.click()
    assert [k.name for k in school.setup.classes(page.year().id)] == ["6A", "6B"]
    page.next_button.click()
    account = dialog(page, AccountDialog)
    account.name.setText("Nguyễn Thị Bình")
    account.password.setText(PASSWORD)
    account.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert "nguyen.thi.binh" in window.sentence
    page.next_button.click()
    paste = dialog(page, PasteDialog)
    paste.text.setPlainText("6A\tGVCN\tNguyễn Thị Bình\n6A\tToán\tNguyễn Thị Bình")
    assert paste.save_button.text() == "Phân công 2 dòng"
    paste.save_button.click()
    assert page._next_step() is SetupStep.ROSTERS
    page.next_button.click()
    assert window.current_page() is not page
    school.close()


def test_a_school_that_is_set_up_shows_no_steps(school, show):
    page = show(school)
    assert not page._steps_card.isVisible()
    assert page.tabs.current() == "school"


def test_school_facts_are_refused_blank_and_saved_whole(school, show):
    section = show(school).sections["school"]
    assert not section.save_button.isEnabled()
    section.fields["authority"].setText("  ")
    section.fields["authority"].textEdited.emit("  ")
    section.save_button.click()
    assert "còn trống" in section.refusal.text()
    assert school.setup.school().authority == "UBND xã Đồng Xuân"
    section.fields["authority"].setText("UBND phường Hạc Thành")
    section.fields["authority"].textEdited.emit("")
    section.save_button.click()
    assert school.setup.school().authority == "UBND phường Hạc Thành"
    assert not section.save_button.isEnabled()


def test_the_number_of_tx_needs_a_reason_and_never_falls_below(school, show):
    page = show(school, section="year")
    section = page.sections["year"]
    codes = [s.code for s in section.subjects.model.records()]
    section.subjects.table.selectRow(codes.index("khtn"))
    section.subjects.change_subject()
    box = dialog(page, SubjectDialog)
    assert box.name.text() == "Khoa học tự nhiên"
    assert box.count.currentText() == "theo thông tư: 4"
    box.count.set_current(2)
    box.save_button.click()
    assert "phải có ít nhất 4" in box.refusal()
    box.count.set_current(5)
    box.save_button.click()
    assert "hãy ghi căn cứ" in box.refusal()
    box.reason.setText("Kế hoạch giáo dục số 5")
    box.save_button.click()
    counts = {s.code: s.tx_count for s in school.setup.subjects(school.class_id)}
    assert counts["khtn"] == 5
    assert any(s.tx_reason for s in section.subjects.model.records())


def test_a_subject_of_the_schools_own_is_added_changed_and_taken_away(school, show):
    page = show(school, section="year")
    section = page.sections["year"]
    section.subjects.add_subject()
    box = dialog(page, SubjectDialog)
    box.name.setText("Tiếng Hàn")
    box.periods.setText("bảy mươi")
    box.save_button.click()
    assert "không phải số tiết" in box.refusal()
    box.periods.setText("70")
    assert box.count.currentText() == "theo thông tư: 3"
    box.save_button.click()
    assert section.subjects.model.records()[-1].name == "Tiếng Hàn"
    section.subjects.table.selectRow(len(section.subjects.model.records()) - 1)
    section.subjects.change_subject()
    box = dialog(page, SubjectDialog)
    box.terms.set_current("HK2")
    box.save_button.click()
    assert section.subjects.model.records()[-1].terms == frozenset({Term.HK2})
    section.subjects.change_subject()
    dialog(page, SubjectDialog).remove_button.click()
    dialog(page, ConfirmDialog).action_button.click()
    assert "Tiếng Hàn" not in [s.name for s in section.subjects.model.records()]


def test_a_class_of_the_first_stage_has_nothing_to_choose_but_optional_subjects(school, show):
    page = show(school, section="year")
    page.sections["year"].change_studies()
    box = dialog(page, StudiesDialog)
    assert box.boxes == {}
    box.special.set_current("toan")
    box.save_button.click()
    assert [s.code for s in school.setup.subjects(school.class_id) if s.specialised] == ["toan"]


def test_year_that_exists_is_refused_in_its_dialog(school, show):
    page = show(school, section="year")
    page.sections["year"].add_year()
    box = dialog(page, YearDialog)
    assert box.name.text() == "2027-2028"
    box.name.setText("2026-2027")
    box.save_button.click()
    assert "Đã có năm học 2026-2027" in box.refusal()
    box.name.setText("2026-2028")
    box.save_button.click()
    assert "không phải tên năm học" in box.refusal()
    box.reject()


def test_class_names_are_checked_before_any_is_written():
    assert read_class_names("6a, lớp 7B;8C1") == [(6, "6A"), (7, "7B"), (8, "8C1")]
    from app.errors import RuleRefused

    for bad in ("A6", "6A, 6a", "66"):
        with pytest.raises(RuleRefused):
            read_class_names(bad)


def test_a_weak_password_is_said_under_its_field(qtbot, jobs, school, show):
    page = show(school, section="accounts")
    section = page.sections["accounts"]
    section.add_button.click()
    box = dialog(page, AccountDialog)
    box.name.setText("Đào Văn Mới")
    box.password.setText("12345")
    box.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert box.isVisible()
    assert "10" in box.password_field.error()
    assert box.save_button.isEnabled()
    box.name.setText("Đào 123")
    box.password.setText(NEW_PASSWORD)
    box.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert "chữ số" in box.refusal()
    box.name.setText("Đào Văn Mới")
    box.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert section.chosen().full_name == "Đào Văn Mới"


def test_roles_are_given_and_ended_with_days(school, show):
    page = show(school, section="accounts")
    section = page.sections["accounts"]
    choose(section, "Ngô Quốc Khánh")
    assert not section.end_button.isVisible()
    section.grant_button.click()
    box = dialog(page, RoleDialog)
    assert "Hiệu trưởng" not in [box.role.itemText(i) for i in range(box.role.count())]
    box.role.set_current("department_head")
    box.day.setText("hôm qua")
    box.save_button.click()
    assert "không phải là một ngày" in box.refusal()
    box.day.setText("01/10/2026")
    box.save_button.click()
    assert section.chosen().roles == ("department_head",)
    section.end_button.click()
    box = dialog(page, RoleDialog)
    box.day.setText("30/09/2026")
    box.save_button.click()
    assert "trước ngày bắt đầu" in box.refusal()
    box.day.setText("31/10/2026")
    box.save_button.click()
    assert section.chosen().roles == ()


def test_disable_asks_and_the_principal_cannot_be_locked_out(qtbot, school, show):
    page = show(school, section="accounts")
    section = page.sections["accounts"]
    choose(section, "Lê Văn Khải")
    for button in (section.switch_button, section.reset_button, section.end_button):
        assert not button.isVisible()
    choose(section, "Trần Thị Mai")
    section.switch_button.click()
    box = dialog(page, ConfirmDialog)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert section.chosen().disabled_on is None
    section.switch_button.click()
    dialog(page, ConfirmDialog).action_button.click()
    assert section.chosen().disabled_on is not None
    assert section.switch_button.text() == "Mở lại"
    section.switch_button.click()
    assert section.chosen().disabled_on is None


def test_a_forgotten_password_is_set_anew(qtbot, jobs, school, show):
    page = show(school, section="accounts")
    section = page.sections["accounts"]
    choose(section, "Trần Thị Mai")
    section.reset_button.click()
    box = dialog(page, ResetPasswordDialog)
    box.password.setText(NEW_PASSWORD)
    box.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    school.file.switch_user()
    assert school.file.sign_in(school.uid("secretary"), NEW_PASSWORD).actor.name == "Trần Thị Mai"


def test_the_secretary_looks_at_accounts_but_keeps_none(school, show):
    section = show(school, "secretary", "accounts").sections["accounts"]
    assert not section.add_button.isVisible()
    section.table.selectRow(0)
    assert not section.grant_button.isVisible()


def test_account_model_is_sound_and_searches_without_accents(school, show):
    section = show(school, section="accounts").sections["accounts"]
    QAbstractItemModelTester(section.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    section.search.setText("van thu")
    assert [a.full_name for a in section.model.records()] == ["Trần Thị Mai"]


def test_a_post_is_given_to_another_and_ended(school, show):
    page = show(school, section="assignments")
    section = page.sections["assignments"]
    column = list(section._titles).index("Toán") + 1
    section.table.setCurrentIndex(section.model.index(0, column))
    section.choose()
    box = dialog(page, PostDialog)
    box.save_button.click()
    assert "đang được phân công" in box.refusal()
    box.who.set_current(school.accounts_by_key["tin_hoc"])
    box.day.setText("01/07/2026")
    box.save_button.click()
    assert "không phân công lại từ ngày" in box.refusal()
    box.day.setText("23/11/2026")
    box.save_button.click()
    index = section.model.index(0, column)
    assert index.data() == "Lý Thị Ngọc"
    section.table.setCurrentIndex(index)
    section.choose()
    box = dialog(page, PostDialog)
    box.end_link.click()
    assert "assignment.ended" in school.trail_kinds()


def test_a_pasted_list_is_taken_whole_or_not_at_all(school, show, tmp_path):
    school.add_class("6B")
    page = show(school, section="assignments")
    section = page.sections["assignments"]
    assert section.state.text() == "còn 13 chỗ chưa phân công"
    section.paste_button.click()
    box = dialog(page, PasteDialog)
    assert not box.save_button.isEnabled()
    box.text.setPlainText("6B; Toán; Lý Thị Ngọc\n6Z; Toán; Lý Thị Ngọc\n6B; Tin; Ai Đó\n6B")
    reasons = [p.reason for p in box.problems.records()]
    assert len(reasons) == 3
    assert reasons[0] == "năm học này không có lớp 6Z"
    assert "lập tài khoản trước" in reasons[1]
    assert not box.save_button.isEnabled()
    listed = tmp_path / "phân công.csv"
    listed.write_text("Lớp;Môn;Giáo viên\n6B;Toán;Lý Thị Ngọc\n", "utf-8")
    assert not box.take_file(tmp_path / "không có.xlsx")
    assert box.refusal()
    assert box.take_file(listed)
    box.save_button.click()
    assert section.state.text() == "còn 12 chỗ chưa phân công"


def test_no_class_no_posts(tmp_path, show):
    school = found_school(tmp_path)
    section = show(school, section="assignments").sections["assignments"]
    assert section._empty.isVisible()
    school.close()


def test_a_backup_is_made_checked_and_listed(qtbot, jobs, school, show, tmp_path, window):
    page = show(school, section="backups")
    section = page.sections["backups"]
    qtbot.waitUntil(lambda: section.age.text() == "Chưa có bản sao lưu nào đã kiểm tra")
    assert not section.choose_folder(tmp_path / "không có")
    assert "Không thấy thư mục" in section.refusal.text()
    folder = tmp_path / "ổ ngoài"
    folder.mkdir()
    assert section.choose_folder(folder)
    assert section.folder.text() == str(folder)
    section.make_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert section.model.rowCount() == 1
    qtbot.waitUntil(lambda: section.age.text().startswith("Sao lưu 08:30"))
    assert [p for p in folder.iterdir() if p.is_dir()]


def test_a_lost_backup_folder_is_said_in_the_card(qtbot, jobs, school, show, tmp_path):
    page = show(school, section="backups")
    section = page.sections["backups"]
    folder = tmp_path / "usb"
    folder.mkdir()
    section.choose_folder(folder)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    folder.rmdir()
    section.make_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert section.refusal.isVisible()
    assert section.model.rowCount() == 0


def test_changing_the_own_password(qtbot, jobs, school, show):
    page = show(school, section="password")
    section = page.sections["password"]
    assert not section.save_button.isEnabled()
    section.old.setText("sai mật khẩu rồi")
    section.new.setText(NEW_PASSWORD)
    section.again.setText("khác hẳn mất rồi")
    section.save_button.click()
    assert "chưa giống nhau" in section.again_field.error()
    section.again.setText(NEW_PASSWORD)
    section.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert section.old_field.error()
    section.old.setText(PASSWORD)
    section.new.setText("123")
    section.again.setText("123")
    section.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert "10" in section.new_field.error()
    section.new.setText(NEW_PASSWORD)
    section.again.setText(NEW_PASSWORD)
    section.save_button.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert section.old.text() == ""
    school.file.switch_user()
    school.file.sign_in(school.uid("principal"), NEW_PASSWORD)


def test_enter_and_double_click_open_one_dialog(qtbot, school, show):
    page = show(school, section="assignments")
    section = page.sections["assignments"]
    section.table.setCurrentIndex(section.model.index(0, 2))
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert len([d for d in page.findChildren(PostDialog) if d.isVisible()]) == 1
    dialog(page, PostDialog).reject()
    place = section.table.visualRect(section.model.index(0, 3)).center()
    qtbot.mouseClick(section.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(section.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len([d for d in page.findChildren(PostDialog) if d.isVisible()]) == 1
