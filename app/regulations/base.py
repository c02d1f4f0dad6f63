"""What a circular is given, what it answers, and the protocol every secondary circular fulfils.

Everything here is plain and frozen: marks are integer tenths (0..100), comment results are
`DAT`/`CHUA_DAT` of `app.domain.marks`, levels are the words of the circular ("Tốt", "Chưa đạt").
None always means "not known yet", never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from app.domain.periods import Period
from app.domain.subjects import SubjectKind

LAST_GRADES = {5: "tiểu học", 9: "THCS", 12: "THPT"}
"""Grades that end a stage: the pupil completes its programme instead of moving up."""


class Exemption(StrEnum):
    """Miễn học a subject: one semester or the whole year."""

    HK1 = "hk1"
    HK2 = "hk2"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class TermMarks:
    """The entries of one subject in one semester; None is a cell without a counted value.

    `required_tx` is the number of ĐĐGtx the semester wants, the school's own number included.
    `more_gk`: bài kiểm tra định kì after the first, which is `gk` (TT58/2011 as first issued has
    several of hệ số 2; every later circular has one).
    """

    tx: tuple[int | None, ...]
    gk: int | None
    ck: int | None
    required_tx: int
    more_gk: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectYear:
    """One subject of one pupil; a semester that is not taught is None.

    `key` identifies the subject in the results, `name` is what explanations say.
    `reassessed` is the one result of kiểm tra, đánh giá lại. `core` marks the subjects
    of which TT58/2011, Điều 13 wants one (`Regulation.core_codes`). `taken` False: the class
    studies it and this pupil chose another (môn lựa chọn, môn tự chọn), so it has no result and
    counts nowhere.
    """

    key: str
    name: str
    kind: SubjectKind
    hk1: TermMarks | None
    hk2: TermMarks | None
    exempt: Exemption | None = None
    reassessed: int | None = None
    optional: bool = False
    core: bool = False
    taken: bool = True


@dataclass(frozen=True, slots=True)
class ConductYear:
    """Rèn luyện (TT22) or hạnh kiểm (TT58), as the homeroom teacher entered it.

    `year` is read only by circulars without a table; `after_summer` is the result after rèn luyện
    trong kì nghỉ hè.
    """

    hk1: str | None = None
    hk2: str | None = None
    year: str | None = None
    after_summer: str | None = None


@dataclass(frozen=True, slots=True)
class PupilYear:
    """Everything a secondary circular needs of one pupil; `absences` in buổi, None = not counted.

    The order of `subjects` is the order of results and of every list made from them.
    `specialised` is the key of the môn chuyên of a pupil of a lớp chuyên.
    """

    subjects: tuple[SubjectYear, ...]
    conduct: ConductYear
    absences: int | None
    specialised: str | None = None


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """Semester and year results of one subject: tenths, or DAT/CHUA_DAT."""

    hk1: int | None
    hk2: int | None
    year: int | None


NOT_TAKEN = SubjectResult(None, None, None)


@dataclass(frozen=True, slots=True)
class LearningResult:
    """Kết quả học tập: `base` before and `final` after the adjustment clause.

    `raised_by` is the key of the subject that caused the adjustment.
    """

    base: str
    final: str
    raised_by: str | None = None


class Promotion(StrEnum):
    """What follows from a pupil's year; values are the codes of `khoaso assess`."""

    PROMOTED = "promoted"
    RETAINED = "retained"
    REASSESS = "reassess"
    SUMMER_CONDUCT = "summer_conduct"
    PRINCIPAL_DECIDES = "principal_decides"
    INCOMPLETE = "incomplete"

    def label(self, grade: int) -> str:
        """Words for screen and paper; a last grade completes its programme instead."""
        stage = LAST_GRADES.get(grade)
        if grade in _PRIMARY_GRADES and self in _PRIMARY_WORDS:
            return _PRIMARY_WORDS[self]
        match self:
            case Promotion.PROMOTED:
                return f"Hoàn thành chương trình {stage}" if stage else "Được lên lớp"
            case Promotion.RETAINED:
                return f"Chưa hoàn thành chương trình {stage}" if stage else "Không được lên lớp"
            case Promotion.REASSESS:
                return "Kiểm tra, đánh giá lại môn học"
            case Promotion.SUMMER_CONDUCT:
                return "Rèn luyện trong kì nghỉ hè"
            case Promotion.PRINCIPAL_DECIDES:
                return "Hiệu trưởng quyết định"
            case Promotion.INCOMPLETE:
                return "Chưa đủ dữ liệu"


_PRIMARY_GRADES = range(1, 6)
_PRIMARY_WORDS = {
    Promotion.RETAINED: "Chưa được lên lớp",
    Promotion.REASSESS: "Đánh giá bổ sung",
}
"""Words of TT27/2020, Điều 11, where they differ from those of secondary schools."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Danh hiệu of each period that has one."""

    hk1: str | None = None
    hk2: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Averages:
    """ĐTB các môn học of each period in tenths; all None where the circular has no such mean."""

    hk1: int | None = None
    hk2: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PupilResults:
    """Everything a circular concludes about one pupil's year.

    `subjects` follows the order of the input. `after_reassessment` is None until a result of
    kiểm tra, đánh giá lại is known. `reassess` holds subject keys. Explanations are not here:
    `Regulation.explain` makes them on demand, because a school has thousands of pupils.
    """

    subjects: tuple[SubjectResult, ...]
    learning_hk1: LearningResult | None
    learning_hk2: LearningResult | None
    learning_year: LearningResult | None
    after_reassessment: LearningResult | None
    conduct_year: str | None
    conduct_final: str | None
    promotion: Promotion
    reassess: tuple[str, ...]
    titles: Titles
    averages: Averages = Averages()

    @property
    def learning_final(self) -> LearningResult | None:
        """The year's learning result that promotion uses."""
        return self.after_reassessment or self.learning_year


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a clause with its numbers; `met` is None while data is missing.

    `about` is what the condition belongs to ("Mức Tốt", "Học sinh Xuất sắc"); may be empty.
    """

    clause: str
    text: str
    met: bool | None
    about: str = ""

    @property
    def sentence(self) -> str:
        """The condition as one line of a "Vì sao?" list."""
        return f"{self.about}: {self.text}" if self.about else self.text


class ReasonTopic(StrEnum):
    """What a reason explains."""

    LEARNING_HK1 = "learning.hk1"
    LEARNING_HK2 = "learning.hk2"
    LEARNING_YEAR = "learning.year"
    TITLE_HK1 = "titles.hk1"
    TITLE_HK2 = "titles.hk2"
    CONDUCT = "conduct.year"
    TITLE = "titles.year"
    AFTER_REASSESSMENT = "learning.after_reassessment"
    PROMOTION = "promotion"
    PRIMARY_RESULT = "result"
    SUPPLEMENTARY = "supplementary"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one result is what it is: conditions of the level reached, then of the next better one.

    `outcome` is the result in words ("Khá", "Được lên lớp", "Chưa xác định").
    """

    topic: ReasonTopic
    heading: str
    outcome: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class SubjectFormula:
    """How a subject's results came about, in numbers; "" for a semester that is not taught."""

    clause: str
    hk1: str
    hk2: str
    year: str


@dataclass(frozen=True, slots=True)
class Circular:
    """A circular by name. `number` is the official number, `grades` those it can apply to.

    `conduct_word` and `learning_word`: what the circular calls the two results of a pupil;
    `reassess_word`: a subject's new result in summer.
    `book_name`: its class book; `short_levels`: how that book abbreviates a level.
    `has_average`: whether it has an ĐTB các môn; `term_titles`: danh hiệu of each semester too.
    `promotion_words`: where its words for what follows differ from the common ones.
    """

    id: str
    number: str
    subject: str
    grades: range
    periods: tuple[Period, ...]
    conduct_word: str = "Rèn luyện"
    learning_word: str = "Học tập"
    reassess_word: str = "Đánh giá lại"
    book_name: str = "Sổ theo dõi và đánh giá học sinh"
    short_levels: Mapping[str, str] = field(default_factory=dict)
    has_average: bool = False
    term_titles: bool = False
    promotion_words: Mapping[Promotion, str] = field(default_factory=dict)

    def promotion_label(self, promotion: Promotion, grade: int) -> str:
        """What follows from a pupil's year, in the words of this circular."""
        return self.promotion_words.get(promotion) or promotion.label(grade)


class Regulation(Protocol):
    """A circular that assesses secondary pupils by semesters; pure, holds no school data."""

    @property
    def circular(self) -> Circular:
        """Which circular this is."""

    @property
    def learning_levels(self) -> tuple[str, ...]:
        """Levels of kết quả học tập (học lực), best first."""

    @property
    def conduct_levels(self) -> tuple[str, ...]:
        """Levels of kết quả rèn luyện (hạnh kiểm), best first."""

    @property
    def title_names(self) -> tuple[str, ...]:
        """Danh hiệu, best first."""

    @property
    def conduct_year_is_computed(self) -> bool:
        """Whether the year's conduct follows from a table; otherwise it is entered."""

    @property
    def core_codes(self) -> frozenset[str]:
        """Codes of the subjects of which one must lead (`SubjectYear.core`); empty without."""

    def tx_count(self, kind: SubjectKind, periods: int) -> int:
        """Number of ĐĐGtx a semester, from the lessons a year without chuyên đề."""

    def dk_count(self, periods: int) -> int:
        """Number of KTđk before the KThk a school starts from; 0 where the circular has giữa kì."""

    def term_result(self, kind: SubjectKind, marks: TermMarks) -> int | None:
        """Semester result of one subject; None while an entry is missing."""

    def subject_result(self, subject: SubjectYear) -> SubjectResult:
        """Semester and year results of one subject."""

    def conduct_year(self, conduct: ConductYear) -> str | None:
        """The year's conduct before the summer; None while a semester is missing."""

    def results(self, pupil: PupilYear) -> PupilResults:
        """Everything about one pupil, without explanations."""

    def explain(self, pupil: PupilYear, grade: int) -> tuple[Reason, ...]:
        """The "Vì sao?" list of `results(pupil)`, in reading order; computed on demand."""

    def formula(self, subject: SubjectYear) -> SubjectFormula:
        """How one subject's results came about; computed on demand."""
