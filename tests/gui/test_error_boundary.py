"""A fault of ours is shown once, survived, and reported without names or marks."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import qCritical

from app.clock import SetClock
from tests.gui.sample_pages import NOW
from ui.errors.boundary import ErrorBoundary
from ui.errors.crash_dialog import CrashDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.theme.look import Look

Shown = list[tuple["Path | None", str]]


@pytest.fixture
def shown() -> Shown:
    return []


@pytest.fixture
def boundary(tmp_path: Path, shown: Shown, qapp: object) -> Iterator[ErrorBoundary]:
    made = ErrorBoundary(
        tmp_path / "faults", SetClock(NOW), "0.1.0", lambda path, line: shown.append((path, line))
    )
    logging.getLogger("khoaso.faults").setLevel(logging.CRITICAL + 1)
    yield made
    made.uninstall()
    logging.getLogger("khoaso.faults").setLevel(logging.NOTSET)


def _break(name: str) -> None:
    mark_of_pupil = name
    raise KeyError(f"{mark_of_pupil}: 8,5")


def _fault(name: str = "Phạm Tiến Dũng") -> BaseException:
    try:
        _break(name)
    except KeyError as error:
        return error
    raise AssertionError


def test_each_fault_is_shown_once(qtbot: QtBot, boundary: ErrorBoundary, shown: Shown) -> None:
    boundary.install()
    for _ in range(25):
        boundary.report(_fault())
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1


def test_the_report_tells_the_place_but_no_name_and_no_mark(
    qtbot: QtBot, boundary: ErrorBoundary, shown: Shown
) -> None:
    boundary.install()
    boundary.report(_fault("Phạm Tiến Dũng"))
    qtbot.waitUntil(lambda: bool(shown))
    path = shown[0][0]
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "_break" in text
    assert "KeyError" in text
    assert "08/01/2027 14:03:22" in text
    assert "Dũng" not in text
    assert "8,5" not in text


def test_a_fault_in_a_slot_or_thread_arrives(
    qtbot: QtBot, boundary: ErrorBoundary, shown: Shown
) -> None:
    boundary.install()
    error = _fault()
    sys.excepthook(type(error), error, error.__traceback__)

    def burst() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert {line.split(" ")[0] for _, line in shown} == {"KeyError", "ZeroDivisionError"}


def test_a_critical_message_of_qt_is_a_fault(
    qtbot: QtBot, boundary: ErrorBoundary, shown: Shown
) -> None:
    boundary.install()
    qCritical("QPainter::begin: hỏng")
    qtbot.waitUntil(lambda: bool(shown))


def test_a_full_disk_does_not_hide_the_fault(
    qtbot: QtBot, boundary: ErrorBoundary, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    boundary.install()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(boundary, "_write", full)
    boundary.report(_fault())
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0][0] is None


def test_the_crash_of_the_last_session_is_kept_and_told(tmp_path: Path, qapp: object) -> None:
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "crash.log").write_text("Fatal Python error: Segmentation fault\n")
    boundary = ErrorBoundary(folder, SetClock(NOW), "0.1.0", lambda path, line: None)
    kept = boundary.install()
    boundary.uninstall()
    assert kept is not None
    assert "Segmentation" in kept.read_text()
    again = ErrorBoundary(folder, SetClock(NOW), "0.1.0", lambda path, line: None)
    assert again.install() is None
    again.uninstall()


def test_hooks_are_given_back(boundary: ErrorBoundary) -> None:
    before = (sys.excepthook, threading.excepthook)
    boundary.install()
    assert sys.excepthook is not before[0]
    boundary.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_dialog_says_what_is_safe(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    dialog = CrashDialog(look, tmp_path / "loi-1.txt", "KeyError · abc", None)
    qtbot.addWidget(dialog)
    dialog.show()
    words = " ".join(w.text() for w in dialog.findChildren(object) if hasattr(w, "text"))
    assert "Đã lưu" in words
    assert "loi-1.txt" in words
    with qtbot.waitSignal(dialog.close_requested):
        next(b for b in dialog.findChildren(object)
             if hasattr(b, "text") and b.text() == "Đóng chương trình").click()  # fmt: skip
