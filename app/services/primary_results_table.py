"""Tổng kết of a primary class: levels and Điểm KTĐK of a kỳ; at the year's end what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.ids import AssessmentId
from app.domain.marks import value_text
from app.domain.periods import PRIMARY_TERMS, Period
from app.domain.pupils import RosterEntry
from app.domain.subjects import SubjectKind
from app.readmodels.results_table import UNKNOWN, ResultRow, ResultsPeriod, ResultsTable
from app.regulations.base import Promotion
from app.regulations.primary_columns import GRID_TITLES, TRAIT_NAMES
from app.services.class_results import ResultFacts
from app.services.primary_inputs import PrimaryFacts
from app.services.regulation_inputs import NOTHING_ENTERED
from app.services.year_lists import decided


@dataclass(frozen=True, slots=True)
class _Shown:
    """One column of the table."""

    short: str
    name: str
    column_id: AssessmentId
    kind: SubjectKind


def primary_table(facts: ResultFacts, primary: PrimaryFacts, period: ResultsPeriod) -> ResultsTable:
    """Everybody of the class in roster order; a period of secondary schools shows cuối năm."""
    shown_period = period if period.value in PRIMARY_TERMS else ResultsPeriod.CN
    columns = tuple(_columns(facts, Period(shown_period.value)))
    grade = facts.klass.grade
    rules = primary.rules
    return ResultsTable(
        class_id=facts.klass.id,
        class_name=facts.klass.name,
        grade=grade,
        circular=rules.circular.number,
        period=shown_period,
        subjects=tuple((column.short, column.name) for column in columns),
        rows=tuple(_row(facts, primary, e, columns, shown_period) for e in facts.entries),
        learning_levels=rules.result_levels,
        conduct_levels=(),
        outcomes=tuple(
            rules.circular.promotion_label(p, grade)
            for p in Promotion
            if p is not Promotion.SUMMER_CONDUCT
        ),
        titles=rules.title_names,
        primary=True,
    )


def _columns(facts: ResultFacts, period: Period) -> Iterator[_Shown]:
    for subject in facts.subjects:
        for column in facts.assessments:
            if column.subject_id != subject.id or column.term is not period:
                continue
            kind = subject.kind_of(column.code)
            if kind is SubjectKind.TRAITS:
                name = TRAIT_NAMES[column.code]
                yield _Shown(GRID_TITLES.get(column.code, name), name, column.id, kind)
            elif kind is SubjectKind.SCORES:
                yield _Shown(f"{subject.short_name} KT", f"{subject.name}: KTĐK", column.id, kind)
            elif kind is SubjectKind.LEVELS:
                yield _Shown(subject.short_name, subject.name, column.id, kind)


def _row(
    facts: ResultFacts,
    primary: PrimaryFacts,
    entry: RosterEntry,
    columns: tuple[_Shown, ...],
    period: ResultsPeriod,
) -> ResultRow:
    entered = facts.entered.get(entry.pupil_id, NOTHING_ENTERED)
    found = primary.results_of(entry.pupil_id)
    of_year = period.is_year
    outcome = decided(found.promotion, facts.summer.decisions.get(entry.pupil_id))
    learning = found.learning_final if of_year else None
    absences = facts.absences(entry.pupil_id)

    def text(column: _Shown) -> str:
        if column.column_id in entered.exempt:
            return "miễn"
        value = entered.counted.get(column.column_id)
        return UNKNOWN if value is None else value_text(value, column.kind)

    return ResultRow(
        pupil_id=entry.pupil_id,
        position=entry.position,
        name=entry.profile.full_name,
        subjects=tuple(text(column) for column in columns),
        learning=UNKNOWN if learning is None else learning.final,
        learning_base="",
        raised_by="",
        conduct="",
        absences=UNKNOWN if absences is None or not of_year else str(absences),
        outcome=primary.rules.circular.promotion_label(outcome, facts.klass.grade)
        if of_year
        else "",
        title=(found.titles.year or "") if of_year else "",
        left_on=entry.left_on,
    )
