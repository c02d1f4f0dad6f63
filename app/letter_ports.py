"""What the school's letters need from the outside; `db` fulfils this Protocol."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.domain.dossiers import Dossier, EnclosedPaper
from app.domain.ids import AccountId, SchoolYearId
from app.domain.letters import Board, BoardMember, LetterKind, LetterText


class LetterRepository(Protocol):
    """Texts by version, members of boards by year, the dossier of a year."""

    def texts(self, kind: LetterKind) -> tuple[LetterText, ...]:
        """The school's own versions, the oldest first; none while it uses the shipped text."""
        ...

    def add_text(self, text: LetterText, by: AccountId) -> None:
        """Keep a version for ever; `written_at` must be set."""
        ...

    def members(self, year_id: SchoolYearId, board: Board) -> tuple[BoardMember, ...]:
        """Who sits on the board, in the order of its table."""
        ...

    def put_members(
        self, year_id: SchoolYearId, board: Board, members: tuple[BoardMember, ...]
    ) -> None:
        """Replace everybody on the board."""
        ...

    def dossier(self, year_id: SchoolYearId) -> Dossier:
        """The year's dossier; an empty one while nothing was set."""
        ...

    def plan_dossier(self, year_id: SchoolYearId, receiver: str, due_on: date | None) -> None:
        """Where it goes and by when."""
        ...

    def enclose(
        self, year_id: SchoolYearId, paper: EnclosedPaper, by: AccountId, at: datetime
    ) -> None:
        """What stands for a part by hand, in place of what did before."""
        ...

    def hand_in(self, year_id: SchoolYearId, on: date, how: str) -> None:
        """When and how the dossier was handed in."""
        ...
