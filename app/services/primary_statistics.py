"""Thống kê of a primary class: how many pupils have each level in each subject and trait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.ids import SubjectId
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.subjects import SubjectKind
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import SubjectStat
from app.regulations.primary_columns import SCORE_CODE, TRAIT_NAMES
from app.services.class_results import ClassFacts

_BEST_FIRST = (2, 1, 0)
"""Stored values of the levels: T, then H or Đ, then C."""


def primary_subjects(
    facts: ClassFacts,
    period: ResultsPeriod,
    teachers: Mapping[SubjectId, Sequence[str]],
) -> tuple[SubjectStat, ...]:
    """Each subject and each phẩm chất, năng lực of the kỳ; (T, H or Đ, C), never a mean."""
    known = Period(period.value) if period.value in PRIMARY_TERMS else Period.CN
    here = [entry.pupil_id for entry in facts.entries if entry.left_on is None]
    found: list[SubjectStat] = []
    for subject in facts.subjects:
        for column in facts.assessments:
            kind = subject.kind_of(column.code)
            if column.subject_id != subject.id or column.term is not known:
                continue
            if column.code == SCORE_CODE or kind is SubjectKind.FLAGS:
                continue
            cells = [facts.cells.get((column.id, pupil)) for pupil in here]
            values = Counter(None if c is None else c.cell.counted() for c in cells)
            found.append(
                SubjectStat(
                    subject.id,
                    TRAIT_NAMES.get(column.code, subject.name),
                    ", ".join(teachers.get(subject.id, ())),
                    kind,
                    tuple(values[value] for value in _BEST_FIRST),
                    values[None],
                    None,
                )
            )
    return tuple(found)
