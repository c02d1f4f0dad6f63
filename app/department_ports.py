"""Ports to departments, internal checks and the counts behind their boards; `db` fulfils them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from app.domain.ids import AccountId, AssessmentId, SchoolYearId
from app.domain.internal_checks import CheckFinding, InternalCheck


class DepartmentRepository(Protocol):
    """Subjects of each tổ, checks and their findings; a check is never changed or removed."""

    def subjects(self) -> Mapping[str, str]:
        """Subject code -> tổ whose it is."""
        ...

    def set_subjects(self, department: str, codes: Collection[str]) -> None:
        """Exactly these subjects are the tổ's; another tổ loses what it had of them."""
        ...

    def checks(self, year_id: SchoolYearId) -> tuple[InternalCheck, ...]:
        """Checks of a year with their findings, the newest first."""
        ...

    def add_check(self, check: InternalCheck) -> int:
        """Keep a new one with its findings; its id."""
        ...

    def finding(self, finding_id: int) -> tuple[InternalCheck, CheckFinding] | None:
        """One finding with its check."""
        ...

    def close_finding(self, finding_id: int, by: AccountId, at: datetime, note: str) -> None:
        """Settled."""
        ...

    def late_marks(self, year_id: SchoolYearId) -> Mapping[AssessmentId, int]:
        """Columns of a year with marks that came after their due day, and how many."""
        ...
