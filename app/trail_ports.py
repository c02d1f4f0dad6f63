"""What reports on the trail need from the outside; `db` fulfils this Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from app.domain.ids import ClassId, SchoolYearId
from app.domain.inquiries import WorkHours
from app.domain.net_change import CellStep
from app.domain.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class ChangeScope:
    """Which changes of a school year; days are inclusive, None means no bound."""

    year_id: SchoolYearId
    since: date | None = None
    until: date | None = None
    class_id: ClassId | None = None


class LooseWrite(NamedTuple):
    """Marks of one sheet and term that one gesture typed on a day nothing was open."""

    seq: int
    at: str
    actor: str
    kind: str
    class_name: str
    subject: str
    term: str
    cells: int


class ChangeQueries(Protocol):
    """Changes of mark cells with the names a report needs."""

    def steps(self, scope: ChangeScope) -> list[CellStep]:
        """Every step that touches a value the cell holds or has held, in any order."""
        ...

    def after_close(self, scope: ChangeScope) -> list[CellStep]:
        """Every step, first values too, after its class x period was closed."""
        ...

    def outside_windows(self, scope: ChangeScope) -> list[LooseWrite]:
        """Marks typed on a day that no entry window and no late opening covered."""
        ...

    def odd_hours(self, scope: ChangeScope, usual: WorkHours) -> list[TrailEntry]:
        """Entries outside the usual hours."""
        ...
