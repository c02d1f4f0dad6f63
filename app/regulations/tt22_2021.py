"""Thông tư 22/2021/TT-BGDĐT: assessment of THCS and THPT pupils, as one regulation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.periods import Period
from app.domain.subjects import SubjectKind
from app.regulations import tt22_conduct, tt22_explain, tt22_formula, tt22_marks, tt22_year_end
from app.regulations.base import (
    NOT_TAKEN,
    Circular,
    ConductYear,
    Exemption,
    LearningResult,
    PupilResults,
    PupilYear,
    Reason,
    SubjectFormula,
    SubjectResult,
    SubjectYear,
    TermMarks,
    Titles,
)
from app.regulations.tt22_learning import Standing, judge
from app.regulations.tt22_settings import Tt22Settings

TT22_2021 = Circular(
    id="TT22/2021",
    number="22/2021/TT-BGDĐT",
    subject="đánh giá học sinh trung học cơ sở và học sinh trung học phổ thông",
    grades=range(6, 13),
    periods=(Period.HK1, Period.HK2, Period.HE),
)


@dataclass(frozen=True, slots=True)
class Tt22Regulation:
    """The rules of TT22/2021 under one set of readings; pure and shareable."""

    settings: Tt22Settings = field(default_factory=Tt22Settings)

    @property
    def circular(self) -> Circular:
        """Which circular this is."""
        return TT22_2021

    @property
    def learning_levels(self) -> tuple[str, ...]:
        """Tốt, Khá, Đạt, Chưa đạt (Điều 9, khoản 2)."""
        return tt22_conduct.LEVELS

    @property
    def conduct_levels(self) -> tuple[str, ...]:
        """Tốt, Khá, Đạt, Chưa đạt (Điều 8)."""
        return tt22_conduct.LEVELS

    @property
    def title_names(self) -> tuple[str, ...]:
        """Danh hiệu of the year, best first (Điều 15)."""
        return (tt22_year_end.EXCELLENT_PUPIL, tt22_year_end.GOOD_PUPIL)

    @property
    def conduct_year_is_computed(self) -> bool:
        """Always: Điều 8 has a table."""
        return True

    @property
    def core_codes(self) -> frozenset[str]:
        """None: no subject leads."""
        return frozenset()

    def dk_count(self, periods: int) -> int:
        """None: every semester has one ĐĐGgk (Điều 7)."""
        return 0

    def tx_count(self, kind: SubjectKind, periods: int) -> int:
        """ĐĐGtx a semester (Điều 6, khoản 2)."""
        return tt22_marks.tx_count(kind, periods)

    def term_result(self, kind: SubjectKind, marks: TermMarks) -> int | None:
        """ĐTBmhk in tenths or the semester's level (Điều 9, khoản 1)."""
        return tt22_marks.term_result(kind, marks)

    def subject_result(self, subject: SubjectYear) -> SubjectResult:
        """Semester and year results of one subject (Điều 9, khoản 1)."""
        if not subject.taken:
            return NOT_TAKEN
        return tt22_marks.subject_result(subject, self.settings)

    def conduct_year(self, conduct: ConductYear) -> str | None:
        """The year's rèn luyện by the table of Điều 8."""
        return tt22_conduct.conduct_year(conduct)

    def results(self, pupil: PupilYear) -> PupilResults:
        """Everything TT22/2021 concludes about one pupil's year."""
        subjects = pupil.subjects
        found = tuple([self.subject_result(subject) for subject in subjects])
        conduct_year = tt22_conduct.conduct_year(pupil.conduct)
        after_summer = pupil.conduct.after_summer
        any_exempt = any(subject.exempt is not None for subject in subjects)
        hk1 = hk2 = year = after = None
        yearly = self.standings(pupil, found)
        if not any_exempt:
            hk1 = judge(self._counting(_first_terms(subjects, found)), self.settings)
            hk2 = judge(self._counting(_second_terms(subjects, found)), self.settings)
            year = judge(yearly, self.settings)
            after = self._after_reassessment(yearly)
        reassess: tuple[str, ...] = ()
        awaited = False
        if not any_exempt and tt22_year_end.asks_for_reassessment(
            year, conduct_year, pupil.absences
        ):
            listed = [item for item in yearly if tt22_year_end.must_be_reassessed(item)]
            reassess = tuple([subject.key for subject, _ in listed])
            awaited = self.settings.all_listed_must_be_reassessed and any(
                subject.reassessed is None for subject, _ in listed
            )
        promotion = tt22_year_end.promotion(
            any_exempt=any_exempt,
            absences=pupil.absences,
            learning=year,
            after_reassessment=None if awaited else after,
            conduct_year=conduct_year,
            after_summer=after_summer,
            settings=self.settings,
        )
        return PupilResults(
            subjects=found,
            learning_hk1=hk1,
            learning_hk2=hk2,
            learning_year=year,
            after_reassessment=after,
            conduct_year=conduct_year,
            conduct_final=conduct_year if after_summer is None else after_summer,
            promotion=promotion,
            reassess=reassess,
            titles=Titles(year=tt22_year_end.year_title(yearly, year, conduct_year)),
        )

    def explain(self, pupil: PupilYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil, computed on demand."""
        found = self.results(pupil)
        subjects, results = pupil.subjects, found.subjects
        yearly = self.standings(pupil, results)
        periods = tt22_explain.PeriodStandings(
            hk1=self._counting(_first_terms(subjects, results)),
            hk2=self._counting(_second_terms(subjects, results)),
            year=yearly,
            after=[tt22_year_end.replaced(item, self.settings) for item in yearly],
        )
        return tt22_explain.reasons(pupil, found, periods, self.settings, grade)

    def formula(self, subject: SubjectYear) -> SubjectFormula:
        """How one subject's results came about, in numbers."""
        return tt22_formula.formula(subject, self.subject_result(subject))

    def standings(self, pupil: PupilYear, found: Iterable[SubjectResult]) -> list[Standing]:
        """Year results that count in Điều 9, in order; exempt subjects are left out."""
        return self._counting(
            [
                (subject, result.year)
                for subject, result in zip(pupil.subjects, found, strict=True)
                if subject.taken and subject.exempt is not Exemption.YEAR
            ]
        )

    def _counting(self, standings: list[Standing]) -> list[Standing]:
        if self.settings.optional_subjects_count:
            return standings
        return [item for item in standings if not item[0].optional]

    def _after_reassessment(self, yearly: list[Standing]) -> LearningResult | None:
        if all(subject.reassessed is None for subject, _ in yearly):
            return None
        return judge(
            [tt22_year_end.replaced(item, self.settings) for item in yearly],
            self.settings,
            adjust=self.settings.raise_again_after_reassessment,
        )


def _first_terms(subjects: Iterable[SubjectYear], found: Iterable[SubjectResult]) -> list[Standing]:
    return [
        (subject, result.hk1)
        for subject, result in zip(subjects, found, strict=True)
        if subject.taken and subject.hk1 is not None
    ]


def _second_terms(
    subjects: Iterable[SubjectYear], found: Iterable[SubjectResult]
) -> list[Standing]:
    return [
        (subject, result.hk2)
        for subject, result in zip(subjects, found, strict=True)
        if subject.taken and subject.hk2 is not None
    ]
