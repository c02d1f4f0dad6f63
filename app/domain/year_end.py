"""Xét cuối năm and the summer: lists, re-assessment, conduct, decisions, sign-offs, stored results.

TT22/2021, Điều 12 to 15 (lists and summer), Điều 18 to 20 (who proposes, who approves).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.ids import ClassId, PrintRunId, PupilId, SubjectId
from app.domain.periods import Period


class YearStage(StrEnum):
    """When lists are approved: at the end of the year, and again after the summer."""

    YEAR = "year"
    SUMMER = "summer"

    @property
    def words(self) -> str:
        """Inside a sentence."""
        return "cuối năm học" if self is YearStage.YEAR else "sau kì nghỉ hè"


class ListKind(StrEnum):
    """The five lists of a class, and who has no place in them yet."""

    PROMOTED = "promoted"
    REASSESS = "reassess"
    SUMMER_CONDUCT = "summer_conduct"
    RETAINED = "retained"
    AWARD = "award"
    UNDECIDED = "undecided"

    def label(self, last_grade: str = "", *, primary: bool = False) -> str:
        """Name of the list; a last grade ("THCS") completes its programme instead."""
        if primary and self is ListKind.REASSESS:
            return "Đánh giá bổ sung"
        if primary and self is ListKind.RETAINED:
            return "Chưa được lên lớp"
        done = f"hoàn thành chương trình {last_grade}"
        return {
            ListKind.PROMOTED: f"Được công nhận {done}" if last_grade else "Được lên lớp",
            ListKind.REASSESS: "Kiểm tra, đánh giá lại môn học",
            ListKind.SUMMER_CONDUCT: "Rèn luyện trong kì nghỉ hè",
            ListKind.RETAINED: f"Chưa {done}" if last_grade else "Không được lên lớp",
            ListKind.AWARD: "Khen thưởng cuối năm",
            ListKind.UNDECIDED: "Chờ hiệu trưởng quyết định",
        }[self]


FIVE_LISTS = (
    ListKind.PROMOTED,
    ListKind.REASSESS,
    ListKind.SUMMER_CONDUCT,
    ListKind.RETAINED,
    ListKind.AWARD,
)
"""What a class's paper holds, in this order."""


@dataclass(frozen=True, slots=True)
class Reassessment:
    """Kiểm tra, đánh giá lại of one pupil in one subject (Điều 14), or đánh giá bổ sung.

    `code` is the column of a primary subject that is assessed again, "" in secondary schools.
    `value` in tenths, DAT/CHUA_DAT or a primary level; None: không dự, the year's result stands and
    `document` says why. `late`: entered after the window by mở bổ sung.
    """

    pupil_id: PupilId
    subject_id: SubjectId
    value: int | None
    document: str = ""
    late: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class SummerConduct:
    """Kết quả rèn luyện after the summer (Điều 13); `document` is the report with signatures."""

    pupil_id: PupilId
    level: str
    document: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class YearDecision:
    """What the principal decided for a pupil the circular leaves open (Điều 11, 12 khoản 4)."""

    pupil_id: PupilId
    promoted: bool
    reason: str
    decision_no: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SummerFacts:
    """Everything of a class that is known only after its year was closed."""

    reassessed: Mapping[tuple[PupilId, SubjectId], Reassessment] = field(default_factory=dict)
    conduct: Mapping[PupilId, SummerConduct] = field(default_factory=dict)
    decisions: Mapping[PupilId, YearDecision] = field(default_factory=dict)
    supplementary: Mapping[tuple[PupilId, SubjectId, str], Reassessment] = field(
        default_factory=dict
    )
    """Đánh giá bổ sung of primary schools, by column code."""

    @property
    def changes_results(self) -> bool:
        """Whether the circular concludes anything else than at the end of the year."""
        return bool(self.reassessed or self.conduct or self.supplementary)


NO_SUMMER = SummerFacts()


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of an approved list; `subject_id` for REASSESS.

    `note` is the title of AWARD, and the column code of a primary REASSESS.
    """

    kind: ListKind
    pupil_id: PupilId
    subject_id: SubjectId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearList:
    """The lists of one stage as proposed and (when `approved_at` is set) approved.

    `rule_digest` fingerprints what the circular said when they were proposed. `rows` are kept at
    the approval: the summer is open for these pupils only.
    """

    id: int
    class_id: ClassId
    stage: YearStage
    rule_digest: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    decision_no: str = ""
    rows: tuple[ListRow, ...] = ()
    voided_at: datetime | None = None
    voided_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether no later change voided it."""
        return self.voided_at is None

    @property
    def approved(self) -> bool:
        """Whether the principal signed it and it stands."""
        return self.stands and self.approved_at is not None


@dataclass(frozen=True, slots=True)
class SignOff:
    """Ký duyệt of a class x period, or of a printed book (`print_run_id`)."""

    id: int
    class_id: ClassId
    period: Period
    print_run_id: PrintRunId | None
    data_digest: str
    remark: str
    by: str
    at: datetime
    voided_at: datetime | None = None
    voided_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether no later change voided it."""
        return self.voided_at is None


class Basis(StrEnum):
    """On which occasion results were stored."""

    CONFIRM = "confirm"
    CLOSE = "close"


def standing_list(lists: tuple[YearList, ...], stage: YearStage) -> YearList | None:
    """The list of a stage that stands, proposed or approved; the newest."""
    found = [item for item in lists if item.stage is stage and item.stands]
    return found[-1] if found else None
