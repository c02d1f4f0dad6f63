"""Hồ sơ sửa điểm: the steps of a case and who may take which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import AccountId, AssessmentId, ClassId, CorrectionId, PupilId, SubjectId
from app.domain.marks import MarkCell


class Step(StrEnum):
    """Where a case stands. DECLARED -> CHECKED -> APPROVED (open) -> APPLIED; or it ends early."""

    DECLARED = "declared"
    CHECKED = "checked"
    APPROVED = "approved"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """Words on screen."""
        return {
            Step.DECLARED: "Chờ kiểm dò",
            Step.CHECKED: "Chờ duyệt",
            Step.APPROVED: "Đã duyệt, chờ sửa",
            Step.APPLIED: "Đã sửa, đã khóa lại",
            Step.REFUSED: "Bị từ chối",
            Step.WITHDRAWN: "Đã rút",
            Step.EXPIRED: "Hết giờ mở, đã khóa lại",
        }[self]

    @property
    def is_open(self) -> bool:
        """Whether the case still waits for somebody."""
        return self in (Step.DECLARED, Step.CHECKED, Step.APPROVED)


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One cell of a case: exactly this old value becomes exactly this new one."""

    assessment_id: AssessmentId
    pupil_id: PupilId
    old: MarkCell
    new: MarkCell


@dataclass(frozen=True, slots=True)
class Correction:
    """A case over cells of one class x subject x reason.

    `evidence_book` / `evidence_paper` say where the second person finds the personal mark book's
    line and the test paper ("trang 23, dòng 12"); both must be filled. People are account ids.
    """

    id: CorrectionId
    number: int
    class_id: ClassId
    subject_id: SubjectId
    step: Step
    reason: str
    evidence_book: str
    evidence_paper: str
    requested_by: AccountId
    requested_at: datetime
    items: tuple[CorrectionItem, ...]
    late_reason: str = ""
    checked_by: AccountId | None = None
    checked_at: datetime | None = None
    check_note: str = ""
    decided_by: AccountId | None = None
    decided_at: datetime | None = None
    decision_note: str = ""
    witnesses: tuple[str, ...] = ()
    unlocked_until: datetime | None = None
    applied_at: datetime | None = None
    ended_at: datetime | None = None
