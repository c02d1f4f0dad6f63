"""Which school year the whole program looks at: one choice a session, shared by every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.domain.ids import SchoolYearId


class YearChoice(QObject):
    """`changed()` when another year was chosen; `year_id` None until a page has read the years."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.year_id: SchoolYearId | None = None

    def choose(self, year_id: SchoolYearId) -> None:
        """Look at another year, on every page."""
        if year_id != self.year_id:
            self.year_id = year_id
            self.changed.emit()
