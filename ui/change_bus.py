"""One place where pages hear what a command changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.changes import CommandResult, Topic


class ChangeBus(QObject):
    """`changed(result, initiator)`: the initiator may skip what it already shows."""

    changed = Signal(object, object)

    def publish(self, result: CommandResult, initiator: object = None) -> None:
        """Tell everybody, on the window's thread."""
        self.changed.emit(result, initiator)

    def listen(
        self,
        owner: QObject,
        topics: Iterable[Topic],
        refresh: Callable[[CommandResult], None],
    ) -> None:
        """Call `refresh` for other people's changes of `topics`, until `owner` is destroyed."""
        wanted = frozenset(topics)

        def hear(result: CommandResult, initiator: object) -> None:
            if initiator is not owner and wanted & result.topics:
                refresh(result)

        self.changed.connect(hear)

        def forget() -> None:
            if isValid(self):
                self.changed.disconnect(hear)

        # A closure outlives its page; without this the bus would call into a dead widget.
        owner.destroyed.connect(forget)
