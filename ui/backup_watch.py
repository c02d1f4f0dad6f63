"""The backup lamp of the status strip, and whether the last close still owes a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import Topic
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from app.clock import Clock
    from app.progress import Progress
    from app.services.backups import BackupAge
    from app.workspace import Workspace
    from ui.change_bus import ChangeBus
    from ui.jobs.job_runner import JobRunner
    from ui.main_window import MainWindow


class BackupWatch(QObject):
    """Reads the newest copy, whole, beside the window: at each sign-in and after each backup."""

    def __init__(self, window: MainWindow, jobs: JobRunner, bus: ChangeBus, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._clock = clock
        self._work: Workspace | None = None
        self._owed: bool | None = None
        bus.listen(self, (Topic.BACKUPS,), lambda _: self._backed_up())

    def forget_file(self) -> None:
        """Another file: what is owed is asked again, of the work before it was closed last."""
        self._owed = None

    def show(self, work: Workspace | None) -> None:
        """The lamp of a session; None: nobody is signed in."""
        self._work = work
        if work is None:
            return
        owed_before = self._owed

        def read(progress: Progress) -> tuple[BackupAge, bool]:
            owed = work.backups.changed_since_last() if owed_before is None else owed_before
            return work.backups.age(), owed

        def shown(found: tuple[BackupAge, bool]) -> None:
            age, self._owed = found
            if self._work is work:
                checked = None if age.facts is None else age.facts.checked_at
                self._window.frame.set_backup(checked, self._clock.now(), owed=self._owed)

        self._jobs.submit(
            read,
            owner=self,
            lane=Lane.FILES,
            on_success=shown,
            on_failure=self._window.commands.fail,
            quiet=True,
        )

    def _backed_up(self) -> None:
        self._owed = False
        self.show(self._work)
