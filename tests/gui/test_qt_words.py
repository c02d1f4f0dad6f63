"""Qt's own buttons, menus and dialogs speak Vietnamese."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.application import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.usefixtures("look")

_ENGLISH = {
    "ok", "cancel", "close", "yes", "no", "save", "open", "discard", "apply", "reset", "help",
    "copy", "paste", "cut", "undo", "redo", "delete", "select", "all", "print", "printer", "page",
    "pages", "file", "files", "folder", "name", "type", "size", "look", "new", "options",
    "properties", "preview", "location", "output", "paper", "portrait", "landscape", "margins",
    "width", "height", "orientation", "copies", "collate", "color", "grayscale", "range", "retry",
    "ignore", "abort", "restore", "defaults", "choose", "directory", "computer", "from",
    "current", "selection", "reverse", "double", "sided", "printing", "job", "advanced", "source",
    "order", "sheet", "per", "and", "show", "details", "hide", "set",
}  # fmt: skip


def english(text: str) -> set[str]:
    words = text.replace("&", "").replace("\t", " ").replace("...", " ").lower().split()
    return {word.strip(":()…,.'") for word in words} & _ENGLISH


def texts_of(widget: QWidget) -> list[str]:
    found = [widget.windowTitle()]
    found += [button.text() for button in widget.findChildren(QAbstractButton)]
    found += [label.text() for label in widget.findChildren(QLabel)]
    found += [box.title() for box in widget.findChildren(QGroupBox)]
    found += [
        combo.itemText(row)
        for combo in widget.findChildren(QComboBox)
        for row in range(combo.count())
    ]
    found += [action.text() for action in widget.findChildren(QMenu) for action in action.actions()]
    found += [action.text() for action in widget.actions()]
    return [text for text in found if text]


@pytest.mark.parametrize("kind", [b for b in QDialogButtonBox.StandardButton if b.value])
def test_standard_buttons_of_a_dialog(qtbot: QtBot, kind: QDialogButtonBox.StandardButton) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    button = box.addButton(kind)
    if button is not None:
        assert button.text()
        assert not english(button.text()), button.text()


def test_message_box_buttons(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    for kind in (QMessageBox.StandardButton.Ok, QMessageBox.StandardButton.Discard):
        box.addButton(kind)
    box.setDetailedText("chi tiết")
    assert not [text for text in texts_of(box) if english(text)]


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit, QPlainTextEdit])
def test_context_menu_of_text_fields(qtbot: QtBot, kind: type[QWidget]) -> None:
    field = kind()
    qtbot.addWidget(field)
    menu: QMenu = field.createStandardContextMenu()  # type: ignore[attr-defined]
    qtbot.addWidget(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert len(words) >= 6
    assert any("Dán" in word for word in words)
    assert not [word for word in words if english(word.split("\t")[0])]


def test_file_dialog(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    qtbot.addWidget(dialog)
    words = [dialog.labelText(label) for label in QFileDialog.DialogLabel]
    assert not [word for word in words if english(word)]
    header = dialog.findChildren(QWidget, "treeView")[0].model()  # type: ignore[attr-defined]
    names = [header.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert not [name for name in names if english(str(name))]


@pytest.mark.parametrize("kind", [QPrintPreviewDialog, QPrintDialog])
def test_print_dialogs(qtbot: QtBot, kind: type[QWidget], tmp_path: object) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(f"{tmp_path}/in.pdf")
    dialog = kind(printer)  # type: ignore[call-arg]
    qtbot.addWidget(dialog)
    guilty = [text for text in texts_of(dialog) if english(text) and "(" not in text]
    assert not guilty


def test_the_catalogue_is_compiled_from_the_source_beside_it() -> None:
    root = ET.parse(RESOURCES / "i18n" / "qtbase_vi.ts").getroot()
    checked = 0
    for context in root.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            wanted = message.findtext("translation")
            assert wanted
            assert QCoreApplication.translate(name, source) == wanted, (name, source)
            checked += 1
    assert checked > 250


def test_the_translation_belongs_to_the_running_application() -> None:
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Hủy"
