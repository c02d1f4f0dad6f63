"""The roster wizard end to end: the sample files, hostile ones, and nothing half-written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.clock import VIETNAM, SetClock
from tests.gui.page_kit import show_page
from tests.support.school import found_school, invented_pupil
from ui.pages.roster.import_flow import Fate
from ui.pages.roster.page import RosterPage

SAMPLES = Path(__file__).parents[1] / "samples"
PUPILS = {"6A": 45, "6B": 38}


@pytest.fixture
def school(tmp_path):
    school = found_school(tmp_path, SetClock(datetime(2025, 9, 10, 9, 0, tzinfo=VIETNAM)))
    who = school.actor("principal")
    year = school.setup.add_year(who, "2025-2026").payload
    school.year_id = year.id
    school.setup.fill_subjects(who, year.id)
    school.class_id = school.setup.add_class(who, year.id, 6, "6A").payload.id
    school.other = school.setup.add_class(who, year.id, 6, "6B").payload.id
    yield school
    school.close()


@pytest.fixture
def page(window, qtbot, school):
    return show_page(window, qtbot, school, "principal", "roster", "Danh sách lớp", RosterPage).page


def started(qtbot, jobs, page, path):
    wizard = page.presenter.open_import(path)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    return wizard


def entries(school, class_id=None):
    with school.uow.read() as uow:
        return uow.roster.entries(class_id or school.class_id)


def csv(path, rows, header="STT;Mã định danh Bộ GD&ĐT;Họ và tên;Ngày sinh;Giới tính"):
    path.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("name", ["6A", "6B"])
def test_the_sample_lists_pass_end_to_end(qtbot, jobs, school, page, name):
    class_id = {"6A": school.class_id, "6B": school.other}[name]
    page.go_to(class_id=class_id)
    wizard = started(qtbot, jobs, page, SAMPLES / f"danh-sach-lop-{name}.xlsx")
    assert wizard.step == 1
    wizard.forward()
    assert wizard.step == 2, wizard.refusal()
    wizard.forward()
    assert wizard.step == 3, wizard.refusal()
    assert wizard.next_button.text() == f"Nhận {PUPILS[name]} học sinh vào {name}"
    assert entries(school, class_id) == ()
    wizard.forward()
    assert not wizard.isVisible()
    found = entries(school, class_id)
    assert len(found) == PUPILS[name]
    assert all(len(entry.profile.ministry_code) == 10 for entry in found)
    assert page.model.rowCount() == PUPILS[name]
    assert school.trail_kinds().count("roster.imported") == 1


def test_the_same_file_again_changes_nothing(qtbot, jobs, school, page):
    path = SAMPLES / "danh-sach-lop-6A.xlsx"
    wizard = started(qtbot, jobs, page, path)
    for _ in range(3):
        wizard.forward()
    wizard = started(qtbot, jobs, page, path)
    wizard.forward()
    wizard.forward()
    assert {line.fate for line in wizard.flow.lines()} == {Fate.SAME}
    assert not wizard.next_button.isEnabled()


def test_a_file_of_another_class_is_refused_in_words(qtbot, jobs, school, page):
    wizard = started(qtbot, jobs, page, SAMPLES / "danh-sach-lop-6B.xlsx")
    wizard.forward()
    assert wizard.step == 1
    assert wizard.refusal().startswith("Tệp này của lớp 6B, không phải lớp 6A")
    assert entries(school) == ()


def test_a_file_that_is_no_table_is_refused_where_it_was_chosen(qtbot, jobs, page, tmp_path):
    bad = tmp_path / "ảnh.xlsx"
    bad.write_bytes(b"\x89PNG not a workbook")
    wizard = started(qtbot, jobs, page, bad)
    assert wizard.step == 0
    assert wizard.refusal()
    assert not wizard.next_button.isEnabled()
    gone = started(qtbot, jobs, page, tmp_path / "không có.xlsx")
    assert gone.step == 0
    assert gone.refusal()


def test_a_table_without_a_header_is_refused(qtbot, jobs, page, tmp_path):
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", ["1;2;3"], "x;y;z"))
    assert wizard.step == 0
    assert "dòng tiêu đề" in wizard.refusal()


def test_bad_rows_go_to_excel_and_come_back_mended(qtbot, jobs, school, page, tmp_path):
    rows = [
        "1;0100000001;Nguyễn Văn An;01/02/2014;Nam",
        "2;0100000002;Trần Thị Bé;31/02/2014;Nữ",
        "3;12;Lê Văn Cu;03/03/2014;Nam",
    ]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "danh sách.csv", rows))
    wizard.forward()
    assert wizard.problems.save_button.isVisible()
    sentences = [p.sentence for p in wizard.problems.model.records()]
    assert any("31/02/2014" in s for s in sentences)
    out = tmp_path / "lỗi.xlsx"
    assert wizard.save_bad_rows(out)
    wizard.forward()
    wizard.forward()
    assert [e.profile.full_name for e in entries(school)] == ["Nguyễn Văn An"]
    # The saved rows are a roster file by themselves: same header, one more column of reasons.
    again = started(qtbot, jobs, page, out)
    again.forward()
    assert again.step == 2
    assert len(again.flow.draft.rows) == 2
    assert len(again.flow.draft.bad_rows) == 2
    again.forward()
    assert again.step == 2
    assert "Không dòng nào trong tệp nhận được" in again.refusal()


def test_saving_into_a_lost_folder_is_said_in_the_dialog(qtbot, jobs, page, tmp_path):
    rows = ["1;12;Lê Văn Cu;03/03/2014;Nam"]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", rows))
    wizard.forward()
    assert not wizard.save_bad_rows(tmp_path / "mất" / "lỗi.xlsx")
    assert "chọn thư mục khác" in wizard.refusal()


def test_the_person_may_change_what_a_column_means(qtbot, jobs, page, tmp_path):
    path = csv(
        tmp_path / "a.csv",
        ["1;0100000001;Nguyễn Văn An;01/02/2014;Kinh"],
        "STT;Mã định danh;Họ và tên;Ngày sinh;Tộc người",
    )
    wizard = started(qtbot, jobs, page, path)
    combo = wizard.columns.combos[5]
    assert combo.current() == ""
    combo.set_current("ethnicity")
    combo.picked.emit("ethnicity")
    wizard.forward()
    assert wizard.flow.draft.rows[0].profile.ethnicity == "Kinh"
    wizard.back()
    wizard.columns.changed.emit(3, None)
    wizard.forward()
    assert wizard.step == 1
    assert "Họ và tên" in wizard.refusal()


def test_only_chosen_rows_are_taken_and_missing_pupils_stay(qtbot, jobs, school, page, tmp_path):
    school.rosters.add_pupil(school.actor("principal"), school.class_id, invented_pupil(3))
    rows = [
        "1;0100000001;Nguyễn Văn An;01/02/2014;Nam",
        "2;0100000002;Trần Thị Bé;02/02/2014;Nữ",
    ]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", rows))
    wizard.forward()
    wizard.forward()
    QAbstractItemModelTester(wizard.diff_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fates = [line.fate for line in wizard.diff_model.records()]
    assert fates == [Fate.NEW, Fate.NEW, Fate.MISSING]
    wizard.diff_table.selectRow(2)
    qtbot.keyClick(wizard.diff_table, Qt.Key.Key_Space)  # a row without a box stays as it is
    wizard.diff_table.selectRow(1)
    qtbot.keyClick(wizard.diff_table, Qt.Key.Key_Space)
    assert wizard.next_button.text() == "Nhận 1 học sinh vào 6A"
    wizard.fates.set_current("new")
    wizard.fates.chosen.emit("new")
    assert wizard.diff_model.rowCount() == 2
    wizard.forward()
    assert len(entries(school)) == 2


def test_a_class_changed_meanwhile_is_not_written_over(qtbot, jobs, school, page, tmp_path):
    rows = ["1;0100000001;Nguyễn Văn An;01/02/2014;Nam"]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", rows))
    wizard.forward()
    wizard.forward()
    from app.domain.pupils import PupilProfile

    same = PupilProfile("Nguyễn Văn An", ministry_code="0100000001")
    school.rosters.add_pupil(school.actor("principal"), school.class_id, same)
    wizard.forward()
    assert wizard.isVisible()
    assert "đã thay đổi từ lúc so sánh" in wizard.refusal()
    assert len(entries(school)) == 1


def test_enter_never_accepts(qtbot, jobs, school, page, tmp_path):
    rows = ["1;0100000001;Nguyễn Văn An;01/02/2014;Nam"]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", rows))
    wizard.forward()
    wizard.forward()
    wizard.next_button.setFocus()
    qtbot.keyClick(wizard.next_button, Qt.Key.Key_Return)
    assert wizard.isVisible()
    assert entries(school) == ()


def test_a_formula_in_a_name_is_refused_or_kept_as_text(qtbot, jobs, school, page, tmp_path):
    rows = ["1;0100000001;=cmd|' /C calc'!A0;01/02/2014;Nam"]
    wizard = started(qtbot, jobs, page, csv(tmp_path / "a.csv", rows))
    wizard.forward()
    assert wizard.flow.draft.bad_rows
