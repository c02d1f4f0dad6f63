"""What reports on the trail need from the outside; `db` fulfils this Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.ids import ClassId, SchoolYearId
from app.domain.net_change import CellStep


@dataclass(frozen=True, slots=True)
class ChangeScope:
    """Which changes of a school year; days are inclusive, None means no bound."""

    year_id: SchoolYearId
    since: date | None = None
    until: date | None = None
    class_id: ClassId | None = None


class ChangeQueries(Protocol):
    """Changes of mark cells with the names a report needs."""

    def steps(self, scope: ChangeScope) -> list[CellStep]:
        """Every step that touches a value the cell holds or has held, in any order."""
        ...
