"""Builds Tổng kết from a class's facts and results; the circular alone decides what they are."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.ids import PupilId
from app.domain.marks import CHUA_DAT, DAT, mark_text
from app.domain.periods import Term
from app.domain.pupils import RosterEntry
from app.domain.subjects import SubjectKind
from app.readmodels.results_table import UNKNOWN, ResultRow, ResultsPeriod, ResultsTable
from app.regulations.base import LearningResult, Promotion, PupilResults, Reason, ReasonTopic
from app.services.class_results import ResultFacts
from app.services.primary_results_table import primary_table
from app.services.year_lists import decided

_TOPICS = {
    ResultsPeriod.HK1: (ReasonTopic.LEARNING_HK1, ReasonTopic.TITLE_HK1),
    ResultsPeriod.HK2: (ReasonTopic.LEARNING_HK2, ReasonTopic.TITLE_HK2),
    ResultsPeriod.YEAR: (
        ReasonTopic.LEARNING_YEAR,
        ReasonTopic.AFTER_REASSESSMENT,
        ReasonTopic.CONDUCT,
        ReasonTopic.TITLE,
        ReasonTopic.PROMOTION,
    ),
}
_LEVEL_WORDS = {DAT: "Đ", CHUA_DAT: "CĐ"}


def results_table(
    facts: ResultFacts, results: Mapping[PupilId, PupilResults], period: ResultsPeriod
) -> ResultsTable:
    """Everybody of the class in roster order."""
    if facts.primary is not None:
        return primary_table(facts, facts.primary, period)
    grade, circular = facts.klass.grade, facts.regulation.circular
    return ResultsTable(
        class_id=facts.klass.id,
        class_name=facts.klass.name,
        grade=grade,
        circular=circular.number,
        period=period,
        subjects=tuple((s.short_name, s.name) for s in facts.subjects),
        rows=tuple(_row(facts, e, results[e.pupil_id], period) for e in facts.entries),
        learning_levels=facts.regulation.learning_levels,
        conduct_levels=facts.regulation.conduct_levels,
        outcomes=tuple(circular.promotion_label(p, grade) for p in Promotion),
        titles=facts.regulation.title_names,
        learning_word=circular.learning_word,
        conduct_word=circular.conduct_word,
        has_average=circular.has_average,
        has_titles=period is ResultsPeriod.YEAR or circular.term_titles,
    )


def reasons_of_period(reasons: tuple[Reason, ...], period: ResultsPeriod) -> tuple[Reason, ...]:
    """The reasons that belong to the period, in reading order; those of primary pupils are all of
    the year.
    """
    if period not in _TOPICS:
        return reasons if period.is_year else ()
    return tuple(reason for reason in reasons if reason.topic in _TOPICS[period])


def _row(
    facts: ResultFacts, entry: RosterEntry, found: PupilResults, period: ResultsPeriod
) -> ResultRow:
    learning = _learning(found, period)
    names = {str(subject.id): subject.name for subject in facts.subjects}
    raised = names.get(learning.raised_by, "") if learning and learning.raised_by else ""
    of_year = period is ResultsPeriod.YEAR
    name = "year" if of_year else period.value.lower()
    average = getattr(found.averages, name)
    outcome = decided(found.promotion, facts.summer.decisions.get(entry.pupil_id))
    return ResultRow(
        pupil_id=entry.pupil_id,
        position=entry.position,
        name=entry.profile.full_name,
        subjects=tuple(
            _subject(getattr(result, name), subject.kind)
            if facts.studies.takes(entry.pupil_id, subject.id)
            else ""
            for subject, result in zip(facts.subjects, found.subjects, strict=True)
        ),
        learning=learning.final if learning else UNKNOWN,
        learning_base=learning.base if learning and raised else "",
        raised_by=raised,
        conduct=_conduct(facts, entry.pupil_id, found, period),
        absences=_absences(facts, entry.pupil_id, period),
        outcome=facts.regulation.circular.promotion_label(outcome, facts.klass.grade)
        if of_year
        else "",
        title=getattr(found.titles, name) or "",
        left_on=entry.left_on,
        average=UNKNOWN if average is None else mark_text(average),
    )


def _learning(found: PupilResults, period: ResultsPeriod) -> LearningResult | None:
    if period is ResultsPeriod.HK1:
        return found.learning_hk1
    return found.learning_hk2 if period is ResultsPeriod.HK2 else found.learning_final


def _subject(value: int | None, kind: SubjectKind) -> str:
    if value is None:
        return UNKNOWN
    return _LEVEL_WORDS[value] if kind is SubjectKind.COMMENTS else mark_text(value)


def _conduct(facts: ResultFacts, pupil: PupilId, found: PupilResults, period: ResultsPeriod) -> str:
    if period is ResultsPeriod.YEAR:
        return found.conduct_final or UNKNOWN
    row = facts.conduct.get((pupil, Term(period.value)))
    return row.level or UNKNOWN if row is not None else UNKNOWN


def _absences(facts: ResultFacts, pupil: PupilId, period: ResultsPeriod) -> str:
    if period is ResultsPeriod.YEAR:
        total = facts.absences(pupil)
        return UNKNOWN if total is None else str(total)
    row = facts.conduct.get((pupil, Term(period.value)))
    if row is None or row.excused is None or row.unexcused is None:
        return UNKNOWN
    return str(row.excused + row.unexcused)
