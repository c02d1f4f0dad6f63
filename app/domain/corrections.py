"""Hồ sơ sửa điểm: the steps of a case and who may take which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.ids import AccountId, AssessmentId, ClassId, CorrectionId, PupilId, SubjectId
from app.domain.marks import MarkCell


class CaseKind(StrEnum):
    """What a case changes; each kind has its own approvers and evidence (`app.domain.case_rules`).

    MARKS are marks and comments of one subject, CONDUCT is rèn luyện with its comments and typed
    days absent, ATTENDANCE single days of điểm danh, PROFILE what the books print of a pupil.
    """

    MARKS = "marks"
    CONDUCT = "conduct"
    ATTENDANCE = "attendance"
    PROFILE = "profile"

    @property
    def label(self) -> str:
        """Where a list would name the subject."""
        return {
            CaseKind.MARKS: "Điểm, nhận xét",
            CaseKind.CONDUCT: "Rèn luyện",
            CaseKind.ATTENDANCE: "Điểm danh",
            CaseKind.PROFILE: "Thông tin học sinh",
        }[self]

    @property
    def act(self) -> str:
        """What is done, in a sentence and in the title of its paper."""
        return {
            CaseKind.MARKS: "sửa điểm",
            CaseKind.CONDUCT: "sửa kết quả rèn luyện",
            CaseKind.ATTENDANCE: "sửa điểm danh",
            CaseKind.PROFILE: "sửa thông tin học sinh",
        }[self]


def trail_kind(kind: CaseKind, step: str) -> str:
    """Kind of the trail entry of a step ("correction.declare").

    What a case about a pupil quotes of personal papers stays out of a sealed trail as everything
    under "roster." does.
    """
    return f"{'roster.' if kind is CaseKind.PROFILE else ''}correction.{step}"


class CaseAbout(NamedTuple):
    """What a case is opened for; `subject_id` only for MARKS."""

    kind: CaseKind
    class_id: ClassId
    subject_id: SubjectId | None = None


class Step(StrEnum):
    """Where a case stands.

    DECLARED -> REGISTERED -> CHECKED -> APPROVED (open) -> APPLIED; or it ends early.
    """

    DECLARED = "declared"
    REGISTERED = "registered"
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
            Step.DECLARED: "Chờ vào sổ",
            Step.REGISTERED: "Chờ kiểm dò",
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
        return self in (*UNDECIDED, Step.APPROVED)


UNDECIDED = (Step.DECLARED, Step.REGISTERED, Step.CHECKED)
"""Steps before anybody decided: the requester may still withdraw."""


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One cell of a case: exactly this old value becomes exactly this new one."""

    assessment_id: AssessmentId
    pupil_id: PupilId
    old: MarkCell
    new: MarkCell


@dataclass(frozen=True, slots=True)
class FactItem:
    """One written fact of a case: exactly this old text becomes exactly this new one.

    `field` names it inside the kind: "HK1.comment", "HK1.level", a day "2026-10-05", "birth_date".
    Texts are as stored: NFC, days in ISO, "P"/"K"/"".
    """

    pupil_id: PupilId
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A case over cells of one class x subject x reason, or of one class x kind x reason.

    `evidence_book` / `evidence_paper` say where the second person finds the two proofs that the
    kind asks for (of marks: the personal mark book's line and the test paper, "trang 23, dòng
    12"); both must be filled. `items` are marks, `facts` all else. `register_no` is the number
    under which văn thư took it in. People are account ids.
    """

    id: CorrectionId
    number: int
    class_id: ClassId
    subject_id: SubjectId | None
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
    kind: CaseKind = CaseKind.MARKS
    facts: tuple[FactItem, ...] = ()
    register_no: str = ""
    registered_by: AccountId | None = None
    registered_at: datetime | None = None
    explanation: str = ""
    explained_by: AccountId | None = None
    explained_at: datetime | None = None

    @property
    def about(self) -> CaseAbout:
        """Its kind, class and subject."""
        return CaseAbout(self.kind, self.class_id, self.subject_id)

    @property
    def size(self) -> int:
        """How many cells it changes."""
        return len(self.items) + len(self.facts)


@dataclass(frozen=True, slots=True)
class CaseScan:
    """A scanned piece of evidence without its bytes; `media` is "jpeg", "png" or "pdf"."""

    id: int
    case_id: CorrectionId
    name: str
    media: str
    digest: str
    added_by: AccountId
    added_at: datetime
