"""Số liệu of a primary class: how many pupils have each level in each subject and trait. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.ids import PupilId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.subjects import Subject, SubjectKind
from app.ports import Assessment
from app.readmodels.figures import Figures, Measure, MeasureKind, PupilGroup
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import OUTCOMES
from app.regulations.primary_columns import SCORE_CODE, TRAIT_NAMES
from app.regulations.registry import primary_regulation
from app.services.class_figures import (
    NO_LEVEL,
    Members,
    class_figures,
    counted,
    members_of,
    outcome_word,
)
from app.services.class_results import ClassFacts
from app.services.year_lists import PupilYearEnd, year_ends

_SUBJECT_LEVELS = ("C", "H", "T")
_TRAIT_LEVELS = ("C", "Đ", "T")
"""By stored value."""


def figures_of(facts: ClassFacts, period: ResultsPeriod, groups: Sequence[PupilGroup]) -> Figures:
    """Everything the circular of the class, primary or not, concludes about its pupils."""
    if facts.primary is not None:
        return primary_figures(facts, period, groups)
    return class_figures(facts, period, groups)


def primary_figures(
    facts: ClassFacts, period: ResultsPeriod, groups: Sequence[PupilGroup]
) -> Figures:
    """Levels of each subject, phẩm chất and năng lực of the kỳ; results at the year's end only."""
    ends = year_ends(facts)
    members = members_of(ends, groups)
    pupils = {group: len(inside) for group, inside in members.items()}
    here = [end.entry.pupil_id for end in ends]
    measures = [
        *(_results(facts, ends, members) if period.is_year else ()),
        *(_column(facts, *found, here, members) for found in graded_columns(facts, period)),
    ]
    klass = facts.klass
    return Figures(klass.name, klass.grade, klass.regulation, pupils, tuple(measures))


def graded_columns(
    facts: ClassFacts, period: ResultsPeriod
) -> Iterator[tuple[Subject, Assessment]]:
    """Columns of the kỳ that hold a level, subject by subject."""
    known = Period(period.value) if period.value in PRIMARY_TERMS else Period.CN
    for subject in facts.subjects:
        for column in facts.assessments:
            if column.subject_id != subject.id or column.term is not known:
                continue
            if column.code != SCORE_CODE and subject.kind_of(column.code) is not SubjectKind.FLAGS:
                yield subject, column


def measure_code(subject: Subject, column: Assessment) -> str:
    """Tells the measure of a column from all others of the class."""
    return f"{subject.code}.{column.code}"


def _results(
    facts: ClassFacts, ends: Sequence[PupilYearEnd], members: Members
) -> Iterator[Measure]:
    rules = primary_regulation(facts.klass.regulation)
    learning: dict[PupilId, str] = {}
    for end in ends:
        result = end.results.learning_final
        learning[end.entry.pupil_id] = NO_LEVEL if result is None else result.final
    titles = {end.entry.pupil_id: end.results.titles.year or NO_LEVEL for end in ends}
    outcomes = {end.entry.pupil_id: outcome_word(end) for end in ends}
    levels = rules.result_levels
    yield counted(MeasureKind.LEARNING, "Kết quả giáo dục", levels, learning, members)
    yield counted(MeasureKind.OUTCOME, "Kết quả cuối năm", OUTCOMES, outcomes, members)
    yield counted(MeasureKind.TITLE, "Khen thưởng", rules.title_names, titles, members)


def _column(
    facts: ClassFacts,
    subject: Subject,
    column: Assessment,
    here: Sequence[PupilId],
    members: Members,
) -> Measure:
    traits = subject.kind_of(column.code) is SubjectKind.TRAITS
    levels = _TRAIT_LEVELS if traits else _SUBJECT_LEVELS
    found: dict[PupilId, str] = {}
    for pupil in here:
        stored = facts.cells.get((column.id, pupil))
        value = None if stored is None else stored.cell.counted()
        found[pupil] = NO_LEVEL if value is None else levels[value]
    name = TRAIT_NAMES.get(column.code, subject.name)
    code = measure_code(subject, column)
    return counted(MeasureKind.SUBJECT, name, levels[::-1], found, members, code=code)
