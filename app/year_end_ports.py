"""What the year-end services need from the outside; `db` fulfils these Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.ids import AccountId, ClassId, PrintRunId, PupilId, SchoolYearId, SubjectId
from app.domain.periods import Period
from app.domain.year_end import (
    Basis,
    ListRow,
    Reassessment,
    SignOff,
    SummerConduct,
    SummerFacts,
    YearList,
    YearStage,
)


@dataclass(frozen=True, slots=True)
class ConfirmationRecord:
    """One xác nhận, standing or voided; `subject_id` None is the GVCN's."""

    subject_id: SubjectId | None
    name: str
    at: datetime
    voided_at: datetime | None = None
    voided_why: str = ""


class YearEndRepository(Protocol):
    """Summer results, the principal's decisions and the lists."""

    def summer(self, class_id: ClassId) -> SummerFacts: ...
    def put_reassessment(
        self, class_id: ClassId, result: Reassessment, by: AccountId, at: datetime
    ) -> None: ...
    def clear_reassessment(
        self, class_id: ClassId, pupil_id: PupilId, subject_id: SubjectId, code: str = ""
    ) -> None: ...
    def put_summer_conduct(
        self, class_id: ClassId, result: SummerConduct, by: AccountId, at: datetime
    ) -> None: ...
    def clear_summer_conduct(self, class_id: ClassId, pupil_id: PupilId) -> None: ...
    def add_decision(
        self,
        class_id: ClassId,
        pupil_id: PupilId,
        *,
        promoted: bool,
        reason: str,
        decision_no: str,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def lists(self, class_id: ClassId) -> tuple[YearList, ...]: ...
    def standing_lists(self, year_id: SchoolYearId) -> tuple[YearList, ...]: ...
    def changed_since_approval(self, year_id: SchoolYearId) -> set[ClassId]: ...
    def settled(self, year_id: SchoolYearId) -> set[tuple[ClassId, PupilId, SubjectId | None]]: ...
    def propose(
        self, class_id: ClassId, stage: YearStage, rule_digest: str, by: AccountId, at: datetime
    ) -> None: ...
    def approve(
        self,
        list_id: int,
        rows: Sequence[ListRow],
        decision_no: str,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def void_lists(
        self, class_id: ClassId, stages: Sequence[YearStage], at: datetime, why: str
    ) -> int: ...
    def reopen_summer(self, class_id: ClassId) -> None: ...


class ReviewRepository(Protocol):
    """Sign-offs, stored results, and confirmations with their history."""

    def add_sign_off(
        self,
        class_id: ClassId,
        period: Period,
        print_run_id: PrintRunId | None,
        data_digest: str,
        remark: str,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def sign_offs(self, class_id: ClassId) -> tuple[SignOff, ...]: ...
    def sign_offs_of_periods(self, year_id: SchoolYearId) -> tuple[SignOff, ...]: ...
    def sign_offs_of_prints(self, year_id: SchoolYearId) -> tuple[SignOff, ...]: ...
    def signed_periods(self, class_id: ClassId) -> frozenset[Period]: ...
    def void_sign_offs(self, class_id: ClassId, period: Period, at: datetime, why: str) -> int: ...
    def store_results(
        self, class_id: ClassId, period: Period, basis: Basis, facts: Mapping[PupilId, str]
    ) -> None: ...
    def stored_results(
        self, class_id: ClassId, period: Period, basis: Basis
    ) -> dict[PupilId, str]: ...
    def homeroom_confirmed(self, year_id: SchoolYearId, period: Period) -> set[ClassId]: ...
    def confirmation_history(
        self, class_id: ClassId, period: Period
    ) -> tuple[ConfirmationRecord, ...]: ...
