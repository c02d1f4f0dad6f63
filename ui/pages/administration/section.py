"""What every part of Quản trị is built from: services, the year shown, and one way to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import CARD_GAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import CommandResult
    from app.domain.school import SchoolYear
    from app.workspace import Workspace
    from ui.navigation import PageContext


class Section(QWidget):
    """Override `refresh`; `year` answers the year chosen in the top bar."""

    def __init__(
        self,
        context: PageContext,
        work: Workspace,
        year: Callable[[], SchoolYear | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.work = work
        self.look = context.look
        self.year = year
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(CARD_GAP)

    def refresh(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def run(self, command: Callable[[], CommandResult]) -> CommandResult | None:
        """A command of this part; a refusal is said over the page. Others hear by the bus."""
        return self.context.commands.run(command)

    def done(self, result: CommandResult) -> None:
        """A command that a dialog ran itself, because it shows refusals in its own place."""
        self.context.commands.publish(result)
