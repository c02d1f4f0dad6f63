"""Tables give spare room to words that are cut off, and say the rest in a tooltip."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.tables import TableView

LONG = "Nguyễn Phúc Hoàng Thị Phương Quỳnh"


@pytest.fixture
def table(qtbot: Any, look: Any) -> TableView:
    columns: list[Column[str]] = [
        Column("STT", lambda r: "1", number=True),
        Column("Họ và tên", lambda r: r),
        Column("Ghi chú", lambda r: "x"),
    ]
    model = RecordModel(columns)
    view = TableView(look, "Học sinh")
    model.setParent(view)
    view.setModel(model)
    view.set_widths({0: 50, 1: 90})
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.resize(800, 300)
        view.show()
    return view


def records(table: TableView) -> RecordModel[str]:
    model = table.model()
    assert isinstance(model, RecordModel)
    return model


def test_a_wide_table_shows_whole_names(table: TableView) -> None:
    records(table).set_records([LONG])
    index = table.model().index(0, 1)
    assert table.columnWidth(1) >= table.itemDelegate().needed_width(index)
    records(table).set_records(["An"])
    assert table.columnWidth(1) == 90, "room is given back"


def test_a_narrow_table_keeps_its_widths_and_scrolls_no_further(table: TableView) -> None:
    records(table).set_records([LONG])
    table.resize(230, 300)
    QApplication.processEvents()
    assert 90 <= table.columnWidth(1) < 130
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(320, 300)
    QApplication.processEvents()
    assert 90 < table.columnWidth(1) < 230
    assert table.horizontalScrollBar().maximum() == 0


def test_a_column_gives_what_it_does_not_need_to_one_that_is_cut_off(table: TableView) -> None:
    table.set_widths({0: 200, 1: 90, 2: 60})
    table.resize(380, 300)
    records(table).set_records([LONG])
    index = table.model().index(0, 1)
    assert table.columnWidth(1) >= table.itemDelegate().needed_width(index)
    assert table.columnWidth(0) < 200
    assert table.horizontalScrollBar().maximum() == 0
    records(table).set_records(["An"])
    assert (table.columnWidth(0), table.columnWidth(1)) == (200, 90)


def test_a_whole_column_is_not_cut_off_though_the_table_scrolls(table: TableView) -> None:
    table.set_widths({0: 50, 1: 90, 2: 400}, whole=[1])
    table.resize(380, 300)
    records(table).set_records([LONG])
    index = table.model().index(0, 1)
    assert table.columnWidth(1) >= table.itemDelegate().needed_width(index)
    assert table.horizontalScrollBar().maximum() > 0


def test_columns_share_the_room_that_nobody_needs(table: TableView) -> None:
    table.set_widths({0: 50, 1: 90, 2: 90}, even=[1])
    table.resize(600, 300)
    records(table).set_records(["An"])
    room = table.viewport().width() - 50
    assert table.columnWidth(0) == 50
    assert abs(table.columnWidth(1) - room // 2) <= 1
    assert abs(table.columnWidth(2) - room // 2) <= 1


def test_what_is_cut_off_stands_in_a_tooltip(table: TableView, monkeypatch: Any) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, words, widget: said.append(words))
    records(table).set_records([LONG])
    table.resize(230, 300)
    QApplication.processEvents()
    for column in (1, 0):
        at = table.visualRect(table.model().index(0, column)).center()
        place = table.viewport().mapToGlobal(QPoint(at))
        QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, place))
    assert said == [LONG, ""]


def test_choices_keep_their_words_in_a_narrow_window(qtbot: Any, look: Any) -> None:
    words = ["Lên lớp 35", "Đánh giá lại 2", "Rèn luyện hè 1", "Không lên lớp 0"]
    row = Segmented(look, [(text, text) for text in words], "Danh sách")
    qtbot.addWidget(row)
    row.show()
    row.resize(row.minimumSizeHint())
    QApplication.processEvents()
    for button in row._buttons.values():
        assert button.property("tight") is True
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
    row.resize(row.sizeHint())
    QApplication.processEvents()
    for button in row._buttons.values():
        assert not button.property("tight")
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 24
    row.set_words(words[0], "Lên lớp 2035")
    QApplication.processEvents()
    first = row._buttons[words[0]]
    assert first.width() > first.fontMetrics().horizontalAdvance(first.text())
