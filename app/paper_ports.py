"""What the paper board needs from the outside; `db` fulfils this Protocol."""

from __future__ import annotations

from typing import Protocol

from app.domain.ids import PrintRunId, SchoolYearId
from app.domain.paper_life import PaperEvent


class PaperLifeRepository(Protocol):
    """The lives of printed papers, appended only."""

    def add(self, event: PaperEvent) -> None:
        """Keep one more line."""
        ...

    def of_run(self, run_id: PrintRunId) -> tuple[PaperEvent, ...]:
        """The lines of one run, the oldest first."""
        ...

    def of_year(self, year_id: SchoolYearId) -> tuple[PaperEvent, ...]:
        """The lines of every run of a school year, the oldest first."""
        ...
