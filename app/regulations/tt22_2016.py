"""Thông tư 22/2016/TT-BGDĐT (sửa đổi Thông tư 30/2014): primary pupils, as one regulation.

For history: lớp 5 until 2023-2024. It has no overall result of the year.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.periods import Period
from app.domain.primary_levels import parse_score
from app.regulations import curriculum_2006_primary, primary_year_end, tt22_2016_explain
from app.regulations.base import Circular, Promotion, Reason
from app.regulations.curriculum_2006_primary import CURRICULUM_2006
from app.regulations.primary import (
    PRIMARY_PERIODS,
    Assessment,
    PrimaryPromotion,
    PrimaryResults,
    PrimaryYear,
)
from app.regulations.primary_bars import DONE, EXCELLENT, counted, overlaid
from app.regulations.primary_curriculum import PrimaryCurriculum, Trait
from app.regulations.primary_settings import PrimarySettings

TT22_2016 = Circular(
    id="TT22/2016",
    number="22/2016/TT-BGDĐT",
    subject="sửa đổi, bổ sung quy định đánh giá học sinh tiểu học",
    grades=range(1, 6),
    periods=PRIMARY_PERIODS,
    conduct_word="Năng lực, phẩm chất",
    learning_word="Kết quả giáo dục",
    promotion_words={Promotion.RETAINED: "Ở lại lớp"},
)

EXCELLENT_PUPIL = "Hoàn thành xuất sắc các nội dung học tập và rèn luyện"
OUTSTANDING_PUPIL = "Có thành tích vượt trội hay tiến bộ vượt bậc"


@dataclass(frozen=True, slots=True)
class Tt22PrimaryRegulation:
    """The rules of TT22/2016 under one set of readings; pure and shareable."""

    settings: PrimarySettings = field(default_factory=PrimarySettings)

    @property
    def circular(self) -> Circular:
        """Which circular this is."""
        return TT22_2016

    @property
    def curriculum(self) -> PrimaryCurriculum:
        """Rows of the forms and the Điểm KTĐK matrix."""
        return CURRICULUM_2006

    @property
    def result_levels(self) -> tuple[str, ...]:
        """None: the circular gives no overall result."""
        return ()

    @property
    def title_names(self) -> tuple[str, ...]:
        """Khen thưởng of the year, best first (Điều 1, khoản 9)."""
        return (EXCELLENT_PUPIL, OUTSTANDING_PUPIL)

    @property
    def retest_periods(self) -> tuple[Period, ...]:
        """Cuối học kì I and cuối năm, never giữa kì."""
        return (Period.CK1, Period.CN)

    @property
    def zero_allowed(self) -> bool:
        """No: "không cho điểm 0"."""
        return False

    def traits(self, grade: int) -> tuple[Trait, ...]:
        """Three năng lực and four phẩm chất, the same in every grade."""
        return curriculum_2006_primary.traits(grade)

    def parse_score(self, text: str) -> int | None:
        """A typed Điểm KTĐK in tenths, "" as None; 0 is refused."""
        return parse_score(text, zero_allowed=self.zero_allowed)

    def results(self, pupil: PrimaryYear) -> PrimaryResults:
        """Everything TT22/2016 concludes about one pupil's year (Điều 1, khoản 7 and 9)."""
        values = self._counted(pupil.final)
        passed = DONE.reached(values) if values.complete else None
        after = None
        if passed is False and pupil.supplementary is not None:
            only_failed = self.settings.supplementary_only_for_failed
            after = overlaid(values, pupil.supplementary, only_failed=only_failed)
        outcome = primary_year_end.promotion(
            passed=passed,
            supplementary_passed=None if after is None else DONE.reached(after),
            principal_promotes=pupil.principal_promotes,
        )
        return PrimaryResults(
            year_result=None,
            result=None,
            completed=primary_year_end.completed(outcome),
            promotion=outcome,
            title=self._title(pupil, values),
            after=after,
            to_supplement=DONE.below(values) if passed is False else Assessment(),
        )

    def promotion_label(self, promotion: PrimaryPromotion, grade: int) -> str:
        """Words for screen and paper (Điều 1, khoản 7)."""
        return primary_year_end.promotion_label(promotion, grade, "Ở lại lớp")

    def explain(self, pupil: PrimaryYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil, computed on demand."""
        found = self.results(pupil)
        label = self.promotion_label(found.promotion, grade)
        values = self._counted(pupil.final)
        return tt22_2016_explain.reasons(pupil, values, found, label, self.settings)

    def _counted(self, values: Assessment) -> Assessment:
        return counted(values, optional_subjects=self.settings.optional_subjects_count)

    def _title(self, pupil: PrimaryYear, values: Assessment) -> str | None:
        """Khen thưởng of the year (Điều 1, khoản 9); the first title wins."""
        if not values.complete:
            return None
        if pupil.individual_plan and not self.settings.plan_may_have_title:
            return None
        if EXCELLENT.reached(values):
            return EXCELLENT_PUPIL
        return OUTSTANDING_PUPIL if pupil.standout and pupil.class_recognised else None
