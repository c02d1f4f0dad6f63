"""The first page: three ways in, and a form that says what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.gui.keyboard import press, type_text
from tests.gui.shots import colours_in, shoot
from ui.pages.welcome.draft import PasswordVerdict, SchoolDraft
from ui.pages.welcome.page import WelcomePage
from ui.theme.tokens import Mode

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow
    from ui.theme.look import Look


def judge(text: str) -> PasswordVerdict:
    if len(text) < 10:
        return PasswordVerdict(False, f"Còn thiếu {10 - len(text)} kí tự.")
    return PasswordVerdict(True, "Mật khẩu tốt.")


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def page(qtbot: QtBot, look: Look, window: MainWindow, heard: list[object]) -> WelcomePage:
    made = WelcomePage(
        look, judge_password=judge, on_create=heard.append, on_open=lambda: heard.append("open"),
        on_try_sample=lambda: heard.append("sample"), on_restore=lambda: heard.append("restore"),
    )  # fmt: skip
    window.show_gate(made)
    with qtbot.waitExposed(window):
        window.show()
    return made


def fill(page: WelcomePage, password: str = "ba con cho muc", again: str = "") -> None:
    form = page.form
    for field, words in (
        (form.school, "  Trường THCS  Sông Trăng "),
        (form.authority, "UBND xã Sông Trăng"),
        (form.commune, "Sông Trăng"),
        (form.province, "Thanh Hóa"),
        (form.principal, "Nguye\u0302\u0303n Văn Thuận"),
    ):
        field.field.setText(words)  # type: ignore[attr-defined]
    type_text(form._first, password)
    type_text(form._second, again or password)


def test_three_ways(page: WelcomePage, heard: list[object]) -> None:
    assert page.create_button.hasFocus()
    page.open_button.click()
    page.sample_button.click()
    page.restore_button.click()
    assert heard == ["open", "sample", "restore"]
    page.create_button.click()
    assert page.shows_form
    assert page.form.school.field.hasFocus()
    press(page, Qt.Key.Key_Escape)
    assert not page.shows_form


def test_a_full_form_is_handed_over_clean(page: WelcomePage, heard: list[object]) -> None:
    page.show_form()
    fill(page)
    page.form.create_button.click()
    assert heard == [
        SchoolDraft(
            "Trường THCS Sông Trăng", "UBND xã Sông Trăng", "Sông Trăng", "Thanh Hóa",
            "Nguyễn Văn Thuận", "ba con cho muc",
        )
    ]  # fmt: skip


def test_every_empty_line_is_named(page: WelcomePage, heard: list[object]) -> None:
    page.show_form()
    page.form.create_button.click()
    form = page.form
    for field in (form.school, form.authority, form.commune, form.province, form.principal):
        assert field.error() == "Chưa ghi dòng này."
    assert form.school.field.hasFocus()
    assert heard == []


def test_a_weak_password_is_told_while_typing(page: WelcomePage, heard: list[object]) -> None:
    page.show_form()
    fill(page, "ngan", "ngan")
    assert page.form.password.error() == "Còn thiếu 6 kí tự."
    page.form.create_button.click()
    assert heard == []
    assert page.form._first.hasFocus()


def test_two_different_passwords(page: WelcomePage, heard: list[object]) -> None:
    page.show_form()
    fill(page, "ba con cho muc", "ba con cho vang")
    page.form.create_button.click()
    assert "chưa giống nhau" in page.form.again.error()
    assert heard == []


def test_marks_in_a_password_are_noticed(page: WelcomePage) -> None:
    page.show_form()
    type_text(page.form._first, "mật")
    assert "Bộ gõ tiếng Việt" in page.form.password.error()


def test_a_refusal_is_shown(page: WelcomePage) -> None:
    page.show_form()
    page.form.set_busy(True)
    assert not page.form.isEnabled()
    page.form.set_busy(False)
    page.form.show_refusal("Thư mục này chỉ đọc. Hãy chọn chỗ khác.")
    assert "chỉ đọc" in page.form.again.error()


@pytest.mark.parametrize("mode", list(Mode))
def test_it_is_drawn(page: WelcomePage, window: MainWindow, look: Look, mode: Mode) -> None:
    look.set_mode(mode)
    assert len(colours_in(shoot(window, size=(1366, 768)))) > 6
    page.show_form()
    assert len(colours_in(shoot(window, size=(1024, 600)))) > 6
