"""The mark grid's model by itself: Qt's contract, sections, changes, refusals, words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.marks import CellState, MarkCell
from app.errors import RuleRefused
from tests.gui.fake_mark_sheet import FakeMarkSheet, picture_sheet
from tests.gui.mark_screen import AVG, CK, COMMENT, GK, TX1, TX2, TX3, TX4
from ui.models.mark_grid_model import FIRST_CELL, NAME, STT, MarkGridModel, Section


@pytest.fixture
def sheet() -> FakeMarkSheet:
    return picture_sheet()


@pytest.fixture
def model(qapp, sheet) -> MarkGridModel:
    model = MarkGridModel(sheet)
    model.load()
    return model


def test_keeps_qts_contract_through_gestures_sections_and_reloads(qapp, sheet) -> None:
    model = MarkGridModel(sheet)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load()
    model.set_cells({sheet.key(0, "HK1.tx3"): "9"}, "key")
    model.show_section(Section.YEAR)
    model.set_cells({sheet.key(row, "HK2.tx3"): "9" for row in range(45)}, "paste")
    model.load()
    sheet.names = sheet.names[:-1]
    model.load()
    assert tester.model() is model
    assert model.rowCount() == 44


@pytest.mark.parametrize(
    ("section", "titles"),
    [
        (Section.HK1, "tx1 tx2 tx3 tx4 gk ck avg comment"),
        (Section.HK2, "tx1 tx2 tx3 tx4 gk ck avg comment avg"),
        (Section.YEAR, "tx1 tx2 tx3 tx4 gk ck avg tx1 tx2 tx3 tx4 gk ck avg avg"),
    ],
)
def test_a_section_shows_its_columns(model, section, titles) -> None:
    model.show_section(section)
    columns = [model.column_at(at).code for at in range(FIRST_CELL, model.columnCount())]
    assert " ".join(columns) == titles


def test_painting_asks_the_service_nothing(model, sheet) -> None:
    loads, calls = sheet.loads, len(sheet.calls)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            for role in (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole,
            ):
                model.data(model.index(row, column), role)
    assert (sheet.loads, len(sheet.calls)) == (loads, calls)


def test_one_gesture_touches_only_its_cells_and_their_averages(model, sheet) -> None:
    touched = []
    model.dataChanged.connect(lambda a, b, _roles: touched.append((a.row(), a.column(), b.row())))
    model.set_cells({sheet.key(0, "HK1.tx3"): "9,5"}, "key")
    assert sorted(touched) == [(0, TX3, 0), (0, AVG, 0)]


def test_a_large_gesture_is_announced_once(model, sheet) -> None:
    touched = []
    model.dataChanged.connect(lambda a, b, _roles: touched.append((a.row(), b.row())))
    model.set_cells({sheet.key(row, "HK1.tx3"): "9,5" for row in range(9)}, "paste")
    assert touched == [(0, 8)]


def test_counts_follow(model, sheet) -> None:
    assert model.sheet.missing_count == 5
    model.set_cells({sheet.key(5, "HK1.tx4"): "7"}, "key")
    assert model.sheet.missing_count == 4


def test_refusal_leaves_the_old_value_and_says_where(model, sheet) -> None:
    said = []
    model.edit_refused.connect(lambda row, column, error: said.append((row, column, error)))
    edits = {sheet.key(0, "HK1.tx3"): "9", sheet.key(1, "HK1.tx3"): "11"}
    assert model.set_cells(edits, "paste") is None
    [(row, column, error)] = said
    assert (row, column) == (1, TX3)
    assert isinstance(error, RuleRefused)
    assert model.cell(0, TX3).text == "8,5"
    assert sheet.text(0, "HK1.tx3") == "8,5"
    assert sheet.calls == []


def test_set_data_is_a_gesture(model, sheet) -> None:
    index = model.index(0, TX3)
    assert model.setData(index, "9")
    assert not model.setData(index, "chín")
    assert not model.setData(model.index(0, NAME), "Tên khác")
    assert model.data(index) == "9,0"
    assert [gesture for gesture, _ in sheet.calls] == ["key"]


def test_only_what_the_service_lets_edit_is_editable(model) -> None:
    def editable(row: int, column: int) -> bool:
        return bool(model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable)

    assert editable(0, TX3)
    assert editable(0, COMMENT)
    assert editable(14, CK)
    assert not any(editable(0, column) for column in (STT, NAME, TX1, CK, AVG))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (0, TX3, "Bùi Hoài An, ĐĐGtx3, 8,5"),
        (1, TX3, "Trịnh Bảo An, ĐĐGtx3, 5,5, vào muộn"),
        (0, TX1, "Bùi Hoài An, ĐĐGtx1, 8,8, cột đã khóa"),
        (3, GK, "Lê Tuấn Anh, ĐĐGgk, 7,8, đã sửa, trước là 8,7, cột đã khóa"),
        (5, TX4, "Phan Gia Bảo, ĐĐGtx4, thiếu"),
        (7, TX2, "Vũ Minh Châu, ĐĐGtx2, 8,0, điểm trường cũ, cột đã khóa"),
        (9, TX3, "Đinh Mạnh Cường, ĐĐGtx3, 0,0, 0 vì vắng"),
        (12, TX4, "Tạ Khánh Duy, ĐĐGtx4, miễn"),
        (13, CK, "Nguyễn Mỹ Duyên, ĐĐGck, chờ kiểm tra bù, cột đã khóa"),
        (14, CK, "Trần Ánh Dương, ĐĐGck, 4,2, mở theo hồ sơ sửa điểm"),
        (5, AVG, "Phan Gia Bảo, ĐTBmhk, –, tự tính"),
        (5, COMMENT, "Phan Gia Bảo, Nhận xét, trống"),
    ],
)
def test_a_cell_can_be_heard(model, row, column, words) -> None:
    index = model.index(row, column)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == words


def test_tooltip_tells_the_document(model) -> None:
    tip = model.data(model.index(7, TX1), Qt.ItemDataRole.ToolTipRole)
    assert tip == "THCS Hòa Bình, học bạ số 12"
    assert model.data(model.index(0, TX1), Qt.ItemDataRole.ToolTipRole) is None


def test_a_pupil_who_left_says_since_when(qapp) -> None:
    sheet = FakeMarkSheet()
    sheet.left[3] = date(2026, 11, 2)
    model = MarkGridModel(sheet)
    model.load()
    tip = model.data(model.index(3, NAME), Qt.ItemDataRole.ToolTipRole)
    assert tip == "Lê Tuấn Anh, thôi học ở lớp từ 02/11/2026"
    assert not model.flags(model.index(3, TX1)) & Qt.ItemFlag.ItemIsEditable


def test_missing_cells_are_walked_column_by_column_and_wrap(model, sheet) -> None:
    rows = []
    row, column = 0, TX1
    for _ in range(6):
        key = model.next_missing(row, column)
        assert key is not None
        row, column = model.position_of(key)
        rows.append(row)
    assert rows == [5, 15, 17, 20, 30, 5]


def test_missing_cell_of_the_other_term_is_found(model, sheet) -> None:
    for row in (5, 15, 17, 20, 30):
        sheet.put(row, "HK1.tx4", MarkCell(CellState.MARK, 70))
    sheet.date_column("HK2.tx1", date(2026, 12, 1), date(2026, 12, 2))
    model.load()
    assert model.next_missing(0, TX1) == sheet.key(0, "HK2.tx1")


def test_nothing_missing(qapp) -> None:
    model = MarkGridModel(FakeMarkSheet())
    model.load()
    assert model.next_missing(0, TX1) is None


def test_an_empty_class_is_an_empty_table(qapp) -> None:
    model = MarkGridModel(FakeMarkSheet(names=()))
    model.load()
    assert model.rowCount() == 0
    assert model.next_missing(-1, -1) is None
    assert model.headerData(TX1, Qt.Orientation.Horizontal) == "ĐĐGtx1"


def test_dates_show_at_once(model, sheet) -> None:
    model.set_dates("HK1.tx3", date(2026, 12, 1), date(2026, 12, 15))
    assert model.column_at(TX3).due_on == date(2026, 12, 15)
    with pytest.raises(RuleRefused):
        model.set_dates("HK1.tx3", date(2026, 12, 15), date(2026, 12, 1))
