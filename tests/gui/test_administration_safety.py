"""Quản trị, the grave part: restore, rehearsal, keys, papers, settings, security."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLabel

from app.domain.papers import DocumentKind
from app.domain.roles import Role
from app.services.backups import Backups
from app.services.document_register import DocumentRegister
from app.services.settings import IDLE
from app.vault import RECOVERY_UID
from db.rows.trail import trigger_statements
from tests.gui.page_kit import show_page
from tests.support.record_book import book
from tests.support.school import OFFICE, PASSWORD, TEACHERS, found_school, make_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.pages.administration.account_key_dialogs import (
    EditAccountDialog,
    HandoverDialog,
    RevokeDialog,
)
from ui.pages.administration.page import AdministrationPage
from ui.pages.administration.paper_entry_dialogs import BasisDialog, DocumentDialog, NumberDialog
from ui.pages.administration.rehearsal_dialog import RehearsalDialog
from ui.pages.administration.staff_dialog import FirstPasswordsDialog, StaffDialog
from ui.pages.administration.untold_dialog import UntoldDialog
from ui.pages.administration.year_dialogs import YearDatesDialog

NEW_PASSWORD = "trăng lên đỉnh núi mờ"


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path)
    yield made
    made.file.close()


@pytest.fixture
def show(window, qtbot, jobs):
    def shower(school, section, who="principal"):
        page = show_page(
            window, qtbot, school, who, "administration", "Quản trị", AdministrationPage
        ).page
        page.show_section(section)
        qtbot.waitUntil(lambda: not jobs._jobs)
        return page.sections[section]

    return shower


def test_marks_changed_behind_the_program_are_listed(school, show, qtbot):
    kept = book(school)
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    section = show(school, "security")
    section.untold_button.click()
    box = section.findChild(UntoldDialog)
    qtbot.waitUntil(lambda: "đúng như nhật ký" in box.state.text())
    box.reject()
    kept.tampered("UPDATE mark SET value = 100", *trigger_statements())
    section.untold_button.click()
    box = next(d for d in section.findChildren(UntoldDialog) if d.isVisible())
    qtbot.waitUntil(lambda: "1 ô điểm khác" in box.state.text())
    assert box.model.record(0).told == "8,0"
    assert box.save_button.isVisible()
    box.reject()


@pytest.fixture
def quiet(qtbot, jobs):
    def wait():
        qtbot.waitUntil(lambda: not jobs._jobs, timeout=20_000)

    return wait


def dialog(section, kind):
    return [d for d in section.window().findChildren(kind) if d.isVisible()][-1]


def open_dialogs(section):
    return [d for d in section.window().findChildren(QDialog) if d.isVisible()]


def words(widget):
    return " ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisible())


def back_up(school):
    Backups(school.uow, school.clock, school.session.backups).make_now(school.actor("principal"))
    school.clock.advance(timedelta(minutes=30))


def choose(section, name):
    for row, account in enumerate(section.model.records()):
        if account.full_name == name:
            section.table.selectRow(row)
            return
    raise AssertionError(name)


class TestRestore:
    def opened(self, section):
        section.safety.restore_button.click()
        return dialog(section, RestoreDialog)

    def test_what_would_be_lost_is_shown_before_the_red_button(
        self, school, show, quiet, window, qtbot
    ):
        back_up(school)
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        section = show(school, "backups")
        replaced = []
        window.file_replaced.connect(replaced.append)
        box = self.opened(section)
        assert [box.who.itemText(n) for n in range(box.who.count())] == [
            "Đỗ Quang Huy (Quản trị hệ thống)", "Lê Văn Khải (Hiệu trưởng)",
            "Mã khôi phục trên phiếu",
        ] or box.who.count() == 3  # fmt: skip
        assert not box.look_button.isEnabled()
        box.who.set_current(school.uid("principal"))
        box.secret.setText("không phải mật khẩu này")
        box.look_button.click()
        quiet()
        assert "chưa đúng" in box.secret_field.error()
        assert box.plan is None
        box.secret.setText(PASSWORD)
        box.look_button.click()
        assert not box.pages.isEnabled()
        box.reject()
        assert box.isVisible(), "not closed while the copy is being opened"
        quiet()
        assert box.plan.lost.by_person == ((OFFICE["secretary"], 1),)
        assert "Mất 1 việc" in words(box)
        assert box.focusWidget() is box.safe_button
        qtbot.keyClick(box.restore_button, Qt.Key.Key_Return)
        assert replaced == [], "Enter restores nothing"
        box.restore_button.click()
        quiet()
        assert replaced[0].kept.is_dir()
        assert school.file.session is None

    def test_putting_it_off_leaves_no_copy_behind(self, school, show, quiet):
        back_up(school)
        section = show(school, "backups")
        box = self.opened(section)
        box.who.set_current(school.uid("principal"))
        box.secret.setText(PASSWORD)
        box.look_button.click()
        quiet()
        staging = box.plan.staging
        assert staging.is_dir()
        box.safe_button.click()
        assert not staging.exists()
        assert school.file.session is not None

    def test_a_folder_without_backups_says_what_to_do(self, school, show, tmp_path):
        section = show(school, "backups")
        box = self.opened(section)
        assert "Cắm ổ sao lưu" in words(box)
        assert not box.look_button.isEnabled()
        box.show_folder(tmp_path / "không có")
        assert box.model.rowCount() == 0
        box.reject()

    def test_the_secretary_restores_nothing(self, school, show):
        section = show(school, "backups", "secretary")
        assert not section.safety.restore_button.isVisible()
        assert section.safety.restorer.isVisible()
        assert not section.safety.code_button.isVisible()
        assert section.safety.rehearse_button.isVisible()


class TestRehearsal:
    def test_a_rehearsal_by_password_and_by_code(self, school, show, quiet):
        section = show(school, "backups", "secretary")
        assert "Chưa diễn tập" in section.safety.rehearsed.text()
        section.safety.rehearse_button.click()
        box = dialog(section, RehearsalDialog)
        box.secret.setText(PASSWORD)
        box.start_button.click()
        quiet()
        assert "chưa có bản sao lưu" in box.refusal()
        back_up(school)
        box.start_button.click()
        quiet()
        assert "dùng được" in box.outcome.text()
        assert "dùng được" in section.safety.rehearsed.text()
        box.how.set_current(RECOVERY_UID)
        box.secret.setText(school.recovery_code[:-2])
        box.start_button.click()
        quiet()
        assert "27 ký tự" in box.secret_field.error()
        box.reject()


class TestRecoverySheet:
    def test_a_new_code_is_asked_about_then_proved(self, school, show, quiet, monkeypatch, window):
        monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
        section = show(school, "backups")
        assert "Chưa ai xác nhận" in section.safety.sheet.text()
        section.safety.code_button.click()
        dialog(section, ConfirmDialog).reject()
        assert "recovery.renewed" not in school.trail_kinds()
        section.safety.code_button.click()
        dialog(section, ConfirmDialog).action_button.click()
        quiet()
        box = dialog(section, RecoveryCodeDialog)
        box.print_button.click()
        assert "chưa nối máy in" in box.refusal()
        box.reject()
        assert "hết hiệu lực" in window.sentence
        section.safety.renew_code()
        dialog(section, ConfirmDialog).action_button.click()
        quiet()
        box = dialog(section, RecoveryCodeDialog)
        box.by_hand.click()
        groups = box.code_label.text().split()
        for answer, at in zip(box.answers, box.asked, strict=True):
            answer.setText(groups[at])
        box.done_button.click()
        assert "Xác nhận đang giữ phiếu 23/11/2026" in section.safety.sheet.text()
        assert school.trail_kinds()[-1] == "recovery.confirmed"


class TestPractice:
    def test_a_copy_is_made_and_asked_for(self, school, show, quiet, window):
        section = show(school, "backups")
        asked = []
        window.file_requested.connect(asked.append)
        section.safety.practice_button.click()
        quiet()
        assert asked[0].name.startswith("BẢN TẬP")
        assert "practice.copied" in school.trail_kinds()

    def test_the_band_stands_over_everything_and_in_the_title(self, window, qtbot):
        window.show()
        window.set_practice("ĐANG TẬP – không phải sổ thật")
        assert window.menuWidget().isVisible()
        assert "ĐANG TẬP" in window.windowTitle()
        with qtbot.waitSignal(window.real_book_requested):
            window.menuWidget().back_button.click()
        window.set_practice("")
        assert window.menuWidget() is None
        assert window.windowTitle() == "Khóa Sổ"


class TestAccounts:
    def test_revoking_says_what_it_cannot_do_and_needs_a_yes(self, school, show, quiet, window):
        section = show(school, "accounts")
        renewed = []
        window.session_renewed.connect(renewed.append)
        choose(section, OFFICE["principal"])
        assert not section.revoke_button.isVisible()
        choose(section, TEACHERS["gdtc"])
        section.revoke_button.click()
        box = dialog(section, RevokeDialog)
        assert "vẫn mở được bằng mật khẩu cũ" in words(box)
        assert not box.revoke_button.isEnabled()
        box.agreed.setChecked(True)
        box.revoke_button.click()
        box.reject()
        assert box.isVisible(), "not closed while the key is being changed"
        quiet()
        assert renewed
        assert renewed[0] is school.file.session
        kinds = school.file.session.uow.read()
        with kinds as uow:
            assert [e.kind for e in uow.trail.entries(newest=2)] == [
                "account.revoked", "account.disabled",
            ]  # fmt: skip

    def test_a_refused_revocation_stays_in_the_dialog(self, school, show, quiet):
        section = show(school, "accounts")
        choose(section, TEACHERS["gdtc"])
        section.revoke_button.click()
        box = dialog(section, RevokeDialog)
        box.agreed.setChecked(True)
        with school.uow.read():
            box.revoke_button.click()
            quiet()
        assert box.isVisible()
        assert box.refusal()
        assert any(entry.uid == school.uid("gdtc") for entry in school.file.people())
        box.reject()

    def test_names_are_corrected_and_bad_ones_refused(self, school, show):
        section = show(school, "accounts")
        choose(section, OFFICE["secretary"])
        section.edit_button.click()
        box = dialog(section, EditAccountDialog)
        box.name.setText("Mai 5")
        box.save_button.click()
        assert "chữ số" in box.refusal()
        box.name.setText("Trần Thị Mai Hương")
        box.department.setCurrentText("Văn phòng")
        box.save_button.click()
        assert section.chosen().full_name == "Trần Thị Mai Hương"

    def test_the_office_is_handed_over_by_its_holder_only(self, school, show):
        section = show(school, "accounts")
        choose(section, OFFICE["secretary"])
        assert not section.handover_button.isVisible()
        choose(section, OFFICE["principal"])
        section.handover_button.click()
        box = dialog(section, HandoverDialog)
        box.who.set_current(school.accounts_by_key["vice"])
        box.who.picked.emit(None)
        assert box.save_button.text() == f"Bàn giao cho {OFFICE['vice']}"
        box.day.setText("01/01/2026")
        box.save_button.click()
        assert "đã qua" in box.refusal()
        box.day.setText("01/12/2026")
        box.save_button.click()
        school.clock.advance(timedelta(days=10))
        assert school.actor("vice").has(Role.PRINCIPAL)
        assert not school.actor("principal").has(Role.PRINCIPAL)

    def test_papers_are_printed_and_shown(self, school, show):
        section = show(school, "accounts", "secretary")
        assert not section.staff_button.isVisible()
        choose(section, TEACHERS["toan"])
        section.sheet_button.click()
        box = dialog(section, PaperDialog)
        assert box.refusal() == ""
        box.reject()
        section.list_button.click()
        dialog(section, PaperDialog).reject()
        assert school.trail_kinds()[-2:] == ["print.run", "print.run"]

    def test_failed_attempts_are_seen_in_the_list(self, school, show, qtbot):
        school.file.switch_user()
        for _ in range(2):
            with pytest.raises(Exception, match="chưa đúng"):
                school.file.sign_in(school.uid("khtn"), "không phải mật khẩu")
        school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
        section = show(school, "accounts")
        choose(section, TEACHERS["khtn"])
        row = section.table.currentIndex().row()
        assert section.model.index(row, 5).data() == "gõ sai 2 lần"
        qtbot.waitUntil(lambda: "Gõ sai 2 lần" in words(section.card))

    def test_a_list_becomes_accounts_and_slips(self, school, show, quiet, monkeypatch, tmp_path):
        monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
        section = show(school, "accounts")
        section.staff_button.click()
        box = dialog(section, StaffDialog)
        QAbstractItemModelTester(box.problems, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert not box.save_button.isEnabled()
        broken = tmp_path / "hỏng.xlsx"
        broken.write_bytes(b"PK nothing")
        assert not box.take_file(broken)
        assert box.refusal()
        listed = tmp_path / "danh sách.csv"
        listed.write_text("Họ và tên;Tổ;Vai trò\nĐào Thị Mới;Tổ Toán;Tổ trưởng\nHoa;;\n", "utf-8")
        assert box.take_file(listed)
        assert [p.number for p in box.problems.records()] == [3]
        assert not box.save_button.isEnabled()
        box.text.setPlainText("Đào Thị Mới\tTổ Toán\tTổ trưởng\nKiều Văn Hải")
        assert box.save_button.text() == "Lập 2 tài khoản"
        box.save_button.click()
        quiet()
        slips = dialog(section, FirstPasswordsDialog)
        password = slips.model.record(0).password
        slips.reject()
        assert slips.isVisible(), "Esc would throw the passwords away"
        slips.print_button.click()
        assert "chưa nối máy in" in slips.refusal()
        slips.close_button.click()
        assert slips.model.rowCount() == 0
        choose(section, "Đào Thị Mới")
        school.file.switch_user()
        school.session = school.file.sign_in("dao.thi.moi", password)


class TestPapers:
    def test_a_basis_is_added_asked_about_and_dropped(self, school, show):
        section = show(school, "papers", "secretary")
        assert section.no_bases.isVisible()
        for number, day in (("1539/GDĐT-HV", "12/09/2026"), ("1593/GDĐT-HV", "12/09/2026")):
            section.add_basis_button.click()
            box = dialog(section, BasisDialog)
            box.save_button.click()
            assert "còn thiếu" in box.refusal()
            box.number.setText(number)
            box.day.setText(day)
            box.issuer.setText("Phòng GDĐT")
            box.summary.setText("Hướng dẫn đánh giá")
            box.save_button.click()
        assert "khác số" in box.refusal()
        assert box.save_button.text() == "Đúng là hai văn bản, thêm cả hai"
        box.number.setText("1593/GDĐT")
        assert box.save_button.text() == "Thêm căn cứ"
        box.save_button.click()
        box.save_button.click()
        assert [b.code for b in section.bases.records()] == ["1539/GDĐT-HV", "1593/GDĐT"]
        section.bases_table.selectRow(1)
        section.drop_basis_button.click()
        dialog(section, ConfirmDialog).reject()
        assert section.bases.rowCount() == 2
        section.bases_table.selectRow(1)
        section.drop_basis_button.click()
        dialog(section, ConfirmDialog).action_button.click()
        assert section.bases.rowCount() == 1

    def test_a_number_is_filled_in_later_and_once(self, school, show):
        section = show(school, "papers", "secretary")
        section.draft_button.click()
        box = dialog(section, DocumentDialog)
        box.save_button.click()
        assert "còn trống" in box.refusal()
        box.summary.setText("Về mở đợt nhập học kì I")
        box.save_button.click()
        assert section.waiting.text() == "1 văn bản chưa có số"
        section.documents_table.selectRow(0)
        section.number_button.click()
        box = dialog(section, NumberDialog)
        assert box.number.text() == "1"
        for wrong in ("", "một", "0", "-1", "99999999"):
            box.number.setText(wrong)
            box.save_button.click()
            assert box.refusal(), wrong
        box.number.setText("7")
        box.symbol.setText("QĐ-THCSĐX")
        box.day.setText("01/01/2030")
        box.save_button.click()
        assert "hôm nay" in box.refusal()
        box.day.setText("23/11/2026")
        assert box.save_button.text() == "Cấp số 7/QĐ-THCSĐX"
        box.save_button.click()
        assert section.documents.record(0).code == "07/QĐ-THCSĐX"
        section.documents_table.selectRow(0)
        assert not section.number_button.isEnabled()
        section.give_number()
        assert open_dialogs(section) == []

    def test_a_school_without_a_year_is_told_to_make_one(self, tmp_path, show):
        school = found_school(tmp_path)
        section = show(school, "papers")
        assert section._empty.isVisible()
        school.close()

    def test_models_are_sound(self, school, show):
        DocumentRegister(school.uow, school.clock).draft(
            school.actor("secretary"), school.year_id, DocumentKind.PLAN, "Kế hoạch"
        )
        section = show(school, "papers")
        for model in (section.bases, section.documents):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


class TestSettings:
    def test_numbers_are_saved_at_once_by_those_who_may(self, school, show):
        assert not show(school, "settings", "secretary").combos[IDLE.key].isEnabled()
        section = show(school, "settings", "admin")
        assert section.combos[IDLE.key].isEnabled()
        section.combos[IDLE.key].set_current(5)
        section.combos[IDLE.key].picked.emit(5)
        assert school.trail_kinds()[-1] == "setting.set"

    def test_a_refused_number_goes_back_to_what_is_in_force(self, school, show):
        section = show(school, "settings", "secretary")
        section._picked(IDLE, 5)
        assert section.combos[IDLE.key].current() == 10

    def test_the_symbol_is_refused_under_its_field(self, school, show):
        section = show(school, "settings")
        section.symbol.setText("BB/THCS")
        section._symbol_edited()
        section.symbol_button.click()
        assert "phần của trường" in section.symbol_field.error()
        section.symbol.setText("THCSĐX")
        section._symbol_edited()
        section.symbol_button.click()
        assert not section.symbol_button.isEnabled()

    def test_fast_entry_is_ones_own(self, school, show):
        section = show(school, "password", "secretary")
        assert not section.fast.isChecked()
        section.fast.click()
        assert section.work.settings.fast_entry(school.actor("secretary"))
        assert not section.work.settings.fast_entry(school.actor("principal"))

    def test_days_of_the_year_are_changed_and_refused_in_their_dialog(self, school, show):
        section = show(school, "year")
        section.dates_button.click()
        box = dialog(section, YearDatesDialog)
        box.days[0].setText("")
        box.save_button.click()
        assert "để trống" in box.refusal()
        box.days[0].setText("01/02/2027")
        box.save_button.click()
        assert "chưa theo thứ tự" in box.refusal()
        box.days[0].setText("07/09/2026")
        box.save_button.click()
        assert school.setup.years()[0].starts_on == date(2026, 9, 7)
        assert "07/09/2026" in section.days.text()


class TestSecurity:
    def test_lines_lead_to_where_they_are_put_right(self, school, show, quiet):
        section = show(school, "security")
        topics = [line.topic for line in section.model.records()]
        assert topics[:2] == ["Sao lưu", "Phiếu khôi phục"]
        assert "điều cần làm" in section.state.text()
        section.table.selectRow(1)
        section.go_button.click()
        assert section.parent().parent().tabs.current() == "backups"

    def test_the_check_says_what_it_found_and_stays_on_record(self, school, show, quiet, window):
        section = show(school, "security", "secretary")
        section.check_button.click()
        quiet()
        assert "không thấy gì sai" in window.sentence
        line = next(x for x in section.model.records() if x.topic.startswith("Toàn vẹn"))
        assert "không thấy gì sai" in line.state
        with school.file._database.writer.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER trail_no_update")
        section.check_button.click()
        quiet()
        assert "trail_no_update" in window.sentence

    def test_the_model_is_sound(self, school, show):
        section = show(school, "security")
        QAbstractItemModelTester(section.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
