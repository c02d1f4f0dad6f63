"""Điểm danh of the sample school: a calendar, absences day by day, months declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.commands.invented import Inventor
from app.domain.attendance import Absence, SchoolCalendar, Span, SpecialDays, in_class
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Term
from app.domain.school import SchoolClass

if TYPE_CHECKING:
    from app.commands.sample_school import SampleYear

_TET = {2026: ((2, 14), (2, 22)), 2027: ((2, 3), (2, 11)), 2028: ((1, 24), (2, 1))}
_USUAL_TET = ((2, 8), (2, 16))
_LONG_ILLNESS = 38
"""School days one pupil of the first class is away from October on: the near-45 list is used."""
_Absent = dict[PupilId, dict[date, Absence]]


@dataclass(frozen=True, slots=True, order=True)
class _Visit:
    """When the GVCN of class number `number` writes up one span."""

    on: date
    number: int
    first: date
    span: Span = field(compare=False)


class SampleAttendance:
    """Lives the months of one sample year; `live_until` may be called as time goes on."""

    def __init__(self, sample: SampleYear) -> None:
        self._sample = sample
        self._random = Random(sample.first_year)  # noqa: S311 - invented absences
        self._invent = Inventor(sample.first_year)
        self._calendar: SchoolCalendar | None = None
        self._absent: dict[ClassId, _Absent] = {}
        self._visits: list[_Visit] = []

    def set_calendar(self) -> None:
        """Monday to Saturday, the year's holidays, as the secretary enters them in August."""
        on, year = self._sample.on, self._sample.first_year + 1
        tet = _TET.get(year, _USUAL_TET)

        def off(name: str, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
            days.append(SpecialDays(name, on(*first), on(*(last or first))))

        days: list[SpecialDays] = []
        off("Kỉ niệm Ngày Nhà giáo Việt Nam", (11, 20))
        off("Tết Dương lịch", (1, 1))
        off("Nghỉ giữa hai học kì", (1, 11), (1, 18))
        off("Tết Nguyên đán", *tet)
        off("Ngày Chiến thắng 30/4, Quốc tế Lao động 1/5", (4, 30), (5, 1))
        off("Tổng kết năm học", (5, 26), (5, 31))
        work, year_id = self._sample.work, self._sample.year_id
        secretary = self._sample.actor("secretary")
        done = work.calendars.save(secretary, year_id, range(6), days)
        assert isinstance(done.payload, SchoolCalendar)  # noqa: S101 - what the service promises
        self._calendar = done.payload

    def live_until(self, day: date, *, today: date | None = None) -> None:
        """Every month whose last lesson lies before the end of `day`.

        When time stops at `today` one class is behind with the month before; and once `day` gets
        there, the days of the month under way are written but not declared.
        """
        if not self._absent:
            self._plan()
        while self._visits and self._visits[0].on <= day:
            visit = self._visits.pop(0)
            behind = visit.number == 2 and today is not None and _is_last(visit, today)
            self._write(visit, visit.span.last, declare=not behind)
        if today is not None and day >= today:
            for visit in [v for v in self._visits if v.span.first <= day]:
                self._visits.remove(visit)
                self._sample.at(day, hour=7)
                self._write(visit, day, declare=False, move=False)

    def _plan(self) -> None:
        calendar = self._calendar
        if calendar is None:
            raise RuntimeError("the calendar comes before the first month")
        taught = {
            term: [d for span in calendar.spans(term) for d in self._days(calendar, span)]
            for term in Term
        }
        for number, klass in enumerate(self._sample.classes):
            self._absent[klass.id] = dict(self._pupils(number, klass, taught))
            for span in calendar.spans():
                last = calendar.last_school_day(span)
                # The second class is late with October.
                late = number == 1 and span.month.number == 10
                on = calendar.due_on(span.month) + timedelta(days=2) if late else last
                self._visits.append(_Visit(on, number, span.first, span))
        self._visits.sort()

    def _days(self, calendar: SchoolCalendar, span: Span) -> list[date]:
        return calendar.school_days(span.first, span.last)

    def _pupils(
        self, number: int, klass: SchoolClass, taught: dict[Term, list[date]]
    ) -> Iterator[tuple[PupilId, dict[date, Absence]]]:
        secretary = self._sample.actor("secretary")
        rows = self._sample.work.rosters.view(secretary, klass.id).lines
        for at, row in enumerate(rows):
            found: dict[date, Absence] = {}
            for term, days in taught.items():
                excused, unexcused = self._invent.days_absent()
                chosen = self._random.sample(days, excused + unexcused)
                found |= dict.fromkeys(chosen[:excused], Absence.EXCUSED)
                found |= dict.fromkeys(chosen[excused:], Absence.UNEXCUSED)
                if (number, at, term) == (0, 2, Term.HK1):
                    ill = [day for day in days if day.month >= 10 or day.month == 1]
                    found = dict.fromkeys(ill[:_LONG_ILLNESS], Absence.EXCUSED)
            yield row.pupil_id, found

    def _write(self, visit: _Visit, last: date, *, declare: bool, move: bool = True) -> None:
        sample, span = self._sample, visit.span
        klass = sample.classes[visit.number]
        if move:
            sample.at(visit.on, hour=17)
        homeroom = sample.homeroom(klass.id)
        sheet = sample.work.attendance.open(homeroom, klass.id, span.month)
        edits = {
            (row.pupil_id, day): kind.value
            for row in sheet.rows
            for day, kind in self._absent[klass.id].get(row.pupil_id, {}).items()
            if span.first <= day <= last and in_class(day, row.joined_on, row.left_on)
        }
        if edits:
            sample.work.attendance.set_days(homeroom, klass.id, edits, "key")
        if declare:
            sample.work.attendance.declare(homeroom, klass.id, span.month, span.term)


def _is_last(visit: _Visit, today: date) -> bool:
    return visit.span.month.next.next.first > today
