"""One process from nothing to a shown window; `python -m tests.bench_start ours FILE | base`.

Prints one line when the window is on the screen. The parent measures, so interpreter and imports
count on both sides.
"""

from __future__ import annotations

import sys
from pathlib import Path


def show_base() -> None:
    """An empty PySide6 window."""
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    _tell()


def show_ours(path: Path) -> None:
    """The program's own start up to its sign-in window, as `app.__main__` makes it."""
    from PySide6.QtCore import QSettings

    from app.__main__ import _toolbox
    from app.clock import SystemClock
    from ui.application import start_screen
    from ui.pages.sign_in.page import SignInPage
    from ui.shell import Shell

    screen = start_screen([])
    settings = QSettings(str(path.parent / "bench.ini"), QSettings.Format.IniFormat)
    shell = Shell(screen, _toolbox(), SystemClock(), settings)
    shell.start(path)
    screen.app.processEvents()
    page = shell.window.findChild(SignInPage)
    if page is None or not page.isVisible():
        raise SystemExit("the sign-in page is not on the screen")
    _tell()


def _tell() -> None:
    sys.stdout.write("shown\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "base":
        show_base()
    else:
        show_ours(Path(sys.argv[2]))
