"""Marks from Excel: the sample sheets end to end, refusals in words, one undoable command."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from app.clock import VIETNAM, SetClock
from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.domain.roles import Role
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.mark_entry import MarkEntry
from exports.xlsx.reader import TableFileReader
from tests.gui.page_kit import show_page
from tests.support.school import PASSWORD, found_school
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.pages.marks.binding import bound_marks_page
from ui.pages.marks_import.dialog import MarksImportDialog
from ui.pages.marks_import.flow import Fate
from ui.pages.roster.import_flow import RosterImportFlow

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """6A and 6B of the sample lists, one teacher for both subjects, the window open."""
    folder = tmp_path_factory.mktemp("school")
    school = found_school(folder, SetClock(datetime(2026, 1, 10, 9, 0, tzinfo=VIETNAM)))
    who = school.actor("principal")
    year = school.setup.add_year(who, "2025-2026").payload
    school.year_id = year.id
    school.setup.fill_subjects(who, year.id)
    school.accounts.add(
        who, "Lê Thị Giáo Viên", PASSWORD, roles=(Role.SUBJECT_TEACHER,), starts_on=year.starts_on
    )
    school.uids["teacher"] = "le.thi.giao.vien"
    EntryControl(school.uow, school.clock).open_window(
        who, year.id, Period.HK1, date(2025, 9, 5), date(2026, 1, 31), "10/QĐ", date(2025, 9, 5)
    )
    school.ids = {}
    rows = []
    for name in ("6A", "6B"):
        school.ids[name] = school.setup.add_class(who, year.id, 6, name).payload.id
        rows += [f"{name};{subject};Lê Thị Giáo Viên" for subject in ("Toán", "Tin học")]
    school.assignments.accept_pasted(who, year.id, "\n".join(rows), year.starts_on)
    school.subjects = {s.code: s.id for s in school.setup.subjects(school.ids["6A"])}
    from tests.gui.page_kit import workspace

    work = workspace(school, "principal")
    for name, class_id in school.ids.items():
        view = work.rosters.view(who, class_id)
        flow = RosterImportFlow(work, view)
        path = SAMPLES / f"danh-sach-lop-{name}.xlsx"
        flow.take(TableFileReader().read(path), path)
        flow.check()
        flow.compare()
        flow.accept(flow.default_rows())
    yield school
    school.close()


@pytest.fixture
def school(made):
    """The same file for every test; marks are emptied again."""
    yield made
    entry, who = MarkEntry(made.uow, made.clock), made.actor("teacher")
    for class_id in made.ids.values():
        for code in ("toan", "tin_hoc"):
            sheet = SheetId(class_id, made.subjects[code])
            view = entry.open(who, sheet)
            full = {
                CellKey(row.pupil_id, column.key): cell
                for row, cells in zip(view.rows, view.cells, strict=True)
                for column, cell in zip(view.columns, cells, strict=True)
                if cell.text and not column.computed
            }
            states = [k for k, c in full.items() if c.state is not CellState.MARK
                      and not k.column.endswith("comment")]  # fmt: skip
            if states:
                entry.set_state(who, sheet, states, CellState.EMPTY, "")
            rest = {key: "" for key in full if key not in states}
            if rest:
                entry.set_cells(who, sheet, rest, "clear")


@pytest.fixture
def start(window, qtbot, jobs, school):
    def starter(name, code, path):
        shown = show_page(window, qtbot, school, "teacher", "marks", "Sổ điểm", bound_marks_page)
        page = shown.page
        sheet = SheetId(school.ids[name], school.subjects[code])
        assert page.open_sheet(sheet)
        page.import_button.click()
        dialog = next(d for d in page.findChildren(QDialog) if isinstance(d, MarksImportDialog))
        dialog.open_path(path)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return page, dialog

    return starter


def texts(school, name, code, column):
    entry = MarkEntry(school.uow, school.clock)
    view = entry.open(school.actor("teacher"), SheetId(school.ids[name], school.subjects[code]))
    at = [c.key for c in view.columns].index(column)
    return [row[at].text for row in view.cells]


def mark_csv(path, rows, header="STT;Mã học sinh;Họ và tên;TX1;TX2;TX3;TX4;GK;CK"):
    path.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    return path


def pupils(school, name):
    with school.uow.read() as uow:
        return uow.roster.entries(school.ids[name])


@pytest.mark.parametrize("name", ["6A", "6B"])
@pytest.mark.parametrize(("code", "slug", "tx"), [("toan", "toan", 4), ("tin_hoc", "tin-hoc", 2)])
def test_the_sample_sheets_pass_end_to_end(qtbot, start, school, name, code, slug, tx):
    count = {"6A": 45, "6B": 38}[name]
    page, dialog = start(name, code, SAMPLES / f"bang-diem-{slug}-hk1-{name}.xlsx")
    assert dialog.step == 1, dialog.refusal()
    dialog.forward()
    assert dialog.step == 2, dialog.refusal()
    if tx == 2:
        reasons = [p.reason for p in dialog.problems.model.records()]
        assert sum("chỉ có 2 điểm đánh giá thường xuyên" in r for r in reasons) == 2
    dialog.forward()
    assert dialog.step == 3, dialog.refusal()
    assert not any(texts(school, name, code, "HK1.tx1"))
    assert len(dialog.diff_model.records()) == count
    dialog.forward()
    assert not dialog.isVisible()
    for column in [f"HK1.tx{n}" for n in range(1, tx + 1)] + ["HK1.gk", "HK1.ck"]:
        assert sum(bool(text) for text in texts(school, name, code, column)) >= count - 3, column
    assert page.grid.gestures.stack.canUndo()
    page.grid.gestures.undo()
    assert not any(texts(school, name, code, "HK1.tx1"))
    assert not any(texts(school, name, code, "HK1.comment"))


def test_another_class_subject_or_term_is_refused_in_words(start, school, tmp_path):
    _, dialog = start("6A", "toan", SAMPLES / "bang-diem-toan-hk1-6B.xlsx")
    dialog.forward()
    assert dialog.step == 1
    assert dialog.refusal().startswith("Tệp này của lớp 6B, không phải lớp 6A")
    dialog.reject()
    _, dialog = start("6A", "toan", SAMPLES / "bang-diem-tin-hoc-hk1-6A.xlsx")
    dialog.forward()
    assert dialog.refusal().startswith("Tệp này của môn Tin học, không phải môn Toán")
    dialog.reject()
    _, dialog = start("6A", "toan", SAMPLES / "bang-diem-toan-hk1-6A.xlsx")
    dialog.term_combo.set_current(Term.HK2)
    dialog.term_combo.picked.emit(Term.HK2)
    dialog.forward()
    assert "không phải học kì II" in dialog.refusal()
    assert not any(texts(school, "6A", "toan", "HK2.tx1"))


def test_marks_already_there_are_kept_unless_asked(start, school, tmp_path):
    first, second = pupils(school, "6A")[:2]
    sheet = SheetId(school.ids["6A"], school.subjects["tin_hoc"])
    MarkEntry(school.uow, school.clock).set_cells(
        school.actor("teacher"), sheet, {CellKey(first.pupil_id, "HK1.tx1"): "5"}, "key"
    )
    rows = [
        f"1;{first.profile.ministry_code};{first.profile.full_name};9;8;;;;",
        f"2;{second.profile.ministry_code};{second.profile.full_name};7;;;;;",
    ]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    assert dialog.replace_box.isVisible()
    assert not dialog.replace_box.isChecked()
    assert dialog.next_button.text() == "Ghi 2 ô vào sổ"
    line = dialog.diff_model.records()[0]
    cell = line.cells["HK1.tx1"]
    assert (cell.fate, cell.old, cell.new) == (Fate.REPLACED, "5,0", "9,0")
    dialog.replace_box.setChecked(True)
    assert dialog.next_button.text() == "Ghi 3 ô vào sổ"
    dialog.forward()
    assert texts(school, "6A", "tin_hoc", "HK1.tx1")[:2] == ["9,0", "7,0"]


def test_a_pupil_may_be_left_out(start, school, tmp_path):
    first, second = pupils(school, "6A")[:2]
    rows = [
        f"{at};{p.profile.ministry_code};{p.profile.full_name};9;;;;;"
        for at, p in enumerate((first, second), 1)
    ]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    dialog.diff_model.toggle(0)
    dialog.forward()
    assert texts(school, "6A", "tin_hoc", "HK1.tx1")[:2] == ["", "9,0"]


def test_a_state_set_on_purpose_is_not_written_over(start, school, tmp_path):
    first = pupils(school, "6A")[0]
    sheet = SheetId(school.ids["6A"], school.subjects["tin_hoc"])
    key = CellKey(first.pupil_id, "HK1.tx1")
    entry = MarkEntry(school.uow, school.clock)
    entry.set_state(school.actor("teacher"), sheet, [key], CellState.PENDING_MAKEUP, "ốm")
    rows = [f"1;{first.profile.ministry_code};{first.profile.full_name};9;8;;;;"]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    assert dialog.diff_model.records()[0].cells["HK1.tx1"].fate is Fate.LOCKED
    dialog.forward()
    assert texts(school, "6A", "tin_hoc", "HK1.tx2")[0] == "8,0"
    assert entry.open(school.actor("teacher"), sheet).cells[0][0].state is CellState.PENDING_MAKEUP


def test_the_guard_asks_before_a_wrong_column(start, school, tmp_path):
    some = pupils(school, "6A")[:14]
    values = [f"{n % 10},{(3 * n) % 10}" for n in range(14)]
    sheet = SheetId(school.ids["6A"], school.subjects["tin_hoc"])
    MarkEntry(school.uow, school.clock).set_cells(
        school.actor("teacher"),
        sheet,
        {CellKey(p.pupil_id, "HK1.tx1"): v for p, v in zip(some, values, strict=True)},
        "paste",
    )
    rows = [
        f"1;{p.profile.ministry_code};{p.profile.full_name};;{v};;;;"
        for p, v in zip(some, values, strict=True)
    ]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    dialog.forward()
    asked = next(d for d in dialog.findChildren(QDialog) if isinstance(d, ConfirmDialog))
    assert dialog.isVisible()
    assert not any(texts(school, "6A", "tin_hoc", "HK1.tx2"))
    asked.safe_button.click()
    assert not any(texts(school, "6A", "tin_hoc", "HK1.tx2"))
    dialog.forward()
    asked = [d for d in dialog.findChildren(QDialog) if isinstance(d, ConfirmDialog)][-1]
    asked.action_button.click()
    assert not dialog.isVisible()
    assert texts(school, "6A", "tin_hoc", "HK1.tx2")[:3] == ["0,0", "1,3", "2,6"]


def test_bad_marks_are_listed_and_saved(start, school, tmp_path):
    first, second = pupils(school, "6A")[:2]
    rows = [
        f"1;{first.profile.ministry_code};{first.profile.full_name};10,5;8;;;;",
        f"2;{second.profile.ministry_code};{second.profile.full_name};l0;7,25;;;;",
        "3;0999999999;Người Lạ;9;9;;;;",
    ]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    reasons = " ".join(p.sentence for p in dialog.problems.model.records())
    assert "10,5" in reasons
    assert "Người Lạ không có trong danh sách lớp" in reasons
    out = tmp_path / "lỗi.xlsx"
    assert dialog.save_bad_rows(out)
    (sheet,) = TableFileReader().read(out)
    assert len(sheet.rows) == 4
    dialog.forward()
    dialog.forward()
    assert texts(school, "6A", "tin_hoc", "HK1.tx2")[0] == "8,0"
    assert texts(school, "6A", "tin_hoc", "HK1.tx1")[0] == ""


def test_a_file_without_anything_for_the_class_stops_at_the_check(start, school, tmp_path):
    rows = ["1;0999999999;Người Lạ;9;9;;;;"]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    assert dialog.step == 2
    assert "không có điểm nào nhận được" in dialog.refusal()


def test_a_sheet_changed_meanwhile_is_shown_again_before_writing(start, school, tmp_path):
    first = pupils(school, "6A")[0]
    rows = [f"1;{first.profile.ministry_code};{first.profile.full_name};9;8;;;;"]
    _, dialog = start("6A", "tin_hoc", mark_csv(tmp_path / "a.csv", rows))
    dialog.forward()
    dialog.forward()
    sheet = SheetId(school.ids["6A"], school.subjects["tin_hoc"])
    MarkEntry(school.uow, school.clock).set_cells(
        school.actor("teacher"), sheet, {CellKey(first.pupil_id, "HK1.tx1"): "4"}, "key"
    )
    dialog.forward()
    assert dialog.isVisible()
    assert "vừa được người khác sửa" in dialog.refusal()
    assert texts(school, "6A", "tin_hoc", "HK1.tx1")[0] == "4,0"
    assert dialog.diff_model.records()[0].cells["HK1.tx1"].fate is Fate.REPLACED
    dialog.forward()
    assert texts(school, "6A", "tin_hoc", "HK1.tx1")[0] == "4,0"
    assert texts(school, "6A", "tin_hoc", "HK1.tx2")[0] == "8,0"
