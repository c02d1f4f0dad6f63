"""What the service of results by individual plans asks of storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.plan_results import PlanResult


class PlanResultRepository(Protocol):
    """Proposals are added, never changed but for the principal's word."""

    def of_class(self, class_id: ClassId) -> tuple[PlanResult, ...]: ...
    def waiting(self, year_id: SchoolYearId) -> dict[ClassId, int]: ...
    def propose(
        self,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        result: str,
        document: str,
        reason: str,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def decide(
        self,
        proposal_id: int,
        *,
        accepted: bool,
        decision_no: str,
        remark: str,
        by: AccountId,
        at: datetime,
    ) -> None: ...
