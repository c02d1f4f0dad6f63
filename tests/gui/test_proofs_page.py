"""Kiểm dò on screen: the table, reading by keys, remarks to and fro, comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.periods import Period
from app.readmodels.mark_sheet import CellKey, SheetId
from app.readmodels.proof_reading import CellProof
from tests.gui.keyboard import press, type_text
from tests.gui.page_kit import Shown, fill_marks, open_windows, show_page, workspace
from tests.support.school import TestSchool, make_school
from ui.dialogs.paper_dialog import PaperDialog
from ui.navigation import PageSpec
from ui.pages.proofs.comparing import DifferencesDialog, SecondEntryDialog
from ui.pages.proofs.dialogs import ReaderDialog, WordsDialog
from ui.pages.proofs.page import ProofsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
HK1 = Period.HK1


@pytest.fixture
def school(tmp_path: Path) -> TestSchool:
    made = make_school(tmp_path)
    open_windows(made)
    fill_marks(made)
    work = workspace(made, "principal")
    work.proof_tables.assign(
        made.actor("principal"), toan(made), HK1, made.accounts_by_key["ngu_van"]
    )
    return made


def toan(school: TestSchool) -> SheetId:
    return SheetId(school.class_id, school.subjects["toan"])


def opened(window: MainWindow, qtbot: QtBot, school: TestSchool, who: str) -> Shown:
    return show_page(window, qtbot, school, who, "proofs", "Kiểm dò", ProofsPage)


def dialog(window: MainWindow, kind: type) -> object:
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_table_is_proposed_changed_and_printed(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "principal").page
    assert page.tabs.current() == "table"
    assert page.table.count.text().startswith("1/12 sổ đã giao")
    page.table.propose_button.click()
    assert page.table.count.text().startswith("12/12 sổ đã giao")
    assert "Đã phân công kiểm dò 11 sổ" in window.sentence
    page.table.change_button.click()
    asked = dialog(window, ReaderDialog)
    other = next(
        asked.people.itemData(n)
        for n in range(asked.people.count())
        if asked.people.itemData(n) != asked.people.current()
    )
    asked.people.set_current(other)
    asked.confirm.click()
    assert page.table.chosen().assignment.reader == other
    page.table.print_button.click()
    paper = dialog(window, PaperDialog)
    assert school.trail_kinds()[-1] == "print.run"
    paper.reject()


def test_a_reader_reads_the_sheet_by_keys(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    shown = opened(window, qtbot, school, "ngu_van")
    page = shown.page
    assert page.tabs.current() == "check", "who has a sheet to read sees it at once"
    check = page.check
    assert check.sheet.subject_name == "Toán"
    grid = check.grid
    grid.setFocus()
    press(None, Qt.Key.Key_Return)
    assert check.sheet.read == 1
    assert grid.current_key().column == "HK1.tx2", "on to the next column of the pupil"
    press(None, Qt.Key.Key_Return, modifiers=CTRL)
    columns = len(check.sheet.columns)
    assert check.sheet.read == columns
    assert grid.current_key() == CellKey(school.pupils[1], "HK1.tx1")
    check.order.chosen.emit("column")
    press(None, Qt.Key.Key_Return)
    assert grid.current_key() == CellKey(school.pupils[2], "HK1.tx1"), "down the column"
    press(None, Qt.Key.Key_Up)
    press(None, Qt.Key.Key_Backspace)
    assert check.sheet.read == columns
    check.confirm_button.click()
    assert "ô chưa dò" in shown.said
    check.order.chosen.emit("pupil")
    for _ in range(len(school.pupils)):
        if check.sheet.read < check.sheet.to_read:
            press(None, Qt.Key.Key_Return, modifiers=CTRL)
    assert check.sheet.read == check.sheet.to_read
    check.confirm_button.click()
    assert "Đã xác nhận kiểm dò Toán lớp 6A, học kì I" in window.sentence
    assert check.confirm_button.text() == "Đã xác nhận"
    assert not check.confirm_button.isEnabled()


def test_a_column_is_marked_as_compared(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "ngu_van").page
    check = page.check
    check.order.chosen.emit("column")
    check.grid.setFocus()
    for _ in school.pupils:
        press(None, Qt.Key.Key_Return)
    check.grid.go_to(CellKey(school.pupils[0], "HK1.tx1"))
    check.column_button.click()
    head = check.grid.lines.headerData(2, Qt.Orientation.Horizontal)
    assert head == "ĐĐGtx1 ✓"
    assert "Hoàng Thị Lan Anh đã đối chiếu sổ giấy ngày 23/11/2026" in check.column_line.text()


def test_a_remark_goes_to_and_fro(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school, "ngu_van").page
    page.check.grid.setFocus()
    press(None, Qt.Key.Key_N)
    asked = dialog(window, WordsDialog)
    asked.confirm.click()
    assert "Chưa ghi nhận xét" in asked.refusal()
    asked.fields[0].setText("9,0")
    asked.fields[1].setText("Sổ giấy ghi 9,0")
    asked.confirm.click()
    assert page.check.sheet.cells[0][0].state is CellProof.REMARKED
    page.show_tab("remarks")
    assert not page.remarks.answer_button.isVisible()
    assert page.remarks.resolve_button.isVisible()
    window.close_session()
    page = opened(window, qtbot, school, "toan").page
    page.show_tab("remarks")
    assert page.remarks.answer_button.isVisible()
    assert not page.remarks.resolve_button.isVisible()
    assert not page.remarks.case_button.isVisible(), "the cell may simply be typed"
    page.remarks.answer_button.click()
    asked = dialog(window, WordsDialog)
    asked.fields[0].setText("Em được 9,0, sẽ sửa")
    asked.confirm.click()
    window.close_session()
    page = opened(window, qtbot, school, "ngu_van").page
    page.show_tab("remarks")
    page.remarks.resolve_button.click()
    asked = dialog(window, WordsDialog)
    asked.confirm.click()
    assert "vẫn là" in asked.refusal()
    asked.fields[0].setText("Đọc nhầm dòng")
    asked.confirm.click()
    assert page.remarks.model.rowCount() == 0
    page.remarks.all_box.setChecked(True)
    assert page.remarks.model.rowCount() == 1
    assert page.check.sheet.cells[0][0].state is CellProof.RIGHT


def test_second_entry_is_typed_blind_and_compared(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "ngu_van").page
    marks = [row[0].text for row in page.check.sheet.cells]
    page.check.second_button.click()
    typing = dialog(window, SecondEntryDialog)
    shown = [typing.model.index(n, 2).data() for n in range(len(marks))]
    assert shown == [""] * len(marks), "the book's marks are covered"
    typing.activateWindow()
    typing.table.setFocus()
    qtbot.waitUntil(typing.table.hasFocus)
    type_text(None, "1,5\n")
    qtbot.waitUntil(lambda: typing.model.texts == {school.pupils[0]: "1,5"})
    assert typing.table.currentIndex().row() == 1
    for pupil, text in zip(school.pupils[1:], marks[1:], strict=True):
        typing.model.texts[pupil] = text
    typing.confirm.click()
    found = dialog(window, DifferencesDialog)
    assert found.model.rowCount() == 1
    assert "1 ô khác" in found.summary.text()
    before = school.trail_kinds()
    found.confirm.click()
    assert school.trail_kinds() == [*before, "proof.compared"]
    assert page.check.sheet.cells[0][0].state is CellProof.REMARKED
    assert page.check.sheet.read == len(marks) - 1


def test_an_announced_list_is_compared_without_writing(
    window: MainWindow, qtbot: QtBot, school: TestSchool, tmp_path: Path, jobs: object
) -> None:
    shown = opened(window, qtbot, school, "ngu_van")
    page = shown.page
    sheet = page.check.sheet
    lines = ["STT;Mã học sinh;Họ và tên;ĐĐGtx1"]
    for row, cells in zip(sheet.rows, sheet.cells, strict=True):
        mark = "0,5" if row.position == 2 else cells[0].text
        lines.append(f"{row.position};;{row.name};{mark}")
    path = tmp_path / "bang-diem.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    page.acts.compare_list(path)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(DifferencesDialog)))
    found = dialog(window, DifferencesDialog)
    assert [d.there for d in found.model.records()] == ["0,5"]
    before = school.trail_kinds()
    found.reject()
    assert school.trail_kinds() == before
    wrong = tmp_path / "khac.csv"
    wrong.write_text("Họ tên;Ghi chú\nA;b\n", encoding="utf-8")
    page.acts.compare_list(wrong)
    qtbot.waitUntil(lambda: "cột điểm" in shown.said)
    assert not any(d.isVisible() for d in window.findChildren(DifferencesDialog))


def test_others_only_look(window: MainWindow, qtbot: QtBot, school: TestSchool) -> None:
    page = opened(window, qtbot, school, "toan").page
    page.show_tab("check")
    page.open_sheet(toan(school))
    assert not page.check.confirm_button.isEnabled()
    assert not page.check.right_button.isEnabled()
    assert "chỉ xem" in page.check.notice.text()
    assert not page.table.propose_button.isVisible()


def test_nobody_without_a_sheet_sees_an_empty_page(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    page = opened(window, qtbot, school, "admin").page
    assert page.table.model.rowCount() == 12, "the office sees every sheet"
    assert not page.table.propose_button.isVisible()


class Landed(QWidget):
    """Stands for the page of corrections and remembers where it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.where: dict[str, object] = {}

    def go_to(self, **where: object) -> None:
        self.where = where


def test_a_remark_on_a_locked_cell_offers_the_case(
    window: MainWindow, qtbot: QtBot, school: TestSchool
) -> None:
    work = workspace(school, "ngu_van")
    key = CellKey(school.pupils[0], "HK1.gk")
    reader = school.actor("ngu_van")
    work.proofs.remark(reader, toan(school), HK1, key, "Sổ giấy ghi 9,0", "9,0")
    column = next(
        c for c in work.proofs.open(reader, toan(school), HK1).columns if c.key == key.column
    )
    work.control.lock_columns(
        school.actor("secretary"), school.class_id, [column.assessment_id], "5/QĐ",
        school.clock.today(),
    )  # fmt: skip
    landed = Landed()
    other = PageSpec("corrections", "Sửa điểm", "pencil", 2, frozenset(), lambda _c: landed)
    page = show_page(
        window, qtbot, school, "toan", "proofs", "Kiểm dò", ProofsPage, more=(other,)
    ).page
    page.show_tab("remarks")
    assert page.remarks.case_button.isVisible()
    page.remarks.case_button.click()
    assert landed.where == {"new": [key], "sheet": toan(school)}
