"""Decisions of the page Kiểm dò: which term, which sheet, whose work comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.periods import Period
from app.domain.proof_reading import RemarkState

if TYPE_CHECKING:
    from app.domain.school import SchoolYear
    from app.readmodels.mark_sheet import SheetId
    from app.readmodels.proof_reading import ProofBoard, ProofSheet, RemarkLine
    from app.workspace import Workspace
    from ui.navigation import PageContext


class ProofsPresenter:
    """Reads services for one person; draws nothing."""

    def __init__(self, context: PageContext, work: Workspace) -> None:
        self._context = context
        self._work = work
        self._year: SchoolYear | None = None
        self._board: ProofBoard | None = None
        self.periods: tuple[Period, ...] = ()
        self.period = Period.HK1
        self.sheet_id: SheetId | None = None

    @property
    def year(self) -> SchoolYear | None:
        """The year shown."""
        return self._year

    def use_year(self, year: SchoolYear | None) -> None:
        """Another year, at the term of today."""
        self._year = year
        self.sheet_id = None
        if year is not None:
            self.periods, self.period = self._work.proof_tables.periods(year.id)

    def use_period(self, period: Period) -> None:
        """The other term; the sheet stays where it exists there too."""
        self.period = period

    def read(self, *, resolved: bool) -> tuple[ProofBoard, tuple[RemarkLine, ...]] | None:
        """The board and the remarks of the term; None when refused or without a year."""
        year, work, actor = self._year, self._work, self._work.session.actor
        if year is None:
            return None
        board = self._context.commands.ask(
            lambda: work.proof_tables.board(actor, year.id, self.period)
        )
        remarks = self._context.commands.ask(
            lambda: work.proof_remarks.of_year(actor, year.id, resolved=resolved)
        )
        if board is None or remarks is None:
            return None
        self._board = board
        known = [line.sheet for line in board.lines]
        if self.sheet_id not in known:
            mine = [line for line in board.lines if line.mine and not line.confirmed]
            own = [line for line in board.lines if line.mine]
            first = (mine or own or list(board.lines))[:1]
            self.sheet_id = first[0].sheet if first else None
        return board, tuple(line for line in remarks if line.period is self.period)

    def has_sheets_to_read(self) -> bool:
        """Whether this person opens the page to read."""
        return self._board is not None and any(
            line.mine and not line.confirmed for line in self._board.lines
        )

    def choices(self) -> list[tuple[SheetId, str]]:
        """Sheets of the check screen: one's own work first."""
        if self._board is None:
            return []
        lines = sorted(self._board.lines, key=lambda line: not line.mine)
        return [(line.sheet, f"{line.subject_name} {line.class_name}") for line in lines]

    def sheet(self) -> ProofSheet | None:
        """The sheet chosen, as this person sees it."""
        chosen = self.sheet_id
        if chosen is None:
            return None
        actor, period = self._work.session.actor, self.period
        return self._context.commands.ask(lambda: self._work.proofs.open(actor, chosen, period))

    def waiting_for_me(self, remarks: tuple[RemarkLine, ...]) -> int:
        """Remarks that this person answers or resolves now."""
        return sum(
            (line.may_answer and line.remark.state is RemarkState.OPEN)
            or (line.may_resolve and line.remark.state is RemarkState.ANSWERED)
            for line in remarks
        )
