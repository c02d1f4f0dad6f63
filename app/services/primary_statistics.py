"""Thống kê of a primary class: how many pupils have each level in each subject and trait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.domain.ids import PupilId, SubjectId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.subjects import Subject, SubjectKind
from app.ports import Assessment
from app.readmodels.figures import Measure, MeasureKind, PupilGroup
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import SubjectStat
from app.regulations.primary_columns import SCORE_CODE, TRAIT_NAMES
from app.services.class_results import ClassFacts

_BEST_FIRST = (2, 1, 0)
"""Stored values of the levels: T, then H or Đ, then C."""
_LEVELS = {SubjectKind.TRAITS: ("T", "Đ", "C")}
_SUBJECT_LEVELS = ("T", "H", "C")


def primary_subjects(
    facts: ClassFacts,
    period: ResultsPeriod,
    teachers: Mapping[SubjectId, Sequence[str]],
) -> tuple[SubjectStat, ...]:
    """Each subject and each phẩm chất, năng lực of the kỳ; (T, H or Đ, C), never a mean."""
    here = [entry.pupil_id for entry in facts.entries if entry.left_on is None]
    found: list[SubjectStat] = []
    for subject, column in _columns(facts, period):
        values = Counter(_value(facts, column, pupil) for pupil in here)
        found.append(
            SubjectStat(
                subject.id,
                TRAIT_NAMES.get(column.code, subject.name),
                ", ".join(teachers.get(subject.id, ())),
                subject.kind_of(column.code),
                tuple(values[value] for value in _BEST_FIRST),
                values[None],
                None,
            )
        )
    return tuple(found)


def primary_measures(
    facts: ClassFacts,
    period: ResultsPeriod,
    members: Mapping[PupilGroup, frozenset[PupilId]],
) -> list[Measure]:
    """The same by group of pupils, for figures that are added up."""
    found: list[Measure] = []
    for subject, column in _columns(facts, period):
        values = {
            group: Counter(_value(facts, column, pupil) for pupil in inside)
            for group, inside in members.items()
        }
        found.append(
            Measure(
                MeasureKind.SUBJECT,
                TRAIT_NAMES.get(column.code, subject.name),
                _LEVELS.get(subject.kind_of(column.code), _SUBJECT_LEVELS),
                {g: tuple(counts[v] for v in _BEST_FIRST) for g, counts in values.items()},
                {group: len(inside) for group, inside in members.items()},
                f"{subject.code}.{column.code}",
            )
        )
    return found


def _columns(facts: ClassFacts, period: ResultsPeriod) -> Iterator[tuple[Subject, Assessment]]:
    """Every level column of the kỳ with its subject, in the order of the book."""
    known = Period(period.value) if period.value in PRIMARY_TERMS else Period.CN
    for subject in facts.subjects:
        for column in facts.assessments:
            if column.subject_id != subject.id or column.term is not known:
                continue
            if column.code == SCORE_CODE or subject.kind_of(column.code) is SubjectKind.FLAGS:
                continue
            yield subject, column


def _value(facts: ClassFacts, column: Assessment, pupil: PupilId) -> int | None:
    stored = facts.cells.get((column.id, pupil))
    return None if stored is None else stored.cell.counted()
