"""Số liệu of one class: its results counted by level and by group of pupils. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.ids import PupilId
from app.domain.marks import DAT
from app.domain.periods import Term
from app.domain.subjects import Subject, SubjectKind
from app.readmodels.figures import Figures, Measure, MeasureKind, PupilGroup
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import BANDS, OUTCOMES
from app.regulations.base import Promotion
from app.services.class_results import ClassFacts
from app.services.year_lists import PupilYearEnd, year_ends

_FLOORS = (80, 65, 50, 35, 0)
"""Lower edges of `BANDS`, tenths."""
_LEVELS = ("Đ", "CĐ")
NO_LEVEL = ""
"""Nothing is concluded yet."""

Members = Mapping[PupilGroup, frozenset[PupilId]]


def class_figures(
    facts: ClassFacts, period: ResultsPeriod, groups: Sequence[PupilGroup] = tuple(PupilGroup)
) -> Figures:
    """Everything the circular concludes about the pupils still in the class."""
    ends = year_ends(facts)
    members = members_of(ends, groups)
    rules = facts.regulation
    of_year = period is ResultsPeriod.YEAR
    measures = [
        _learning(ends, period, rules.learning_levels, members),
        counted(MeasureKind.CONDUCT, rules.circular.conduct_word, rules.conduct_levels,
                 {e.entry.pupil_id: _conduct(facts, e, period) for e in ends}, members),
    ]  # fmt: skip
    if of_year:
        outcomes = {e.entry.pupil_id: outcome_word(e) for e in ends}
        measures.append(
            counted(MeasureKind.OUTCOME, "Kết quả cuối năm", OUTCOMES, outcomes, members)
        )
        titles = {e.entry.pupil_id: e.results.titles.year or NO_LEVEL for e in ends}
        measures.append(counted(MeasureKind.TITLE, "Danh hiệu", rules.title_names, titles, members))
    measures += [
        _subject(
            [e for e in ends if facts.studies.takes(e.entry.pupil_id, subject.id)],
            at,
            subject,
            period,
            members,
        )
        for at, subject in enumerate(facts.subjects)
        if of_year or Term(period.value) in subject.terms
    ]
    pupils = {group: len(inside) for group, inside in members.items()}
    return Figures(facts.klass.name, facts.klass.grade, rules.circular.id, pupils, tuple(measures))


def members_of(ends: Sequence[PupilYearEnd], groups: Sequence[PupilGroup]) -> Members:
    """Who belongs to each group."""
    return {
        group: frozenset(e.entry.pupil_id for e in ends if group.holds(e.entry.profile))
        for group in groups
    }


def subject_result(end: PupilYearEnd, at: int, period: ResultsPeriod) -> int | None:
    """A pupil's result in a subject of the period, None while there is none."""
    found = end.results.subjects[at]
    if period is ResultsPeriod.YEAR:
        return found.year
    return found.hk1 if period is ResultsPeriod.HK1 else found.hk2


def band_of(kind: SubjectKind, value: int) -> int:
    """Which of `BANDS`, or of (Đ, CĐ), a result belongs to."""
    if kind is SubjectKind.COMMENTS:
        return 0 if value == DAT else 1
    return next(n for n, floor in enumerate(_FLOORS) if value >= floor)


def _learning(
    ends: Sequence[PupilYearEnd],
    period: ResultsPeriod,
    levels: tuple[str, ...],
    members: Members,
) -> Measure:
    """Kết quả học tập; with the mean of ĐTB các môn under a circular that has one."""
    found: dict[PupilId, str] = {}
    means: list[int] = []
    for end in ends:
        results = end.results
        result, mean = {
            ResultsPeriod.HK1: (results.learning_hk1, results.averages.hk1),
            ResultsPeriod.HK2: (results.learning_hk2, results.averages.hk2),
            ResultsPeriod.YEAR: (results.learning_final, results.averages.year),
        }[period]
        found[end.entry.pupil_id] = NO_LEVEL if result is None else result.final
        if mean is not None:
            means.append(mean)
    return counted(
        MeasureKind.LEARNING, "Học tập", levels, found, members, tenths=sum(means),
        averaged=len(means),
    )  # fmt: skip


def _subject(
    ends: Sequence[PupilYearEnd],
    at: int,
    subject: Subject,
    period: ResultsPeriod,
    members: Members,
) -> Measure:
    by_marks = subject.kind is SubjectKind.MARKS
    levels = BANDS if by_marks else _LEVELS
    found: dict[PupilId, str] = {}
    values: list[int] = []
    for end in ends:
        value = subject_result(end, at, period)
        found[end.entry.pupil_id] = (
            NO_LEVEL if value is None else levels[band_of(subject.kind, value)]
        )
        if value is not None and by_marks:
            values.append(value)
    return counted(
        MeasureKind.SUBJECT, subject.name, levels, found, members, code=subject.code,
        tenths=sum(values), averaged=len(values),
    )  # fmt: skip


def counted(
    kind: MeasureKind,
    name: str,
    levels: tuple[str, ...],
    found: Mapping[PupilId, str],
    members: Members,
    *,
    code: str = "",
    tenths: int = 0,
    averaged: int = 0,
) -> Measure:
    """What `found` says of each pupil it is about, by group."""
    counts = {
        group: tuple(sum(found.get(pupil) == level for pupil in inside) for level in levels)
        for group, inside in members.items()
    }
    taking = {group: sum(pupil in found for pupil in inside) for group, inside in members.items()}
    return Measure(kind, name, levels, counts, taking, code, tenths, averaged)


def _conduct(facts: ClassFacts, end: PupilYearEnd, period: ResultsPeriod) -> str:
    if period is ResultsPeriod.YEAR:
        return end.results.conduct_final or NO_LEVEL
    row = facts.conduct.get((end.entry.pupil_id, Term(period.value)))
    return NO_LEVEL if row is None else row.level


def outcome_word(end: PupilYearEnd) -> str:
    """One of `OUTCOMES`."""
    if end.pending:
        return OUTCOMES[2]
    return OUTCOMES[0] if end.outcome is Promotion.PROMOTED else OUTCOMES[1]
