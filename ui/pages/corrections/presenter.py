"""Decisions of the corrections page: which cases are shown, in which order, what is running."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.corrections import Step
from app.services.correction_board import CorrectionBoard
from app.services.printing import PRINTERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from app.actor import Actor
    from app.changes import CommandResult
    from app.domain.corrections import CaseAbout
    from app.domain.ids import CorrectionId, SchoolYearId
    from app.ports import PrintRun
    from app.readmodels.correction_case import CaseRow, CaseView, DeclarationDraft
    from app.readmodels.correction_log import CorrectionLog
    from app.readmodels.mark_sheet import CellKey
    from app.services.printing import Printed
    from app.workspace import Workspace


class CaseList(StrEnum):
    """The three lists of the page."""

    FOR_ME = "for_me"
    MINE = "mine"
    ALL = "all"


class CorrectionsPresenter:
    """Knows the cases of one year as one person sees them; asks services, draws nothing."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        self._board = CorrectionBoard(work.session.uow, work.clock)
        self._rows: tuple[CaseRow, ...] = ()
        self.year_id: SchoolYearId | None = None

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self.work.session.actor

    def load(self) -> tuple[CaseRow, ...]:
        """Read the cases again; without a school year there are none."""
        self._rows = () if self.year_id is None else self._board.rows(self.actor, self.year_id)
        return self._rows

    def shown(self, which: CaseList) -> list[CaseRow]:
        """The cases of a list, open ones first, then the newest."""
        chosen = [row for row in self._rows if _belongs(row, which)]
        return sorted(chosen, key=lambda row: (not row.step.is_open, -row.number))

    def count(self, which: CaseList) -> int:
        """How many a list has."""
        return sum(_belongs(row, which) for row in self._rows)

    def first_list(self) -> CaseList:
        """The list to open with: where there is something to do."""
        for which in (CaseList.FOR_ME, CaseList.MINE):
            if self.count(which):
                return which
        return CaseList.ALL

    def row(self, case_id: CorrectionId) -> CaseRow | None:
        """A case of the year by id."""
        return next((row for row in self._rows if row.id == case_id), None)

    def has_open_cells(self) -> bool:
        """Whether a countdown runs somewhere."""
        return any(row.step is Step.APPROVED for row in self._rows)

    def any_expired(self, now: datetime) -> bool:
        """Whether some case's time is over without having been written down."""
        return any(row.is_expired(now) for row in self._rows)

    def relock(self) -> CommandResult | None:
        """Write down the cases whose time ran out."""
        if self.year_id is None:
            return None
        return self.work.corrections.relock_expired(self.actor, self.year_id)

    def case(self, case_id: CorrectionId) -> CaseView:
        """One case whole."""
        return self._board.case(self.actor, case_id)

    def draft(self, about: CaseAbout, keys: Sequence[CellKey]) -> DeclarationDraft:
        """What a declaration for these cells starts from."""
        return self._board.draft(self.actor, about, keys)

    def printed(self, case_id: CorrectionId) -> PrintRun | None:
        """The newest minutes already printed for a case."""
        if self.year_id is None:
            return None
        runs = self.work.printing.runs(self.year_id)
        return next((run for run in runs if run.correction_id == case_id), None)

    def print_minutes(self, case_id: CorrectionId) -> CommandResult:
        """One numbered run; its payload is `Printed`."""
        return self.work.printing.print_correction_minutes(self.actor, case_id)

    @property
    def may_print_books(self) -> bool:
        """Whether this person prints papers over many cases."""
        return self.actor.has(*PRINTERS)

    def log(self, first: date, last: date) -> CorrectionLog | None:
        """What the log of these days would hold; None without a year."""
        if self.year_id is None:
            return None
        return self.work.correction_books.log(self.year_id, first, last)

    def print_log(self, first: date, last: date) -> CommandResult | None:
        """One numbered run of the log; its payload is `Printed`."""
        if self.year_id is None:
            return None
        return self.work.correction_books.print_log(self.actor, self.year_id, first, last)

    def print_follow_up(self) -> CommandResult | None:
        """One numbered run of the follow-up book."""
        if self.year_id is None:
            return None
        return self.work.correction_books.print_follow_up(self.actor, self.year_id)

    def content(self, run: PrintRun) -> bytes:
        """The very bytes of a run."""
        return self.work.printing.content(run.id)


def printed_of(result: CommandResult) -> Printed:
    """The payload of `print_minutes`."""
    from app.services.printing import Printed

    if not isinstance(result.payload, Printed):
        raise TypeError(f"a print run was expected, not {type(result.payload).__name__}")
    return result.payload


def _belongs(row: CaseRow, which: CaseList) -> bool:
    if which is CaseList.FOR_ME:
        return row.for_me
    return row.mine if which is CaseList.MINE else True
