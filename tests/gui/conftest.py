"""Qt fixtures: one look for the session, a fresh window with fakes for each test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.clock import SetClock
from tests.gui.sample_pages import NOW, SESSION, specs
from ui.application import start_screen
from ui.change_bus import ChangeBus
from ui.jobs.job_runner import JobRunner
from ui.main_window import MainWindow
from ui.theme.tokens import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.theme.look import Look


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen complains of size hints and raising; a real one obeys them."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def screen_look(qapp: object) -> Look:
    return start_screen([], Mode.LIGHT).look


@pytest.fixture
def look(screen_look: Look) -> Iterator[Look]:
    """The session's look, light and roomy again after the test."""
    screen_look.set_mode(Mode.LIGHT)
    yield screen_look
    screen_look.set_mode(Mode.LIGHT)
    screen_look.choose_density(None)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def jobs(qapp: object) -> Iterator[JobRunner]:
    """A runner that fails the test's report when a job fails unexpectedly."""
    surprises: list[Exception] = []
    runner = JobRunner(surprises.append)
    yield runner
    runner.shutdown()
    assert not surprises


@pytest.fixture
def bus(qapp: object) -> ChangeBus:
    return ChangeBus()


@pytest.fixture
def window(
    qtbot: QtBot, look: Look, jobs: JobRunner, bus: ChangeBus, clock: SetClock
) -> MainWindow:
    """A window at 1366x768 with nobody signed in."""
    main = MainWindow(look, jobs, bus, clock)
    qtbot.addWidget(main)
    main.resize(1366, 768)
    return main


@pytest.fixture
def signed_in(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The same window with a homeroom teacher's session."""
    window.open_session(SESSION, specs())
    with qtbot.waitExposed(window):
        window.show()
    return window
