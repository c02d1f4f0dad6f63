"""Kiểm tra nội bộ: a leader's or tổ trưởng's look at sheets, what was found, what became of it.

Scheduled or unannounced (M98); what follows for a teacher is recorded with it, not decided (M99).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import AccountId, ClassId, SchoolYearId, SubjectId


class CheckKind(StrEnum):
    """Whether the teachers knew the day."""

    SCHEDULED = "scheduled"
    SURPRISE = "surprise"

    @property
    def label(self) -> str:
        """Words on screen and paper."""
        return {CheckKind.SCHEDULED: "Định kì", CheckKind.SURPRISE: "Đột xuất"}[self]


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing to put right by `due_on`, of one teacher; with the class and subject if it has any.

    Settled when `closed_at` is set: `closed_by_name` looked again and wrote `closing_note`.
    """

    account_id: AccountId
    teacher: str
    finding: str
    remedy: str
    due_on: date
    class_id: ClassId | None = None
    class_name: str = ""
    subject_id: SubjectId | None = None
    subject: str = ""
    closed_by_name: str = ""
    closed_at: datetime | None = None
    closing_note: str = ""
    id: int = 0
    check_id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look again."""
        return self.closed_at is None

    def is_late(self, today: date) -> bool:
        """Whether it is open after its day."""
        return self.is_open and self.due_on < today

    @property
    def place(self) -> str:
        """Class and subject, as far as it has them: "Lớp 6A, Toán"."""
        parts = [f"Lớp {self.class_name}" if self.class_name else "", self.subject]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class InternalCheck:
    """One check: of which tổ ("" of the whole school), what was looked at, by whom, how it ended.

    `members` are the names of who looked, the recorder among them.
    """

    school_year_id: SchoolYearId
    kind: CheckKind
    made_on: date
    department: str
    looked_at: str
    members: str
    outcome: str
    made_by: AccountId
    recorded_at: datetime
    findings: tuple[CheckFinding, ...] = ()
    id: int = 0

    @property
    def open_findings(self) -> int:
        """How many still wait."""
        return sum(finding.is_open for finding in self.findings)
