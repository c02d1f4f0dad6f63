"""From stored entries to what a primary circular is given, and its answer in the common shape.

The year end of every school (lists, decisions, approval, roll-over) works on `PupilResults`; what
only primary schools have stays in `PrimaryResults` (TT27/2020, Điều 9 to 13; TT22/2016).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.ids import PupilId, SubjectId
from app.domain.marks import FLAGGED, subject_level, trait_level
from app.domain.periods import EntryTerm, Period
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass
from app.domain.subjects import Subject, SubjectKind
from app.domain.year_end import SummerFacts
from app.ports import Assessment as Column
from app.regulations.base import (
    LearningResult,
    Promotion,
    PupilResults,
    Reason,
    SubjectResult,
    Titles,
)
from app.regulations.primary import (
    Assessment,
    PrimaryPromotion,
    PrimaryRegulation,
    PrimaryResults,
    PrimaryYear,
    ScoreEntry,
    SubjectEntry,
    TraitEntry,
    YearResult,
)
from app.regulations.primary_columns import TRAIT_NAMES, curriculum_code
from app.regulations.primary_warnings import level_warning
from app.regulations.readings import DEFAULT_READINGS, Readings
from app.regulations.registry import primary_regulation
from app.services.regulation_inputs import NOTHING_ENTERED, Entered

_PROMOTIONS = {
    PrimaryPromotion.PROMOTED: Promotion.PROMOTED,
    PrimaryPromotion.SUPPLEMENTARY: Promotion.REASSESS,
    PrimaryPromotion.PRINCIPAL_DECIDES: Promotion.PRINCIPAL_DECIDES,
    PrimaryPromotion.PROMOTED_BY_PRINCIPAL: Promotion.PROMOTED,
    PrimaryPromotion.RETAINED: Promotion.RETAINED,
    PrimaryPromotion.INCOMPLETE: Promotion.INCOMPLETE,
}


def item_key(subject_id: SubjectId, code: str) -> str:
    """One thing that can be assessed again: a subject's level or test, or one trait."""
    return f"{subject_id}:{code}"


def split_key(key: str) -> tuple[SubjectId, str]:
    """The reverse of `item_key`; a plain subject key has no column code."""
    subject, _, code = key.partition(":")
    return SubjectId(int(subject)), code


@dataclass(frozen=True, slots=True)
class OddLevel:
    """A level that looks odd beside its Điểm KTĐK, in one sentence."""

    subject_id: SubjectId
    subject: str
    sentence: str


@dataclass(frozen=True)
class PrimaryFacts:
    """Entries of one primary class, read as its circular reads them. Without slots: it caches."""

    klass: SchoolClass
    subjects: tuple[Subject, ...]
    entries: tuple[RosterEntry, ...]
    columns: tuple[Column, ...]
    entered: Mapping[PupilId, Entered]
    summer: SummerFacts
    not_taken: Mapping[PupilId, frozenset[SubjectId]] = field(default_factory=dict)
    """Môn tự chọn of the class that a pupil does not study."""
    plan_results: Mapping[PupilId, str] = field(default_factory=dict)
    """Results by individual plans that the principal accepted, in the circular's words."""
    readings: Readings = DEFAULT_READINGS

    @property
    def rules(self) -> PrimaryRegulation:
        """The class's circular."""
        return primary_regulation(self.klass.regulation, self.readings)

    def assessment(self, pupil_id: PupilId, period: EntryTerm) -> Assessment:
        """Everything recorded of a pupil in a period; what the pupil is exempt from is left out."""
        entered = self.entered.get(pupil_id, NOTHING_ENTERED)
        left_out = self.not_taken.get(pupil_id, frozenset())
        levels: list[SubjectEntry] = []
        traits: list[TraitEntry] = []
        scores: list[ScoreEntry] = []
        for subject, column, kind in self._plan.get(period, ()):
            if column.id in entered.exempt or kind is SubjectKind.FLAGS or subject.id in left_out:
                continue
            key, value = item_key(subject.id, column.code), entered.counted.get(column.id)
            if kind is SubjectKind.LEVELS:
                optional = self._is_optional(subject)
                levels.append(SubjectEntry(key, subject.name, subject_level(value), optional))
            elif kind is SubjectKind.TRAITS:
                traits.append(TraitEntry(key, TRAIT_NAMES[column.code], trait_level(value)))
            else:
                scores.append(ScoreEntry(key, subject.name, value))
        return Assessment(tuple(levels), tuple(traits), tuple(scores))

    def pupil_year(self, pupil_id: PupilId) -> PrimaryYear:
        """What the circular is given of one pupil.

        The principal's decision stays outside: it is kept with the lists (`year_lists.decided`).
        """
        final = self.assessment(pupil_id, Period.CN)
        entered = self.plan_results.get(pupil_id)
        return PrimaryYear(
            final,
            supplementary=self._supplementary(pupil_id, final),
            standout=self.flagged(pupil_id, "noi_bat"),
            class_recognised=self.flagged(pupil_id, "lop_cong_nhan"),
            individual_plan=pupil_id in self._with_plan,
            entered_result=None if entered is None else YearResult(entered),
        )

    def flagged(self, pupil_id: PupilId, code: str) -> bool:
        """Whether the year's column `code` holds "x"."""
        entered = self.entered.get(pupil_id, NOTHING_ENTERED)
        return any(
            entered.counted.get(column.id) == FLAGGED
            for _, column, kind in self._plan.get(Period.CN, ())
            if kind is SubjectKind.FLAGS and column.code == code
        )

    def year_value(self, pupil_id: PupilId, subject_id: SubjectId, code: str) -> int | None:
        """What one column of cuối năm holds."""
        entered = self.entered.get(pupil_id, NOTHING_ENTERED)
        columns = (column for _, column, _ in self._plan.get(Period.CN, ()))
        found = (c.id for c in columns if (c.subject_id, c.code) == (subject_id, code))
        column_id = next(found, None)
        return None if column_id is None else entered.counted.get(column_id)

    def odd_levels(self, pupil_id: PupilId, period: Period) -> Iterator[OddLevel]:
        """Levels of a period that do not go with their Điểm KTĐK; to look at, never refused."""
        values = self.assessment(pupil_id, period)
        scores = {split_key(score.key)[0]: score.score for score in values.scores}
        for item in values.levels:
            subject_id, _ = split_key(item.key)
            said = level_warning(
                item.name, item.level, scores.get(subject_id), self.readings.warnings
            )
            if said is not None:
                yield OddLevel(subject_id, item.name, said)

    def found(self, pupil_id: PupilId) -> PrimaryResults:
        """What the circular concludes about one pupil."""
        if pupil_id not in self._found:
            self._found[pupil_id] = self.rules.results(self.pupil_year(pupil_id))
        return self._found[pupil_id]

    def results(self) -> dict[PupilId, PupilResults]:
        """Everybody's results in the shape the year end works on."""
        return {entry.pupil_id: self.results_of(entry.pupil_id) for entry in self.entries}

    def explain(self, pupil_id: PupilId) -> tuple[Reason, ...]:
        """The "Vì sao?" list of one pupil."""
        return self.rules.explain(self.pupil_year(pupil_id), self.klass.grade)

    @cached_property
    def _found(self) -> dict[PupilId, PrimaryResults]:
        return {}

    @cached_property
    def _plan(self) -> Mapping[EntryTerm, Sequence[tuple[Subject, Column, SubjectKind]]]:
        """Columns of each period in the order of the forms."""
        by_subject: dict[SubjectId, list[Column]] = {}
        for column in self.columns:
            by_subject.setdefault(column.subject_id, []).append(column)
        found: dict[EntryTerm, list[tuple[Subject, Column, SubjectKind]]] = {}
        for subject in self.subjects:
            for column in by_subject.get(subject.id, ()):
                kind = subject.kind_of(column.code)
                found.setdefault(column.term, []).append((subject, column, kind))
        return found

    @cached_property
    def _optional(self) -> frozenset[str]:
        rows = self.rules.curriculum.subjects(self.klass.grade, optional=True)
        return frozenset(row.code for row in rows if row.optional)

    @cached_property
    def _with_plan(self) -> frozenset[PupilId]:
        return frozenset(e.pupil_id for e in self.entries if e.profile.inclusion)

    def _is_optional(self, subject: Subject) -> bool:
        return curriculum_code(subject.code) in self._optional

    def _supplementary(self, pupil_id: PupilId, final: Assessment) -> Assessment | None:
        """Đánh giá bổ sung, once anything of it has come; who did not come keeps the old value."""
        again = {
            item_key(subject, code): result.value
            for (pupil, subject, code), result in self.summer.supplementary.items()
            if pupil == pupil_id
        }
        if not again:
            return None
        return Assessment(
            tuple(
                SubjectEntry(i.key, i.name, subject_level(again.get(i.key)), i.optional)
                for i in final.levels
            ),
            tuple(TraitEntry(i.key, i.name, trait_level(again.get(i.key))) for i in final.traits),
            tuple(ScoreEntry(i.key, i.name, again.get(i.key)) for i in final.scores),
        )

    def results_of(self, pupil_id: PupilId) -> PupilResults:
        """One pupil's results in the common shape."""
        found = self.found(pupil_id)
        entered = self.entered.get(pupil_id, NOTHING_ENTERED)
        final: dict[SubjectId, int | None] = {
            subject.id: entered.counted.get(column.id)
            for subject, column, kind in self._plan.get(Period.CN, ())
            if kind is SubjectKind.LEVELS
        }
        of_year = found.year_result
        after = found.result if found.after is not None else None
        reassess = found.to_supplement
        return PupilResults(
            subjects=tuple(SubjectResult(None, None, final.get(s.id)) for s in self.subjects),
            learning_hk1=None,
            learning_hk2=None,
            learning_year=None if of_year is None else LearningResult(of_year, of_year),
            after_reassessment=None if after is None else LearningResult(after, after),
            conduct_year=None,
            conduct_final=None,
            promotion=_PROMOTIONS[found.promotion],
            reassess=(
                *(item.key for item in reassess.levels),
                *(item.key for item in reassess.scores),
                *(item.key for item in reassess.traits),
            ),
            titles=Titles(year=found.title),
        )
