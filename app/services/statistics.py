"""Thống kê: counts of results by subject and by class, for the term or the year (M195)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.clock import Clock
from app.domain.ids import ClassId, PupilId, SubjectId
from app.domain.marks import DAT
from app.domain.periods import Term
from app.domain.subjects import Subject, SubjectKind
from app.ports import UowFactory
from app.progress import Progress, no_progress
from app.readmodels.results_table import ResultsPeriod
from app.readmodels.statistics import ClassStat, StatHeads, SubjectStat
from app.regulations.base import Promotion, PupilResults
from app.regulations.registry import is_primary, primary_regulation, regulation
from app.services.class_results import ClassFacts, load_class
from app.services.primary_statistics import primary_subjects
from app.services.year_lists import PupilYearEnd, year_ends

_FLOORS = (80, 65, 50, 35, 0)
"""Lower edges of the bands, tenths."""
_OUTCOMES = ("Lên lớp", "Không lên lớp", "Còn chờ")


class Statistics:
    """Reads; who may look is the page's class scope."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def by_subject(self, class_id: ClassId, period: ResultsPeriod) -> tuple[SubjectStat, ...]:
        """Every subject of a class studied in the period."""
        today = self._clock.today()
        with self._uows.read() as uow:
            facts = load_class(uow, class_id)
            names = {a.id: a.full_name for a in uow.accounts.all(today)}
            teachers: dict[SubjectId, list[str]] = {}
            for given in uow.accounts.assignments(class_id):
                if given.subject_id is not None and given.covers(today):
                    who = names.get(given.account_id, "")
                    teachers.setdefault(given.subject_id, []).append(who)
        results = facts.results()
        if facts.primary is not None:
            return primary_subjects(facts, period, teachers)
        return tuple(
            _subject(facts, results, at, subject, period, ", ".join(teachers.get(subject.id, ())))
            for at, subject in enumerate(facts.subjects)
            if period is ResultsPeriod.YEAR or Term(period.value) in subject.terms
        )

    def by_class(
        self,
        class_ids: Sequence[ClassId],
        period: ResultsPeriod,
        progress: Progress = no_progress,
    ) -> tuple[StatHeads, tuple[ClassStat, ...]]:
        """Classes in the order given; `StatHeads` name what any of their circulars has."""
        found: list[ClassStat] = []
        with self._uows.read() as uow:
            ids = dict.fromkeys(uow.school.class_(class_id).regulation for class_id in class_ids)
        heads = _heads(ids, period)
        for done, class_id in enumerate(class_ids):
            progress(done, len(class_ids), "Đang tính")
            with self._uows.read() as uow:
                facts = load_class(uow, class_id)
            found.append(_class(facts, period, heads))
        return heads, tuple(found)


def _heads(circulars: Iterable[str], period: ResultsPeriod) -> StatHeads:
    """Every level and title, those of two circulars in one year side by side (M19)."""
    of_year = period.is_year
    learning: list[str] = []
    conduct: list[str] = []
    titles: list[str] = []
    for circular_id in circulars:
        if is_primary(circular_id):
            # A kỳ of primary schools has no level over all subjects.
            primary = primary_regulation(circular_id)
            learning += primary.result_levels if of_year else ()
            titles += primary.title_names
        else:
            rules = regulation(circular_id)
            learning += rules.learning_levels
            conduct += rules.conduct_levels
            titles += rules.title_names
    return StatHeads(
        tuple(dict.fromkeys(learning)),
        tuple(dict.fromkeys(conduct)),
        _OUTCOMES if of_year else (),
        tuple(dict.fromkeys(titles)) if of_year else (),
    )


def _subject(
    facts: ClassFacts,
    results: Mapping[PupilId, PupilResults],
    at: int,
    subject: Subject,
    period: ResultsPeriod,
    teacher: str,
) -> SubjectStat:
    name = "year" if period is ResultsPeriod.YEAR else period.value.lower()
    here = [
        entry.pupil_id
        for entry in facts.entries
        if entry.left_on is None and facts.studies.takes(entry.pupil_id, subject.id)
    ]
    values: list[int | None] = [getattr(results[pupil].subjects[at], name) for pupil in here]
    known = [value for value in values if value is not None]
    average: int | None = None
    if subject.kind is SubjectKind.COMMENTS:
        passed = sum(value == DAT for value in known)
        counts: tuple[int, ...] = (passed, len(known) - passed)
    else:
        bands = [next(n for n, floor in enumerate(_FLOORS) if value >= floor) for value in known]
        counts = tuple(bands.count(n) for n in range(len(_FLOORS)))
        if known:
            average = (2 * sum(known) + len(known)) // (2 * len(known))
    missing = len(values) - len(known)
    return SubjectStat(subject.id, subject.name, teacher, subject.kind, counts, missing, average)


def _class(facts: ClassFacts, period: ResultsPeriod, heads: StatHeads) -> ClassStat:
    ends = year_ends(facts)
    learning = [_learning(end, period) for end in ends]
    conduct = [_conduct(facts, end, period) for end in ends]
    words = [_outcome(end) for end in ends]
    titles = [end.results.titles.year or "" for end in ends]
    return ClassStat(
        facts.klass.id,
        facts.klass.name,
        len(ends),
        tuple(learning.count(level) for level in heads.learning),
        tuple(conduct.count(level) for level in heads.conduct),
        tuple(words.count(word) for word in heads.outcomes),
        tuple(titles.count(title) for title in heads.titles),
    )


def _learning(end: PupilYearEnd, period: ResultsPeriod) -> str:
    found = end.results
    result = {
        ResultsPeriod.HK1: found.learning_hk1,
        ResultsPeriod.HK2: found.learning_hk2,
        ResultsPeriod.YEAR: found.learning_final,
        ResultsPeriod.CN: found.learning_final,
    }.get(period)
    return "" if result is None else result.final


def _conduct(facts: ClassFacts, end: PupilYearEnd, period: ResultsPeriod) -> str:
    if period is ResultsPeriod.YEAR or facts.primary is not None:
        return end.results.conduct_final or ""
    row = facts.conduct.get((end.entry.pupil_id, Term(period.value)))
    return "" if row is None else row.level


def _outcome(end: PupilYearEnd) -> str:
    if end.pending:
        return _OUTCOMES[2]
    return _OUTCOMES[0] if end.outcome is Promotion.PROMOTED else _OUTCOMES[1]
