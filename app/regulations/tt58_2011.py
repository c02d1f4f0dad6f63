"""Thông tư 58/2011/TT-BGDĐT: THCS and THPT pupils, as one regulation; AMENDED by 26/2020.

The text before the amendment is `tt58_first_issue`; `Tt58Edition` holds what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.domain.periods import Period
from app.domain.subjects import SubjectKind
from app.regulations import (
    tt58_conduct,
    tt58_explain,
    tt58_formula,
    tt58_learning,
    tt58_marks,
    tt58_year_end,
)
from app.regulations.averages import tx_by_lessons
from app.regulations.base import (
    NOT_TAKEN,
    Averages,
    Circular,
    ConductYear,
    LearningResult,
    Promotion,
    PupilResults,
    PupilYear,
    Reason,
    SubjectFormula,
    SubjectResult,
    SubjectYear,
    TermMarks,
    Titles,
)
from app.regulations.tt58_edition import Tt58Edition
from app.regulations.tt58_learning import Standing, judge, mean
from app.regulations.tt58_settings import Tt58Settings

TT58_2011 = Circular(
    id="TT58/2011",
    number="58/2011/TT-BGDĐT (sửa đổi theo Thông tư 26/2020/TT-BGDĐT)",
    subject="đánh giá, xếp loại học sinh trung học cơ sở và học sinh trung học phổ thông",
    grades=range(6, 13),
    periods=(Period.HK1, Period.HK2, Period.HE),
    conduct_word="Hạnh kiểm",
    learning_word="Học lực",
    reassess_word="Kiểm tra lại",
    book_name="Sổ gọi tên và ghi điểm",
    # Điều 3 and Điều 13 give the letters themselves; Kém has none.
    short_levels={"Tốt": "T", "Giỏi": "G", "Khá": "K", "Trung bình": "Tb", "Yếu": "Y"},
    has_average=True,
    term_titles=True,
    promotion_words={
        Promotion.REASSESS: "Kiểm tra lại các môn học",
        Promotion.SUMMER_CONDUCT: "Rèn luyện hạnh kiểm trong kì nghỉ hè",
    },
)

CORE_CODES = frozenset({"toan", "ngu_van", "ngoai_ngu", "ngoai_ngu_1"})
"""Codes of the subjects of which Điều 13 wants one: Toán, Ngữ văn, Ngoại ngữ."""


AMENDED = Tt58Edition(
    circular=TT58_2011,
    core_codes=CORE_CODES,
    core_words="1 trong 3 môn Toán, Ngữ văn, Ngoại ngữ",
    tx_count=tx_by_lessons,
)
"""TT58/2011 with the changes of TT26/2020."""


@dataclass(frozen=True, slots=True)
class Tt58Regulation:
    """The rules of one edition of TT58/2011 under one set of readings; pure and shareable."""

    settings: Tt58Settings = field(default_factory=Tt58Settings)
    edition: Tt58Edition = AMENDED

    @property
    def circular(self) -> Circular:
        """Which circular this is."""
        return self.edition.circular

    @property
    def core_codes(self) -> frozenset[str]:
        """Toán, Ngữ văn and, since TT26/2020, Ngoại ngữ (Điều 13)."""
        return self.edition.core_codes

    @property
    def learning_levels(self) -> tuple[str, ...]:
        """Giỏi, Khá, Trung bình, Yếu, Kém (Điều 13)."""
        return tt58_learning.LEVELS

    @property
    def conduct_levels(self) -> tuple[str, ...]:
        """Tốt, Khá, Trung bình, Yếu (Điều 3)."""
        return tt58_conduct.LEVELS

    @property
    def title_names(self) -> tuple[str, ...]:
        """Danh hiệu of a semester or the year, best first (Điều 18)."""
        return (tt58_year_end.GOOD_PUPIL, tt58_year_end.ADVANCED_PUPIL)

    @property
    def conduct_year_is_computed(self) -> bool:
        """Never: the homeroom teacher enters hạnh kiểm cả năm, no table exists."""
        return False

    def tx_count(self, kind: SubjectKind, periods: int) -> int:
        """ĐĐGtx (KTtx) a semester, comment subjects too (Điều 8)."""
        return self.edition.tx_count(periods)

    def dk_count(self, periods: int) -> int:
        """KTđk a semester a school starts from; 0 in the amended text, which has giữa kì."""
        by_lessons = self.edition.dk_count
        return 0 if by_lessons is None else by_lessons(periods)

    def term_result(self, kind: SubjectKind, marks: TermMarks) -> int | None:
        """ĐTBmhk in tenths or the semester's level (Điều 10)."""
        return tt58_marks.term_result(kind, marks, self.settings)

    def subject_result(self, subject: SubjectYear) -> SubjectResult:
        """Semester and year results of one subject (Điều 10, 12)."""
        if not subject.taken:
            return NOT_TAKEN
        return tt58_marks.subject_result(subject, self.settings)

    def conduct_year(self, conduct: ConductYear) -> str | None:
        """The year's hạnh kiểm as it was entered."""
        return tt58_conduct.conduct_year(conduct)

    def results(self, pupil: PupilYear) -> PupilResults:
        """Everything TT58/2011 concludes about one pupil's year."""
        found = tuple([self.subject_result(subject) for subject in pupil.subjects])
        conduct, absences = pupil.conduct, pupil.absences
        conduct_year = tt58_conduct.conduct_year(conduct)
        periods = self._periods(pupil, found)
        hk1 = judge(periods.hk1, pupil.specialised, self.settings)
        hk2 = judge(periods.hk2, pupil.specialised, self.settings)
        year = judge(periods.year, pupil.specialised, self.settings)
        after = self._after_reassessment(pupil, periods.after)
        reassess: tuple[str, ...] = ()
        if tt58_year_end.may_choose_reassessment(year, conduct_year, absences):
            reassess = tuple(
                [item[0].key for item in periods.year if tt58_year_end.may_be_reassessed(item)]
            )
        return PupilResults(
            subjects=found,
            learning_hk1=hk1,
            learning_hk2=hk2,
            learning_year=year,
            after_reassessment=after,
            conduct_year=conduct_year,
            conduct_final=conduct_year if conduct.after_summer is None else conduct.after_summer,
            promotion=tt58_year_end.promotion(
                absences=absences,
                learning=year,
                after_reassessment=after,
                conduct_year=conduct_year,
                after_summer=conduct.after_summer,
            ),
            reassess=reassess,
            titles=Titles(
                hk1=tt58_year_end.title(hk1, conduct.hk1),
                hk2=tt58_year_end.title(hk2, conduct.hk2),
                year=tt58_year_end.title(year, conduct_year),
            ),
            averages=Averages(mean(periods.hk1), mean(periods.hk2), mean(periods.year)),
        )

    def explain(self, pupil: PupilYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil, computed on demand."""
        found = self.results(pupil)
        periods = self._periods(pupil, found.subjects)
        outcome = self.circular.promotion_label(found.promotion, grade)
        return tt58_explain.reasons(
            pupil, found, periods, self.settings, outcome, self.edition.core_words
        )

    def formula(self, subject: SubjectYear) -> SubjectFormula:
        """How one subject's results came about, in numbers."""
        several = self.edition.dk_count is not None
        return tt58_formula.formula(subject, self.subject_result(subject), several_periodic=several)

    def _periods(
        self, pupil: PupilYear, found: Iterable[SubjectResult]
    ) -> tt58_explain.PeriodStandings:
        """The subjects that count in each period; exempt and untaught ones are left out."""
        pairs = [pair for pair in zip(pupil.subjects, found, strict=True) if pair[0].taken]
        if not self.settings.optional_subjects_count:
            pairs = [pair for pair in pairs if not pair[0].optional]
        year = _standings(pairs, tt58_marks.counts_in_year, lambda result: result.year)
        return tt58_explain.PeriodStandings(
            hk1=_standings(pairs, tt58_marks.counts_in_hk1, lambda result: result.hk1),
            hk2=_standings(pairs, tt58_marks.counts_in_hk2, lambda result: result.hk2),
            year=year,
            after=[tt58_year_end.replaced(item, self.settings) for item in year],
        )

    def _after_reassessment(self, pupil: PupilYear, after: list[Standing]) -> LearningResult | None:
        if all(subject.reassessed is None for subject in pupil.subjects):
            return None
        return judge(
            after,
            pupil.specialised,
            self.settings,
            adjust=self.settings.raise_again_after_reassessment,
        )


def _standings(
    pairs: list[tuple[SubjectYear, SubjectResult]],
    counts: Callable[[SubjectYear], bool],
    of: Callable[[SubjectResult], int | None],
) -> list[Standing]:
    return [(subject, of(result)) for subject, result in pairs if counts(subject)]
