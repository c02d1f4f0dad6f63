"""Asks for the folder of a medium, starting on the drive that is most probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.seal_places import medium_folder
from ui.jobs.job_runner import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.media import DriveFacts
    from app.ports import SealRecord
    from app.workspace import Workspace
    from ui.navigation import PageContext

    ChooseFolder = Callable[[QWidget, str, Callable[[Path], None], str], None]
    """`choose(parent, title, on_chosen, start)`: the dialog, beginning in `start` ("" anywhere)."""


class MediumFolders(QObject):
    """Remembers the drive last used; the drives are asked for in a job, a slow one may be there."""

    def __init__(
        self, page: QWidget, context: PageContext, work: Workspace, choose: ChooseFolder
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._work = work
        self._choose = choose
        self._last: Path | None = None

    def use(self, folder: Path) -> None:
        """A medium was just written or read there."""
        self._last = folder

    def on_medium(
        self, title: str, seals: Sequence[SealRecord], on_chosen: Callable[[Path], None]
    ) -> None:
        """Ask for a folder on a medium."""

        def chosen(folder: Path) -> None:
            self._last = folder
            on_chosen(folder)

        def ask(drives: Sequence[DriveFacts]) -> None:
            start = medium_folder(drives, seals, self._last)
            self._choose(self._page, title, chosen, "" if start is None else str(start))

        self._context.jobs.submit(
            lambda _progress: self._work.sealing.drives(),
            owner=self._page,
            lane=Lane.FILES,
            on_success=ask,
            on_failure=self._context.commands.fail,
        )

    def anywhere(self, title: str, on_chosen: Callable[[Path], None]) -> None:
        """Ask for a folder that is on no medium: an image, a mended copy."""
        self._choose(self._page, title, on_chosen, "")
