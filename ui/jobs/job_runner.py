"""Long work off the window's thread: plain thread pools and one bridge back.

A QObject for each job crashes at shutdown; here a single long-lived QObject wakes the window's
thread, which then takes the calls out of a deque.
"""

from __future__ import annotations

import threading
from collections import deque
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

    from app.progress import Progress


class Lane(Enum):
    """Which threads do the work; the value is how many."""

    DATABASE = 1
    FILES = 2


class Job:
    """A handle to one submitted piece of work; nobody has to be asked before a quiet one ends."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._cancel = threading.Event()
        self._settled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next progress report; it ends in `on_cancelled`."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """True once somebody asked."""
        return self._cancel.is_set()

    @property
    def is_settled(self) -> bool:
        """True once an ending was delivered (or dropped with its owner)."""
        return self._settled.is_set()

    def settle(self) -> None:
        """For the runner: the ending has been delivered."""
        self._settled.set()


def _ignore(*_: object) -> None:
    """The default of callbacks nobody asked for."""


class JobRunner(QObject):
    """Runs work in lanes and brings its endings back to the window's thread, in order."""

    _wake = Signal()
    idle = Signal()

    def __init__(self, on_unexpected: Callable[[Exception], None]) -> None:
        """`on_unexpected` takes failures for which a job named no `on_failure`."""
        super().__init__()
        self._on_unexpected = on_unexpected
        self._inbox: deque[Callable[[], None]] = deque()
        self._jobs: dict[Job, Future[None]] = {}
        self._closed = False
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """True while any job, quiet ones aside, has not come to its ending."""
        return any(not job.quiet for job in self._jobs)

    @property
    def is_working(self) -> bool:
        """True while any job, quiet or not, has not come to its ending."""
        return bool(self._jobs)

    def submit(
        self,
        work: Callable[[Progress], Any],
        *,
        owner: QObject,
        lane: Lane,
        on_success: Callable[[Any], None] = _ignore,
        on_failure: Callable[[Exception], None] | None = None,
        on_progress: Callable[[int, int, str], None] = _ignore,
        on_cancelled: Callable[[], None] = _ignore,
        on_settled: Callable[[], None] = _ignore,
        quiet: bool = False,
    ) -> Job:
        """Run `work(progress)` in `lane`; every callback runs on the window's thread.

        Exactly one of success, failure and cancelled comes, then `on_settled`; none of them once
        `owner` is destroyed. Call from the window's thread; after `shutdown` it is a RuntimeError.
        `quiet`: reading that nobody waits for, so the window may close over it without asking.
        """
        if self._closed:
            raise RuntimeError("the job runner is shut down")
        job = Job(quiet=quiet)
        failed = on_failure or self._on_unexpected

        def deliver(call: Callable[[], None]) -> None:
            self._inbox.append(lambda: call() if isValid(owner) else None)
            self._wake.emit()

        def finish(call: Callable[[], None]) -> None:
            def ending() -> None:
                self._jobs.pop(job, None)
                job.settle()
                if isValid(owner):
                    try:
                        call()
                    finally:
                        on_settled()
                if not job.quiet and not self.is_busy:
                    self.idle.emit()

            self._inbox.append(ending)
            self._wake.emit()

        def report(done: int, total: int, note: str = "") -> None:
            if job.is_cancelled:
                raise Cancelled
            deliver(partial(on_progress, done, total, note))

        def run() -> None:
            try:
                if job.is_cancelled:
                    raise Cancelled
                value = work(report)
            except Cancelled:
                finish(on_cancelled)
            except Exception as error:
                finish(partial(failed, error))
            else:
                finish(partial(on_success, value))

        self._jobs[job] = self._pool(lane).submit(run)
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop at its next progress report."""
        for job in self._jobs:
            job.cancel()

    def stop_all(self) -> None:
        """Cancel everything and wait until no thread works any more: a file is about to go."""
        from concurrent.futures import wait

        self.cancel_all()
        wait(self._jobs.values())

    def report_unexpected(self, error: Exception) -> None:
        """Hand a failure nobody expected to whoever this runner was given for that."""
        self._on_unexpected(error)

    def shutdown(self, farewells: dict[Lane, Callable[[], None]] | None = None) -> None:
        """Cancel everything, wait for it, run each lane's farewell in its own thread, and stop.

        Endings that arrive meanwhile are dropped: their pages are going away.
        """
        if self._closed:
            return
        from concurrent.futures import wait

        self._closed = True
        self.stop_all()
        goodbyes = [self._pool(lane).submit(call) for lane, call in (farewells or {}).items()]
        wait(goodbyes)
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        self._inbox.clear()
        self._jobs.clear()
        for goodbye in goodbyes:
            goodbye.result()

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        # Made, and its module imported, by the first job: the window is on the screen by then.
        if lane not in self._pools:
            from concurrent.futures import ThreadPoolExecutor

            prefix = lane.name.lower()
            self._pools[lane] = ThreadPoolExecutor(lane.value, thread_name_prefix=prefix)
        return self._pools[lane]

    def _drain(self) -> None:
        # One wake per call: a failing callback must not take the later ones with it.
        if self._inbox:
            self._inbox.popleft()()
