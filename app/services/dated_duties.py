"""Việc có hạn theo quy định: what the rules want done by a day, counted and put on a desk.

Nothing is refused here: a profile completed or a book printed late is better than never. A duty
shows from some weeks before its day until nothing is missing, and in red after its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.actor import Actor
from app.domain.case_rules import LOCKED_PROFILE_FIELDS
from app.domain.corrections import Correction, Step
from app.domain.ids import ClassId
from app.domain.periods import Period
from app.domain.print_runs import CORRECTION_LOG, REPORT_BOOKLET, REPORT_BOOKLET_OPENING
from app.domain.rule_catalogue import (
    ALLOCATION_DAY,
    MONTHLY_MEETING,
    PROFILE_DAY,
    RECORD_COVER_DAY,
    RECORD_RESULTS_DAY,
    SUMMARY_TERM_1,
    SUMMARY_YEAR,
    TEACHER_BOOK_DAY,
    WINDOW_RECORD,
)
from app.domain.rules import RuleSet
from app.domain.school import SchoolClass, SchoolYear
from app.ports import PrintRun, UnitOfWork
from app.readmodels.home import Duty, MyTask, TaskKind
from app.regulations.registry import closing_periods, is_primary
from app.services.printing import PRINTERS
from app.services.required_papers import (
    NO_NEEDS,
    ClassNeeds,
    class_needs,
    has_booklet,
    has_summary,
    has_teacher_books,
)

_AHEAD = timedelta(days=21)
_FIRST_GRADES = (1, 6, 10)
_OPENINGS = frozenset({REPORT_BOOKLET, REPORT_BOOKLET_OPENING})


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """What is missing of each duty that is near or past its day: (day, done, total) by duty.

    `profiles` by class: pupils whose printed facts are complete, and pupils. `unexplained` and
    `unlogged` are numbers of ended cases, the first by requester.
    """

    days: Mapping[Duty, date]
    counts: Mapping[Duty, tuple[int, int]]
    profiles: Mapping[ClassId, tuple[int, int]]
    unexplained: Mapping[int, int]


def read_duties(
    uow: UnitOfWork,
    year: SchoolYear,
    classes: Sequence[SchoolClass],
    runs: tuple[PrintRun, ...],
    rules: RuleSet,
    today: date,
) -> DutyFacts:
    """Counts only what is due soon: most days nothing is asked."""
    days = {
        duty: day
        for duty, day in _days(rules, year, classes, today)
        if today >= day - _AHEAD and today >= year.starts_on - _AHEAD
    }
    needs = class_needs(uow, year.id) if days else {}
    printed = {duty: _printed(duty, classes, runs, needs) for duty in days}
    counts = {duty: count for duty, count in printed.items() if count is not None}
    if Duty.ALLOCATION in days:
        first = [k for k in classes if k.grade in _FIRST_GRADES]
        done = sum(needs.get(k.id, NO_NEEDS).pupils > 0 for k in first)
        counts[Duty.ALLOCATION] = (done, len(first))
    unexplained: dict[int, int] = {}
    if Duty.CORRECTION_LOG in days:
        cases = uow.corrections.of_year(year.id)
        ended = [c for c in cases if c.step in (Step.APPLIED, Step.REFUSED)]
        counts[Duty.CORRECTION_LOG] = (len(ended) - _unlogged(ended, runs), len(ended))
        for case in ended:
            if not case.explanation:
                unexplained[case.requested_by] = unexplained.get(case.requested_by, 0) + 1
    profiles = {}
    if Duty.PROFILES in days:
        profiles = {klass.id: _complete(uow, klass.id) for klass in classes}
    return DutyFacts(days, counts, profiles, unexplained)


def duty_tasks(facts: DutyFacts, actor: Actor, classes: Iterable[SchoolClass]) -> Iterator[MyTask]:
    """The duties of one person: GVCN their class, the office the rest, a requester own cases."""
    if Duty.PROFILES in facts.days:
        for klass in classes:
            done, total = facts.profiles.get(klass.id, (0, 0))
            if klass.id in actor.homeroom and done < total:
                yield MyTask(
                    TaskKind.DUTY, facts.days[Duty.PROFILES], klass.id, klass.name,
                    done=done, total=total, duty=Duty.PROFILES,
                )  # fmt: skip
    mine = facts.unexplained.get(actor.account_id, 0)
    if mine:
        day = facts.days[Duty.CORRECTION_LOG]
        yield MyTask(TaskKind.DUTY, day, total=mine, duty=Duty.EXPLAIN)
    if not actor.has(*PRINTERS):
        return
    for duty, (done, total) in facts.counts.items():
        if done < total:
            yield MyTask(TaskKind.DUTY, facts.days[duty], done=done, total=total, duty=duty)


def next_meeting(rules: RuleSet, today: date) -> date | None:
    """The day of the next họp chuyên môn, today included; None when none is laid down (M68)."""
    day = rules.number(MONTHLY_MEETING)
    if day is None:
        return None
    this = today.replace(day=day)
    if today <= this:
        return this
    return (today.replace(day=28) + timedelta(days=4)).replace(day=day)


def _days(
    rules: RuleSet, year: SchoolYear, classes: Iterable[SchoolClass], today: date
) -> Iterator[tuple[Duty, date]]:
    by_day = {
        Duty.PROFILES: PROFILE_DAY,
        Duty.ALLOCATION: ALLOCATION_DAY,
        Duty.TEACHER_BOOKS: TEACHER_BOOK_DAY,
        Duty.RECORD_COVERS: RECORD_COVER_DAY,
        Duty.SUMMARY_TERM_1: SUMMARY_TERM_1,
        Duty.SUMMARY_YEAR: SUMMARY_YEAR,
        Duty.RECORD_RESULTS: RECORD_RESULTS_DAY,
    }
    for duty, spec in by_day.items():
        day = rules.day(spec, year)
        if day is not None:
            yield duty, day
    span = rules.span(WINDOW_RECORD, year)
    if span is not None and rules.day(RECORD_RESULTS_DAY, year) is None:
        yield Duty.RECORD_RESULTS, span[1]
    meeting = next_meeting(rules, today)
    if meeting is not None:
        # Printed and explained before the meeting.
        yield Duty.CORRECTION_LOG, meeting


def _printed(
    duty: Duty,
    classes: Sequence[SchoolClass],
    runs: tuple[PrintRun, ...],
    needs: Mapping[ClassId, ClassNeeds],
) -> tuple[int, int] | None:
    """(done, total) classes of a duty of printing; None for a duty of another kind."""
    of_class: dict[ClassId | None, list[PrintRun]] = {}
    for run in runs:
        of_class.setdefault(run.class_id, []).append(run)
    match duty:
        case Duty.RECORD_COVERS:
            asked = [k for k in classes if k.grade in _FIRST_GRADES]
            done = sum(
                any(r.kind in _OPENINGS and r.pupil_id is None for r in of_class.get(k.id, ()))
                for k in asked
            )
        case Duty.TEACHER_BOOKS:
            asked = list(classes)
            done = sum(
                has_teacher_books(of_class.get(k.id, ()), needs.get(k.id, NO_NEEDS).subjects)
                for k in asked
            )
        case Duty.RECORD_RESULTS:
            asked = list(classes)
            done = sum(
                has_booklet(of_class.get(k.id, ()), needs.get(k.id, NO_NEEDS).pupils) for k in asked
            )
        case Duty.SUMMARY_TERM_1 | Duty.SUMMARY_YEAR:
            asked = list(classes)
            first = duty is Duty.SUMMARY_TERM_1
            done = sum(has_summary(of_class.get(k.id, ()), _closed_in(k, first)) for k in asked)
        case _:
            return None
    return done, len(asked)


def _closed_in(klass: SchoolClass, first: bool) -> Period:
    """The period that the summary of học kì I, or of the year, is of."""
    if not first:
        return closing_periods(klass.regulation)[-1]
    return Period.CK1 if is_primary(klass.regulation) else Period.HK1


def _unlogged(ended: Iterable[Correction], runs: tuple[PrintRun, ...]) -> int:
    logs = [run.made_at for run in runs if run.kind == CORRECTION_LOG]
    last = max(logs) if logs else None
    return sum(c.ended_at is not None and (last is None or c.ended_at > last) for c in ended)


def _complete(uow: UnitOfWork, class_id: ClassId) -> tuple[int, int]:
    """Pupils of a class whose profile has everything that books print, and pupils."""
    here = [e.profile for e in uow.roster.entries(class_id) if e.left_on is None]
    return sum(all(getattr(p, name) for name in LOCKED_PROFILE_FIELDS) for p in here), len(here)
