"""Sổ điểm as a page: tool row, pickers, why, states, dates, switching sheets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from app.changes import CommandResult, Topic
from app.domain.ids import ClassId, SubjectId
from app.domain.marks import CellState, MarkCell
from app.domain.periods import Term
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.mark_sheet import SheetId
from tests.gui.fake_mark_sheet import FakeMarkSheet, picture_sheet
from tests.gui.mark_keyboard import press, type_text
from tests.gui.mark_screen import CK, OFFSCREEN, TX1, TX3, TX4
from ui.change_bus import ChangeBus
from ui.models.mark_grid_model import FIRST_CELL, Section
from ui.pages.marks.cell_dialogs import DatesDialog, StateDialog
from ui.pages.marks.page import MarksPage
from ui.pages.marks.presenter import SheetChoice
from ui.theme.tokens import Mode
from ui.widgets.mark_grid.blocks import Block
from ui.widgets.popover import WhyPopover

pytestmark = OFFSCREEN
Key = Qt.Key
MATHS = SheetId(ClassId(7), SubjectId(1))
COMPUTING = SheetId(ClassId(7), SubjectId(2))
OTHER_CLASS = SheetId(ClassId(8), SubjectId(1))
CHOICES = (
    SheetChoice(MATHS, "7A2", "Toán"),
    SheetChoice(COMPUTING, "7A2", "Tin học"),
    SheetChoice(OTHER_CLASS, "7A3", "Toán"),
)


class Frame:
    """FramePort: what the page told the window."""

    def __init__(self) -> None:
        self.lock = ("", True)
        self.toasts: list[str] = []

    def toast(self, sentence: str, tone: str = "accent", action: object = None) -> None:
        self.toasts.append(sentence)

    def set_lock(self, text: str, *, is_open: bool) -> None:
        self.lock = (text, is_open)


class Runner:
    """CommandRunner without jobs: refusals and results are kept."""

    def __init__(self) -> None:
        self.refusals: list[AppError] = []
        self.published: list[CommandResult] = []

    def run(self, command: Callable[[], CommandResult], **_: Any) -> CommandResult | None:
        result = self.ask(command)
        if result is not None:
            self.published.append(result)
        return result

    def ask(self, question: Callable[[], Any], **_: Any) -> Any:
        try:
            return question()
        except AppError as error:
            self.refusals.append(error)
            return None

    def fail(self, error: AppError, at: object = None) -> None:
        self.refusals.append(error)

    def publish(self, result: CommandResult, initiator: object = None) -> None:
        self.published.append(result)


@pytest.fixture
def runner() -> Runner:
    return Runner()


@pytest.fixture
def sheets() -> dict[SheetId, FakeMarkSheet]:
    return {MATHS: picture_sheet(), COMPUTING: FakeMarkSheet(), OTHER_CLASS: FakeMarkSheet()}


@pytest.fixture
def frame_port() -> Frame:
    return Frame()


@pytest.fixture
def bare_page(qtbot, look, runner, sheets, frame_port, bus: ChangeBus) -> MarksPage:
    page = MarksPage(look, runner, bus, frame_port, lambda sheet: sheets[sheet])
    page.resize(1198, 688)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def page(bare_page: MarksPage) -> MarksPage:
    bare_page.set_choices(CHOICES)
    return bare_page


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_without_assignments_it_says_what_to_do(bare_page: MarksPage) -> None:
    bare_page.set_choices([])
    assert bare_page.grid is None
    assert "chưa được phân công" in words_of(bare_page)
    assert not bare_page.confirm_button.isEnabled()


def test_opens_the_first_sheet_with_its_counts(page: MarksPage, frame_port: Frame) -> None:
    assert page.presenter.sheet == MATHS
    assert [label.text() for label in (page.missing, page.late, page.corrected)] == [
        "5 ô thiếu",
        "5 ô vào muộn",
        "2 ô đã sửa",
    ]
    assert frame_port.lock == ("Đang mở đến 15/01", True)
    assert page.classes.combo.currentText() == "7A2"
    assert page.subjects.combo.currentText() == "Toán"


def test_counts_and_status_follow_a_key(page: MarksPage, runner: Runner) -> None:
    page.presenter.next_missing()
    type_text("7")
    press(Key.Key_Return)
    assert page.missing.text() == "4 ô thiếu"
    [result] = runner.published
    assert result.summary == "Đã lưu 1 ô"
    assert result.topics == {Topic.MARKS, Topic.RESULTS}
    assert result.class_id == 7


def test_next_missing_wraps_round(page: MarksPage) -> None:
    rows = []
    for _ in range(6):
        page.next_button.click()
        rows.append(page.grid.cursor_cells.active)
    assert rows == [(row, TX4) for row in (5, 15, 17, 20, 30, 5)]


def test_next_missing_saves_the_open_cell_first(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(0, TX3)
    type_text("9")
    page.presenter.next_missing()
    assert sheets[MATHS].text(0, "HK1.tx3") == "9,0"


def test_next_missing_stays_with_a_refused_text(page: MarksPage) -> None:
    page.grid.cursor_cells.go(0, TX3)
    type_text("99")
    page.presenter.next_missing()
    assert page.grid.cursor_cells.active == (0, TX3)
    assert page.grid.table.open_editor().text() == "99"
    assert not page.commit_pending()


def test_confirm(page: MarksPage, runner: Runner, sheets) -> None:
    page.confirm_button.click()
    assert sheets[MATHS].confirmed == 1
    assert runner.published[-1].summary == "Đã xác nhận Toán 7A2"


def test_confirm_means_the_term_on_screen_and_says_so(
    page: MarksPage, frame_port: Frame, sheets
) -> None:
    page.sections.chosen.emit("HK2")
    page.confirm_button.click()
    assert sheets[MATHS].confirmed_term is Term.HK2
    assert frame_port.toasts[-1] == "Đã xác nhận Toán 7A2"
    page.sections.chosen.emit("YEAR")
    page.confirm_button.click()
    assert sheets[MATHS].confirmed_term is None


def test_the_chip_speaks_of_the_term_on_screen(page: MarksPage, frame_port: Frame, sheets) -> None:
    chips = {
        Term.HK1: ("Đã chốt 22/01 theo QĐ số 57/QĐ-THCS", False),
        Term.HK2: ("Đang mở đến 31/05", True),
    }
    sheets[MATHS].term_chips = chips
    page.presenter.refresh()
    assert frame_port.lock == chips[Term.HK1]
    page.sections.chosen.emit("HK2")
    assert frame_port.lock == chips[Term.HK2]


def test_it_opens_at_the_running_term(bare_page: MarksPage, sheets) -> None:
    sheets[MATHS].term_chips = {Term.HK1: ("Đã chốt", False), Term.HK2: ("Đang mở", True)}
    sheets[MATHS].current_term = Term.HK2
    bare_page.set_choices(CHOICES)
    assert bare_page.grid.model.section is Section.HK2
    assert bare_page.sections.current() == Section.HK2.value
    # The next sheet opens where the person is looking, not where the calendar is.
    bare_page.sections.chosen.emit("HK1")
    sheets[COMPUTING].term_chips = sheets[MATHS].term_chips
    sheets[COMPUTING].current_term = Term.HK2
    bare_page.presenter.open(COMPUTING)
    assert bare_page.grid.model.section is Section.HK1


def test_next_goes_to_an_empty_cell_when_none_is_overdue(page: MarksPage, sheets) -> None:
    sheets[COMPUTING].put(3, "HK1.tx2", MarkCell())
    page.open_sheet(COMPUTING)
    assert page.grid.model.sheet.missing_count == 0
    assert page.next_button.isEnabled()
    page.grid.cursor_cells.go(0, TX1)
    page.next_button.click()
    assert page.grid.cursor_cells.active == (3, TX1 + 1)


def test_confirm_refused(page: MarksPage, runner: Runner, sheets) -> None:
    sheets[MATHS].next_error = RuleRefused("cells_missing", "Còn 5 học sinh chưa có ĐĐGtx4.")
    page.confirm_button.click()
    assert [error.code for error in runner.refusals] == ["cells_missing"]
    assert sheets[MATHS].confirmed == 0


def test_sections_keep_the_pupil(page: MarksPage) -> None:
    page.grid.cursor_cells.go(6, TX4)
    page.sections.chosen.emit("HK2")
    assert page.grid.model.section is Section.HK2
    assert page.grid.cursor_cells.active == (6, TX4)
    page.sections.chosen.emit("YEAR")
    assert page.grid.model.columnCount() == FIRST_CELL + 15


def test_section_stays_when_the_open_text_is_refused(page: MarksPage) -> None:
    page.grid.cursor_cells.go(0, TX3)
    type_text("99")
    page.sections.chosen.emit("HK2")
    assert page.grid.model.section is Section.HK1
    assert page.sections.current() == "HK1"


def test_switching_sheets_keeps_the_place_and_remembers_it(page: MarksPage) -> None:
    page.grid.cursor_cells.go(9, TX3)
    page.subjects.combo.picked.emit(2)
    assert page.presenter.sheet == COMPUTING
    assert page.grid.cursor_cells.active == (9, TX3)
    page.grid.cursor_cells.go(2, TX1)
    page.subjects.combo.picked.emit(1)
    assert page.grid.cursor_cells.active == (9, TX3)
    page.classes.combo.picked.emit(8)
    assert page.presenter.sheet == OTHER_CLASS
    assert page.subjects.combo.count() == 1


def test_the_term_on_the_screen_outlives_a_change_of_sheet(page: MarksPage) -> None:
    page.sections.chosen.emit("HK2")
    page.grid.cursor_cells.go(3, TX3)
    page.subjects.combo.picked.emit(2)
    page.sections.chosen.emit("HK1")
    page.grid.cursor_cells.go(5, TX1)
    page.subjects.combo.picked.emit(1)
    # Maths was left in học kì II, but học kì I is what the person chose since.
    assert page.grid.model.section is Section.HK1
    assert page.sections.current() == "HK1"
    assert page.grid.cursor_cells.active == (5, TX1)


def test_switching_saves_the_open_cell_first(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(0, TX3)
    type_text("9")
    assert page.open_sheet(COMPUTING)
    assert sheets[MATHS].text(0, "HK1.tx3") == "9,0"


def test_switching_is_refused_while_a_text_is(page: MarksPage) -> None:
    page.grid.cursor_cells.go(0, TX3)
    type_text("99")
    page.subjects.combo.picked.emit(2)
    assert page.presenter.sheet == MATHS
    assert page.subjects.combo.currentText() == "Toán"


def test_a_sheet_that_cannot_be_read_leaves_the_old_one(
    page: MarksPage, sheets, runner: Runner
) -> None:
    sheets[COMPUTING].next_error = AccessDenied("not_yours", "Sổ này của giáo viên khác.")
    assert not page.open_sheet(COMPUTING)
    assert page.presenter.sheet == MATHS
    assert page.grid.model.sheet.rows
    assert [error.code for error in runner.refusals] == ["not_yours"]


def test_open_at_a_cell_of_the_other_term(page: MarksPage, sheets) -> None:
    assert page.open_sheet(MATHS, sheets[MATHS].key(4, "HK2.gk"))
    assert page.grid.model.section is Section.HK2
    assert page.grid.active_key() == sheets[MATHS].key(4, "HK2.gk")


def test_goes_to_a_cell_by_name(page: MarksPage, sheets) -> None:
    page.go_to(class_id=8, subject_id=1, pupil_id=104, column="HK2.tx1", other="ignored")
    assert page.presenter.sheet == OTHER_CLASS
    assert page.grid.active_key() == sheets[OTHER_CLASS].key(4, "HK2.tx1")
    page.go_to(class_id=99, subject_id=1)
    page.go_to()
    assert page.presenter.sheet == OTHER_CLASS


def test_lock_chip_comes_back_with_the_page(page: MarksPage, frame_port: Frame, qtbot) -> None:
    page.hide()
    page.show()
    frame_port.set_lock("", is_open=True)
    qtbot.waitUntil(lambda: frame_port.lock[0] == "Đang mở đến 15/01")


def test_a_draft_survives_the_automatic_lock_unsaved(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(3, TX3)
    type_text("7")
    draft = page.hold_draft()
    assert page.grid.table.open_editor() is None
    assert sheets[MATHS].calls == []
    page.grid.cursor_cells.go(0, TX1)
    page.return_draft(draft)
    assert page.grid.cursor_cells.active == (3, TX3)
    assert page.grid.table.open_editor().text() == "7"
    press(Key.Key_Return)
    assert sheets[MATHS].text(3, "HK1.tx3") == "7,0"
    assert page.hold_draft() is None


def test_changes_elsewhere_reload(page: MarksPage, sheets, bus: ChangeBus) -> None:
    sheets[MATHS].outside(0, "HK1.tx1", 10)
    bus.publish(CommandResult(frozenset({Topic.CORRECTIONS}), 1, class_id=7))
    assert page.grid.model.cell(0, TX1).text == "1,0"
    loads = sheets[MATHS].loads
    bus.publish(CommandResult(frozenset({Topic.MARKS}), 2, class_id=99))
    bus.publish(CommandResult(frozenset({Topic.MARKS}), 3, class_id=7), page)
    assert sheets[MATHS].loads == loads


def test_why_is_answered_at_the_cell_and_opens_a_case(page: MarksPage, sheets, qtbot) -> None:
    page.grid.cursor_cells.select(Block(9, CK, 12, CK), (11, CK))
    type_text("8")
    [popover] = page.findChildren(WhyPopover)
    said = words_of(popover)
    assert "<b>Phạm Tiến Dũng</b>" in said
    assert "Trần Thị Minh Hà, phó hiệu trưởng" in said
    [action] = [b for b in popover.findChildren(QPushButton) if "Lập hồ sơ" in b.text()]
    with qtbot.waitSignal(page.correction_requested) as asked:
        action.click()
    assert asked.args == [[sheets[MATHS].key(row, "HK1.ck") for row in range(9, 13)]]


def test_an_arrow_leaves_the_answer_and_moves_on(page: MarksPage) -> None:
    page.grid.cursor_cells.go(11, CK)
    type_text("8")
    [popover] = page.findChildren(WhyPopover)
    assert popover.hasFocus()
    press(Key.Key_Down)
    assert not popover.isVisible()
    assert page.grid.cursor_cells.active == (12, CK)
    assert page.grid.table.hasFocus()


def test_escape_closes_the_answer_and_stays(page: MarksPage) -> None:
    page.grid.cursor_cells.go(11, CK)
    type_text("8")
    [popover] = page.findChildren(WhyPopover)
    press(Key.Key_Escape)
    assert not popover.isVisible()
    assert page.grid.cursor_cells.active == (11, CK)
    press(Key.Key_Up)
    assert page.grid.cursor_cells.active == (10, CK)


def test_why_of_a_computed_cell_offers_nothing(page: MarksPage, sheets) -> None:
    page.presenter.why(sheets[MATHS].key(0, "HK1.avg"))
    [popover] = page.findChildren(WhyPopover)
    assert "tự tính" in words_of(popover)
    assert not [b for b in popover.findChildren(QPushButton) if "Lập hồ sơ" in b.text()]


def test_history_lists_every_write(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(0, TX3)
    for text in ("9", "8"):
        type_text(text)
        press(Key.Key_Return)
        page.grid.cursor_cells.go(0, TX3)
    page.presenter.history(sheets[MATHS].key(0, "HK1.tx3"))
    [popover] = page.findChildren(WhyPopover)
    said = words_of(popover)
    assert "2 lần ghi" in said
    assert "8,5 → 9" in said


def test_import_is_asked_for_the_open_sheet(page: MarksPage, qtbot) -> None:
    with qtbot.waitSignal(page.import_requested) as asked:
        page.import_button.click()
    assert asked.args == [MATHS]


def state_dialog(page: MarksPage, state: CellState) -> StateDialog:
    page.presenter.set_state(state)
    [dialog] = page.findChildren(StateDialog)
    return dialog


def test_a_state_needs_a_reason(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(0, TX3)
    dialog = state_dialog(page, CellState.PENDING_MAKEUP)
    dialog.confirm.click()
    assert dialog.isVisible()
    assert sheets[MATHS].calls == []
    dialog.reason.setText("Ốm, thầy Nam cho kiểm tra bù")
    dialog.confirm.click()
    assert not dialog.isVisible()
    assert page.grid.model.cell(0, TX3).text == "chờ bù"
    assert page.grid.model.cell(0, TX3).note == "Ốm, thầy Nam cho kiểm tra bù"


def test_a_state_goes_to_the_whole_selection_and_can_be_undone(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.select(Block(0, TX3, 2, TX3))
    dialog = state_dialog(page, CellState.EXEMPT)
    assert dialog.confirm.text() == "Ghi miễn cho 3 ô"
    dialog.reason.setText("QĐ 30")
    dialog.confirm.click()
    shown = [page.grid.model.cell(row, TX3).text for row in range(3)]
    assert shown == ["miễn"] * 3
    page.grid.gestures.undo()
    assert page.grid.model.cell(0, TX3).text == "8,5"
    page.grid.gestures.redo()
    assert page.grid.model.cell(0, TX3).text == "miễn"


def test_a_refused_state_says_so_in_the_dialog(page: MarksPage, sheets) -> None:
    page.grid.cursor_cells.go(0, TX3)
    dialog = state_dialog(page, CellState.TRANSFERRED)
    dialog.reason.setText("THCS Hòa Bình")
    dialog.value.setText("11")
    dialog.confirm.click()
    assert dialog.isVisible()
    assert "ngoài thang 0 đến 10" in words_of(dialog)
    assert sheets[MATHS].calls == []


def test_dates_of_a_column(page: MarksPage) -> None:
    page.grid.table.head.column_opened.emit(TX3)
    [dialog] = page.findChildren(DatesDialog)
    dialog.test_on.setText("01/12/2026")
    dialog.due_on.setText("20/11/2026")
    dialog.confirm.click()
    assert dialog.isVisible()
    assert "Hạn vào điểm đứng trước ngày kiểm tra" in words_of(dialog)
    dialog.due_on.setText("15/12/2026")
    dialog.confirm.click()
    assert not dialog.isVisible()
    assert page.grid.model.column_at(TX3).due_on == date(2026, 12, 15)


def test_dates_are_offered_by_a_right_click_on_the_head_and_in_the_menu_of_a_cell(
    page: MarksPage,
) -> None:
    def opened() -> QMenu:
        return [m for m in page.findChildren(QMenu) if m.isVisible()][-1]

    head = page.grid.table.head
    spot = QPoint(head.sectionViewportPosition(TX3) + 5, 40)
    QApplication.sendEvent(
        head.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, head.mapToGlobal(spot)),
    )
    assert [a.text() for a in opened().actions()] == ["Ngày của cột…", "Chọn cả cột"]
    assert page.grid.cursor_cells.blocks[-1].width == 1
    assert page.grid.cursor_cells.blocks[-1].height == page.grid.model.rowCount()
    opened().actions()[0].trigger()
    [dialog] = page.findChildren(DatesDialog)
    dialog.reject()
    for menu in page.findChildren(QMenu):
        menu.close()
    head.menu_requested.emit(TX1 + 6, QPoint())
    assert [a.text() for a in opened().actions()] == ["Chọn cả cột"]  # an average
    opened().close()
    page.grid.cursor_cells.go(0, TX3)
    press(Key.Key_Menu)
    assert "dates" in {a.objectName() for a in opened().actions()}
    opened().close()


def test_nothing_is_left_to_confirm_after_a_close(bare_page: MarksPage, sheets) -> None:
    sheets[MATHS] = picture_sheet()
    sheets[MATHS].closed_terms = frozenset({Term.HK1})
    bare_page.set_choices(CHOICES[:1])
    assert not bare_page.confirm_button.isEnabled()
    bare_page.sections.chosen.emit("HK2")
    assert bare_page.confirm_button.isEnabled()


def test_sheets_one_only_looks_at_stand_under_a_heading(bare_page: MarksPage, sheets) -> None:
    viewed = SheetChoice(COMPUTING, "7A2", "Tin học", own=False)
    away = SheetChoice(OTHER_CLASS, "7A3", "Toán", own=False)
    bare_page.set_choices([CHOICES[0], viewed, away])
    for combo, words in (
        (bare_page.subjects.combo, ["Toán", "Chỉ xem", "Tin học"]),
        (bare_page.classes.combo, ["7A2", "Chỉ xem", "7A3"]),
    ):
        assert [combo.itemText(at) for at in range(combo.count())] == words
        assert not combo.model().item(1).isEnabled()
    assert bare_page.subjects.combo.current() == MATHS.subject_id
    bare_page.set_choices([viewed, away])  # the office only looks: no heading needed
    assert bare_page.classes.combo.count() == 2


def test_averages_have_no_dates(page: MarksPage) -> None:
    page.grid.table.head.column_opened.emit(TX1 + 6)
    assert page.findChildren(DatesDialog) == []


def test_menu_offers_states_only_where_typing_is_allowed(page: MarksPage) -> None:
    def menu_at(row: int, column: int) -> dict[str, bool]:
        page.grid.cursor_cells.go(row, column)
        press(Key.Key_Menu)
        menu = [m for m in page.findChildren(QMenu) if m.isVisible() and m.parent() is page][-1]
        found = {a.objectName(): a.isEnabled() for a in menu.actions() if a.objectName()}
        menu.close()
        return found

    acts = ("cut", "copy", "paste", "fill_down", "clear", "dates")
    assert menu_at(0, TX3) == dict.fromkeys(acts, True)
    locked = menu_at(0, TX1)
    assert locked["copy"]
    assert locked["why"]
    assert not locked["paste"]


def test_an_empty_class_says_what_to_do(bare_page: MarksPage, sheets) -> None:
    sheets[MATHS] = picture_sheet(())
    bare_page.set_choices(CHOICES[:1])
    assert "Lớp 7A2 chưa có học sinh" in words_of(bare_page)
    assert not bare_page.confirm_button.isEnabled()
    bare_page.presenter.next_missing()


def test_the_grid_comes_with_the_roster(bare_page: MarksPage, sheets, bus: ChangeBus) -> None:
    sheets[MATHS] = picture_sheet(())
    bare_page.set_choices(CHOICES[:1])
    sheets[MATHS].names = ("Bùi Hoài An", "Trịnh Bảo An")
    bus.publish(CommandResult(frozenset({Topic.ROSTER}), 1, class_id=7))
    assert bare_page.grid.isVisible()
    assert bare_page.grid.cursor_cells.active == (0, TX1)
    assert bare_page.confirm_button.isEnabled()
    sheets[MATHS].names = ()
    bus.publish(CommandResult(frozenset({Topic.ROSTER}), 2, class_id=7))
    assert not bare_page.grid.isVisible()


@pytest.mark.parametrize("mode", list(Mode))
def test_every_cell_state_leaves_its_mark(page: MarksPage, look, mode: Mode) -> None:
    """Not the exact picture: each special cell differs from the plain one beside it."""
    look.set_mode(mode)
    table = page.grid.table
    page.grid.cursor_cells.go(20, TX1 + 5)
    image = table.viewport().grab().toImage()

    def ink(row: int, column: int) -> set[str]:
        rect = table.block_rect(Block(row, column, row, column))
        return {
            image.pixelColor(x, y).name()
            for x in range(rect.left() + 2, rect.left() + 40)
            for y in range(rect.top() + 2, rect.bottom() - 2)
        }

    tokens = look.tokens
    plain = ink(0, TX3)
    assert plain == {tokens.paper}
    assert ink(0, TX1) == {tokens.locked}
    assert tokens.red in ink(5, TX4) | ink(15, TX4)
    for row, column in ((1, TX3), (7, TX1), (9, TX3), (13, CK), (14, CK), (3, CK - 1)):
        assert len(ink(row, column)) > 3, (row, column)


def test_clipboard_survives_the_sheet(page: MarksPage) -> None:
    page.grid.cursor_cells.go(0, TX3)
    page.grid.gestures.copy()
    page.open_sheet(COMPUTING)
    assert QGuiApplication.clipboard().text() == "8,5\n"
