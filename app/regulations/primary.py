"""What a primary circular is given, what it answers, and the protocol every one of them fulfils.

Sibling of `base`: primary pupils are judged by levels in four periods, never by means or ranks.
Scores are integer tenths, always whole (90 = 9). None always means "not known yet", never zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.periods import Period
from app.domain.primary_levels import SubjectLevel, TraitLevel
from app.regulations.base import Circular, Reason
from app.regulations.primary_curriculum import PrimaryCurriculum, Trait

PRIMARY_PERIODS = (Period.GK1, Period.CK1, Period.GK2, Period.CN, Period.HE)
"""Kỳ đánh giá of both circulars, with the summer."""


@dataclass(frozen=True, slots=True)
class SubjectEntry:
    """Mức đạt được of one môn học or hoạt động giáo dục; `optional` is a môn tự chọn."""

    key: str
    name: str
    level: SubjectLevel | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TraitEntry:
    """Mức of one phẩm chất or năng lực."""

    key: str
    name: str
    level: TraitLevel | None


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """Điểm KTĐK of one subject that is tested, in tenths; the last test when there were two."""

    key: str
    name: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything recorded of one pupil in one period; what is not studied is not listed.

    A miễn of a pupil with disabilities is left out too.
    """

    levels: tuple[SubjectEntry, ...] = ()
    traits: tuple[TraitEntry, ...] = ()
    scores: tuple[ScoreEntry, ...] = ()

    def missing(self) -> Iterator[str]:
        """What is not known yet, in words, in the order of the forms."""
        for subject in self.levels:
            if subject.level is None:
                yield f"mức môn {subject.name}"
        for trait in self.traits:
            if trait.level is None:
                yield f"mức {trait.name}"
        for test in self.scores:
            if test.score is None:
                yield f"điểm KTĐK {test.name}"

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return next(self.missing(), None) is None


@dataclass(frozen=True, slots=True)
class PrimaryYear:
    """Everything a primary circular needs of one pupil: values of the year's end only.

    - `supplementary`: results of đánh giá bổ sung, None before it has taken place; entries without
      a value were not assessed again.
    - `standout`: thành tích xuất sắc or tiến bộ, entered by the teacher; `class_recognised`: được
      tập thể lớp công nhận.
    - `principal_promotes`: the principal's decision, None while undecided.
    - `individual_plan`: a pupil with disabilities under kế hoạch giáo dục cá nhân; `entered_result`
      is the homeroom teacher's own result for such a pupil, read for no other.
    """

    final: Assessment
    supplementary: Assessment | None = None
    standout: bool = False
    class_recognised: bool = False
    principal_promotes: bool | None = None
    individual_plan: bool = False
    entered_result: YearResult | None = None


class YearResult(StrEnum):
    """Đánh giá kết quả giáo dục of the year (TT27/2020, Điều 9), best first."""

    EXCELLENT = "Hoàn thành xuất sắc"
    GOOD = "Hoàn thành tốt"
    DONE = "Hoàn thành"
    NOT_DONE = "Chưa hoàn thành"


class PrimaryPromotion(StrEnum):
    """What follows from a primary pupil's year; values are the codes of `khoaso assess`."""

    PROMOTED = "promoted"
    SUPPLEMENTARY = "supplementary"
    PRINCIPAL_DECIDES = "principal_decides"
    PROMOTED_BY_PRINCIPAL = "promoted_by_principal"
    RETAINED = "retained"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class PrimaryResults:
    """Everything a primary circular concludes about one pupil's year, without explanations.

    `year_result` is the result before đánh giá bổ sung and `result` the one that stands; both None
    under a circular without one. `completed` is hoàn thành chương trình lớp học. `after` holds the
    values after đánh giá bổ sung when that counted. `to_supplement` lists keys of what đánh giá bổ
    sung is about, in input order.
    """

    year_result: YearResult | None
    result: YearResult | None
    completed: bool | None
    promotion: PrimaryPromotion
    title: str | None
    after: Assessment | None
    to_supplement: Assessment


class PrimaryRegulation(Protocol):
    """A circular that assesses primary pupils in four periods; pure, holds no school data."""

    @property
    def circular(self) -> Circular:
        """Which circular this is."""

    @property
    def curriculum(self) -> PrimaryCurriculum:
        """Rows of the forms and the Điểm KTĐK matrix."""

    @property
    def result_levels(self) -> tuple[str, ...]:
        """Levels of the year's result, best first; () when the circular has none."""

    @property
    def title_names(self) -> tuple[str, ...]:
        """Khen thưởng of the year, best first."""

    @property
    def retest_periods(self) -> tuple[Period, ...]:
        """Periods in which the school may let a pupil do another test."""

    @property
    def zero_allowed(self) -> bool:
        """Whether a Điểm KTĐK may be 0."""

    def traits(self, grade: int) -> tuple[Trait, ...]:
        """Phẩm chất and năng lực of a grade in print order."""

    def parse_score(self, text: str) -> int | None:
        """A typed Điểm KTĐK in tenths, "" as None. Raises RuleRefused with a full sentence."""

    def results(self, pupil: PrimaryYear) -> PrimaryResults:
        """Everything about one pupil, without explanations."""

    def promotion_label(self, promotion: PrimaryPromotion, grade: int) -> str:
        """Words for screen and paper; lớp 5 completes chương trình tiểu học instead."""

    def explain(self, pupil: PrimaryYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of `results(pupil)`, in reading order; computed on demand."""
