"""A decision inside somebody else's session: prove the person off the window's thread, then act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import AppError
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from app.changes import CommandResult
    from app.school_file import Decider
    from ui.command_runner import CommandRunner
    from ui.jobs.job_runner import JobRunner


def decide(
    jobs: JobRunner,
    commands: CommandRunner,
    *,
    owner: QObject,
    prove: Callable[[], Decider],
    act: Callable[[Decider], CommandResult],
    on_done: Callable[[CommandResult], None],
    on_refused: Callable[[AppError], None],
    on_settled: Callable[[], None],
) -> None:
    """Derive the key in the FILES lane (about 0.2 s), then run `act` here and publish its result.

    Every refusal, of the password and of the rule, goes to `on_refused`; the signed-in person's
    session is untouched throughout.
    """

    def proved(decider: Decider) -> None:
        try:
            result = act(decider)
        except AppError as refusal:
            on_refused(refusal)
            return
        on_done(result)
        commands.publish(result)

    def failed(error: Exception) -> None:
        if isinstance(error, AppError):
            on_refused(error)
        else:
            jobs.report_unexpected(error)

    jobs.submit(
        lambda _progress: prove(),
        owner=owner,
        lane=Lane.FILES,
        on_success=proved,
        on_failure=failed,
        on_settled=on_settled,
    )
