"""What a class has of điểm danh, read at one moment, and the month grid made from it."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.domain.attendance import (
    WEEKDAY_SIGNS,
    Absence,
    Declared,
    Month,
    Nearness,
    SchoolCalendar,
    days_between,
    in_class,
    month_state,
    nearness,
    stopped,
)
from app.domain.ids import ClassId, PupilId
from app.domain.locks import ClassLocks, WhyLocked
from app.domain.periods import Term
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear, term_of_day
from app.ports import AbsenceRow, UnitOfWork
from app.readmodels.attendance_sheet import (
    AttendanceRow,
    AttendanceSheet,
    DayView,
    MonthView,
    NearLine,
)
from app.regulations.registry import is_primary
from app.regulations.tt22_year_end import MOST_ABSENCES
from app.services.class_attendance import counted
from app.services.rules_in_force import calendar_of
from app.text import date_vn

_TERM_CHIP = {Term.HK1: "HK I", Term.HK2: "HK II"}


class AttendanceFacts:
    """One class; `rows` are its pupils' absences over the whole year."""

    def __init__(self, uow: UnitOfWork, class_id: ClassId, today: date) -> None:
        self.klass: SchoolClass = uow.school.class_(class_id)
        self.year: SchoolYear = uow.school.year(self.klass.school_year_id)
        self.calendar: SchoolCalendar = calendar_of(uow, self.year, today)
        self.entries: tuple[RosterEntry, ...] = uow.roster.entries(class_id)
        self.locks: ClassLocks = uow.control.class_locks(class_id)
        self.rows: tuple[AbsenceRow, ...] = uow.attendance.of_class(
            class_id, self.year.starts_on, self.year.ends_on
        )
        self.declared: dict[tuple[Month, Term], Declared] = {
            (one.month, one.term): one for one in uow.attendance.declared(class_id)
        }
        self.former = uow.attendance.former(self.year.id)
        self.today = today

    def former_days(self, pupil_id: PupilId) -> tuple[int, int]:
        """Buổi có phép, không phép of the year at a former school."""
        found = [self.former[pupil_id, term] for term in Term if (pupil_id, term) in self.former]
        return sum(days.excused for days in found), sum(days.unexcused for days in found)

    def stopped(self, day: date, *, is_empty: bool) -> WhyLocked | None:
        """Close or seal, if they stop this day."""
        term = term_of_day(self.year, day)
        return stopped(self.locks, term, self.today, is_empty=is_empty)


def month_sheet(
    facts: AttendanceFacts, actor: Actor, month: Month, span: tuple[date, date]
) -> AttendanceSheet:
    """The days of `span` as this person may use them, with `month` chosen in the picker."""
    mine = facts.klass.id in actor.homeroom
    limited = not is_primary(facts.klass.regulation)
    chip, chip_open = _chip(facts, month)
    return AttendanceSheet(
        class_id=facts.klass.id,
        class_name=facts.klass.name,
        school_year=facts.year.name,
        calendar=facts.calendar,
        month=month,
        today=facts.today,
        days=tuple(_day(facts, actor, day, mine) for day in days_between(*span)),
        rows=_rows(facts, *span),
        months=tuple(_month(facts, one) for one in facts.calendar.months()),
        near=_near(facts) if limited else (),
        limit=MOST_ABSENCES if limited else None,
        may_enter=mine,
        chip=chip,
        chip_open=chip_open,
    )


def _day(facts: AttendanceFacts, actor: Actor, day: date, mine: bool) -> DayView:
    sign = WEEKDAY_SIGNS[day.weekday()]
    closed = facts.calendar.why_closed(day)
    if closed:
        return DayView(day, sign, closed)
    if not mine:
        how = "Đổi người dùng (F12) hoặc xin phân công"
        return DayView(day, sign, "", WhyLocked(not_homeroom(actor, facts.klass.name), how=how))
    if day > facts.today:
        why = WhyLocked(f"Ngày {date_vn(day)} chưa tới nên chưa điểm danh được.")
        return DayView(day, sign, "", why)
    answer = facts.stopped(day, is_empty=False)
    fill_only = answer is not None and facts.stopped(day, is_empty=True) is None
    return DayView(day, sign, "", answer, fill_only)


def _rows(facts: AttendanceFacts, first: date, last: date) -> tuple[AttendanceRow, ...]:
    # Days of a former class count in the year, but only days of this class are shown and printed.
    here = {entry.pupil_id: (dict[date, Absence](), set[date]()) for entry in facts.entries}
    known = {entry.pupil_id: entry for entry in facts.entries}
    for row in facts.rows:
        entry = known[row.pupil_id]
        if (
            row.class_id == facts.klass.id
            and first <= row.day <= last
            and in_class(row.day, entry.joined_on, entry.left_on)
        ):
            marks, late = here[row.pupil_id]
            marks[row.day] = row.kind
            if row.late:
                late.add(row.day)
    every = counted(facts.rows, facts.klass.id, facts.entries)
    return tuple(
        AttendanceRow(
            entry.pupil_id,
            entry.position,
            entry.profile.full_name,
            entry.joined_on,
            entry.left_on,
            here[entry.pupil_id][0],
            frozenset(here[entry.pupil_id][1]),
            len(every.get(entry.pupil_id, ()))
            - len(here[entry.pupil_id][0])
            + sum(facts.former_days(entry.pupil_id)),
        )
        for entry in facts.entries
    )


def _month(facts: AttendanceFacts, month: Month) -> MonthView:
    spans = facts.calendar.spans_of(month)
    return MonthView(
        month,
        month_state(facts.calendar, month, facts.declared, facts.today),
        facts.calendar.due_on(month),
        spans,
        tuple(span for span in spans if span.key not in facts.declared),
        tuple(facts.declared[span.key] for span in spans if span.key in facts.declared),
    )


def _near(facts: AttendanceFacts) -> tuple[NearLine, ...]:
    every = counted(facts.rows, facts.klass.id, facts.entries)
    found = []
    for entry in facts.entries:
        kinds = list(every.get(entry.pupil_id, {}).values())
        before = facts.former_days(entry.pupil_id)
        how = nearness(len(kinds) + sum(before), MOST_ABSENCES)
        if entry.left_on is None and how is not Nearness.FAR:
            excused = kinds.count(Absence.EXCUSED)
            found.append(
                NearLine(
                    entry.pupil_id,
                    entry.position,
                    entry.profile.full_name,
                    excused + before[0],
                    len(kinds) - excused + before[1],
                    how,
                )
            )
    return tuple(sorted(found, key=lambda line: (-line.total, line.position)))


def _chip(facts: AttendanceFacts, month: Month) -> tuple[str, bool]:
    """The lock in words: of the month's own term; a month of two terms tells both."""
    seal = facts.locks.seal
    if seal is not None:
        return f"Đã niêm phong {seal.sealed_at:%d/%m/%Y}", False
    spans = facts.calendar.spans_of(month)
    terms = [span.term for span in spans] or [term_of_day(facts.year, month.first)]
    closes = {term: facts.locks.semester_close(term) for term in terms}
    closed = [(term, close) for term, close in closes.items() if close is not None]
    if not closed:
        return "Đang mở đến khi chốt", True
    term, close = closed[0]
    if len(closed) < len(closes):
        return f"{_TERM_CHIP[term]} đã chốt {close.closed_at:%d/%m}", True
    return f"Đã chốt {close.closed_at:%d/%m} theo QĐ số {close.decision_no}", False


def not_homeroom(actor: Actor, class_name: str) -> str:
    """Why somebody else may only look."""
    return (
        f"{actor.name} không phải giáo viên chủ nhiệm lớp {class_name} nên chỉ xem; điểm danh do "
        "giáo viên chủ nhiệm ghi."
    )
