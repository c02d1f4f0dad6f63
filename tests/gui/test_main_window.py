"""The frame: only a role's pages, deep links, F12, Ctrl+K, automatic lock, states in words."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.gui.keyboard import press, telex, type_text
from tests.gui.sample_pages import NOW, SESSION, HomePage, TypingPage, specs
from tests.gui.shots import colours_in, shoot
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.frame.finder import Finder, matching
from ui.frame.idle_lock import IdleLock
from ui.frame.status_strip import backup_words
from ui.jobs.job_runner import Lane
from ui.navigation import Found
from ui.theme.tokens import Mode

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.progress import Progress
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow
    from ui.theme.look import Look

FOUND = [
    Found("Nguyễn Văn Ân", "Lớp 7A2, STT 3", "people", "roster", (("pupil", 3),)),
    Found("Nguyễn Thị An Bình", "Lớp 7A3", "people", "roster", (("pupil", 4),)),
    Found("Lớp 7A2", "45 học sinh", "roster", "roster", (("klass", 1),)),
    Found("In sổ", "Trang", "printer", "prints"),
    Found("Đặng Gia Hân", "Lớp 6A1", "people", "roster", (("pupil", 9),)),
]


def shortcut(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Send a key the way the system does, so that shortcuts see it."""
    from PySide6.QtTest import QTest

    QTest.keyClick(window.windowHandle(), key, modifiers)


def typing_page(window: MainWindow) -> TypingPage:
    page = window.current_page()
    assert isinstance(page, TypingPage)
    return page


def test_only_the_pages_of_the_role(signed_in: MainWindow) -> None:
    assert list(signed_in.rail.items()) == [
        "home", "roster", "marks", "attendance", "conduct", "results", "corrections", "prints",
        "trail", "help",
    ]  # fmt: skip
    assert not signed_in.open_page("admin")
    assert isinstance(signed_in.current_page(), HomePage)


def test_the_principal_sees_more(window: MainWindow) -> None:
    window.open_session(replace(SESSION, roles=frozenset({"principal"})), specs())
    assert {"locks", "admin"} <= set(window.rail.items())


def test_pages_are_made_when_first_opened(window: MainWindow) -> None:
    made: list[str] = []
    wanted = [
        replace(spec, factory=lambda context, spec=spec: made.append(spec.id) or QWidget())
        for spec in specs()
    ]
    window.open_session(SESSION, wanted)
    assert made == ["home"]
    window.open_page("marks")
    window.open_page("home")
    window.open_page("marks")
    assert made == ["home", "marks"]


def test_a_deep_link_reaches_the_page(signed_in: MainWindow) -> None:
    signed_in.open_page("marks")
    assert signed_in.open_page("home", klass=12, pupil=3)
    page = signed_in.current_page()
    assert isinstance(page, HomePage)
    assert page.went_to == {"klass": 12, "pupil": 3}


def test_a_refused_cell_keeps_the_page(signed_in: MainWindow, qtbot: QtBot) -> None:
    signed_in.open_page("marks")
    page = typing_page(signed_in)
    page.refuses = True
    assert not signed_in.open_page("home")
    assert signed_in.current_page() is page
    assert signed_in.rail.items()["marks"].isChecked()
    with qtbot.assertNotEmitted(signed_in.switch_user_requested):
        shortcut(signed_in, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier)
    assert not signed_in.close()


def test_f12_saves_the_open_cell_first(signed_in: MainWindow, qtbot: QtBot) -> None:
    signed_in.open_page("marks")
    page = typing_page(signed_in)
    type_text(page.field, "8,5")
    with qtbot.waitSignal(signed_in.switch_user_requested):
        shortcut(signed_in, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier)
    assert page.saved == ["8,5"]


def test_leaving_a_page_saves_too(signed_in: MainWindow) -> None:
    signed_in.open_page("marks")
    page = typing_page(signed_in)
    telex(page.field, "gioir", "giỏi")
    signed_in.rail.items()["home"].click()
    assert page.saved == ["giỏi"]
    assert isinstance(signed_in.current_page(), HomePage)


def test_pickers_follow_the_page(signed_in: MainWindow) -> None:
    assert len(signed_in.top_bar.pickers()) == 2
    signed_in.open_page("marks")
    assert signed_in.top_bar.pickers() == ()
    signed_in.open_page("home")
    assert all(picker.isVisible() for picker in signed_in.top_bar.pickers())


def test_the_lock_is_told_in_words_and_forgotten_with_the_page(signed_in: MainWindow) -> None:
    signed_in.frame.set_lock("Đã chốt 22/01 theo QĐ số 05", is_open=False)
    assert signed_in.top_bar.lock_text() == "Đã chốt 22/01 theo QĐ số 05"
    signed_in.open_page("marks")
    assert signed_in.top_bar.lock_text() == ""


def test_badges_are_spoken(signed_in: MainWindow) -> None:
    signed_in.frame.set_badge("corrections", 2)
    signed_in.frame.set_badge("admin", 9)
    item = signed_in.rail.items()["corrections"]
    assert item.badge() == 2
    assert item.accessibleName() == "Sửa điểm, 2"


def test_the_rail_is_walked_with_the_keyboard(signed_in: MainWindow, qtbot: QtBot) -> None:
    items = signed_in.rail.items()
    items["home"].setFocus()
    press(items["home"], Qt.Key.Key_Down)
    assert items["roster"].hasFocus()
    press(items["roster"], Qt.Key.Key_Space, " ")
    assert items["roster"].isChecked()
    assert typing_page(signed_in).field.hasFocus()
    items["home"].setFocus()
    press(items["home"], Qt.Key.Key_Up)
    assert items["help"].hasFocus()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("an", "Nguyễn Văn Ân"),
        ("nguyen van an", "Nguyễn Văn Ân"),
        ("binh", "Nguyễn Thị An Bình"),
        ("an 7a2", "Nguyễn Văn Ân"),
        ("in so", "In sổ"),
        ("dang", "Đặng Gia Hân"),
        ("ĐẶNG", "Đặng Gia Hân"),
    ],
)
def test_finding_needs_no_marks(words: str, first: str) -> None:
    assert matching(words, FOUND)[0].title == first


def test_finding_nothing() -> None:
    assert matching("", FOUND) == []
    assert matching("zzz", FOUND) == []


def test_ctrl_k_opens_the_exact_place(signed_in: MainWindow, qtbot: QtBot) -> None:
    opened: list[dict[str, object]] = []
    signed_in.set_finder(lambda words: FOUND)
    signed_in.open_page = lambda page_id, **where: opened.append(where) or True  # type: ignore[method-assign]
    shortcut(signed_in, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = signed_in.findChild(Finder)
    assert finder is not None
    type_text(finder.field, "an")
    assert finder.titles() == ["Nguyễn Văn Ân", "Nguyễn Thị An Bình"]
    press(finder.field, Qt.Key.Key_Down)
    press(finder.field, Qt.Key.Key_Return)
    assert opened == [{"pupil": 4}]


def test_the_finder_says_when_there_is_nothing(look: Look, signed_in: MainWindow) -> None:
    finder = Finder(look, lambda words: FOUND, signed_in)
    finder.field.setText("xyz")
    assert finder.titles() == []
    assert "Không thấy “xyz”" in " ".join(
        child.text() for child in finder.findChildren(QWidget) if hasattr(child, "text")
    )


def test_alt_and_a_number_open_a_page(signed_in: MainWindow, qtbot: QtBot) -> None:
    pages = list(signed_in.rail.items())
    with qtbot.waitSignal(signed_in.page_opened) as opened:
        shortcut(signed_in, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert opened.args == [pages[2]]


def test_a_low_window_needs_no_scrolling_in_the_rail(signed_in: MainWindow) -> None:
    signed_in.set_practice("TRƯỜNG MẪU")
    signed_in.resize(1366, 697)
    QApplication.processEvents()
    last = list(signed_in.rail.items().values())[-1]
    assert not last.visibleRegion().isEmpty()
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_f1_opens_the_help_of_this_screen(signed_in: MainWindow) -> None:
    signed_in.open_page("marks")
    shortcut(signed_in, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert typing_page(signed_in).went_to == {"chapter": "marks", "back": "marks"}
    assert signed_in.rail.items()["help"].isChecked()
    typing_page(signed_in).went_to = {}
    shortcut(signed_in, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert typing_page(signed_in).went_to == {}, "the help has no help of its own"


def test_f1_at_a_gate_asks_the_shell(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.help_requested) as asked:
        shortcut(window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert asked.args == [""]


def test_the_user_menu(signed_in: MainWindow, qtbot: QtBot) -> None:
    menu: QMenu = signed_in.top_bar.user.menu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["Đổi mật khẩu…", "Đổi người dùng", "Đổi nền sáng, tối", "Thoát"]
    actions: list[QAction] = menu.actions()
    with qtbot.waitSignal(signed_in.password_change_requested):
        actions[0].trigger()
    with qtbot.waitSignal(signed_in.theme_switched):
        actions[2].trigger()


def test_the_same_person_finds_the_typing_again(signed_in: MainWindow, qtbot: QtBot) -> None:
    signed_in.open_page("marks")
    page = typing_page(signed_in)
    type_text(page.field, "7,2")
    gate = QWidget()
    signed_in.lock(gate)
    assert not signed_in.in_frame
    assert page.field.text() == ""
    assert page.saved == []
    signed_in.unlock()
    assert signed_in.in_frame
    assert page.field.text() == "7,2"
    assert page.saved == []


def test_another_person_gets_none_of_it(signed_in: MainWindow, qtbot: QtBot) -> None:
    signed_in.open_page("marks")
    page = typing_page(signed_in)
    type_text(page.field, "7,2")
    signed_in.lock(QWidget())
    with qtbot.waitSignal(page.destroyed):
        signed_in.open_session(replace(SESSION, uid="u2"), specs())
    signed_in.open_page("marks")
    assert typing_page(signed_in).field.text() == ""


def test_shortcuts_rest_behind_the_gate(signed_in: MainWindow, qtbot: QtBot) -> None:
    signed_in.lock(QWidget())
    with qtbot.assertNotEmitted(signed_in.switch_user_requested):
        shortcut(signed_in, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier)
    shortcut(signed_in, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert signed_in.findChild(Finder) is None


def test_the_close_guard_has_the_last_word(signed_in: MainWindow) -> None:
    answers = iter([False, True])
    signed_in.set_close_guard(lambda: next(answers))
    assert not signed_in.close()
    assert signed_in.close()


def test_closing_asks_about_running_work_and_waits(
    signed_in: MainWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    started = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress(0, 0)

    jobs.submit(work, owner=signed_in, lane=Lane.DATABASE)
    assert started.wait(5)
    assert not signed_in.close()
    dialog = signed_in.findChild(ConfirmDialog)
    assert dialog is not None
    assert dialog.action_button.text() == "Dừng việc và đóng"
    dialog.action_button.click()
    qtbot.waitUntil(lambda: not signed_in.isVisible())
    assert not jobs.is_busy


def test_the_idle_lock_starts_again_at_every_touch(
    signed_in: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    idle = IdleLock(app, minutes=10)
    idle.watch(signed_in.windowHandle())
    starts: list[int] = []
    monkeypatch.setattr(idle._timer, "start", lambda *args: starts.append(1))
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(signed_in.windowHandle(), event)
    assert starts == [1]
    assert idle._timer.interval() == 600_000
    with qtbot.waitSignal(idle.idle_reached):
        idle._timer.timeout.emit()
    idle.rest()
    assert not idle.is_watching


def test_zero_minutes_never_lock(signed_in: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    idle = IdleLock(app, minutes=0)
    idle.watch(signed_in.windowHandle())
    assert not idle.is_watching


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (0, "ink2", "hôm nay 14:03"), (1, "ink2", "hôm qua 14:03"), (2, "ink2", "2 ngày trước"),
        (3, "amber", "3 ngày trước"), (7, "amber", "7 ngày trước"), (8, "red", "8 ngày trước"),
    ],
)  # fmt: skip
def test_age_of_the_backup(days: int, tone: str, words: str) -> None:
    icon, said, colour = backup_words(NOW - timedelta(days=days), NOW)
    assert said == f"Sao lưu đã thử mở: {words}"
    assert colour == tone
    assert (icon == "warning") is (tone != "ink2")


def test_no_backup_is_said_in_red() -> None:
    assert backup_words(None, NOW) == ("warning", "Chưa sao lưu lần nào", "red")


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("size", [(1366, 768), (1366, 697), (1280, 690), (1920, 1040)])
def test_the_frame_is_drawn_at_every_size(
    signed_in: MainWindow, look: Look, mode: Mode, size: tuple[int, int]
) -> None:
    look.set_mode(mode)
    signed_in.frame.set_entry_window("Đợt nhập học kì I: còn 7 ngày")
    image = shoot(signed_in, size=size)
    assert (image.width(), image.height()) == size
    assert len(colours_in(image)) > 12
    assert signed_in.rail.is_narrow is (size[0] < 1320)
    assert image.pixelColor(4, 400).name() == look.tokens.spine
