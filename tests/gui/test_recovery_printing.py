"""The recovery sheet opens the whole file: it may lie on paper, never on a disk."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel, QWidget

from app.errors import EnvironmentProblem, RuleRefused
from tests.gui.keyboard import press, type_text
from ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from ui.recovery_printing import print_sheet, prints_on_paper, refuse_a_file

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme.look import Look

CODE = "BW6EY-MJ5C5-PVCKW-THRN6-CQQRE-VJ"


@pytest.mark.parametrize("name", ["HP LaserJet 1020", "Canon LBP2900", "Máy in văn phòng"])
def test_a_paper_printer(name: str) -> None:
    assert prints_on_paper(name)


@pytest.mark.parametrize(
    "name",
    ["", "Microsoft Print to PDF", "Microsoft XPS Document Writer", "Fax", "Foxit PDF Printer",
     "OneNote (Desktop)", "cups-pdf"],
)  # fmt: skip
def test_a_writer_of_files(name: str) -> None:
    assert not prints_on_paper(name)


def test_a_pdf_chosen_all_the_same_is_refused(qapp: object, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "phieu.pdf"))
    with pytest.raises(RuleRefused, match="ghi ra tệp") as refused:
        refuse_a_file(printer)
    assert refused.value.code == "sheet_to_file"
    assert list(tmp_path.iterdir()) == []


def test_no_paper_printer_is_said_before_any_dialog(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Microsoft Print to PDF"]
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: names))
    nothing: Any = SimpleNamespace()
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(EnvironmentProblem, match="chép tay") as refused:
        print_sheet(parent, nothing, nothing)
    assert refused.value.code == "no_paper_printer"


def opened(look: Look, qtbot: QtBot, on_print: Any) -> Any:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 640)
    window.show()
    dialog = RecoveryCodeDialog(look, CODE, on_print, window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    dialog.test_owner = window
    return dialog


def shown(dialog: Any) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_dialog_says_why_and_still_takes_a_code_copied_by_hand(
    look: Look, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise EnvironmentProblem("no_paper_printer", "Máy này chưa nối máy in giấy nào.")

    dialog = opened(look, qtbot, refuse)
    dialog.print_button.click()
    assert dialog.refusal() == "Máy này chưa nối máy in giấy nào."
    assert dialog.isVisible()
    assert not any(group in shown(dialog) for group in CODE.split("-"))
    assert not any(answer.isEnabled() for answer in dialog.answers)
    dialog.by_hand.click()
    assert not dialog.refusal()
    assert all(group in shown(dialog) for group in CODE.split("-"))
    groups = CODE.split("-")
    first, second = dialog.answers
    first.setFocus()
    type_text(first, groups[dialog.asked[0]].lower() + "\n")
    assert dialog.focusWidget() is second
    type_text(second, groups[dialog.asked[1]])
    assert dialog.done_button.isEnabled()
    with qtbot.waitSignal(dialog.confirmed):
        dialog.done_button.setFocus()
        press(dialog.done_button, Qt.Key.Key_Return)
    assert not dialog.printed


def test_a_printed_code_is_never_on_the_screen(look: Look, qtbot: QtBot) -> None:
    dialog = opened(look, qtbot, lambda: True)
    dialog.print_button.click()
    assert dialog.printed
    assert not any(group in shown(dialog) for group in CODE.split("-"))
    groups = CODE.split("-")
    dialog.answers[0].setText(groups[dialog.asked[0]])
    dialog.answers[1].setText(groups[dialog.asked[0]])
    assert not dialog.done_button.isEnabled()
    dialog.answers[1].setText(groups[dialog.asked[1]])
    assert dialog.done_button.isEnabled()


def test_giving_the_printer_up_proves_nothing(look: Look, qtbot: QtBot) -> None:
    dialog = opened(look, qtbot, lambda: False)
    dialog.print_button.click()
    assert not dialog.printed
    assert not dialog.answers[0].isEnabled()
