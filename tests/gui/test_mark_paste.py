"""Paste and bad input: one clear sentence, nothing half-written, nothing typed lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from app.errors import EnvironmentProblem, StaleData
from tests.gui.fake_mark_sheet import FakeMarkSheet, picture_sheet
from tests.gui.mark_keyboard import ctrl, press, type_text
from tests.gui.mark_screen import AVG, COMMENT, OFFSCREEN, TX1, TX2, TX3, Screen
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.popover import Popover

pytestmark = OFFSCREEN
Key = Qt.Key


@pytest.fixture
def screen(qtbot, look) -> Screen:
    return Screen(qtbot, look, FakeMarkSheet(filled=False))


@pytest.fixture
def picture(qtbot, look) -> Screen:
    return Screen(qtbot, look, picture_sheet())


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    ctrl(Key.Key_V)


def test_paste_is_one_gesture_and_stays_selected(screen: Screen) -> None:
    paste("8\t7,5\r\n6.5\t\r\n")
    assert [screen.text(0, TX1), screen.text(0, TX2), screen.text(1, TX1)] == ["8,0", "7,5", "6,5"]
    assert [gesture for gesture, _ in screen.sheet.calls] == ["paste"]
    assert screen.grid.cursor_cells.blocks == (Block(0, TX1, 1, TX2),)
    ctrl(Key.Key_Z)
    assert screen.text(0, TX1) == ""


def test_cells_that_stay_as_they_are_are_not_written(picture: Screen) -> None:
    picture.go(0, TX3)
    paste("8,5\n9,9\n")
    assert picture.sheet.calls == [("paste", {picture.sheet.key(1, "HK1.tx3"): "9,9"})]


def test_one_value_fills_the_selection(screen: Screen) -> None:
    screen.grid.cursor_cells.select(Block(0, TX1, 4, TX1))
    paste("8\n")
    assert [screen.text(row, TX1) for row in range(5)] == ["8,0"] * 5


def test_more_rows_than_pupils_writes_nothing_and_says_so(screen: Screen) -> None:
    screen.go(40, TX1)
    paste("8\n" * 6)
    words = screen.popover_words()
    assert "Chưa dán ô nào: khối chép có 6 hàng × 1 cột, đặt từ ĐĐGtx1 STT 41" in words
    assert "thừa 1 hàng dưới học sinh cuối cùng" in words
    assert screen.sheet.calls == []
    assert screen.text(40, TX1) == ""


def test_more_columns_than_the_grid_writes_nothing(screen: Screen) -> None:
    screen.go(0, COMMENT)
    paste("a\tb")
    assert "thừa 1 cột bên phải cột cuối cùng" in screen.popover_words()
    assert screen.sheet.calls == []


def test_paste_over_locked_cells_names_each(picture: Screen) -> None:
    picture.go(0, TX2)
    paste("1\t2\n3\t4\n")
    words = picture.popover_words()
    assert "2 trong 4 ô" in words
    assert "Ô ĐĐGtx2 của Bùi Hoài An (STT 1) đã khóa." in words
    assert "Ô ĐĐGtx2 của Trịnh Bảo An (STT 2) đã khóa." in words
    assert picture.sheet.calls == []
    assert picture.text(0, TX3) == "8,5"


def test_many_refused_cells_are_counted_not_listed(picture: Screen) -> None:
    picture.go(0, TX2)
    paste("1\n" * 9)
    words = picture.popover_words()
    assert words.count("đã khóa") == 6
    assert "và 3 ô nữa" in words


def test_paste_over_an_average_is_refused(screen: Screen) -> None:
    screen.go(0, AVG)
    paste("8")
    assert "đã khóa" in screen.popover_words()
    assert screen.sheet.calls == []


@pytest.mark.parametrize("bad", ["10,5", "-1", "7,25", "75", "l0", "8,,5", "miễn", "=cmd"])
def test_one_bad_cell_refuses_the_whole_paste(screen: Screen, bad: str) -> None:
    paste(f"8\n{bad}\n7\n")
    assert screen.sheet.calls == []
    assert screen.text(0, TX1) == ""
    assert bad in screen.popover_words()


@pytest.mark.parametrize("bad", ["10,5", "-1", "7,25", "75", "l0", "8,,5"])
def test_bad_typing_keeps_the_text_the_focus_and_the_old_value(screen: Screen, bad: str) -> None:
    type_text(bad)
    press(Key.Key_Return)
    editor = screen.editor
    assert editor is not None
    assert editor.text() == bad
    assert editor.hasFocus()
    assert bad in screen.popover_words()
    assert screen.text(0, TX1) == ""
    assert screen.active == (0, TX1)
    assert not screen.grid.commit_pending()
    press(Key.Key_Escape)
    assert screen.popover_words() == ""
    assert screen.grid.commit_pending()


def test_mended_typing_is_accepted_and_the_sentence_goes(screen: Screen) -> None:
    type_text("85")
    press(Key.Key_Return)
    assert screen.popover_words()
    press(Key.Key_Left)
    type_text(",")
    press(Key.Key_Return)
    assert screen.text(0, TX1) == "8,5"
    assert screen.popover_words() == ""


def test_decomposed_paste_is_stored_composed(screen: Screen) -> None:
    screen.go(0, COMMENT)
    paste("Tie\u0302\u0301n bo\u0302\u0323")
    assert screen.text(0, COMMENT) == "Tiến bộ"


def test_quoted_comment_with_line_breaks_stays_one_cell(screen: Screen) -> None:
    screen.go(0, COMMENT)
    paste('"Chăm chỉ,\ncần mạnh dạn."\nTốt.\n')
    assert screen.text(0, COMMENT) == "Chăm chỉ, cần mạnh dạn."
    assert screen.text(1, COMMENT) == "Tốt."


def test_too_long_a_comment_keeps_the_text(screen: Screen) -> None:
    screen.go(0, COMMENT)
    type_text("a" * 121)
    press(Key.Key_Return)
    assert screen.editor is not None
    assert len(screen.editor.text()) == 121
    assert "bớt 1 chữ cái" in screen.popover_words()


def test_no_question_before_a_refusal(picture: Screen) -> None:
    picture.sheet.guard = "Số liệu giống cột ĐĐGgk hơn."
    picture.go(0, TX2)
    paste("1\n" * 12)
    assert not picture.grid.guard.isVisible()
    assert "đã khóa" in picture.popover_words()


def test_a_refusal_is_shown_whole(picture: Screen) -> None:
    """Every line of the sentence fits into the popover."""
    picture.go(0, TX2)
    paste("1\n" * 9)
    [popover] = [p for p in picture.window.findChildren(Popover) if p.isVisible()]
    QApplication.sendPostedEvents()
    label = max(popover.findChildren(QLabel), key=lambda found: len(found.text()))
    assert label.height() >= label.heightForWidth(label.width())


def test_small_paste_is_not_guarded(screen: Screen) -> None:
    screen.sheet.guard = "Số liệu giống cột ĐĐGgk hơn."
    paste("8\n" * 9)
    assert screen.sheet.asked_to_check == []
    assert screen.text(8, TX1) == "8,0"


def test_guard_silent_means_written(screen: Screen) -> None:
    paste("8\n" * 10)
    assert len(screen.sheet.asked_to_check) == 1
    assert screen.text(9, TX1) == "8,0"


@pytest.fixture
def doubted(screen: Screen) -> Screen:
    screen.sheet.guard = "Dán vào ĐĐGtx2, nhưng số liệu giống cột ĐĐGgk hơn."
    screen.go(0, TX2)
    paste("8\n" * 10)
    assert screen.grid.guard.isVisible()
    assert screen.grid.guard.sentence.text() == screen.sheet.guard
    assert screen.sheet.calls == []
    return screen


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_guard_is_safe_by_default(doubted: Screen, key: Qt.Key) -> None:
    assert doubted.grid.guard.decline.hasFocus()
    press(key)
    assert not doubted.grid.guard.isVisible()
    assert doubted.sheet.calls == []
    assert doubted.grid.table.hasFocus()


def test_guard_names_the_column_and_writes_when_told(doubted: Screen) -> None:
    accept = doubted.grid.guard.accept
    assert accept.text() == "Vẫn dán vào ĐĐGtx2"
    accept.click()
    assert doubted.text(9, TX2) == "8,0"
    assert [gesture for gesture, _ in doubted.sheet.calls] == ["paste"]


def test_guard_is_forgotten_when_work_goes_on(doubted: Screen) -> None:
    doubted.grid.table.setFocus()
    press(Key.Key_Down)
    assert not doubted.grid.guard.isVisible()
    assert not doubted.grid.gestures.paste_anyway()
    assert doubted.sheet.calls == []


def test_a_refusal_after_the_question_points_at_its_cell(doubted: Screen) -> None:
    doubted.grid.table.setFocus()
    doubted.go(12, TX1)
    paste("8\n" * 40)
    QApplication.sendPostedEvents()
    [popover] = [p for p in doubted.window.findChildren(Popover) if p.isVisible()]
    table = doubted.grid.table
    here = table.block_rect(Block(12, TX1, 12, TX1))
    assert table.viewport().rect().contains(here)
    cell = table.viewport().mapTo(doubted.window, here.center())
    assert abs(popover.y() + popover._beak_y - cell.y()) <= 13


def test_a_list_without_the_departed_is_asked_about_and_goes_round(qtbot, look) -> None:
    sheet = FakeMarkSheet(filled=False)
    sheet.left = {11: date(2026, 11, 20)}
    screen = Screen(qtbot, look, sheet)
    paste("".join(f"{at % 10}\n" for at in range(44)))
    guard = screen.grid.guard
    assert guard.isVisible()
    assert "44 em đang học" in guard.sentence.text()
    assert "Phạm Tiến Dũng" in guard.sentence.text()
    assert (guard.accept.text(), guard.other.text()) == ("Bỏ qua hàng đã gạch", "Dán thẳng hàng")
    assert guard.decline.hasFocus()
    assert sheet.calls == []
    guard.accept.click()
    assert screen.text(10, TX1) == "0,0"
    assert screen.text(11, TX1) == ""
    assert screen.text(12, TX1) == "1,0"
    assert screen.text(44, TX1) == "3,0"
    assert [gesture for gesture, _ in sheet.calls] == ["paste"]
    ctrl(Key.Key_Z)
    assert screen.text(44, TX1) == ""


def test_the_wrong_column_guard_still_asks_after_the_rows(qtbot, look) -> None:
    sheet = FakeMarkSheet(filled=False)
    sheet.left = {11: date(2026, 11, 20)}
    sheet.guard = "Giống cột ĐĐGgk hơn."
    screen = Screen(qtbot, look, sheet)
    paste("8\n" * 44)
    guard = screen.grid.guard
    guard.other.click()
    assert guard.isVisible()
    assert guard.sentence.text() == sheet.guard
    assert not guard.other.isVisible()
    assert guard.decline.hasFocus()
    guard.accept.click()
    assert screen.text(43, TX1) == "8,0"
    assert screen.text(44, TX1) == ""


def test_names_in_the_clipboard_lead_each_mark_to_its_pupil(screen: Screen) -> None:
    screen.go(20, TX2)
    paste("1\tTrịnh Bảo An\t9\t\n2\tBùi Hoài An\t8\t7\n3\tKhông Ai Cả\t1\t1\n")
    guard = screen.grid.guard
    assert "Không Ai Cả" in guard.sentence.text()
    assert guard.accept.text() == "Dán theo họ tên"
    assert not guard.other.isVisible()
    guard.accept.click()
    assert [screen.text(0, TX2), screen.text(0, TX3)] == ["8,0", "7,0"]
    assert [screen.text(1, TX2), screen.text(1, TX3)] == ["9,0", ""]
    assert screen.text(20, TX2) == ""


def test_a_locked_column_is_refused_without_a_question(qtbot, look) -> None:
    sheet = FakeMarkSheet(filled=False, locked=("HK1.tx1",))
    sheet.left = {11: date(2026, 11, 20)}
    screen = Screen(qtbot, look, sheet)
    paste("8\n" * 44)
    assert not screen.grid.guard.isVisible()
    assert "đã khóa" in screen.popover_words()


def test_names_with_too_many_columns_write_nothing(screen: Screen) -> None:
    screen.go(0, COMMENT)
    paste("Bùi Hoài An\t8\t7\n")
    screen.grid.guard.accept.click()
    assert "thừa 1 cột" in screen.popover_words()
    assert screen.sheet.calls == []


def test_names_without_a_single_mark_write_nothing(screen: Screen) -> None:
    paste("Bùi Hoài An\t\nTrịnh Bảo An\t\n")
    screen.grid.guard.accept.click()
    assert "không có điểm nào" in screen.popover_words()
    assert screen.sheet.calls == []


def test_one_value_and_fill_down_leave_struck_rows_out(qtbot, look) -> None:
    sheet = FakeMarkSheet(filled=False)
    sheet.left = {2: date(2026, 11, 20)}
    screen = Screen(qtbot, look, sheet)
    screen.grid.cursor_cells.select(Block(0, TX1, 4, TX1))
    paste("8\n")
    assert [screen.text(row, TX1) for row in range(5)] == ["8,0", "8,0", "", "8,0", "8,0"]
    screen.go(0, TX2)
    type_text("6")
    press(Key.Key_Return)
    screen.grid.cursor_cells.select(Block(0, TX2, 4, TX2))
    ctrl(Key.Key_D)
    assert [screen.text(row, TX2) for row in range(5)] == ["6,0", "6,0", "", "6,0", "6,0"]
    screen.go(2, TX1)
    paste("8\n")
    assert screen.text(2, TX1) == ""
    assert "STT 3" in screen.popover_words()


def test_stale_sheet_reloads_keeps_the_typed_text_and_writes_nothing(screen: Screen) -> None:
    screen.go(2, TX1)
    screen.sheet.outside(0, "HK1.tx1", 90)
    type_text("8")
    press(Key.Key_Return)
    assert [type(error) for error in screen.voice.said] == [StaleData]
    assert screen.text(0, TX1) == "9,0"
    assert screen.text(2, TX1) == ""
    assert screen.editor is not None
    assert screen.editor.text() == "8"
    press(Key.Key_Return)
    assert screen.text(2, TX1) == "8,0"


def test_stale_sheet_with_another_roster_reopens_the_typed_text(screen: Screen) -> None:
    screen.go(2, TX1)
    screen.sheet.outside(0, "HK1.tx1", 90)
    screen.sheet.names = (*screen.sheet.names, "Vũ Hải Yến")
    type_text("8")
    press(Key.Key_Return)
    assert screen.active == (2, TX1)
    assert screen.editor is not None
    assert screen.editor.text() == "8"


def test_disk_full_keeps_the_typed_text(screen: Screen) -> None:
    screen.sheet.next_error = EnvironmentProblem("disk_full", "Đĩa đầy; điểm chưa được ghi.")
    type_text("8")
    press(Key.Key_Return)
    assert [error.code for error in screen.voice.said] == ["disk_full"]
    assert screen.editor is not None
    assert screen.editor.text() == "8"
    press(Key.Key_Return)
    assert screen.text(0, TX1) == "8,0"


def test_typing_into_a_locked_cell_asks_why(picture: Screen, qtbot) -> None:
    picture.go(11, TX1)
    with qtbot.waitSignal(picture.grid.why_asked) as asked:
        type_text("8")
    assert asked.args == [picture.sheet.key(11, "HK1.tx1")]
    assert picture.editor is None
    with qtbot.waitSignal(picture.grid.why_asked):
        press(Key.Key_F2)


def test_delete_over_a_locked_cell_is_refused(picture: Screen) -> None:
    picture.grid.cursor_cells.select(Block(0, TX2, 0, TX3))
    press(Key.Key_Delete)
    assert "đã khóa" in picture.popover_words()
    assert picture.text(0, TX3) == "8,5"


def test_copy_of_two_blocks_is_refused(picture: Screen) -> None:
    picture.go(0, TX3)
    picture.grid.cursor_cells.add(4, TX3)
    ctrl(Key.Key_C)
    assert "Chỉ chép được một khối" in picture.popover_words()
