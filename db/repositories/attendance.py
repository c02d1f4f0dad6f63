"""Absences, declared months and the school's calendar: rows to dataclasses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, delete, exists, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.attendance import Absence, Declared, FormerDays, Month, SchoolCalendar, SpecialDays
from app.domain.ids import AccountId, ClassId, PupilId, SchoolYearId
from app.domain.periods import Term
from app.domain.school import SchoolYear
from app.ports import AbsenceRow, AbsentPupil
from db.rows.attendance import (
    absence,
    attendance_month,
    former_absence,
    school_calendar,
    special_days,
)
from db.rows.people import account
from db.rows.roster import enrolment, pupil
from db.rows.school import klass

_PUT = upsert(absence)
_PUT_ABSENCE = _PUT.on_conflict_do_update(
    index_elements=["pupil_id", "day"],
    set_={name: _PUT.excluded[name] for name in ("class_id", "kind", "late")},
)
_CALENDAR = upsert(school_calendar)
_PUT_CALENDAR = _CALENDAR.on_conflict_do_update(
    index_elements=["school_year_id"],
    set_={name: _CALENDAR.excluded[name] for name in ("weekdays", "due_day")},
)
_ABSENCES = select(
    absence.c.pupil_id, absence.c.day, absence.c.class_id, absence.c.kind, absence.c.late
)


class SqlAttendance:
    """Fulfils `app.ports.AttendanceRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of_class(self, class_id: ClassId, first: date, last: date) -> tuple[AbsenceRow, ...]:
        """Days of the class's pupils from `first` to `last`, in whatever class they sat."""
        rows = self._db.execute(
            _ABSENCES.join(enrolment, enrolment.c.pupil_id == absence.c.pupil_id).where(
                enrolment.c.class_id == class_id, absence.c.day.between(first, last)
            )
        ).all()
        kinds = {kind.value: kind for kind in Absence}
        return tuple(
            AbsenceRow(PupilId(who), day, ClassId(where), kinds[kind], bool(late))
            for who, day, where, kind, late in rows
        )

    def put(self, rows: Sequence[AbsenceRow]) -> None:
        if rows:
            self._db.execute(
                _PUT_ABSENCE,
                [
                    {
                        "pupil_id": row.pupil_id,
                        "day": row.day,
                        "class_id": row.class_id,
                        "kind": row.kind.value,
                        "late": int(row.late),
                    }
                    for row in rows
                ],
            )

    def remove(self, days: Sequence[tuple[PupilId, date]]) -> None:
        for who, day in days:
            self._db.execute(delete(absence).where(absence.c.pupil_id == who, absence.c.day == day))

    def declared(self, class_id: ClassId) -> tuple[Declared, ...]:
        rows = self._db.execute(
            select(attendance_month, account.c.full_name)
            .join(account, account.c.id == attendance_month.c.declared_by)
            .where(attendance_month.c.class_id == class_id)
        )
        return tuple(
            Declared(Month.read(r.month), Term(r.term), r.declared_at, r.full_name, bool(r.late))
            for r in rows
        )

    def declare(
        self,
        class_id: ClassId,
        month: Month,
        term: Term,
        by: AccountId,
        at: datetime,
        *,
        late: bool,
    ) -> None:
        self._db.execute(
            insert(attendance_month).values(
                class_id=class_id,
                month=month.iso,
                term=term.value,
                declared_at=at,
                declared_by=by,
                late=int(late),
            )
        )

    def undeclare(self, class_id: ClassId, month: Month, term: Term) -> None:
        self._db.execute(
            delete(attendance_month).where(
                attendance_month.c.class_id == class_id,
                attendance_month.c.month == month.iso,
                attendance_month.c.term == term.value,
            )
        )

    def declared_in_year(self, year_id: SchoolYearId) -> dict[ClassId, set[tuple[Month, Term]]]:
        """Declared spans of every class of the year that declared any."""
        rows = self._db.execute(
            select(attendance_month.c.class_id, attendance_month.c.month, attendance_month.c.term)
            .join(klass, klass.c.id == attendance_month.c.class_id)
            .where(klass.c.school_year_id == year_id)
        )
        found: dict[ClassId, set[tuple[Month, Term]]] = {}
        for class_id, month, term in rows:
            found.setdefault(ClassId(class_id), set()).add((Month.read(month), Term(term)))
        return found

    def is_kept(self, year: SchoolYear) -> bool:
        """Whether any class of the year records absences, or its calendar was set."""
        signs = (
            select(absence.c.day).where(absence.c.day.between(year.starts_on, year.ends_on)),
            select(school_calendar.c.due_day).where(school_calendar.c.school_year_id == year.id),
            select(attendance_month.c.month)
            .join(klass, klass.c.id == attendance_month.c.class_id)
            .where(klass.c.school_year_id == year.id),
        )
        found = self._db.execute(select(or_(*(exists(sign) for sign in signs))))
        return bool(found.scalar_one())

    def often_absent(self, year: SchoolYear, least: int) -> tuple[AbsentPupil, ...]:
        """Pupils still in a class with at least `least` buổi this year, the most first."""
        total = func.count()
        rows = self._db.execute(
            select(klass.c.id, klass.c.name, pupil.c.id, pupil.c.full_name, total)
            .select_from(absence)
            .join(enrolment, enrolment.c.pupil_id == absence.c.pupil_id)
            .join(klass, klass.c.id == enrolment.c.class_id)
            .join(pupil, pupil.c.id == absence.c.pupil_id)
            .where(
                klass.c.school_year_id == year.id,
                enrolment.c.left_on.is_(None),
                absence.c.day.between(year.starts_on, year.ends_on),
            )
            .group_by(klass.c.id, pupil.c.id)
            .having(total >= least)
            .order_by(total.desc(), klass.c.name, pupil.c.sort_key)
        )
        return tuple(
            AbsentPupil(ClassId(class_id), class_name, PupilId(who), name, count)
            for class_id, class_name, who, name, count in rows
        )

    def former(self, year_id: SchoolYearId) -> Mapping[tuple[PupilId, Term], FormerDays]:
        """Days absent at former schools, by pupil and term."""
        rows = self._db.execute(
            select(former_absence).where(former_absence.c.school_year_id == year_id)
        )
        return {
            (PupilId(r.pupil_id), Term(r.term)): FormerDays(
                r.excused, r.unexcused, r.school, r.document
            )
            for r in rows
        }

    def put_former(
        self,
        year_id: SchoolYearId,
        pupil_id: PupilId,
        term: Term,
        days: FormerDays,
        by: AccountId,
        at: datetime,
    ) -> None:
        values = {
            "excused": days.excused,
            "unexcused": days.unexcused,
            "school": days.school,
            "document": days.document,
            "entered_by": by,
            "entered_at": at,
        }
        statement = upsert(former_absence).values(
            pupil_id=pupil_id, school_year_id=year_id, term=term.value, **values
        )
        self._db.execute(
            statement.on_conflict_do_update(
                index_elements=["pupil_id", "school_year_id", "term"], set_=values
            )
        )

    def days_recorded(self, year: SchoolYear) -> Mapping[date, str]:
        """Days of the year on which anybody is recorded absent, with the name of one class."""
        rows = self._db.execute(
            select(absence.c.day, func.min(klass.c.name).label("name"))
            .join(klass, klass.c.id == absence.c.class_id)
            .where(absence.c.day.between(year.starts_on, year.ends_on))
            .group_by(absence.c.day)
        )
        return {row.day: row.name for row in rows}

    def calendar(self, year: SchoolYear) -> SchoolCalendar:
        """The year's calendar; the usual one when nobody has set it."""
        kept = self._db.execute(
            select(school_calendar).where(school_calendar.c.school_year_id == year.id)
        ).first()
        if kept is None:
            return SchoolCalendar(year)
        days = self._db.execute(
            select(special_days)
            .where(special_days.c.school_year_id == year.id)
            .order_by(special_days.c.starts_on, special_days.c.id)
        )
        return SchoolCalendar(
            year,
            frozenset(int(sign) for sign in kept.weekdays),
            kept.due_day,
            tuple(SpecialDays(r.name, r.starts_on, r.ends_on, bool(r.taught)) for r in days),
        )

    def save_calendar(self, calendar: SchoolCalendar) -> None:
        year_id = calendar.year.id
        self._db.execute(
            _PUT_CALENDAR,
            [
                {
                    "school_year_id": year_id,
                    "weekdays": "".join(str(day) for day in sorted(calendar.weekdays)),
                    "due_day": calendar.due_day,
                }
            ],
        )
        self._db.execute(delete(special_days).where(special_days.c.school_year_id == year_id))
        if calendar.days:
            self._db.execute(
                insert(special_days),
                [
                    {
                        "school_year_id": year_id,
                        "name": days.name,
                        "starts_on": days.starts_on,
                        "ends_on": days.ends_on,
                        "taught": int(days.taught),
                    }
                    for days in calendar.days
                ],
            )
