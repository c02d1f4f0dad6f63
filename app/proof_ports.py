"""Port to assignments, ticks, columns and remarks of proof-reading; `db` fulfils it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.ids import AccountId, AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.proof_reading import (
    CellAt,
    ColumnProof,
    ComparedWith,
    Post,
    ProofAssignment,
    ProofTick,
    Remark,
)


class ProofRepository(Protocol):
    """Everything of kiểm dò; assignments and remarks are ended, never removed."""

    def assignments(self, year_id: SchoolYearId, period: Period) -> tuple[ProofAssignment, ...]:
        """Assignments in force of a period, by class and subject."""
        ...

    def assignment(self, post: Post, period: Period) -> ProofAssignment | None:
        """The assignment in force of one sheet."""
        ...

    def assign(
        self, post: Post, period: Period, reader: AccountId, by: AccountId, at: datetime
    ) -> None:
        """Give a sheet to a reader; the former assignment ends."""
        ...

    def confirm(self, assignment_id: int, at: datetime) -> None:
        """The reader's confirmation stands from now."""
        ...

    def ticks(self, class_id: ClassId, subject_id: SubjectId) -> tuple[ProofTick, ...]:
        """Cells found right, whatever they read now."""
        ...

    def tick(self, ticks: Sequence[ProofTick], by: AccountId, at: datetime) -> None:
        """Cells found right; a former tick of the same cell is overwritten."""
        ...

    def untick(self, cells: Collection[CellAt]) -> None:
        """Cells no longer found right."""
        ...

    def columns(self, class_id: ClassId) -> tuple[ColumnProof, ...]:
        """Columns of a class whose comparison stands."""
        ...

    def proved_in(self, year_id: SchoolYearId) -> frozenset[AssessmentId]:
        """Columns of the whole year whose comparison stands."""
        ...

    def prove_columns(
        self,
        columns: Collection[AssessmentId],
        how: ComparedWith,
        by: AccountId,
        at: datetime,
    ) -> None:
        """Đã đối chiếu; a former proof of the same column is replaced."""
        ...

    def void(self, columns: Collection[AssessmentId], at: datetime, why: str) -> int:
        """Take back the proofs of changed columns and the confirmations over them; how many."""
        ...

    def proofed(self, class_id: ClassId, subject_id: SubjectId) -> frozenset[AssessmentId]:
        """Columns of one sheet that a change would take something back from."""
        ...

    def remarks(self, year_id: SchoolYearId, class_id: ClassId | None = None) -> tuple[Remark, ...]:
        """Remarks of the year or of one class, the oldest first."""
        ...

    def remark(self, remark_id: int) -> Remark | None:
        """One remark."""
        ...

    def add_remark(self, new: Remark) -> int:
        """Keep a new one; its id."""
        ...

    def answer(self, remark_id: int, answer: str, by: AccountId, at: datetime) -> None:
        """The teacher's answer."""
        ...

    def resolve(self, remark_id: int, how: str, by: AccountId, at: datetime) -> None:
        """Settled for good."""
        ...
