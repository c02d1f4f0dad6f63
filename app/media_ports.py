"""What the register of sealed media needs from the outside; `db` fulfils this Protocol."""

from __future__ import annotations

from typing import Protocol

from app.domain.ids import SchoolYearId
from app.domain.media_events import MediumEvent


class MediaRepository(Protocol):
    """The lines of the register, appended only."""

    def add(self, event: MediumEvent) -> None: ...
    def of_year(self, year_id: SchoolYearId) -> tuple[MediumEvent, ...]: ...
