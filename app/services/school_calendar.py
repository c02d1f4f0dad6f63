"""Lịch năm học: which weekdays are taught, holidays, make-up days (M22).

The day by which a month is declared is a rule of the school, see `app.services.rule_book`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.attendance import (
    WEEKDAY_SIGNS,
    SchoolCalendar,
    SpecialDays,
    days_between,
)
from app.domain.ids import SchoolYearId
from app.domain.periods import Term, semester_closers
from app.domain.roles import Role
from app.domain.school import SchoolYear, term_of_day
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.rules_in_force import calendar_of
from app.services.standing import require_standing
from app.text import clean, date_vn

KEEPERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR, Role.SECRETARY)
"""Who sets the calendar."""
_NAME_LIMIT = 80
_MOST_ENTRIES = 120


class SchoolCalendars:
    """Reads and writes the calendar of a school year."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def read(self, year_id: SchoolYearId) -> SchoolCalendar:
        """The calendar; Monday to Saturday while nobody has set it. Its due day is the rules'."""
        with self._uows.read() as uow:
            return calendar_of(uow, uow.school.year(year_id), self._clock.today())

    def save(
        self,
        actor: Actor,
        year_id: SchoolYearId,
        weekdays: Iterable[int],
        days: Iterable[SpecialDays],
    ) -> CommandResult:
        """Replace the calendar. Weekdays: 0 is Monday.

        Refused for impossible days, for days off on which somebody is recorded absent, and for
        changes inside a closed term. Months declared before a day became a school day have to be
        declared again; the summary says how many.
        """
        require(actor, "đặt lịch năm học", *KEEPERS)
        with self._uows.write() as uow:
            today = self._clock.today()
            actor = require_standing(uow, actor, today, "đặt lịch năm học", *KEEPERS)
            year = uow.school.year(year_id)
            old = calendar_of(uow, year, today)
            new = _checked(year, frozenset(weekdays), old.due_day, tuple(days))
            changed = {
                day: new.is_school_day(day)
                for day in days_between(year.starts_on, year.ends_on)
                if new.is_school_day(day) != old.is_school_day(day)
            }
            _refuse_sealed(uow, year)
            _refuse_closed(uow, year, _renamed(year, old, new) | changed.keys())
            _refuse_recorded(uow.attendance.days_recorded(year), changed, new)
            if new == old and not _is_first(uow, year):
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Lịch năm học không đổi")
            uow.attendance.save_calendar(new)
            reopened = _reopen(uow, year, {day for day, taught in changed.items() if taught})
            seq = uow.trail.append(
                TrailDraft("calendar.set", _detail(year, old, new, reopened)),
                actor,
                self._clock.now(),
            )
            uow.commit()
        summary = "Đã lưu lịch năm học"
        if reopened:
            summary += f"; {len(reopened)} tháng của các lớp phải báo đủ lại"
        return CommandResult(
            frozenset({Topic.SCHOOL, Topic.ATTENDANCE, Topic.CONDUCT}), seq, summary, None, new
        )


def _is_first(uow: UnitOfWork, year: SchoolYear) -> bool:
    """Saving the usual calendar says that the school keeps điểm danh here."""
    return not uow.attendance.is_kept(year)


def _checked(
    year: SchoolYear, weekdays: frozenset[int], due_day: int, days: tuple[SpecialDays, ...]
) -> SchoolCalendar:
    if not weekdays or not weekdays <= frozenset(range(7)):
        raise RuleRefused(
            "no_weekday", "Chưa chọn thứ nào có học; hãy chọn ít nhất một ngày trong tuần."
        )
    if len(days) > _MOST_ENTRIES:
        raise RuleRefused(
            "too_many_days",
            f"Lịch có {len(days)} dòng ngày nghỉ, nhiều nhất {_MOST_ENTRIES} dòng; hãy gộp các "
            "ngày liền nhau thành một dòng.",
        )
    cleaned = []
    for one in days:
        name = clean(one.name)
        if not name or len(name) > _NAME_LIMIT:
            raise RuleRefused(
                "day_name",
                f"Dòng nghỉ từ {date_vn(one.starts_on)} chưa có tên hoặc tên dài hơn "
                f"{_NAME_LIMIT} chữ; hãy ghi tên ngắn, thí dụ Nghỉ Tết Nguyên đán.",
            )
        if one.starts_on > one.ends_on:
            raise RuleRefused(
                "days_backwards",
                f"“{name}” có ngày đầu {date_vn(one.starts_on)} sau ngày cuối "
                f"{date_vn(one.ends_on)}; hãy ghi lại hai ngày ấy.",
            )
        if one.starts_on < year.starts_on or one.ends_on > year.ends_on:
            raise RuleRefused(
                "days_outside",
                f"“{name}” nằm ngoài năm học {year.name} ({date_vn(year.starts_on)} đến "
                f"{date_vn(year.ends_on)}); hãy ghi ngày trong năm học.",
            )
        cleaned.append(replace(one, name=name))
    order = sorted(cleaned, key=lambda d: (d.starts_on, d.ends_on, d.name))
    for before, after in pairwise(order):
        if after.starts_on <= before.ends_on and after.taught == before.taught:
            raise RuleRefused(
                "days_overlap",
                f"“{after.name}” trùng ngày với “{before.name}” (từ {date_vn(after.starts_on)}); "
                "hãy để mỗi ngày nghỉ ở một dòng.",
            )
    return SchoolCalendar(year, weekdays, due_day, tuple(order))


def _renamed(year: SchoolYear, old: SchoolCalendar, new: SchoolCalendar) -> set[date]:
    """Days whose words change: the printed month shows them."""
    return {
        day
        for day in days_between(year.starts_on, year.ends_on)
        if old.why_closed(day) != new.why_closed(day)
    }


def _refuse_sealed(uow: UnitOfWork, year: SchoolYear) -> None:
    if uow.progress.is_sealed(year.id):
        raise RuleRefused(
            "year_sealed",
            f"Năm học {year.name} đã niêm phong nên lịch chỉ còn để xem; muốn sửa phải có quyết "
            "định mở niêm phong của hiệu trưởng.",
        )


def _refuse_closed(uow: UnitOfWork, year: SchoolYear, changed: Iterable[date]) -> None:
    days = sorted(changed)
    for term in Term:
        touched = [day for day in days if term_of_day(year, day) is term]
        closed = {
            class_id
            for period in semester_closers(term)
            if touched
            for class_id in uow.progress.closes(year.id, period)
        }
        if closed:
            names = [k.name for k in uow.school.classes(year.id) if k.id in closed]
            raise RuleRefused(
                "term_closed",
                f"Lịch chưa đổi: ngày {date_vn(touched[0])} thuộc {term.words}, kỳ này đã chốt ở "
                f"lớp {', '.join(names[:4])}{'…' if len(names) > 4 else ''}; chỉ đổi được những "
                "ngày của kỳ chưa chốt.",
            )


def _refuse_recorded(
    recorded: Mapping[date, str], changed: Mapping[date, bool], new: SchoolCalendar
) -> None:
    for day, taught in sorted(changed.items()):
        if not taught and day in recorded:
            raise RuleRefused(
                "day_has_absences",
                f"Lịch chưa đổi: ngày {date_vn(day)} ({new.why_closed(day)}) đã ghi học sinh nghỉ "
                f"ở lớp {recorded[day]}; hãy để giáo viên chủ nhiệm xóa các buổi nghỉ ấy trước.",
            )


def _reopen(uow: UnitOfWork, year: SchoolYear, added: set[date]) -> list[list[str]]:
    """Declarations of months that got a new school day; [class, month, term] each."""
    if not added:
        return []
    names = {k.id: k.name for k in uow.school.classes(year.id)}
    touched = {(day.year, day.month, term_of_day(year, day)) for day in added}
    gone: list[list[str]] = []
    for class_id, spans in sorted(uow.attendance.declared_in_year(year.id).items()):
        for month, term in sorted(spans):
            if (month.year, month.number, term) in touched:
                uow.attendance.undeclare(class_id, month, term)
                gone.append([names[class_id], month.iso, term.value])
    return gone


def _detail(
    year: SchoolYear, old: SchoolCalendar, new: SchoolCalendar, reopened: list[list[str]]
) -> dict[str, object]:
    def signs(calendar: SchoolCalendar) -> str:
        return " ".join(WEEKDAY_SIGNS[day] for day in sorted(calendar.weekdays))

    def entries(days: Iterable[SpecialDays]) -> list[list[object]]:
        return [[d.name, d.starts_on.isoformat(), d.ends_on.isoformat(), d.taught] for d in days]

    return {
        "year": year.name,
        "weekdays": [signs(old), signs(new)],
        "added": entries(d for d in new.days if d not in old.days),
        "removed": entries(d for d in old.days if d not in new.days),
        "reopened": reopened,
    }
