"""Cứu dữ liệu: everything readable of a damaged file into a new one, as a port."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.progress import Progress, no_progress
from app.vault import PersonEntry


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """What came of one table: rows written, and what is not readable.

    `lost_pages` counts damaged pages, `cut_rows` rows whose continuation is damaged or that the new
    file refused.
    """

    name: str
    rows: int
    lost_pages: int = 0
    cut_rows: int = 0

    @property
    def is_whole(self) -> bool:
        """Nothing of it is missing."""
        return not (self.lost_pages or self.cut_rows)


@dataclass(frozen=True, slots=True)
class Salvage:
    """The new file, opened and checked, in a folder of its own beside the damaged one.

    `list_path` is the saved list of what is not readable; `problem` what the trail says of the new
    file ("" when its chain, signatures and marks agree); `doubts` are whole sentences.
    """

    path: Path
    list_path: Path
    tables: tuple[SalvagedTable, ...]
    problem: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows saved."""
        return sum(table.rows for table in self.tables)

    @property
    def damaged(self) -> tuple[SalvagedTable, ...]:
        """Tables that are not whole."""
        return tuple(table for table in self.tables if not table.is_whole)


class Salvaging(Protocol):
    """Salvage of one file. `uid` may be `RECOVERY_UID`: the secret then is the printed code."""

    def people(self) -> tuple[PersonEntry, ...]:
        """Whose password the keyfile knows; not yet authenticated."""
        ...

    def salvage(self, uid: str, secret: str, progress: Progress = no_progress) -> Salvage:
        """Read around everything damaged; the damaged file is only read, never written.

        Only a principal, an administrator or the printed code. Raises `EnvironmentProblem`
        (`nothing_to_salvage`, disk faults) and `AccessDenied`; nothing is then left behind.
        """
        ...
