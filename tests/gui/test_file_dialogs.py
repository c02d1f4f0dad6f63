"""Files and folders are asked for in our words, without stopping the window, under the lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from tests.gui.test_qt_words import english, texts_of
from ui.dialogs.file_dialogs import choose_folder, open_file, save_file

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def shown(parent: QWidget) -> QFileDialog:
    return next(d for d in parent.findChildren(QFileDialog) if d.isVisible())


def accept(parent: QWidget, text: str) -> None:
    dialog = shown(parent)
    dialog.findChild(QLineEdit).setText(text)
    dialog.accept()


def test_an_existing_file_is_handed_over(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "danh sách.xlsx").write_bytes(b"x")
    chosen: list[Path] = []
    open_file(parent, "Chọn tệp", "Bảng tính (*.xlsx)", chosen.append, str(tmp_path))
    assert chosen == [], "asking must not stop the window"
    accept(parent, "danh sách.xlsx")
    assert chosen == [tmp_path / "danh sách.xlsx"]


def test_the_first_file_is_not_looked_for_in_the_folder_of_the_program(parent: QWidget) -> None:
    save_file(parent, "Lưu", "Bảng tính Excel (*.xlsx)", lambda _path: None, "Biến động.xlsx")
    dialog = shown(parent)
    assert Path(dialog.directory().absolutePath()) != Path.cwd()
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Biến động.xlsx"]
    dialog.reject()


def test_a_new_file_gets_its_ending(parent: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    name = str(tmp_path / "Biến động.xlsx")
    save_file(parent, "Lưu", "Bảng tính Excel (*.xlsx *.xlsm)", chosen.append, name)
    assert shown(parent).selectedFiles() == [name]
    accept(parent, "tháng 11")
    assert chosen == [tmp_path / "tháng 11.xlsx"]


def test_a_folder(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "sao lưu").mkdir()
    chosen: list[Path] = []
    choose_folder(parent, "Chọn thư mục", chosen.append, str(tmp_path))
    accept(parent, "sao lưu")
    assert chosen == [tmp_path / "sao lưu"]


def test_a_cancel_calls_nobody(parent: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    choose_folder(parent, "Chọn thư mục", chosen.append, str(tmp_path))
    shown(parent).reject()
    assert chosen == []


def test_every_word_is_vietnamese(parent: QWidget, tmp_path: Path) -> None:
    save_file(parent, "Lưu", "Bảng tính Excel (*.xlsx)", lambda path: None, str(tmp_path / "a"))
    dialog = shown(parent)
    assert {text: english(text) for text in texts_of(dialog) if english(text)} == {}
    for field in dialog.findChildren(QLineEdit):
        assert field.accessibleName()


def test_the_automatic_lock_covers_it(signed_in: Any, qtbot: Any, tmp_path: Path) -> None:
    choose_folder(signed_in, "Chọn thư mục", lambda path: None, str(tmp_path))
    dialog = shown(signed_in)
    signed_in.lock(QWidget())
    assert not dialog.isVisible()
    signed_in.unlock()
    assert dialog.isVisible()
    dialog.reject()
