"""Đánh giá from Excel: the form that was filled in, a class's table, locks, undo."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog

from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey
from exports.press import Tables
from tests.gui.page_kit import show_page
from tests.gui.shots import shoot
from tests.support.primary_school import make_primary
from ui.pages.marks.binding import bound_marks_page
from ui.pages.marks_import.dialog import MarksImportDialog
from ui.pages.marks_import.flow import Fate


@pytest.fixture
def primary(tmp_path):
    folder = tmp_path / "school"
    folder.mkdir()
    return make_primary(folder)


@pytest.fixture
def start(window, qtbot, jobs, primary):
    def starter(code, period=Period.GK1):
        window._clock = primary.school.clock
        shown = show_page(
            window, qtbot, primary.school, "homeroom", "marks", "Đánh giá", bound_marks_page
        )
        page = shown.page
        assert page.open_sheet(primary.sheet(code))
        page.sections.chosen.emit(period.value)
        assert page.import_button.isVisible()
        page.import_button.click()
        dialog = next(d for d in page.findChildren(QDialog) if isinstance(d, MarksImportDialog))

        def read(path):
            dialog.open_path(path)
            qtbot.waitUntil(lambda: not jobs.is_busy)

        return page, dialog, read

    return starter


def filled(dialog, path, values):
    """The dialog's own form with `values` (row from 0, column's heading) typed into it."""
    path.write_bytes(Tables().workbook([dialog.flow.form()], "Mẫu"))
    book = load_workbook(path)
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[5]}
    for (row, heading), value in values.items():
        sheet.cell(6 + row, heads[heading]).value = value
    book.save(path)
    return path


def text(page, primary, at, column):
    return page.grid.model.view_of(CellKey(primary.pupil(at), column)).text


def test_the_form_filled_in_comes_back_as_one_command(start, primary, tmp_path, window):
    page, dialog, read = start("toan")
    path = filled(
        dialog,
        tmp_path / "toan.xlsx",
        {
            (0, "Mức đạt được"): "Hoàn thành tốt",
            (0, "Điểm KTĐK"): 9,
            (1, "Mức đạt được"): "H",
            (1, "Điểm KTĐK"): "8,5",
            (1, "Nhận xét"): "Cần cẩn thận hơn",
        },
    )
    read(path)
    assert dialog.step == 1, dialog.refusal()
    assert set(dialog.flow.mapping.meanings.values()) >= {"muc", "ktdk", "remark", "full_name"}
    dialog.forward()
    assert dialog.step == 2, dialog.refusal()
    (problem,) = [p for p in dialog.flow.problems if p.excel_row]
    assert "số nguyên" in problem.reason
    dialog.forward()
    assert [c.fate for line in dialog.flow.lines() for c in line.cells.values()] == [Fate.NEW] * 4
    shoot(dialog, tmp_path / "primary-import.png")
    dialog.forward()
    assert not dialog.isVisible()
    assert [text(page, primary, 0, f"GK1.{code}") for code in ("muc", "ktdk")] == ["T", "9"]
    assert text(page, primary, 1, "GK1.comment") == "Cần cẩn thận hơn"
    page.grid.gestures.undo()
    assert text(page, primary, 0, "GK1.muc") == ""
    assert text(page, primary, 1, "GK1.comment") == ""


def test_traits_come_from_their_form(start, primary, tmp_path):
    page, dialog, read = start("pc_nl", Period.CN)
    form = dialog.flow.form()
    assert len(form.rows[0]) == 4 + 15 + 3 + 1
    path = filled(
        dialog,
        tmp_path / "pcnl.xlsx",
        {(0, "Yêu nước"): "T", (0, "Khoa học"): "Đạt", (1, "Khen đột xuất"): "x"},
    )
    read(path)
    dialog.forward()
    dialog.forward()
    assert dialog.step == 3, dialog.refusal()
    dialog.forward()
    assert text(page, primary, 0, "CN.khoa_hoc") == "Đ"
    assert text(page, primary, 1, "CN.dot_xuat") == "x"


def test_another_ky_is_refused_in_words(start, primary, tmp_path):
    page, dialog, read = start("toan")
    path = filled(dialog, tmp_path / "toan.xlsx", {(0, "Mức đạt được"): "T"})
    dialog.flow.term = Period.GK1
    read(path)
    dialog.term_combo.set_current(Period.CK1)
    dialog.term_combo.picked.emit(Period.CK1)
    dialog.forward()
    assert dialog.refusal().startswith("Tệp này của giữa học kì I, không phải cuối học kì I")
    assert text(page, primary, 0, "CK1.muc") == ""


def test_a_closed_ky_takes_nothing(start, primary, tmp_path):
    primary.live(until=Period.GK1)
    page, dialog, read = start("toan")
    path = filled(
        dialog, tmp_path / "toan.xlsx", {(0, "Mức đạt được"): "C", (1, "Mức đạt được"): "T"}
    )
    read(path)
    dialog.forward()
    dialog.forward()
    fates = {c.fate for line in dialog.flow.lines() for c in line.cells.values()}
    assert fates == {Fate.LOCKED, Fate.SAME}
    assert not dialog.edits()
    assert not dialog.next_button.isEnabled()
    assert text(page, primary, 0, "GK1.muc") == "T"
