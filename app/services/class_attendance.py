"""Điểm danh of a class as other services need it: totals of terms, what is missing, nothing twice.

The days absent of a term are counted from điểm danh as soon as the class keeps it there; only a
term without any điểm danh has its totals typed with rèn luyện.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.domain.attendance import Absence, ClassAttendance, in_class
from app.domain.ids import ClassId, PupilId
from app.domain.periods import Term
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear, term_of_day
from app.ports import AbsenceRow, ConductRow, UnitOfWork
from app.text import date_vn

ConductByTerm = dict[tuple[PupilId, Term], ConductRow]


def load_attendance(
    uow: UnitOfWork, klass: SchoolClass, year: SchoolYear, entries: Iterable[RosterEntry]
) -> ClassAttendance | None:
    """What the class has of the whole year; None when it keeps none."""
    declared = {(one.month, one.term): one for one in uow.attendance.declared(klass.id)}
    rows = uow.attendance.of_class(klass.id, year.starts_on, year.ends_on)
    kept = {term for _, term in declared}
    kept |= {term_of_day(year, row.day) for row in rows if row.class_id == klass.id}
    if not kept:
        return None
    return ClassAttendance(
        uow.attendance.calendar(year),
        counted(rows, klass.id, entries),
        declared,
        frozenset(kept),
        uow.attendance.former(year.id),
    )


def counted(
    rows: Iterable[AbsenceRow], class_id: ClassId, entries: Iterable[RosterEntry]
) -> dict[PupilId, dict[date, Absence]]:
    """Absences by pupil: days in this class, and of a pupil still here also days before joining.

    A day written before anybody knew that the pupil had left is no absence.
    """
    known = {entry.pupil_id: entry for entry in entries}
    found: dict[PupilId, dict[date, Absence]] = {}
    for row in rows:
        entry = known[row.pupil_id]
        here = in_class(row.day, entry.joined_on, entry.left_on)
        before = entry.left_on is None and row.day < entry.joined_on
        if here if row.class_id == class_id else before:
            found.setdefault(row.pupil_id, {})[row.day] = row.kind
    return found


def declarable_words(attendance: ClassAttendance, terms: Iterable[Term], today: date) -> str:
    """From when a missing month can be declared; "" when every missing one can be today.

    As "tháng 5 báo đủ được từ buổi học cuối, 28/05/2027".
    """
    calendar = attendance.calendar
    for term in terms:
        for span in attendance.missing(term) if term in attendance.kept else ():
            last = calendar.last_school_day(span)
            if today < last:
                return f"{calendar.words(span)} báo đủ được từ buổi học cuối, {date_vn(last)}"
    return ""


def with_days_absent(
    typed: Iterable[ConductRow],
    entries: Iterable[RosterEntry],
    attendance: ClassAttendance | None,
) -> ConductByTerm:
    """Rèn luyện by pupil and term, with the days absent of the terms that keep điểm danh.

    While a month of such a term is not declared its totals are not known yet: None.
    """
    rows: ConductByTerm = {(row.pupil_id, row.term): row for row in typed}
    if attendance is None:
        return rows
    for term in sorted(attendance.kept):
        complete = not attendance.missing(term)
        for entry in entries:
            at = (entry.pupil_id, term)
            row = rows.get(at) or ConductRow(entry.pupil_id, term, "", "", None, None)
            days = attendance.count(*at) if complete else (None, None)
            rows[at] = replace(row, excused=days[0], unexcused=days[1])
    return rows
