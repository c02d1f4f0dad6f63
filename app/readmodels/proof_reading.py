"""Kiểm dò as the screens show it: the table of assignments, one sheet, remarks, differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from app.domain.ids import AccountId, AssessmentId, PupilId
from app.domain.locks import WhyLocked
from app.domain.periods import Period
from app.domain.proof_reading import ComparedWith, ProofAssignment, Remark, RemarkState
from app.readmodels.mark_sheet import CellKey, SheetId


class CellProof(Enum):
    """How far the reading of one cell is."""

    UNREAD = "unread"
    RIGHT = "right"
    REMARKED = "remarked"
    ANSWERED = "answered"
    EMPTY = "empty"
    OUT = "out"
    """The pupil left, or does not study the subject: nothing to read."""


class ProofCell(NamedTuple):
    """One cell; `remark_id` of the remark that waits on it."""

    text: str
    state: CellProof
    remark_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProofColumn:
    """One column and who compared it with the paper book, if anybody did."""

    key: str
    title: str
    assessment_id: AssessmentId
    proved_at: datetime | None = None
    proved_by: str = ""
    how: ComparedWith | None = None


class ProofRow(NamedTuple):
    """One pupil, in the order of the paper."""

    pupil_id: PupilId
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark with the words around it. `locked` is why the teacher cannot just type the right
    mark: then a correction case is the way.
    """

    remark: Remark
    class_name: str
    subject_name: str
    period: Period
    pupil: str
    position: int
    key: CellKey
    column: str
    now: str
    teacher: str
    locked: WhyLocked | None
    may_answer: bool
    may_resolve: bool

    @property
    def sheet(self) -> SheetId:
        """Where the cell is."""
        return SheetId(self.remark.class_id, self.remark.subject_id)

    @property
    def changed(self) -> bool:
        """Whether the cell reads differently since the remark was written."""
        return self.now != self.remark.seen


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """One sheet under proof-reading, `cells[row][column]`.

    `why_not`: why this person only looks.
    """

    sheet: SheetId
    class_name: str
    subject_name: str
    period: Period
    teacher: str
    assignment: ProofAssignment | None
    columns: tuple[ProofColumn, ...]
    rows: tuple[ProofRow, ...]
    cells: tuple[tuple[ProofCell, ...], ...]
    remarks: tuple[RemarkLine, ...]
    may_read: bool
    why_not: str

    @property
    def read(self) -> int:
        """Cells found right."""
        return sum(c.state is CellProof.RIGHT for row in self.cells for c in row)

    @property
    def to_read(self) -> int:
        """Cells that hold something."""
        nothing = (CellProof.EMPTY, CellProof.OUT)
        return sum(c.state not in nothing for row in self.cells for c in row)

    @property
    def waiting(self) -> int:
        """Remarks not resolved."""
        return sum(line.remark.state is not RemarkState.RESOLVED for line in self.remarks)


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One sheet in the table of assignments; `assignment` None: nobody reads it yet."""

    sheet: SheetId
    class_name: str
    subject_name: str
    teacher: str
    assignment: ProofAssignment | None
    columns: int
    proved: int
    waiting: int
    mine: bool
    teaches: bool

    @property
    def reader(self) -> str:
        """Name of the reader."""
        return "" if self.assignment is None else self.assignment.reader_name

    @property
    def confirmed(self) -> bool:
        """Whether the reader's confirmation stands."""
        return self.assignment is not None and self.assignment.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class ProofBoard:
    """Every sheet of a year and period; `may_assign`: this person draws the table up; `may_print`:
    they see the whole of it and may print it.
    """

    year_name: str
    period: Period
    lines: tuple[AssignmentLine, ...]
    may_assign: bool
    may_print: bool
    required: bool

    @property
    def confirmed(self) -> int:
        """Sheets read and confirmed."""
        return sum(line.confirmed for line in self.lines)


class ReaderChoice(NamedTuple):
    """Somebody who may be given the sheet, and how many sheets they have already."""

    account_id: AccountId
    name: str
    department: str
    load: int


class ProofDifference(NamedTuple):
    """One cell that reads otherwise in the other source; `fault` when what was typed is no mark."""

    key: CellKey
    position: int
    name: str
    column: str
    here: str
    there: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ProofComparison:
    """Second entry or announced list against the sheet, without anything written."""

    columns: tuple[str, ...]
    compared: int
    differences: tuple[ProofDifference, ...]
    source: str = ""

    @property
    def same(self) -> int:
        """Cells that agree."""
        return self.compared - len(self.differences)
