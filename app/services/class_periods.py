"""Which kỳ đánh giá of a class a day belongs to: what is shown first, whose state is told."""

from __future__ import annotations

from datetime import date

from app.domain.ids import SchoolYearId
from app.domain.locks import ClassLocks
from app.domain.periods import EntryTerm, Period, Term, period_of
from app.domain.school import SchoolYear, term_of_day
from app.ports import UnitOfWork
from app.regulations.registry import closing_periods, is_primary

_HALVES = {Term.HK1: (Period.GK1, Period.CK1), Term.HK2: (Period.GK2, Period.CN)}


def current_term(regulation_id: str, year: SchoolYear, locks: ClassLocks, day: date) -> EntryTerm:
    """The học kì of the day; in primary schools the kỳ of that half year that is being entered.

    That is the one whose window is open, else the first that is neither closed nor past.
    """
    half = term_of_day(year, day)
    if not is_primary(regulation_id):
        return half
    first, last = _HALVES[half]
    for period in (first, last):
        if locks.window_for(period, day) is not None:
            return period
    past = any(w.period is first and w.closes_on < day for w in locks.windows)
    return last if past or first in locks.closes else first


def periods_of_year(uow: UnitOfWork, year_id: SchoolYearId) -> tuple[Period, ...]:
    """Every period that some class of the year closes, in the order of the year."""
    known = {k.regulation for k in uow.school.classes(year_id)}
    asked = {period for circular_id in known for period in closing_periods(circular_id)}
    return tuple(p for p in Period if p in asked)


def current_period(regulation_id: str, year: SchoolYear, locks: ClassLocks, day: date) -> Period:
    """The period that closes what is entered on the day."""
    return period_of(current_term(regulation_id, year, locks, day))
