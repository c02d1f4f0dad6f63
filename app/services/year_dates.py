"""Ngày của năm học: moved while nothing rests on them yet (M22)."""

from __future__ import annotations

from datetime import date

from app.actor import Actor, require
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import SchoolYearId
from app.domain.periods import Term
from app.domain.school import SchoolYear
from app.domain.trail import TrailDraft
from app.errors import RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.school_setup import SETTERS, refuse_bad_dates, refuse_clash
from app.services.standing import require_standing
from app.text import date_vn

_WHAT = "sửa ngày năm học"
_TOPICS = frozenset({Topic.SCHOOL, Topic.LOCKS, Topic.TRAIL})


class YearDates:
    """First day, first day of học kì II, last day."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def change(
        self, actor: Actor, year_id: SchoolYearId, starts: date, term2: date, ends: date
    ) -> CommandResult:
        """Move the days of a year; what a close or a recorded absence rests on stays."""
        require(actor, _WHAT, *SETTERS)
        with self._uows.write() as uow:
            actor = require_standing(uow, actor, self._clock.today(), _WHAT, *SETTERS)
            year = uow.school.year(year_id)
            before = (year.starts_on, year.term2_starts_on, year.ends_on)
            after = (starts, term2, ends)
            if before == after:
                head, _ = uow.trail.head()
                return CommandResult(frozenset(), head, "Ngày của năm học không đổi")
            refuse_bad_dates(year.name, *after)
            for other in uow.school.years():
                if other.id != year_id:
                    refuse_clash(other, year.name, starts, ends)
            _refuse_closed(uow, year, after)
            _refuse_recorded(uow, year, starts, ends)
            uow.school.set_year_dates(year_id, starts, term2, ends)
            words = ("khai giảng", "đầu học kì II", "kết thúc")
            changed = [
                [name, old.isoformat(), new.isoformat()]
                for name, old, new in zip(words, before, after, strict=True)
                if old != new
            ]
            detail = {"year": year.name, "changed": changed}
            seq = uow.trail.append(TrailDraft("year.dates", detail), actor, self._clock.now())
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã sửa ngày năm học {year.name}")


def _refuse_closed(uow: UnitOfWork, year: SchoolYear, after: tuple[date, date, date]) -> None:
    """A closed term keeps its days: results, attendance and prints were made of them."""
    starts, term2, ends = after
    for klass in uow.school.classes(year.id):
        locks = uow.control.class_locks(klass.id)
        if locks.seal is not None:
            raise RuleRefused(
                "sealed", f"Năm học {year.name} đã niêm phong nên không sửa ngày của năm được nữa."
            )
        first = (starts, term2) != (year.starts_on, year.term2_starts_on)
        whole = ends != year.ends_on or term2 != year.term2_starts_on
        for term, touched in ((Term.HK1, first), (Term.HK2, whole)):
            close = locks.semester_close(term) if touched else None
            if close is not None:
                raise RuleRefused(
                    "period_closed",
                    f"{close.period.label} lớp {klass.name} đã chốt nên ngày của kỳ ấy không sửa "
                    "được nữa; chỉ sửa được ngày của kỳ chưa chốt.",
                )


def _refuse_recorded(uow: UnitOfWork, year: SchoolYear, starts: date, ends: date) -> None:
    outside = [d for d in uow.attendance.days_recorded(year) if not starts <= d <= ends]
    if outside:
        raise RuleRefused(
            "absence_outside",
            f"Ngày {date_vn(min(outside))} đã điểm danh, không được để ngoài năm học; hãy ghi ngày "
            "khai giảng và kết thúc bao trùm ngày ấy, hoặc sửa điểm danh trước.",
        )
