"""Jobs: every ending arrives once, in order, on the window's thread, or not at all."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import RuleRefused
from ui.jobs.job_runner import JobRunner, Lane
from ui.jobs.progress_dialog import SHOW_AFTER_MS, run_with_progress

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.progress import Progress
    from ui.theme.look import Look


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


def test_a_burst_of_jobs_ends_in_order_on_the_gui_thread(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    ended: list[tuple[int, bool]] = []
    here = threading.get_ident()
    for number in range(300):
        jobs.submit(
            lambda progress, number=number: number,
            owner=owner,
            lane=Lane.DATABASE,
            on_success=lambda value: ended.append((value, threading.get_ident() == here)),
        )
    qtbot.waitUntil(lambda: len(ended) == 300)
    assert ended == [(number, True) for number in range(300)]
    assert not jobs.is_busy


def test_the_database_lane_never_runs_two_jobs(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    inside, most, done = [0], [0], []
    lock = threading.Lock()

    def work(progress: Progress) -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        for _ in range(200):
            progress(0, 0)
        with lock:
            inside[0] -= 1

    for _ in range(20):
        jobs.submit(work, owner=owner, lane=Lane.DATABASE, on_success=done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert most[0] == 1


def test_progress_arrives_before_the_ending(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    heard: list[object] = []

    def work(progress: Progress) -> str:
        for step in range(3):
            progress(step, 3, f"tờ {step}")
        return "xong"

    jobs.submit(
        work,
        owner=owner,
        lane=Lane.FILES,
        on_progress=lambda done, total, note: heard.append((done, total, note)),
        on_success=heard.append,
        on_settled=lambda: heard.append("settled"),
    )
    qtbot.waitUntil(lambda: "settled" in heard)
    assert heard == [(0, 3, "tờ 0"), (1, 3, "tờ 1"), (2, 3, "tờ 2"), "xong", "settled"]


def test_cancel_stops_the_work_at_its_next_report(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    started, may_go_on = threading.Event(), threading.Event()
    ended: list[str] = []

    def work(progress: Progress) -> None:
        started.set()
        may_go_on.wait(5)
        progress(1, 2)
        raise AssertionError("never reached")

    job = jobs.submit(
        work,
        owner=owner,
        lane=Lane.DATABASE,
        on_success=lambda _value: ended.append("success"),
        on_cancelled=lambda: ended.append("cancelled"),
    )
    started.wait(5)
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: job.is_settled)
    assert ended == ["cancelled"]


def test_a_job_cancelled_before_it_starts_does_nothing(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    gate = threading.Event()
    ended: list[str] = []
    jobs.submit(lambda progress: gate.wait(5), owner=owner, lane=Lane.DATABASE)
    job = jobs.submit(
        lambda progress: ended.append("worked"),
        owner=owner,
        lane=Lane.DATABASE,
        on_cancelled=lambda: ended.append("cancelled"),
    )
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: job.is_settled)
    assert ended == ["cancelled"]


def test_a_failure_reaches_its_callback(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    caught: list[Exception] = []

    def work(progress: Progress) -> None:
        raise RuleRefused("closed", "Sổ đã chốt.")

    jobs.submit(work, owner=owner, lane=Lane.DATABASE, on_failure=caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], RuleRefused)


def test_a_failure_nobody_asked_for_goes_to_the_boundary(qtbot: QtBot, owner: QObject) -> None:
    caught: list[Exception] = []
    runner = JobRunner(caught.append)

    def work(progress: Progress) -> None:
        raise KeyError("x")

    runner.submit(work, owner=owner, lane=Lane.FILES)
    qtbot.waitUntil(lambda: bool(caught))
    runner.shutdown()
    assert isinstance(caught[0], KeyError)


def test_a_dead_owner_hears_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    gate = threading.Event()
    heard: list[object] = []
    widget = QWidget()
    job = jobs.submit(
        lambda progress: gate.wait(5),
        owner=widget,
        lane=Lane.FILES,
        on_success=heard.append,
        on_settled=lambda: heard.append("settled"),
    )
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    gate.set()
    qtbot.waitUntil(lambda: job.is_settled)
    assert heard == []


def test_a_failing_callback_does_not_lose_the_next_ending(
    qtbot: QtBot, jobs: JobRunner, owner: QObject
) -> None:
    ended: list[object] = []

    def break_down(_value: object) -> None:
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        jobs.submit(lambda p: 1, owner=owner, lane=Lane.DATABASE, on_success=break_down)
        jobs.submit(lambda p: 2, owner=owner, lane=Lane.DATABASE, on_success=ended.append)
        qtbot.waitUntil(lambda: ended == [2])
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_shutdown_cancels_waits_and_says_goodbye_in_the_lane(owner: QObject) -> None:
    runner = JobRunner(lambda error: None)
    started, stopped = threading.Event(), threading.Event()
    farewell: list[str] = []

    def work(progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress(0, 0)
        finally:
            stopped.set()

    runner.submit(work, owner=owner, lane=Lane.DATABASE)
    assert started.wait(5)
    runner.shutdown({Lane.DATABASE: lambda: farewell.append(threading.current_thread().name)})
    assert stopped.is_set()
    assert farewell
    assert farewell[0].startswith("database")
    with pytest.raises(RuntimeError):
        runner.submit(lambda progress: None, owner=owner, lane=Lane.FILES)
    runner.shutdown()


def test_a_short_job_never_shows_its_dialog(qtbot: QtBot, jobs: JobRunner, look: Look) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    results: list[object] = []
    dialog = run_with_progress(
        jobs, look, parent, "In sổ", lambda progress: 7, lane=Lane.FILES, on_success=results.append
    )
    qtbot.waitUntil(lambda: results == [7])
    assert not isValid(dialog) or not dialog.isVisible()
    assert SHOW_AFTER_MS == 400


def test_a_long_job_shows_its_count_and_can_be_stopped(
    qtbot: QtBot, jobs: JobRunner, look: Look
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    reported, may_go_on = threading.Event(), threading.Event()
    ended: list[str] = []

    def work(progress: Progress) -> None:
        progress(12, 45, "Đang in lớp 7A2")
        reported.set()
        may_go_on.wait(10)
        progress(13, 45)

    dialog = run_with_progress(
        jobs, look, parent, "In sổ", work, lane=Lane.FILES,
        on_success=lambda _value: ended.append("success"),
        on_cancelled=lambda: ended.append("cancelled"),
    )  # fmt: skip
    assert reported.wait(5)
    qtbot.waitUntil(dialog.isVisible)
    texts = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Đang in lớp 7A2", "12/45", "Hủy"} <= texts
    dialog.reject()
    may_go_on.set()
    qtbot.waitUntil(lambda: ended == ["cancelled"])
    qtbot.waitUntil(lambda: not jobs.is_busy)


class _Emitter(QObject):
    told = Signal(object)


@pytest.mark.parametrize("value", [True, False, None])
def test_emitting_objects_keeps_their_references(qapp: object, value: Any) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference an emit and aborts in the end."""
    emitter = _Emitter()
    heard: list[object] = [None]
    emitter.told.connect(lambda got: heard.__setitem__(0, got))
    emitter.told.emit(value)
    before = sys.getrefcount(value)
    for _ in range(5000):
        emitter.told.emit(value)
    assert abs(sys.getrefcount(value) - before) < 100
    assert heard[0] is value
