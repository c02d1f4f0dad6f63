"""The reusable widgets: what they say, what they emit, how keys and words behave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.errors import RuleRefused
from app.text import date_vn
from tests.gui.keyboard import press, telex, type_text
from tests.gui.shots import colours_in, shoot
from ui.dialogs.confirm_dialog import ConfirmDialog, confirm
from ui.dialogs.entry_dialog import EntryDialog
from ui.dialogs.form_dialog import FormDialog
from ui.theme.tokens import DIALOG_HEIGHT, DIALOG_WIDTH, Mode
from ui.theme.typography import Role
from ui.widgets.buttons import Button, danger, icon_button, link, primary, secondary
from ui.widgets.cards import Card
from ui.widgets.checks import CheckBox, RadioButton
from ui.widgets.chips import Avatar, Chip, initials
from ui.widgets.combos import Combo, Picker
from ui.widgets.date_field import DateField, parse_date
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.popover import NotePopover, WhyPopover
from ui.widgets.progress import ThinBar
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.segmented import Segmented
from ui.widgets.steps import Step, StepRow, StepState
from ui.widgets.tables import TableView
from ui.widgets.task_list import Task, TaskList
from ui.widgets.toast import ToastHost

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme.look import Look


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def words_in(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


# Dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/09/2026", date(2026, 9, 5)), ("5/9/2026", date(2026, 9, 5)), ("", None),
        ("5-9-2026", date(2026, 9, 5)), ("05.09.2026", date(2026, 9, 5)), ("  ", None),
        ("05092026", date(2026, 9, 5)), (" 29/02/2028 ", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_dates_people_write(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["29/02/2027", "31/04/2026", "2026-09-05", "5/9/26", "mai", "13/13/2026", "5/9"]
)
def test_what_is_not_a_day_is_told(text: str) -> None:
    with pytest.raises(RuleRefused, match="không phải là một ngày"):
        parse_date(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_shown_date_reads_back(day: date) -> None:
    assert parse_date(date_vn(day)) == day


def test_the_date_field_tells_once_and_marks_errors(qtbot: QtBot, look: Look) -> None:
    field = DateField(look, "Ngày vào", date(2026, 9, 5))
    qtbot.addWidget(field)
    told: list[date | None] = []
    field.date_chosen.connect(told.append)
    assert field.text() == "05/09/2026"
    field.setText("6/9/2026")
    assert field.commit()
    assert field.commit()
    assert told == [date(2026, 9, 6)]
    assert field.text() == "06/09/2026"
    field.setText("32/1/2026")
    with qtbot.waitSignal(field.refused):
        assert not field.commit()
    assert field.property("ring") == "red"
    field.set_value(None)
    assert field.value() is None
    assert field.property("ring") == ""


# Fields and choices


def test_a_labelled_field_has_a_buddy_and_a_name(qtbot: QtBot, look: Look) -> None:
    field = TextField(look, "")
    box = LabelledField(look, "Họ và tên", field, "Như trong giấy khai sinh")
    qtbot.addWidget(box)
    label = box.findChildren(QLabel)[0]
    assert label.buddy() is field
    assert field.accessibleName() == "Họ và tên"
    box.set_error("Chưa ghi tên.")
    assert box.error() == "Chưa ghi tên."
    assert field.property("ring") == "red"
    box.set_error("")
    assert box.error() == "Như trong giấy khai sinh"


def test_telex_leaves_the_word_whole(qtbot: QtBot, look: Look) -> None:
    field = TextField(look, "Tên")
    qtbot.addWidget(field)
    telex(field, "nguyeenx", "nguyễn")
    assert field.text() == "nguyễn"


def test_a_combo_keeps_its_key_when_the_list_changes(qtbot: QtBot, look: Look) -> None:
    combo = Combo(look, "Lớp", [(1, "7A1"), (2, "7A2")])
    qtbot.addWidget(combo)
    combo.set_current(2)
    with qtbot.assertNotEmitted(combo.picked):
        combo.set_choices([(2, "7A2"), (3, "7A3")])
        assert combo.current() == 2
        assert not combo.set_current(99)
    with qtbot.waitSignal(combo.picked) as picked:
        press(combo, Qt.Key.Key_Down)
    assert picked.args == [3]


def test_a_wheel_does_not_change_the_class(qtbot: QtBot, look: Look) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    combo = Combo(look, "Lớp", [(1, "7A1"), (2, "7A2")])
    qtbot.addWidget(combo)
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turn)
    assert combo.current() == 1


def test_a_picker_is_labelled(qtbot: QtBot, look: Look) -> None:
    picker = Picker(look, "Năm học", [(1, "2026–2027")])
    qtbot.addWidget(picker)
    assert picker.combo.accessibleName() == "Năm học"


def test_segments_have_exactly_one_on(qtbot: QtBot, look: Look) -> None:
    segments = Segmented(look, [("1", "Học kì I"), ("2", "Học kì II"), ("y", "Cả năm")], "Kỳ")
    qtbot.addWidget(segments)
    assert segments.current() == "1"
    with qtbot.waitSignal(segments.chosen) as chosen:
        segments._buttons["y"].click()
    assert chosen.args == ["y"]
    segments.set_current("2")
    assert segments.current() == "2"
    segments.set_words("2", "Học kì II (3)")
    assert segments._buttons["2"].text() == "Học kì II (3)"


def test_check_and_radio_answer_on_their_words(qtbot: QtBot, look: Look) -> None:
    for box in (CheckBox(look, "Đã đối chiếu sổ giấy"), RadioButton(look, "Nghỉ có phép")):
        qtbot.addWidget(box)
        box.resize(box.sizeHint())
        box.show()
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
        assert box.isChecked()
        press(box, Qt.Key.Key_Space, " ")


# Words


def test_initials() -> None:
    assert initials("Vũ Đình Khải") == "ĐK"
    assert initials("Phan Thị Diệu Hiền") == "DH"
    assert initials("Oanh") == "O"
    assert initials("") == ""


def test_cut_text_is_in_the_tooltip(qtbot: QtBot, look: Look, window: QWidget) -> None:
    label = ElidedLabel(look, "Giáo dục kinh tế và pháp luật", Role.BODY, parent=window)
    label.resize(60, 20)
    label.show()
    label.grab()
    assert label.toolTip() == "Giáo dục kinh tế và pháp luật"
    label.resize(400, 20)
    label.grab()
    assert label.toolTip() == ""


def test_names_are_never_markup(qtbot: QtBot, look: Look) -> None:
    label = Label(look, "<b>Tý</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_icon_buttons_have_words(qtbot: QtBot, look: Look) -> None:
    button = icon_button(look, "close", "Đóng")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip(), button.text()) == ("Đóng", "Đóng", "")


def test_buttons_call_once(qtbot: QtBot, look: Look) -> None:
    calls: list[str] = []
    for make in (primary, secondary, danger):
        button = make(look, "Chốt", lambda: calls.append("x"), "check")
        qtbot.addWidget(button)
        button.click()
    arrow = link(look, "Tới ô đầu tiên", lambda: calls.append("x"), arrow=True)
    qtbot.addWidget(arrow)
    arrow.click()
    assert calls == ["x"] * 4


def test_steps_are_spoken(qtbot: QtBot, look: Look) -> None:
    row = StepRow(look, [Step("Nhập", StepState.DONE), Step("Ký", StepState.HALF, "chờ 3 ngày")])
    qtbot.addWidget(row)
    assert row.accessibleName() == "Nhập: xong; Ký: đang làm chờ 3 ngày"
    row.set_steps([])
    row.grab()


def test_chip_and_bar_are_spoken(qtbot: QtBot, look: Look) -> None:
    chip = Chip(look, "Đang mở", "green", "lock-open")
    bar = ThinBar(look)
    for widget in (chip, bar):
        qtbot.addWidget(widget)
    chip.set_state("Đã chốt", "ink2", "lock-closed")
    bar.set_share(3, 45)
    assert chip.accessibleName() == "Đã chốt"
    assert bar.accessibleName() == "3/45"


def test_a_squeezed_chip_gives_way_before_the_year_does(qtbot: QtBot, look: Look) -> None:
    chip = Chip(look, "Đã chốt 17/01 theo QĐ số 03/QĐ-THCS", "ink2", "lock-closed")
    qtbot.addWidget(chip)
    whole = chip.sizeHint().width()
    assert chip.minimumSizeHint().width() < whole
    chip.resize(whole - 40, 28)
    chip.grab()
    assert chip.toolTip() == chip.text()
    chip.resize(whole, 28)
    chip.grab()
    assert chip.toolTip() == ""
    chip.set_state("Đang mở", "green", "lock-open")
    assert chip.minimumSizeHint() == chip.sizeHint()


# Tables


def test_a_record_model_is_sound(qtbot: QtBot, look: Look) -> None:
    model = RecordModel(
        [Column("Tên", lambda r: r[0]), Column("Điểm", lambda r: r[1], number=True)]
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_records([("An", "8,5"), ("Bình", "7,0")])
    assert model.rowCount() == 2
    assert model.record(1) == ("Bình", "7,0")
    right = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(right) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Điểm"
    model.set_records([])
    assert model.rowCount() == 0


def test_a_table_draws_a_heavier_rule_every_fifth_row(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    model = RecordModel([Column("Tên", lambda r: r)])
    model.set_records([f"Học sinh {n}" for n in range(8)])
    table = TableView(look, "Danh sách", row_height=30, parent=window)
    table.setModel(model)
    table.resize(300, 320)
    table.show()
    image = table.viewport().grab().toImage()
    rules = [image.pixelColor(250, row * 30 + 29).name() for row in range(6)]
    assert rules == [look.tokens.line] * 4 + [look.tokens.line2, look.tokens.line]
    table.selectRow(2)
    assert table.chosen_row() == 2


def test_an_open_editor_is_committed(qtbot: QtBot, look: Look, window: QWidget) -> None:
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    model = QStandardItemModel(1, 1)
    model.setItem(0, 0, QStandardItem("7,0"))
    table = TableView(look, "Điểm", cells=True, parent=window)
    table.setModel(model)
    table.show()
    table.setCurrentIndex(model.index(0, 0))
    table.edit(model.index(0, 0))
    editor = table.indexWidget(model.index(0, 0))
    assert editor is not None
    editor.setText("8,5")  # type: ignore[attr-defined]
    table.commit_open_editor()
    assert model.item(0, 0).text() == "8,5"


# Over the page


def test_the_popover_points_says_and_closes(qtbot: QtBot, look: Look, window: QWidget) -> None:
    cell = QWidget(window)
    cell.setGeometry(100, 100, 84, 25)
    cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    cell.show()
    acted: list[str] = []
    popover = WhyPopover(
        look, window, "Cột ĐĐGck đã khóa.",
        [("Ai khóa", "Trần Thị Minh Hà"), ("Khi nào", "06/01/2027, 16:40"), ("Hạn lập", "")],
        action="Lập hồ sơ sửa điểm", on_action=lambda: acted.append("case"),
    )  # fmt: skip
    popover.point_at(cell)
    assert popover.isVisible()
    assert popover.x() > cell.geometry().right()
    said = words_in(popover)
    assert "Vì sao không sửa được?" in said
    assert "Ai khóa | Trần Thị Minh Hà" in said
    assert "Hạn lập" not in said
    with qtbot.waitSignal(popover.closed):
        press(popover, Qt.Key.Key_Escape)
    assert cell.hasFocus()
    assert acted == []


def test_the_popover_turns_left_at_the_edge_and_acts(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    acted: list[str] = []
    popover = WhyPopover(
        look, window, "Đã chốt.", [], action="Lập hồ sơ", on_action=lambda: acted.append("case")
    )
    popover.point_at(window, QRect(900, 560, 84, 25))
    assert popover.geometry().right() < 900
    assert popover.geometry().bottom() < window.height() - 40
    next(b for b in popover.findChildren(Button) if b.text() == "Lập hồ sơ").click()
    assert acted == ["case"]


def test_a_toast_follows_the_window(qtbot: QtBot, look: Look, window: QWidget) -> None:
    host = ToastHost(look, window)
    host.show_message("Đã đưa 45 học sinh vào lớp 7A2.", "green")
    toast = host._toast
    assert toast is not None
    before = toast.geometry().bottom()
    window.resize(1000, 800)
    QApplication.sendPostedEvents()
    assert toast.geometry().bottom() == before + 160
    host.show_message("Câu khác.")
    assert host.sentence == "Câu khác."
    host.clear()
    assert host.sentence == ""


def test_an_empty_state_says_what_to_do(qtbot: QtBot, look: Look) -> None:
    pressed: list[int] = []
    empty = EmptyState(
        look, "roster", "Lớp 7A2 chưa có học sinh", "Đưa danh sách từ Excel vào.",
        action="Nhập từ Excel", on_action=lambda: pressed.append(1),
    )  # fmt: skip
    qtbot.addWidget(empty)
    empty.findChildren(Button)[0].click()
    assert pressed == [1]


def test_a_task_opens_its_place(qtbot: QtBot, look: Look) -> None:
    tasks = TaskList(look)
    qtbot.addWidget(tasks)
    tasks.set_tasks([Task("t1", "07/01", "quá 1 ngày", "Nhập nốt", "còn 3", "Tới ô", "red", 4, 7)])
    with qtbot.waitSignal(tasks.opened) as opened:
        tasks.findChildren(Button)[0].click()
    assert opened.args == ["t1"]
    look.set_mode(Mode.DARK)
    assert len(tasks.findChildren(Button)) >= 1


# Dialogs


def test_enter_and_escape_are_safe(qtbot: QtBot, look: Look, window: QWidget) -> None:
    done: list[str] = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = confirm(
            look, window, "Chốt sổ", "Sau khi chốt chỉ sửa được bằng hồ sơ.",
            "Chốt học kì I lớp 7A2", lambda: done.append("closed"), dangerous=True,
        )  # fmt: skip
        assert dialog.safe_button.isDefault()
        with qtbot.waitSignal(dialog.rejected):
            press(dialog, key)
    assert done == []


def test_the_named_button_confirms(qtbot: QtBot, look: Look, window: QWidget) -> None:
    dialog = ConfirmDialog(look, "Chốt", "Chốt?", "Chốt học kì I", points=["45 học sinh"])
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.confirmed):
        dialog.action_button.click()


def test_a_tall_dialog_keeps_its_foot(qtbot: QtBot, look: Look) -> None:
    dialog = FormDialog(look, "Duyệt sửa điểm", note="Hồ sơ số 07", width=2000, side_panel=True)
    qtbot.addWidget(dialog)
    for number in range(60):
        dialog.body.addWidget(Label(look, f"Dòng {number}"))
    dialog.side.addWidget(Label(look, "Đủ 3 điều kiện để duyệt", Role.TASK_TITLE))
    button = dialog.add_safe_button("Để sau", dialog.reject)
    dialog.show()
    assert dialog.height() == DIALOG_HEIGHT
    assert dialog.width() == DIALOG_WIDTH
    bottom = button.mapTo(dialog, button.rect().bottomLeft()).y()
    assert bottom < dialog.height()
    assert dialog.windowTitle() == "Duyệt sửa điểm"


def test_a_small_dialog_is_small(qtbot: QtBot, look: Look) -> None:
    dialog = FormDialog(look, "Ghi nhận", width=420)
    qtbot.addWidget(dialog)
    dialog.body.addWidget(Label(look, "Một câu."))
    dialog.add_safe_button("Đóng", dialog.reject)
    dialog.show()
    assert dialog.height() < 260


@pytest.mark.parametrize("mode", list(Mode))
def test_a_card_is_drawn_in_both_themes(qtbot: QtBot, look: Look, mode: Mode) -> None:
    look.set_mode(mode)
    card = Card(look, "Việc của tôi", "5 việc", action="Việc đã xong")
    qtbot.addWidget(card)
    card.body.addWidget(Avatar(look, "Vũ Đình Khải"))
    image = shoot(card, size=(400, 200))
    assert image.pixelColor(200, 150).name() == look.tokens.paper
    assert len(colours_in(image, 2)) > 4


def test_letters_typed_into_a_field_arrive(qtbot: QtBot, look: Look) -> None:
    field = TextField(look, "Tên")
    qtbot.addWidget(field)
    type_text(field, "Ấn độ 8,5")
    assert field.text() == "Ấn độ 8,5"


def test_a_combo_has_room_for_its_longest_words(qtbot: QtBot, look: Look) -> None:
    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

    longest = "Hoạt động trải nghiệm, hướng nghiệp"
    combo = Combo(look, "Môn", [(1, "Toán"), (2, longest)])
    qtbot.addWidget(combo)
    combo.ensurePolished()
    combo.resize(combo.sizeHint())
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    assert room.width() >= QFontMetrics(combo.font()).horizontalAdvance(longest)
    assert combo.height() == 30


def test_an_empty_state_shows_its_whole_sentence(qtbot: QtBot, look: Look) -> None:
    empty = EmptyState(look, "roster", "Chưa có", "Một câu dài hơn một dòng rất nhiều. " * 4)
    qtbot.addWidget(empty)
    empty.resize(700, 420)
    empty.show()
    sentence = empty.findChildren(QLabel)[1]
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_a_dialog_veils_its_window_and_lifts_the_veil(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    from ui.widgets.scrim import Scrim

    dialog = FormDialog(look, "Ghi nhận", parent=window)
    dialog.add_safe_button("Để sau", dialog.reject)
    dialog.open()
    veil = window.findChild(Scrim)
    assert veil is not None
    window.resize(1100, 700)
    assert veil.size() == window.size()
    with qtbot.waitSignal(veil.destroyed):
        dialog.reject()
    assert window.findChild(Scrim) is None


# --- Enter, and what closes a popover


def test_enter_presses_the_button_that_has_the_focus(
    look: Look, window: QWidget, qtbot: QtBot
) -> None:
    done: list[str] = []
    dialog = confirm(
        look, window, "Chốt", "Không mở lại được.", "Chốt", lambda: done.append("chốt")
    )
    dialog.action_button.setFocus()
    with qtbot.waitSignal(dialog.confirmed):
        press(dialog.action_button, Qt.Key.Key_Return)
    assert done == ["chốt"]


def test_enter_does_not_press_a_guarded_button(look: Look, window: QWidget) -> None:
    dialog = EntryDialog(look, "Duyệt", parent=window)
    done: list[str] = []
    field = TextField(look, "Lý do")
    dialog.add_field(LabelledField(look, "Lý do", field))
    dialog.add_safe_button("Để sau", dialog.reject)
    approve = dialog.add_button("Duyệt", lambda: done.append("duyệt"))
    dialog.guard(approve)
    dialog.open()
    field.setFocus()
    press(field, Qt.Key.Key_Return)
    assert dialog.focusWidget() is approve
    press(approve, Qt.Key.Key_Return)
    press(approve, Qt.Key.Key_Enter)
    assert done == []
    assert dialog.isVisible()
    press(approve, Qt.Key.Key_Space, " ")
    assert done == ["duyệt"]


def test_enter_in_the_last_field_leads_to_the_act_not_to_the_way_out(
    look: Look, window: QWidget
) -> None:
    dialog = EntryDialog(look, "Ngày của cột", parent=window)
    done: list[str] = []
    field = TextField(look, "Hạn vào điểm")
    dialog.add_field(LabelledField(look, "Hạn vào điểm", field))
    dialog.add_safe_button("Để sau", dialog.reject)
    save = dialog.add_button("Lưu", lambda: done.append("lưu"))
    dialog.open()
    field.setFocus()
    press(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is save
    assert done == []
    press(save, Qt.Key.Key_Return)
    assert done == ["lưu"]


def shown_note(look: Look, window: QWidget, at: QWidget) -> NotePopover:
    note = NotePopover(look, "Chưa ghi được", "Điểm 10,5 nằm ngoài thang.", window)
    note.point_at(at)
    return note


def test_escape_closes_a_popover_whoever_has_the_focus(
    look: Look, window: QWidget, qtbot: QtBot
) -> None:
    button, field = Button(look, "Xác nhận", parent=window), TextField(look, "Điểm", parent=window)
    for at, widget in enumerate((button, field)):
        widget.move(20, 40 + 50 * at)
        widget.show()
    note = shown_note(look, window, button)
    field.setFocus()
    handle = window.windowHandle()
    assert handle is not None
    with qtbot.waitSignal(note.destroyed):
        QTest.keyClick(handle, Qt.Key.Key_Escape)
    assert window.focusWidget() is field


def test_a_click_beside_a_popover_closes_it_and_still_presses(
    look: Look, window: QWidget, qtbot: QtBot
) -> None:
    pressed: list[str] = []
    anchor = Button(look, "Xác nhận", parent=window)
    other = Button(look, "Nhập từ Excel", lambda: pressed.append("nhập"), parent=window)
    anchor.move(20, 40)
    other.move(20, 560)
    for widget in (anchor, other):
        widget.show()
    note = shown_note(look, window, anchor)
    handle = window.windowHandle()
    assert handle is not None
    inside = note.mapTo(window, note.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=inside)
    assert note.isVisible()
    with qtbot.waitSignal(note.destroyed):
        QTest.mouseClick(
            handle, Qt.MouseButton.LeftButton, pos=other.mapTo(window, other.rect().center())
        )
    assert pressed == ["nhập"]


def test_an_empty_state_breaks_its_sentence_in_a_narrow_panel(qtbot, look) -> None:
    sentence = (
        "Mỗi bản in chính thức có một dòng ở đây, từ lúc in đến lúc ký đủ, đóng dấu, đóng tập."
    )
    empty = EmptyState(look, "printer", "Chưa có bản in nào", sentence)
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.resize(320, 400)
        empty.show()
    for label in empty.findChildren(QLabel):
        assert empty.rect().contains(label.geometry())
        assert abs(label.geometry().center().x() - empty.rect().center().x()) <= 1
    assert empty.minimumSizeHint().width() < 320
