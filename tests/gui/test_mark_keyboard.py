"""The whole Excel keyboard, walked on a shown grid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.marks import CellState
from app.domain.subjects import SubjectKind
from tests.gui.fake_mark_sheet import FakeMarkSheet, picture_sheet
from tests.gui.mark_keyboard import CTRL, NONE, SHIFT, compose, ctrl, drag, press, telex, type_text
from tests.gui.mark_screen import AVG, CK, COMMENT, GK, OFFSCREEN, TX1, TX2, TX3, TX4, Screen
from ui.widgets.mark_grid.blocks import Block

pytestmark = OFFSCREEN
Key = Qt.Key


@pytest.fixture
def screen(qtbot, look) -> Screen:
    return Screen(qtbot, look, FakeMarkSheet(filled=False))


@pytest.fixture
def filled(qtbot, look) -> Screen:
    return Screen(qtbot, look, FakeMarkSheet())


def test_type_a_column_with_enter(screen: Screen) -> None:
    for text in ("8", "7,5", "6.5", "10"):
        type_text(text)
        press(Key.Key_Return)
    assert [screen.text(row, TX1) for row in range(4)] == ["8,0", "7,5", "6,5", "10,0"]
    assert screen.active == (4, TX1)
    assert [gesture for gesture, _ in screen.sheet.calls] == ["key"] * 4


def test_enter_up_with_shift(screen: Screen) -> None:
    screen.go(3, TX1)
    type_text("8")
    press(Key.Key_Return, SHIFT)
    assert screen.active == (2, TX1)
    assert screen.text(3, TX1) == "8,0"


def test_tab_right_then_enter_returns_to_the_start_column(screen: Screen) -> None:
    screen.go(0, TX2)
    for text in ("8", "7", "6"):
        type_text(text)
        press(Key.Key_Tab, NONE, "\t")
    press(Key.Key_Return)
    assert screen.active == (1, TX2)
    assert [screen.text(0, c) for c in (TX2, TX3, TX4)] == ["8,0", "7,0", "6,0"]
    press(Key.Key_Return)
    assert screen.active == (2, TX2)


def test_tab_with_shift_goes_left(screen: Screen) -> None:
    screen.go(0, TX3)
    press(Key.Key_Backtab, SHIFT)
    assert screen.active == (0, TX2)


def test_tab_without_an_editor_stays_in_the_sheet_and_control_tab_leaves(screen: Screen) -> None:
    screen.go(0, TX2)
    assert screen.grid.bar.dates.isVisible()
    press(Key.Key_Tab)
    assert screen.active == (0, TX3)
    assert screen.grid.table.hasFocus()
    press(Key.Key_Tab, CTRL)
    assert not screen.grid.table.hasFocus()


def test_the_dates_of_a_column_are_asked_from_the_bar(screen: Screen) -> None:
    asked: list[str] = []
    screen.grid.dates_asked.connect(asked.append)
    screen.go(1, TX3)
    screen.grid.bar.dates.click()
    assert asked == ["HK1.tx3"]


def test_enter_goes_round_inside_a_block(screen: Screen) -> None:
    screen.grid.cursor_cells.select(Block(0, TX1, 1, TX2))
    for text in ("1", "2", "3", "4"):
        type_text(text)
        press(Key.Key_Return)
    shown = [screen.text(*cell) for cell in ((0, TX1), (1, TX1), (0, TX2), (1, TX2))]
    assert shown == ["1,0", "2,0", "3,0", "4,0"]
    assert screen.active == (0, TX1)


def test_arrows_commit_what_was_typed(screen: Screen) -> None:
    type_text("8")
    press(Key.Key_Right)
    assert screen.active == (0, TX2)
    assert screen.text(0, TX1) == "8,0"


def test_f2_keeps_arrows_for_the_caret(filled: Screen) -> None:
    press(Key.Key_F2)
    editor = filled.editor
    assert editor is not None
    assert editor.text() == "8,8"
    assert not editor.hasSelectedText()
    press(Key.Key_Left)
    assert filled.editor is editor
    assert editor.cursorPosition() == 2
    press(Key.Key_Down)
    assert filled.editor is None
    assert filled.active == (1, TX1)
    assert filled.sheet.calls == []


def test_escape_gives_the_old_value_back(filled: Screen) -> None:
    type_text("3")
    press(Key.Key_Escape)
    assert filled.editor is None
    assert filled.text(0, TX1) == "8,8"
    assert filled.sheet.calls == []


def test_typing_the_same_value_writes_nothing(filled: Screen) -> None:
    type_text("8,8")
    press(Key.Key_Return)
    assert filled.sheet.calls == []
    assert filled.active == (1, TX1)


def test_delete_clears_the_selection_as_one_gesture(filled: Screen) -> None:
    filled.grid.cursor_cells.select(Block(0, TX1, 2, TX2))
    press(Key.Key_Delete)
    assert len(filled.sheet.calls) == 1
    gesture, edits = filled.sheet.calls[0]
    assert gesture == "clear"
    assert len(edits) == 6
    assert filled.text(0, TX1) == ""
    assert filled.text(0, AVG) == "–"


def test_delete_of_a_whole_row_leaves_the_average_to_follow(filled: Screen) -> None:
    filled.grid.cursor_cells.select(Block(3, TX1, 3, COMMENT))
    press(Key.Key_Delete)
    assert len(filled.sheet.calls) == 1
    assert all("avg" not in key.column for key in filled.sheet.calls[0][1])
    assert [filled.text(3, c) for c in (TX1, CK, AVG, COMMENT)] == ["", "", "–", ""]


def test_control_d_over_whole_rows_leaves_averages_to_follow(filled: Screen) -> None:
    filled.grid.cursor_cells.select(Block(0, TX1, 1, COMMENT))
    ctrl(Key.Key_D)
    assert [filled.text(1, c) for c in (TX1, CK, AVG)] == [
        filled.text(0, c) for c in (TX1, CK, AVG)
    ]


def test_backspace_opens_an_empty_editor(filled: Screen) -> None:
    press(Key.Key_Backspace, NONE, "\b")
    assert filled.editor is not None
    assert filled.editor.text() == ""


def test_averages_follow_each_key(filled: Screen) -> None:
    before = filled.text(0, AVG)
    type_text("0")
    press(Key.Key_Return)
    assert filled.text(0, AVG) != before


@pytest.mark.parametrize(
    ("key", "end"),
    [
        (Key.Key_Home, (5, TX1)),
        (Key.Key_End, (5, COMMENT)),
        (Key.Key_Up, (4, TX3)),
        (Key.Key_Right, (5, TX4)),
    ],
)
def test_moves(filled: Screen, key: Qt.Key, end: tuple[int, int]) -> None:
    filled.go(5, TX3)
    press(key)
    assert filled.active == end


@pytest.mark.parametrize(
    ("key", "end"),
    [
        (Key.Key_Home, (0, TX1)),
        (Key.Key_End, (44, COMMENT)),
        (Key.Key_Down, (44, TX3)),
        (Key.Key_Up, (0, TX3)),
        (Key.Key_Left, (5, TX1)),
    ],
)
def test_moves_with_control(filled: Screen, key: Qt.Key, end: tuple[int, int]) -> None:
    filled.go(5, TX3)
    ctrl(key)
    assert filled.active == end


def test_control_arrow_stops_at_the_edge_of_a_filled_run(screen: Screen) -> None:
    for row in (0, 1, 2, 7):
        screen.go(row, TX1)
        type_text("8")
        press(Key.Key_Return)
    screen.go(0, TX1)
    stops = []
    for _ in range(3):
        ctrl(Key.Key_Down)
        stops.append(screen.active[0])
    assert stops == [2, 7, 44]


def test_shift_arrows_stretch_the_block_and_the_figures_follow(filled: Screen) -> None:
    filled.go(9, TX2)
    for _ in range(3):
        press(Key.Key_Down, SHIFT)
    assert filled.grid.cursor_cells.blocks == (Block(9, TX2, 12, TX2),)
    assert filled.active == (9, TX2)
    words = filled.grid.figures_in_words()
    assert words.startswith("ĐĐGtx2, STT 10 đến 13, Số ô 4, Trung bình ")
    chosen = filled.grid.table.selectionModel().selectedIndexes()
    assert {(i.row(), i.column()) for i in chosen} == {(r, TX2) for r in range(9, 13)}


def test_control_a_takes_the_column_then_the_sheet(filled: Screen) -> None:
    filled.go(3, TX2)
    ctrl(Key.Key_A)
    assert filled.grid.cursor_cells.blocks == (Block(0, TX2, 44, TX2),)
    ctrl(Key.Key_A)
    assert filled.grid.cursor_cells.blocks == (Block(0, TX1, 44, COMMENT),)
    assert filled.active == (3, TX2)


def test_head_click_takes_the_column(filled: Screen) -> None:
    head = filled.grid.table.head
    x = head.sectionViewportPosition(TX3) + 20
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(x, 40))
    assert filled.grid.cursor_cells.blocks == (Block(0, TX3, 44, TX3),)
    assert filled.grid.table.hasFocus()


def test_name_click_takes_the_row(filled: Screen) -> None:
    place = QPoint(90, 25 * 4 + 10)
    QTest.mouseClick(filled.grid.frozen.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert filled.grid.cursor_cells.blocks == (Block(4, TX1, 4, COMMENT),)


def test_mouse_drag_selects_a_block(filled: Screen) -> None:
    table = filled.grid.table
    start = table.block_rect(Block(1, TX1, 1, TX1)).center()
    end = table.block_rect(Block(3, TX2, 3, TX2)).center()
    drag(table.viewport(), start, end)
    assert filled.grid.cursor_cells.blocks == (Block(1, TX1, 3, TX2),)
    assert filled.active == (1, TX1)


def test_fill_handle_drags_one_value_down(filled: Screen) -> None:
    filled.go(0, TX1)
    table = filled.grid.table
    corner = table.block_rect(Block(0, TX1, 0, TX1)).bottomRight() - QPoint(2, 2)
    end = table.block_rect(Block(3, TX1, 3, TX1)).center()
    drag(table.viewport(), corner, end)
    assert [filled.text(row, TX1) for row in range(4)] == ["8,8"] * 4
    assert [gesture for gesture, _ in filled.sheet.calls] == ["fill"]


def test_control_d_fills_down(filled: Screen) -> None:
    filled.grid.cursor_cells.select(Block(0, TX1, 4, TX2))
    ctrl(Key.Key_D)
    assert {filled.text(row, TX1) for row in range(5)} == {"8,8"}
    assert len(filled.sheet.calls) == 1
    filled.go(8, TX1)
    ctrl(Key.Key_D)
    assert filled.text(8, TX1) == filled.text(7, TX1)


def test_control_enter_fills_the_block_with_what_was_typed(screen: Screen) -> None:
    screen.grid.cursor_cells.select(Block(0, TX1, 2, TX1))
    type_text("9")
    ctrl(Key.Key_Return)
    assert [screen.text(row, TX1) for row in range(3)] == ["9,0"] * 3
    assert [gesture for gesture, _ in screen.sheet.calls] == ["fill"]


def test_telex_into_a_comment(screen: Screen) -> None:
    """Unikey takes the letter back and sends the marked one: "Tiến bộ"."""
    screen.go(0, COMMENT)
    telex([(0, "Tie"), (1, "ê"), (0, "n"), (2, "ến"), (0, " bo"), (1, "ô"), (1, "ộ")])
    assert screen.editor is not None
    assert screen.editor.text() == "Tiến bộ"
    press(Key.Key_Return)
    assert screen.text(0, COMMENT) == "Tiến bộ"


def test_telex_first_letter_is_replaced_in_the_editor(screen: Screen) -> None:
    screen.go(0, COMMENT)
    telex([(0, "d"), (1, "đ"), (0, "a"), (1, "ã")])
    assert screen.editor is not None
    assert screen.editor.text() == "đã"


def test_an_input_method_opens_a_closed_cell(screen: Screen) -> None:
    screen.go(0, COMMENT)
    compose(["t", "tô", "tốt"], "tốt")
    assert screen.editor is not None
    assert screen.editor.text() == "tốt"
    press(Key.Key_Return)
    assert screen.text(0, COMMENT) == "tốt"


def test_decomposed_typing_is_stored_composed(screen: Screen) -> None:
    screen.go(0, COMMENT)
    type_text("bo\u0302\u0323")
    press(Key.Key_Return)
    assert screen.text(0, COMMENT) == "bộ"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("d", "Đ"), ("D", "Đ"), ("đ", "Đ"), ("Đ", "Đ"), ("cd", "CĐ"), ("CĐ", "CĐ"), ("cđ", "CĐ")],
)
def test_levels_of_a_comment_subject_are_folded(qtbot, look, typed: str, stored: str) -> None:
    screen = Screen(qtbot, look, FakeMarkSheet(kind=SubjectKind.COMMENTS, filled=False))
    type_text(typed)
    press(Key.Key_Return)
    assert screen.text(0, TX1) == stored
    assert screen.active == (1, TX1)


def test_levels_are_counted_in_the_bar(qtbot, look) -> None:
    screen = Screen(qtbot, look, FakeMarkSheet(kind=SubjectKind.COMMENTS))
    ctrl(Key.Key_A)
    assert "Số ô 45, Đạt 45, Chưa đạt 0" in screen.grid.figures_in_words()


def test_commit_pending_saves_the_half_typed_cell(screen: Screen) -> None:
    type_text("8")
    assert screen.grid.commit_pending()
    assert screen.text(0, TX1) == "8,0"
    assert screen.editor is None


def test_losing_the_focus_saves_the_half_typed_cell(screen: Screen) -> None:
    other = QPushButton("khác", screen.window)
    screen.window.layout().addWidget(other)
    other.show()
    type_text("8")
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert screen.text(0, TX1) == "8,0"
    assert screen.editor is None


def test_click_elsewhere_saves_then_moves(screen: Screen) -> None:
    type_text("8")
    table = screen.grid.table
    place = table.block_rect(Block(3, GK, 3, GK)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert screen.text(0, TX1) == "8,0"
    assert screen.active == (3, GK)


def test_undo_and_redo_are_commands_of_their_own(screen: Screen) -> None:
    type_text("8")
    press(Key.Key_Return)
    type_text("7")
    press(Key.Key_Return)
    ctrl(Key.Key_Z)
    assert (screen.text(0, TX1), screen.text(1, TX1)) == ("8,0", "")
    assert screen.active == (1, TX1)
    ctrl(Key.Key_Z)
    assert screen.text(0, TX1) == ""
    ctrl(Key.Key_Y)
    assert screen.text(0, TX1) == "8,0"
    assert [gesture for gesture, _ in screen.sheet.calls] == ["key", "key", "undo", "undo", "redo"]


def test_undo_inside_the_editor_is_the_editors_own(screen: Screen) -> None:
    type_text("8")
    press(Key.Key_Return)
    type_text("75")
    ctrl(Key.Key_Z)
    assert screen.text(0, TX1) == "8,0"
    assert screen.editor is not None


def test_refused_undo_is_forgotten_not_repeated(screen: Screen) -> None:
    type_text("8")
    press(Key.Key_Return)
    screen.sheet.locked.add("HK1.tx1")
    ctrl(Key.Key_Z)
    assert screen.text(0, TX1) == "8,0"
    assert "đã khóa" in screen.popover_words()
    assert screen.grid.gestures.stack.count() == 0


def test_reload_forgets_undo(screen: Screen) -> None:
    type_text("8")
    press(Key.Key_Return)
    screen.grid.load()
    assert screen.grid.gestures.stack.count() == 0


def test_undo_brings_an_explicit_state_back(qtbot, look) -> None:
    screen = Screen(qtbot, look, picture_sheet())
    key = screen.sheet.key(13, "HK1.ck")
    screen.sheet.locked.clear()
    screen.grid.load()
    screen.go(13, CK)
    type_text("7")
    press(Key.Key_Return)
    assert screen.text(13, CK) == "7,0"
    ctrl(Key.Key_Z)
    assert screen.text(13, CK) == "chờ bù"
    assert screen.grid.model.view_of(key).note == "Ốm, nằm viện"


def test_undo_of_marks_and_states_together_is_one_command(qtbot, look) -> None:
    """A pasted, cleared or filled block may hold both; one entry of the trail takes it back."""
    sheet = picture_sheet()
    sheet.locked.clear()
    screen = Screen(qtbot, look, sheet)
    keys = [sheet.key(row, "HK1.tx4") for row in (11, 12)]
    before = [screen.grid.model.view_of(key) for key in keys]
    assert [view.text for view in before][1] == "miễn"
    screen.grid.gestures.set_state(keys, CellState.PENDING_MAKEUP, "Ốm")
    ctrl(Key.Key_Z)
    assert [screen.grid.model.view_of(key) for key in keys] == before
    ctrl(Key.Key_Y)
    after = [screen.grid.model.view_of(key) for key in keys]
    assert [(view.text, view.note) for view in after] == [("chờ bù", "Ốm")] * 2
    ctrl(Key.Key_Z)
    assert [screen.grid.model.view_of(key) for key in keys] == before
    assert [call for call, _ in sheet.calls] == ["state:PENDING_MAKEUP", "undo", "redo", "undo"]


def test_the_last_missing_mark_turns_the_red_due_date_normal(qtbot, look) -> None:
    sheet = picture_sheet()
    sheet.locked.clear()
    screen = Screen(qtbot, look, sheet)
    model = screen.grid.model
    at = model.position_of(sheet.key(0, "HK1.tx4"))[1]
    told: list[int] = []
    model.headerDataChanged.connect(lambda _way, first, _last: told.append(first))
    missing = [row for row in range(45) if model.cell(row, at).missing]
    assert model.column_at(at).overdue
    assert len(missing) > 1
    for row in missing:
        assert model.column_at(at).overdue
        model.set_cells({model.key_at(row, at): "8"}, "key")
    assert not model.column_at(at).overdue
    assert told == [at]
    assert screen.grid.model.sheet.corrected_count == 2
    model.set_cells({model.key_at(missing[0], at): ""}, "clear")
    assert model.column_at(at).overdue
    assert told == [at, at]


def test_copy_and_cut_go_to_the_clipboard(filled: Screen) -> None:
    filled.grid.cursor_cells.select(Block(0, TX1, 1, TX2))
    expected = [[filled.text(row, c) for c in (TX1, TX2)] for row in (0, 1)]
    ctrl(Key.Key_C)
    text = QGuiApplication.clipboard().text()
    assert text == "".join("\t".join(row) + "\n" for row in expected)
    assert filled.sheet.calls == []
    ctrl(Key.Key_X)
    assert filled.text(0, TX1) == ""
    assert [gesture for gesture, _ in filled.sheet.calls] == ["clear"]
