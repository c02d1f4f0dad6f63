"""Opening a school file beside the window: heavy modules once, the file once, off its thread.

The sign-in window shows names before any of this is loaded; whoever signs in waits here.
"""

from __future__ import annotations

import gc
import sys
from threading import Lock
from typing import TYPE_CHECKING

from app.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.school_file import SchoolFile
    from app.workspace import Toolbox

_POLITE_SECONDS = 0.0005
"""While modules are imported the window's thread gets the interpreter back this soon."""


class ToolsOnce:
    """The toolbox, made by whichever thread asks first; the others wait for it."""

    def __init__(self, make: Callable[[], Toolbox]) -> None:
        self._make = make
        self._turn = Lock()
        self._made: Toolbox | None = None

    def __call__(self) -> Toolbox:
        """The toolbox."""
        with self._turn:
            if self._made is None:
                usual = sys.getswitchinterval()
                sys.setswitchinterval(_POLITE_SECONDS)
                try:
                    self._made = self._make()
                finally:
                    sys.setswitchinterval(usual)
                    _collect_again()
            return self._made


def _collect_again() -> None:
    if not gc.isenabled():
        # What was imported lives as long as the program: later collections need not walk it.
        gc.freeze()
        gc.enable()


class Opening:
    """One file on its way open. `file` blocks: call it in a worker only."""

    def __init__(self, path: Path, open_file: Callable[[Path], SchoolFile]) -> None:
        self.path = path
        self._open_file = open_file
        self._turn = Lock()
        self._state = Lock()
        self._file: SchoolFile | None = None
        self._abandoned = False

    def file(self) -> SchoolFile:
        """The open file; a refused opening is tried again by the next caller.

        Raises AppError, or `Cancelled` when the window went on to another file meanwhile.
        """
        with self._turn:
            if self._file is not None:
                return self._file
            file = self._open_file(self.path)
            if self._keep(file):
                return file
        file.close()
        raise Cancelled

    def abandon(self) -> None:
        """Let the file go: now, or as soon as it is open. Never waits for an opening."""
        with self._state:
            self._abandoned = True
            file, self._file = self._file, None
        if file is not None:
            file.close()

    def _keep(self, file: SchoolFile) -> bool:
        with self._state:
            if not self._abandoned:
                self._file = file
            return not self._abandoned
