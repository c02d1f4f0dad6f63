"""Rà soát trước khi chốt: what differs from what was stored, what looks odd, who confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.periods import Period
from app.domain.year_end import SignOff
from app.services.anomalies import Anomaly


@dataclass(frozen=True, slots=True)
class Difference:
    """One result that a fresh computation gives differently than the stored one.

    `since` is the occasion ("lúc chốt học kì I"), `cause` the case behind it, "" when nothing in
    the file explains it.
    """

    pupil_id: PupilId
    pupil: str
    subject_id: SubjectId | None
    field: str
    before: str
    now: str
    since: str
    cause: str
    period: Period


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """One subject (or, without `subject_id`, the GVCN): who confirms, and whether it stands.

    `voided_why` says why the last confirmation no longer counts.
    """

    subject_id: SubjectId | None
    subject: str
    person: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    voided_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is confirmed and nothing changed since."""
        return self.confirmed_at is not None and not self.voided_why


@dataclass(frozen=True, slots=True)
class ClosingReview:
    """Everything a principal looks at beside completeness.

    `tampered`: a sentence when stored results are not those the trail signed for.
    """

    class_id: ClassId
    class_name: str
    period: Period
    differences: tuple[Difference, ...]
    anomalies: tuple[Anomaly, ...]
    homeroom: ConfirmationLine
    subjects: tuple[ConfirmationLine, ...]
    sign_off: SignOff | None
    sign_off_stale: bool
    compared: tuple[str, ...]
    """Occasions whose stored results were compared."""
    tampered: tuple[str, ...] = ()

    @property
    def confirmed(self) -> int:
        """Subjects whose teacher confirmed."""
        return sum(line.stands for line in self.subjects)
