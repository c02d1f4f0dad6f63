"""The one place where a slot calls a service.

A refusal becomes a sentence where the person looks; a result goes to the change bus and to the
"Đã lưu" of the status strip. Anything that is not an AppError is our fault and goes on to the
error boundary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import CommandResult
    from app.clock import Clock
    from app.progress import Progress
    from ui.change_bus import ChangeBus
    from ui.errors.messages import Anchor, RefusalVoice
    from ui.jobs.job_runner import Job, JobRunner, Lane

T = TypeVar("T")


class CommandRunner(QObject):
    """Runs commands and questions; `saved(aware datetime, summary)` follows each command."""

    saved = Signal(object, str)

    def __init__(self, bus: ChangeBus, jobs: JobRunner, voice: RefusalVoice, clock: Clock) -> None:
        super().__init__()
        self._bus = bus
        self._jobs = jobs
        self._voice = voice
        self._clock = clock

    def run(
        self,
        command: Callable[[], CommandResult],
        *,
        initiator: QObject | None = None,
        at: Anchor | None = None,
        on_reload: Callable[[], None] | None = None,
    ) -> CommandResult | None:
        """Run a command of under 50 ms here and now; None when it was refused, and said so.

        `at` is where to point the sentence; `on_reload` is offered when the data is stale;
        an environment problem offers to run the same command again.
        """
        try:
            result = command()
        except AppError as error:

            def again() -> None:
                self.run(command, initiator=initiator, at=at, on_reload=on_reload)

            self._voice.speak(error, at, retry=again, on_reload=on_reload)
            return None
        self.publish(result, initiator)
        return result

    def ask(self, question: Callable[[], T], *, at: Anchor | None = None) -> T | None:
        """Read something; None when it was refused, and said so. Publishes nothing."""
        try:
            return question()
        except AppError as error:
            self._voice.speak(error, at)
            return None

    def run_job(
        self,
        command: Callable[[Progress], CommandResult],
        *,
        owner: QObject,
        lane: Lane,
        at: Anchor | None = None,
        on_success: Callable[[CommandResult], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        on_settled: Callable[[], None] | None = None,
    ) -> Job:
        """Run a long command in `lane`; refusals and results go the same way as in `run`."""

        def succeeded(result: CommandResult) -> None:
            self.publish(result, owner)
            if on_success is not None:
                on_success(result)

        return self._jobs.submit(
            command,
            owner=owner,
            lane=lane,
            on_success=succeeded,
            on_failure=lambda error: self.fail(error, at),
            on_progress=on_progress or (lambda done, total, note: None),
            on_settled=on_settled or (lambda: None),
        )

    def fail(self, error: Exception, at: Anchor | None = None) -> None:
        """Say a refusal that came from a job; anything else goes to the error boundary."""
        if isinstance(error, AppError):
            self._voice.speak(error, at)
        else:
            self._jobs.report_unexpected(error)

    def publish(self, result: CommandResult, initiator: QObject | None = None) -> None:
        """Spread a result that was committed elsewhere (a grid model, a dialog of its own)."""
        self.saved.emit(self._clock.now(), result.summary)
        self._bus.publish(result, initiator)
