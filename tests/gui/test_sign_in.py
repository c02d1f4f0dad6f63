"""Three keys to the password; the window lives meanwhile; sentences where one looks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.errors import AccessDenied
from tests.gui.keyboard import compose, press, telex, type_text
from tests.gui.sample_people import FACTS, PEOPLE, uid_of
from tests.gui.shots import colours_in, shoot
from ui.pages.sign_in.page import SignInPage
from ui.pages.sign_in.people import SignInPeople
from ui.pages.sign_in.presenter import SignInPresenter
from ui.pages.sign_in.recovery_dialog import RecoveryDialog
from ui.theme.tokens import Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow
    from ui.theme.look import Look

Made = tuple[SignInPage, SignInPresenter, list[object]]


@pytest.fixture
def make(qtbot: QtBot, look: Look, jobs: JobRunner, window: MainWindow) -> Callable[..., Made]:
    def build(
        sign_in: Callable[[str, str], object] = lambda uid, password: ("session", uid, password),
        recover: Callable[[str], object] = lambda code: ("recovered", code),
        people: SignInPeople = PEOPLE,
        start_with: str = "",
    ) -> Made:
        done: list[object] = []
        page = SignInPage(look, FACTS)
        presenter = SignInPresenter(
            look, page, people, jobs, on_sign_in=sign_in, on_signed_in=done.append,
            on_recover=recover, on_recovered=done.append,
            on_choose_file=lambda: done.append("file"), start_with=start_with,
        )  # fmt: skip
        window.show_gate(page)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return page, presenter, done

    return build


def test_two_letters_and_enter_reach_the_password(make: Callable[..., Made], qtbot: QtBot) -> None:
    page, presenter, done = make()
    assert page.search.hasFocus()
    type_text(page.search, "vy\n")
    assert presenter.uid == uid_of("Tống Khánh Vy")
    assert page.password.hasFocus()
    type_text(page.password, "mot cau that dai\n")
    qtbot.waitUntil(lambda: bool(done))
    assert done == [("session", uid_of("Tống Khánh Vy"), "mot cau that dai")]
    assert page.password.text() == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("khai", "Vũ Đình Khải"), ("KHẢI", "Vũ Đình Khải"), ("dk", ""), ("vu k", "Vũ Đình Khải"),
        ("hien", "Phan Thị Diệu Hiền"), ("dieu", "Phan Thị Diệu Hiền"), ("đo", "Đỗ Mai Phương"),
    ],
)  # fmt: skip
def test_search_without_marks(make: Callable[..., Made], typed: str, first: str) -> None:
    page, presenter, _ = make()
    page.search.setText(typed)
    names = page.names.names()
    if first:
        assert first in names
        assert presenter.uid
    else:
        assert names == []
        assert presenter.uid == ""
        assert not page.open_button.isEnabled()


def test_telex_in_the_search_field(make: Callable[..., Made]) -> None:
    page, _, _ = make()
    telex(page.search, "khair", "khải")
    assert page.names.names() == ["Vũ Đình Khải"]


def test_clearing_the_search_keeps_the_person(make: Callable[..., Made]) -> None:
    page, presenter, _ = make()
    page.search.setText("khai")
    press(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert presenter.uid == uid_of("Vũ Đình Khải")
    assert len(page.names.names()) == 9


def test_arrows_walk_through_the_names(make: Callable[..., Made]) -> None:
    page, presenter, _ = make()
    page.search.setText("nguyen")
    first = presenter.uid
    press(page.search, Qt.Key.Key_Down)
    assert presenter.uid != first
    press(page.search, Qt.Key.Key_Up)
    assert presenter.uid == first


def test_names_of_a_department_by_given_name(make: Callable[..., Made]) -> None:
    page, _, _ = make()
    page.departments.setCurrentRow(0)
    assert page.names.names() == ["Lê Quốc Bảo", "Trần Thị Minh Hà", "Nguyễn Văn Thuận"]


def test_nobody_is_chosen_for_anybody(make: Callable[..., Made]) -> None:
    page, presenter, done = make()
    assert presenter.uid == ""
    assert not page.open_button.isEnabled()
    press(page.search, Qt.Key.Key_Return)
    assert page.search.hasFocus()
    assert done == []


def test_the_locked_person_is_asked_at_once(make: Callable[..., Made]) -> None:
    page, presenter, _ = make(start_with=uid_of("Vũ Đình Khải"))
    assert presenter.uid == uid_of("Vũ Đình Khải")
    assert page.password.hasFocus()


def test_a_failed_attempt_says_why_and_waits(make: Callable[..., Made], qtbot: QtBot) -> None:
    said = "Mật khẩu chưa đúng. Đã sai 2 lần; lần sau phải chờ 4 giây."

    def refuse(uid: str, password: str) -> object:
        raise AccessDenied("wrong_password", said)

    page, _, done = make(refuse, start_with=uid_of("Vũ Đình Khải"))
    type_text(page.password, "saimatkhau\n")
    qtbot.waitUntil(lambda: page.message() == said)
    assert done == []
    assert page.password.hasFocus()
    assert page.password.selectedText() != ""
    assert page.open_button.isEnabled()
    type_text(page.password, "m")
    assert page.message() == ""


def test_keys_are_derived_off_the_windows_thread(make: Callable[..., Made], qtbot: QtBot) -> None:
    may_go_on = threading.Event()
    threads: list[str] = []

    def slow(uid: str, password: str) -> object:
        threads.append(threading.current_thread().name)
        may_go_on.wait(5)
        return uid

    page, _, done = make(slow, start_with=uid_of("Vũ Đình Khải"))
    type_text(page.password, "matkhaudai\n")
    assert page.open_button.text() == "Đang mở…"
    assert not page.open_button.isEnabled()
    type_text(page.password, "\n")
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(done))
    assert len(threads) == 1
    assert threads[0].startswith("files")


def test_another_person_never_inherits_the_dots(make: Callable[..., Made]) -> None:
    page, _, _ = make(start_with=uid_of("Vũ Đình Khải"))
    type_text(page.password, "matkhau")
    page.search.setText("trang")
    assert page.password.text() == ""


@pytest.mark.parametrize("way", ["key", "telex", "compose"])
def test_a_vietnamese_input_method_is_noticed(make: Callable[..., Made], way: str) -> None:
    page, _, _ = make(start_with=uid_of("Vũ Đình Khải"))
    if way == "key":
        type_text(page.password, "mậ")
    elif way == "telex":
        telex(page.password, "maatj", "mật")
    else:
        compose(page.password, "mâ", "mật")
    assert "Bộ gõ tiếng Việt đang bật" in page.message()
    page.password.clear()
    assert page.message() == ""


def test_plain_letters_bring_no_warning(make: Callable[..., Made]) -> None:
    page, _, _ = make(start_with=uid_of("Vũ Đình Khải"))
    type_text(page.password, "Truong-hoc 2027!")
    assert page.message() == ""


def test_the_eye_shows_and_hides(make: Callable[..., Made], qtbot: QtBot) -> None:
    from ui.widgets.buttons import Button

    page, _, _ = make(start_with=uid_of("Vũ Đình Khải"))
    eye = page.password.findChild(Button)
    assert eye is not None
    assert eye.accessibleName() == "Hiện mật khẩu"
    eye.click()
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal
    assert eye.accessibleName() == "Ẩn mật khẩu"
    page.clear_password()
    assert page.password.echoMode() is QLineEdit.EchoMode.Password


def test_the_recovery_code(make: Callable[..., Made], qtbot: QtBot) -> None:
    tries: list[str] = []

    def recover(code: str) -> object:
        tries.append(code)
        if len(tries) == 1:
            raise AccessDenied("bad_code", "Nhóm thứ 3 gõ chưa đúng. Hãy xem lại phiếu.")
        return "opened"

    page, _, done = make(recover=recover)
    page.forgotten.emit()
    dialog = page.findChild(RecoveryDialog)
    assert dialog is not None
    assert not dialog.open_button.isEnabled()
    type_text(dialog.code, "AB12-CD34")
    dialog.open_button.click()
    qtbot.waitUntil(lambda: "Nhóm thứ 3" in dialog.field.error())
    dialog.open_button.click()
    qtbot.waitUntil(lambda: done == ["opened"])
    assert tries == ["AB12-CD34"] * 2


def test_enter_in_the_recovery_dialog_neither_opens_nor_throws_the_code_away(
    make: Callable[..., Made],
) -> None:
    page, _, done = make()
    page.forgotten.emit()
    dialog = page.findChild(RecoveryDialog)
    assert dialog is not None
    type_text(dialog.code, "AB12-CD34")
    press(dialog.code, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.open_button
    assert dialog.code.text() == "AB12-CD34"
    assert done == []


def test_another_file(make: Callable[..., Made]) -> None:
    page, _, done = make()
    page.other_file_requested.emit()
    assert done == ["file"]


def test_an_empty_school_can_be_shown(make: Callable[..., Made]) -> None:
    page, presenter, _ = make(people=SignInPeople(()))
    assert presenter.uid == ""
    page.search.setText("a")
    page.search.clear()
    assert page.names.names() == []


def test_every_field_has_a_name(make: Callable[..., Made]) -> None:
    page, _, _ = make(start_with=uid_of("Vũ Đình Khải"))
    for widget in (page.search, page.departments, page.names, page.password):
        assert widget.accessibleName()
    assert page.password.accessibleName() == "Mật khẩu của Vũ Đình Khải"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("size", [(1366, 768), (1024, 600), (1920, 1040)])
def test_it_is_drawn(
    make: Callable[..., Made], window: MainWindow, look: Look, mode: Mode, size: tuple[int, int]
) -> None:
    look.set_mode(mode)
    make(start_with=uid_of("Vũ Đình Khải"))
    image = shoot(window, size=size)
    assert len(colours_in(image)) > 8
    assert image.pixelColor(5, 200).name() == look.tokens.cloth
