"""One process from nothing to a shown window; `python -m tests.bench_start ours FILE | base`.

Prints one line when the window is on the screen. The parent measures, so interpreter and imports
count on both sides.
"""

from __future__ import annotations

import os
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
    """The program's own command line, up to its sign-in page on the screen."""
    from app import __main__ as program

    really_open = program.open_window

    def open_and_leave(chosen: Path | None) -> None:
        shell = really_open(chosen)
        shell.app.processEvents()
        from ui.pages.sign_in.page import SignInPage

        page = shell.window.findChild(SignInPage)
        if page is None or not page.isVisible() or not page.names.count():
            raise SystemExit("the sign-in page is not on the screen")
        _tell()
        # What the program loads behind its window from here on is not the start.
        os._exit(0)

    # Where the program would begin to wait for keys; Qt is imported by the program, not before it.
    program.open_window = open_and_leave
    program.main(["--file", str(path)])


def _tell() -> None:
    sys.stdout.write("shown\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "base":
        show_base()
    else:
        show_ours(Path(sys.argv[2]))
