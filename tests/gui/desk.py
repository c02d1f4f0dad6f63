"""The whole program at one desk: a real Shell over a real encrypted file, cheap keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.workspace import Toolbox
from db.keys.passwords import check_password
from db.keys.peek import peek_at_file
from db.school_files import SchoolFilesOnDisk
from exports.batch import ParallelBooks
from exports.press import Paper, Tables
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.disc import write_image
from exports.seal.drives_folder import FolderDrives
from exports.seal.repair import repair_bag
from exports.signing.pdf_signatures import PadesSignatures
from exports.xlsx.reader import TableFileReader
from tests.gui.keyboard import press, type_text
from tests.support.school import CHEAP, PASSWORD
from ui.application import Screen
from ui.pages.sign_in.page import SignInPage
from ui.shell import Shell

KEY_RETURN = Qt.Key.Key_Return


def cheap_toolbox() -> Toolbox:
    """The program's own toolbox, except that keys take no time to derive."""
    return Toolbox(
        files=lambda clock: SchoolFilesOnDisk(clock, cost=CHEAP, floor=CHEAP),
        paper=Paper(),
        batch=ParallelBooks(),
        tables=Tables(),
        signatures=PadesSignatures(),
        sheets=TableFileReader(),
        drives=FolderDrives(),
        folder_drives=FolderDrives(),
        write_bag=write_bag,
        write_image=write_image,
        check_bag=check_bag,
        repair_bag=repair_bag,
        check_password=check_password,
    )


@dataclass
class Desk:
    """A started program and the hands of whoever sits at it."""

    shell: Shell
    qtbot: Any

    @property
    def window(self) -> Any:
        return self.shell.window

    @property
    def gate(self) -> SignInPage | None:
        """The sign-in page on the screen."""
        shown = self.window.centralWidget().currentWidget()
        return shown if isinstance(shown, SignInPage) else None

    @property
    def page(self) -> Any:
        return self.window.current_page()

    @property
    def names(self) -> list[str]:
        """Everybody the sign-in page would find, department by department."""
        found = []
        for row in range(self.gate.departments.count()):
            self.gate.departments.setCurrentRow(row)
            found += self.gate.names.names()
        return found

    def choose(self, name: str) -> None:
        """Find a person by name and go to the password."""
        self.gate.search.setFocus()
        self.gate.search.setText(name)
        press(self.gate.search, KEY_RETURN, "\r")
        assert self.gate.names.chosen_uid(), name

    def type_password(self, password: str = PASSWORD) -> None:
        self.gate.password.setText(password)
        press(self.gate.password, KEY_RETURN, "\r")

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Through the gate, to the frame."""
        self.choose(name)
        self.type_password(password)
        self.until(lambda: self.window.in_frame)

    def until(self, happened: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(happened()), timeout=10_000)

    def until_open(self) -> None:
        """The file is locked by this program."""
        self.until(lambda: self.shell.file is not None)

    def until_quiet(self) -> None:
        """No job is left, quiet ones included."""
        self.until(lambda: not self.shell.jobs._jobs)

    def dialog(self, kind: type) -> Any:
        """The open dialog of a kind; waits for it."""
        self.until(lambda: [d for d in self.window.findChildren(kind) if d.isVisible()])
        return next(d for d in self.window.findChildren(kind) if d.isVisible())

    def words(self) -> str:
        """Every text on the screen that is visible now."""
        shown = [w for kind in (QLabel, QPushButton) for w in self.window.findChildren(kind)]
        return "\n".join(w.text() for w in shown if w.isVisible())


def sit_down(
    qtbot: Any,
    look: Any,
    clock: Any,
    folder: Path,
    path: Path | None,
    make_tools: Callable[[], Toolbox] = cheap_toolbox,
) -> Desk:
    """Start the program on `path`; `folder` keeps its settings."""
    settings = QSettings(str(folder / "khoaso.ini"), QSettings.Format.IniFormat)
    app = QApplication.instance()
    shell = Shell(Screen(app, look), make_tools, peek_at_file, clock, settings)
    # pytest-qt and the job runner's report catch faults here; the boundary has tests of its own.
    shell.boundary.install = lambda: None
    shell.boundary.uninstall = lambda: None
    with qtbot.waitExposed(shell.window):
        shell.start(path)
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow)
    return Desk(shell, qtbot)


def type_into(widget: Any, text: str) -> None:
    """Replace what a field holds."""
    widget.setFocus()
    widget.selectAll()
    type_text(widget, text)
