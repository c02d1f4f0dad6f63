"""Opens the program on a school, signs people in through the gate, and photographs each page."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from app.commands.gallery_plan import Shot
from app.errors import EnvironmentProblem
from app.text import fold
from ui.application import start_screen
from ui.errors.crash_dialog import CrashDialog
from ui.pages.sign_in.page import SignInPage
from ui.shell import Shell
from ui.theme.tokens import Mode
from ui.widgets.segmented import Segmented
from ui.widgets.toast import ToastHost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.clock import Clock
    from app.commands.gallery_plan import GallerySchool, Plan
    from app.sign_in_peek import PeekAtFile
    from app.workspace import Toolbox
    from ui.application import Screen
    from ui.theme.look import Look

_QUIET_SECONDS = 0.12
"""No job for so long: what a page reads when it is shown has arrived."""
_PATIENCE_SECONDS = 60
_BREATH_MS = 8


@dataclass
class Camera:
    """One process's pictures; `settings` is a file that nobody else reads."""

    plan: Plan
    make_tools: Callable[[], Toolbox]
    peek: PeekAtFile
    clock: Clock
    settings: Path
    shots: list[Shot] = field(default_factory=list)
    _look: Look = field(init=False)

    def take(self) -> list[Shot]:
        """Every picture of the plan; raises AppError when a page does not come to rest."""
        screen = start_screen(["khoaso"], Mode.LIGHT)
        # The offscreen plugin complains of each resize, and nothing can be done about it.
        logging.getLogger("ui.errors.boundary").addFilter(
            lambda record: "This plugin does not support" not in record.getMessage()
        )
        for school in self.plan.schools:
            self._visit(screen, school)
        return self.shots

    def _visit(self, screen: Screen, school: GallerySchool) -> None:
        self._look = screen.look
        settings = QSettings(str(self.settings), QSettings.Format.IniFormat)
        shell = Shell(screen, self.make_tools, self.peek, self.clock, settings)
        if not self.plan.pages:
            self._gates(shell, school)
        shell.start(school.path)
        shell.window.showNormal()
        _until(lambda: shell.file is not None)
        _rest(shell)
        for role, uid in school.people.items():
            gate = shell.window.findChild(SignInPage)
            if gate is None:
                raise _stuck("sign-in")
            gate.person_chosen.emit(uid)
            if not self.plan.pages and role == next(iter(school.people)):
                self._each_look(shell, school, "", "sign_in", "Đăng nhập")
            gate.submitted.emit(school.password)
            _until(lambda: shell.window.in_frame)
            self._pages(shell, school, role)
            shell.window.open_page("home")
            # Nobody may leave while a job works.
            _rest(shell)
            shell.switch_user()
        shell.window.close()
        shell.window.deleteLater()
        shell.deleteLater()
        _breathe()

    def _gates(self, shell: Shell, school: GallerySchool) -> None:
        if school is self.plan.schools[0]:
            shell.first_steps.show()
            shell.window.show()
            self._each_look(shell, school, "", "welcome", "Chào mừng")

    def _pages(self, shell: Shell, school: GallerySchool, role: str) -> None:
        for page_id, item in shell.window.rail.items().items():
            if self.plan.pages and page_id not in self.plan.pages:
                continue
            shell.window.open_page(page_id)
            _rest(shell)
            for part in self._parts(shell):
                self._each_look(shell, school, role, page_id, item.text(), part)

    def _parts(self, shell: Shell) -> Iterator[str]:
        """Choose each part of a page that has parts, then the first one again."""
        page = shell.window.current_page()
        rows = page.findChildren(Segmented) if page is not None else []
        row = next((row for row in rows if row.isVisible()), None)
        buttons = row.findChildren(QPushButton) if row is not None else []
        offered = [button for button in buttons if button.isVisible() and button.isEnabled()]
        if not offered:
            yield ""
            return
        for button in offered:
            if not button.isChecked():
                button.click()
                _rest(shell)
            yield button.text()
        offered[0].click()
        _rest(shell)

    def _each_look(
        self, shell: Shell, school: GallerySchool, role: str, page: str, title: str, part: str = ""
    ) -> None:
        name = "-".join(words for words in (page, _plain(part), role) if words)
        for mode, view in self.plan.looks(school, role):
            self._look.set_mode(Mode(mode))
            shell.window.resize(*view.logical)
            _rest(shell)
            for toasts in shell.window.findChildren(ToastHost):
                toasts.clear()
            file = f"{school.state}/{view.key}-{mode}/{name}.png"
            self._save(shell.window, file)
            self.shots.append(Shot(file, page, title, part, school.state, role, mode, view.key))

    def _save(self, window: QWidget, file: str) -> None:
        path = self.plan.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if not window.grab().save(str(path)):
            raise EnvironmentProblem(
                "gallery_unwritten",
                f"Không ghi được ảnh {path}. Hãy kiểm tra ổ đĩa còn chỗ rồi chạy lại.",
            )


def _plain(words: str) -> str:
    """For a file name, without signs and counts."""
    return "_".join(re.findall(r"[a-z]+", fold(words)))


def _rest(shell: Shell) -> None:
    """Until no job works and nothing waits to be painted."""
    began = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < _QUIET_SECONDS:
        _breathe()
        now = time.monotonic()
        if shell.window.findChild(CrashDialog) is not None:
            raise RuntimeError("a page failed; the report is in the log folder")
        if shell.jobs.is_working:
            quiet_since = now
        if now - began > _PATIENCE_SECONDS:
            raise _stuck("page")


def _until(happened: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not happened():
        _breathe()
        if time.monotonic() - began > _PATIENCE_SECONDS:
            raise _stuck("window")


def _breathe() -> None:
    """Let the window live for some milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(_BREATH_MS, loop.quit)
    loop.exec()


def _stuck(where: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "gallery_stuck",
        "Chụp màn hình không xong: một trang không mở ra được trong một phút. Hãy chạy lại; nếu "
        "vẫn vậy thì trang ấy có lỗi.",
        where=where,
    )
