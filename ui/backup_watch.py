"""The backup lamp of the status strip, what the last close owes, and backups between closes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.changes import Topic
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from datetime import datetime

    from app.changes import CommandResult
    from app.clock import Clock
    from app.progress import Progress
    from app.services.backups import BackupAge
    from app.workspace import Workspace
    from ui.change_bus import ChangeBus
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow


_LOOK_EVERY_MS = 5 * 60_000


class BackupWatch(QObject):
    """Reads the newest copy, whole, beside the window: at each sign-in and after each backup.

    Where the school set an interval, a backup is made beside the work when the last one is older
    and something changed since.
    """

    def __init__(self, window: MainWindow, jobs: JobRunner, bus: ChangeBus, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._clock = clock
        self._work: Workspace | None = None
        self._owed: bool | None = None
        self._last: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_if_due)
        bus.listen(self, (Topic.BACKUPS,), lambda _: self._backed_up())

    def forget_file(self) -> None:
        """Another file: what is owed is asked again, of the work before it was closed last."""
        self._owed = None

    def show(self, work: Workspace | None) -> None:
        """The lamp of a session; None: nobody is signed in."""
        self._work = work
        if work is None:
            self._timer.stop()
            return
        self._timer.start()
        owed_before = self._owed

        def read(progress: Progress) -> tuple[BackupAge, bool]:
            owed = work.backups.changed_since_last() if owed_before is None else owed_before
            return work.backups.age(), owed

        def shown(found: tuple[BackupAge, bool]) -> None:
            age, self._owed = found
            if self._work is work:
                checked = self._last = None if age.facts is None else age.facts.checked_at
                self._window.frame.set_backup(checked, self._clock.now(), owed=self._owed)

        self._jobs.submit(
            read,
            owner=self,
            lane=Lane.FILES,
            on_success=shown,
            on_failure=self._window.commands.fail,
            quiet=True,
        )

    def back_up_if_due(self) -> None:
        """By the clock of the PC, never while somebody waits for other long work."""
        from app.services.settings import BACKUP_HOURS

        work = self._work
        if work is None or self._jobs.is_busy:
            return
        hours = work.settings.number(BACKUP_HOURS)
        now = self._clock.now()
        if not hours or (self._last is not None and now - self._last < timedelta(hours=hours)):
            return
        actor = work.session.actor

        def done(result: CommandResult | None) -> None:
            # Nothing changed since the last one: asked again when the interval is over.
            self._last = now
            if result is not None:
                self._window.commands.publish(result)

        self._jobs.submit(
            lambda progress: work.backups.make_at_close(actor, progress),
            owner=self,
            lane=Lane.DATABASE,
            on_success=done,
            on_failure=self._failed,
            quiet=True,
        )

    def _failed(self, error: Exception) -> None:
        # Once an interval, not every few minutes.
        self._last = self._clock.now()
        self._window.commands.fail(error)

    def _backed_up(self) -> None:
        self._owed = False
        self.show(self._work)
