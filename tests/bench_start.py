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
    from PySide6.QtWidgets import QApplication

    def look_and_leave() -> int:
        from ui.pages.sign_in.page import SignInPage

        QApplication.processEvents()
        pages = [w for w in QApplication.allWidgets() if isinstance(w, SignInPage)]
        if not any(page.isVisible() for page in pages):
            raise SystemExit("the sign-in page is not on the screen")
        _tell()
        # What the program loads behind its window from here on is not the start.
        os._exit(0)

    # Where the program would begin to wait for keys.
    QApplication.exec = staticmethod(look_and_leave)
    from app.__main__ import main

    main(["--file", str(path)])


def _tell() -> None:
    sys.stdout.write("shown\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "base":
        show_base()
    else:
        show_ours(Path(sys.argv[2]))
