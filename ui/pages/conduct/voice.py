"""Refusals of a grid that lives inside a page: said the way every command's are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import AppError
    from ui.command_runner import CommandRunner
    from ui.errors.messages import Anchor


class CommandVoice:
    """Fulfils `RefusalVoice` through the window's own command runner."""

    def __init__(self, commands: CommandRunner) -> None:
        self._commands = commands

    def speak(
        self,
        error: AppError,
        at: Anchor | None = None,
        *,
        retry: Callable[[], None] | None = None,
        on_reload: Callable[[], None] | None = None,
    ) -> None:
        """Say it; the grid itself keeps what was typed, so nothing is retried here."""
        self._commands.fail(error, at)
