"""Theo dõi chuyên cần in the class book: whole months only, and the list of what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.attendance import Absence, ClassAttendance, Month, days_between, in_class
from app.domain.ids import ClassId
from app.domain.periods import Term
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, term_of_day
from app.ports import UnitOfWork
from app.readmodels import class_book as cb
from app.services.class_attendance import load_attendance
from app.services.class_results import ClassFacts

_WEEKDAYS = ("2", "3", "4", "5", "6", "7", "CN")


def attendance_pages(facts: ClassFacts, terms: Sequence[Term]) -> tuple[cb.AttendancePage, ...]:
    """A page a month of `terms`; none at all while any of their months is not declared (M42)."""
    kept = facts.attendance
    if kept is None or any(kept.missing(term) for term in terms):
        return ()
    months = [
        month
        for month in kept.calendar.months()
        if any(span.term in terms for span in kept.calendar.spans_of(month))
    ]
    return tuple(_page(facts, kept, month, terms) for month in months)


def attendance_gap(uow: UnitOfWork, class_id: ClassId, scope: cb.BookScope) -> str:
    """Why a book of this scope is printed without its attendance part; empty when it has it."""
    klass = uow.school.class_(class_id)
    year = uow.school.year(klass.school_year_id)
    kept = load_attendance(uow, klass, year, uow.roster.entries(class_id))
    if kept is None:
        return (
            f"Sổ lớp {klass.name} in không có phần theo dõi chuyên cần: lớp chưa điểm danh tháng "
            "nào trên máy. Giáo viên chủ nhiệm ghi ở trang Điểm danh rồi báo đủ từng tháng."
        )
    terms = (Term.HK1,) if scope is cb.BookScope.TERM_1 else tuple(Term)
    missing = _missing(kept, terms)
    if not missing:
        return ""
    return (
        f"Sổ lớp {klass.name} in không có phần theo dõi chuyên cần: giáo viên chủ nhiệm chưa báo "
        f"đủ {missing}. Các phần khác vẫn in đủ."
    )


def missing_months(uow: UnitOfWork, klass: SchoolClass, terms: Sequence[Term]) -> str:
    """Months of `terms` nobody has declared, in words; empty when the part is complete (M42)."""
    year = uow.school.year(klass.school_year_id)
    kept = load_attendance(uow, klass, year, uow.roster.entries(klass.id))
    return "tháng nào" if kept is None else _missing(kept, terms)


def _missing(kept: ClassAttendance, terms: Sequence[Term]) -> str:
    return ", ".join(words for term in terms if (words := kept.missing_words(term)))


def _page(
    facts: ClassFacts, kept: ClassAttendance, month: Month, terms: Sequence[Term]
) -> cb.AttendancePage:
    days = list(days_between(month.first, month.last))
    year = facts.year
    # A book of học kì I stops inside the month that the terms share.
    open_days = [
        kept.calendar.is_school_day(day) and term_of_day(year, day) in terms for day in days
    ]
    columns = tuple(
        cb.AttendanceDay(day.day, _WEEKDAYS[day.weekday()], taught, kept.calendar.holiday(day))
        for day, taught in zip(days, open_days, strict=True)
    )

    def row(entry: RosterEntry) -> cb.AttendanceRow:
        found = kept.absences.get(entry.pupil_id, {})
        signs = tuple(
            found[day].value
            if is_open and day in found and in_class(day, entry.joined_on, entry.left_on)
            else ""
            for day, is_open in zip(days, open_days, strict=True)
        )
        excused = signs.count(Absence.EXCUSED.value)
        unexcused = signs.count(Absence.UNEXCUSED.value)
        return cb.AttendanceRow(entry.position, signs, excused, unexcused)

    last = max(day for day, is_open in zip(days, open_days, strict=True) if is_open)
    return cb.AttendancePage(
        month=month.number,
        year=month.year,
        headcount=sum(in_class(last, e.joined_on, e.left_on) for e in facts.entries),
        days=columns,
        rows=tuple(row(entry) for entry in facts.entries),
    )
