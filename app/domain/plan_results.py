"""Kết quả theo kế hoạch giáo dục cá nhân: the GVCN's own result of a pupil with disabilities.

TT27/2020, Điều 8 and 9: such a pupil is assessed by adjusted requirements or by the plan, so the
result that follows from the levels may not be his. The GVCN proposes, the principal decides; only
an accepted proposal counts, and the newest of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import PupilId


@dataclass(frozen=True, slots=True)
class PlanResult:
    """One proposal and what became of it; `accepted` is None while the principal has not said.

    `result` in the circular's words ("Hoàn thành"), "" to take an accepted one back; `document` is
    the plan and the minutes that the result rests on; `remark` the principal's.
    """

    id: int
    pupil_id: PupilId
    result: str
    document: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    accepted: bool | None = None
    decision_no: str = ""
    remark: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether the principal is asked."""
        return self.accepted is None


def in_force(proposals: Iterable[PlanResult]) -> dict[PupilId, str]:
    """The accepted result of each pupil; `proposals` oldest first."""
    found: dict[PupilId, str] = {}
    for one in proposals:
        if one.accepted:
            found[one.pupil_id] = one.result
    return {pupil: result for pupil, result in found.items() if result}
