"""Thông tư 27/2020/TT-BGDĐT: assessment of primary pupils, as one regulation."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.periods import Period
from app.domain.primary_levels import parse_score
from app.regulations import curriculum_2018_primary, primary_year_end, tt27_explain
from app.regulations.base import Circular, Reason
from app.regulations.curriculum_2018_primary import CURRICULUM_2018
from app.regulations.primary import (
    PRIMARY_PERIODS,
    Assessment,
    PrimaryPromotion,
    PrimaryResults,
    PrimaryYear,
    YearResult,
)
from app.regulations.primary_bars import DONE, EXCELLENT, GOOD, counted, overlaid
from app.regulations.primary_curriculum import PrimaryCurriculum, Trait
from app.regulations.primary_settings import PrimarySettings

TT27_2020 = Circular(
    id="TT27/2020",
    number="27/2020/TT-BGDĐT",
    subject="đánh giá học sinh tiểu học",
    grades=range(1, 6),
    periods=PRIMARY_PERIODS,
    conduct_word="Phẩm chất, năng lực",
    learning_word="Kết quả giáo dục",
)

EXCELLENT_PUPIL = "Học sinh Xuất sắc"
MODEL_PUPIL = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


@dataclass(frozen=True, slots=True)
class Tt27Regulation:
    """The rules of TT27/2020 under one set of readings; pure and shareable."""

    settings: PrimarySettings = field(default_factory=PrimarySettings)

    @property
    def circular(self) -> Circular:
        """Which circular this is."""
        return TT27_2020

    @property
    def curriculum(self) -> PrimaryCurriculum:
        """Rows of the forms and the Điểm KTĐK matrix (Điều 7, khoản 1, điểm b)."""
        return CURRICULUM_2018

    @property
    def result_levels(self) -> tuple[str, ...]:
        """The four levels of Điều 9, khoản 2, điểm a, best first."""
        return tuple(level.value for level in YearResult)

    @property
    def title_names(self) -> tuple[str, ...]:
        """Danh hiệu of the year, best first (Điều 13, khoản 1, điểm a)."""
        return (EXCELLENT_PUPIL, MODEL_PUPIL)

    @property
    def retest_periods(self) -> tuple[Period, ...]:
        """Cuối học kì I and cuối năm, never giữa kì (Điều 7, khoản 1, điểm d)."""
        return (Period.CK1, Period.CN)

    @property
    def zero_allowed(self) -> bool:
        """Yes: the circular dropped "không cho điểm 0"."""
        return True

    def traits(self, grade: int) -> tuple[Trait, ...]:
        """Phẩm chất chủ yếu and năng lực cốt lõi of a grade (Điều 5)."""
        return curriculum_2018_primary.traits(grade, self.settings.specific_competences)

    def parse_score(self, text: str) -> int | None:
        """A typed Điểm KTĐK in tenths, "" as None (Điều 7, khoản 1, điểm d)."""
        return parse_score(text, zero_allowed=self.zero_allowed)

    def results(self, pupil: PrimaryYear) -> PrimaryResults:
        """Everything TT27/2020 concludes about one pupil's year."""
        values = self._counted(pupil.final)
        entered = pupil.entered_result if pupil.individual_plan else None
        year = entered or _judged(values)
        if year is not YearResult.NOT_DONE:
            outcome = primary_year_end.promotion(
                passed=None if year is None else True,
                supplementary_passed=None,
                principal_promotes=None,
            )
            return PrimaryResults(
                year_result=year,
                result=year,
                completed=primary_year_end.completed(outcome),
                promotion=outcome,
                title=self._title(pupil, year),
                after=None,
                to_supplement=Assessment(),
            )
        failed = DONE.below(values)
        after = self._after(values, pupil.supplementary)
        # A result the teacher entered without a failed value cannot be mended by values.
        mended = after is not None and failed != Assessment() and DONE.below(after) == Assessment()
        outcome = primary_year_end.promotion(
            passed=False,
            supplementary_passed=None if after is None else mended,
            principal_promotes=pupil.principal_promotes,
        )
        return PrimaryResults(
            year_result=year,
            result=self._result_after(after) if mended else year,
            completed=primary_year_end.completed(outcome),
            promotion=outcome,
            title=None,
            after=after,
            to_supplement=failed,
        )

    def promotion_label(self, promotion: PrimaryPromotion, grade: int) -> str:
        """Words for screen and paper (Điều 11)."""
        return primary_year_end.promotion_label(promotion, grade, "Chưa được lên lớp")

    def explain(self, pupil: PrimaryYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil, computed on demand."""
        found = self.results(pupil)
        label = self.promotion_label(found.promotion, grade)
        return tt27_explain.reasons(pupil, self._counted(pupil.final), found, label, self.settings)

    def _counted(self, values: Assessment) -> Assessment:
        return counted(values, optional_subjects=self.settings.optional_subjects_count)

    def _after(self, values: Assessment, new: Assessment | None) -> Assessment | None:
        if new is None:
            return None
        return overlaid(values, new, only_failed=self.settings.supplementary_only_for_failed)

    def _result_after(self, after: Assessment | None) -> YearResult | None:
        if self.settings.done_at_most_after_supplementary or after is None:
            return YearResult.DONE
        return _judged(after) or YearResult.DONE

    def _title(self, pupil: PrimaryYear, year: YearResult | None) -> str | None:
        """Danh hiệu of the year (Điều 13, khoản 1, điểm a)."""
        if pupil.individual_plan and not self.settings.plan_may_have_title:
            return None
        if year is YearResult.EXCELLENT:
            return EXCELLENT_PUPIL
        if year is YearResult.GOOD and pupil.standout and pupil.class_recognised:
            return MODEL_PUPIL
        return None


def _judged(values: Assessment) -> YearResult | None:
    """Đánh giá kết quả giáo dục (Điều 9, khoản 2, điểm a); None while anything is missing."""
    if not values.complete:
        return None
    if EXCELLENT.reached(values):
        return YearResult.EXCELLENT
    if GOOD.reached(values):
        return YearResult.GOOD
    if DONE.reached(values):
        return YearResult.DONE
    return YearResult.NOT_DONE
