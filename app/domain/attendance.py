"""Điểm danh: absences of the main session, school days of a year, months and their due days.

One day absent in the main session is one buổi (TT22/2021, Điều 12 khoản 1c counts on a plan of one
buổi a day). Months are parted by term, so that a close of học kì I asks for its own days only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from typing import NamedTuple

from app.domain.ids import PupilId
from app.domain.locks import ClassLocks, WhyLocked
from app.domain.periods import Term
from app.domain.school import SchoolYear, term_of_day
from app.errors import RuleRefused
from app.text import clean, date_vn, fold

NEAR_LIMIT = 36
"""From this many buổi of a year on a pupil is watched; the regulation's own limit is 45."""
DEFAULT_WEEKDAYS = frozenset(range(6))
"""Monday to Saturday."""
DEFAULT_DUE_DAY = 5
"""Day of the next month until which a month is declared (some provinces say 6)."""

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WEEKDAY_SIGNS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
"""As the form's second heading row writes them, Monday first."""

_ONE_DAY = timedelta(days=1)


class Absence(StrEnum):
    """The form's two signs; a pupil who came has none."""

    EXCUSED = "P"
    UNEXCUSED = "K"

    @property
    def label(self) -> str:
        """Words of the form's guidance."""
        return "có phép" if self is Absence.EXCUSED else "không phép"


_TYPED = {
    "p": Absence.EXCUSED,
    "cp": Absence.EXCUSED,
    "co phep": Absence.EXCUSED,
    "k": Absence.UNEXCUSED,
    "kp": Absence.UNEXCUSED,
    "khong phep": Absence.UNEXCUSED,
}


def parse_absence(text: str) -> Absence | None:
    """P or K as typed, small or capital, also CP, KP and the full words; None for an empty text.

    Raises RuleRefused `not_an_absence`.
    """
    typed = fold(text).strip()
    if not typed:
        return None
    found = _TYPED.get(typed)
    if found is None:
        raise RuleRefused(
            "not_an_absence",
            f"“{clean(text)[:24]}” không phải ký hiệu điểm danh; hãy ghi P (nghỉ có phép), K (nghỉ "
            "không phép) hoặc để trống khi em đi học.",
        )
    return found


class Month(NamedTuple):
    """A calendar month; sorts by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month:
        """From its stored form "2026-09"."""
        year, number = text.split("-")
        return cls(int(year), int(number))

    @property
    def iso(self) -> str:
        """As stored: "2026-09"."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def words(self) -> str:
        """Inside a sentence: "tháng 9"."""
        return f"tháng {self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - _ONE_DAY

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one month that belong to one term: what a GVCN declares complete as one."""

    month: Month
    term: Term
    first: date
    last: date

    @property
    def key(self) -> tuple[Month, Term]:
        """What it is stored under."""
        return self.month, self.term


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days on which the week's rule does not hold: no school, or (`taught`) school all the same."""

    name: str
    starts_on: date
    ends_on: date
    taught: bool = False

    def covers(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Which days of a year are taught, and until when a month is declared."""

    year: SchoolYear
    weekdays: frozenset[int] = DEFAULT_WEEKDAYS
    due_day: int = DEFAULT_DUE_DAY
    days: tuple[SpecialDays, ...] = ()

    def holiday(self, day: date) -> str:
        """The name of the days off that `day` belongs to; empty when it belongs to none."""
        special = [days for days in self.days if days.covers(day)]
        if any(days.taught for days in special):
            return ""
        return special[0].name if special else ""

    def why_closed(self, day: date) -> str:
        """Why `day` has no school, in words; empty for a school day."""
        if not self.year.starts_on <= day <= self.year.ends_on:
            return f"Ngoài năm học {self.year.name.replace('-', '–')}"
        holiday = self.holiday(day)
        if holiday:
            return holiday
        if day.weekday() in self.weekdays or any(d.taught and d.covers(day) for d in self.days):
            return ""
        return f"{WEEKDAYS[day.weekday()]}, trường không học"

    def is_school_day(self, day: date) -> bool:
        """Whether the main session is taught on `day`."""
        return not self.why_closed(day)

    def school_days(self, first: date, last: date) -> list[date]:
        """School days from `first` to `last`, both included."""
        return [day for day in days_between(first, last) if self.is_school_day(day)]

    def months(self) -> tuple[Month, ...]:
        """Months the year touches, in order."""
        found = [Month.of(self.year.starts_on)]
        while found[-1] < Month.of(self.year.ends_on):
            found.append(found[-1].next)
        return tuple(found)

    def spans_of(self, month: Month) -> tuple[Span, ...]:
        """The month's parts that have a school day: one, or two where the terms meet."""
        first = max(month.first, self.year.starts_on)
        last = min(month.last, self.year.ends_on)
        border = self.year.term2_starts_on
        parts = (
            (Term.HK1, first, min(last, border - _ONE_DAY)),
            (Term.HK2, max(first, border), last),
        )
        return tuple(
            Span(month, term, start, end)
            for term, start, end in parts
            if start <= end and any(self.is_school_day(d) for d in days_between(start, end))
        )

    def spans(self, term: Term | None = None) -> tuple[Span, ...]:
        """Every span of the year, or of one term."""
        return tuple(
            span
            for month in self.months()
            for span in self.spans_of(month)
            if term is None or span.term is term
        )

    def last_school_day(self, span: Span) -> date:
        """The day after whose lessons the span can be declared."""
        return self.school_days(span.first, span.last)[-1]

    def due_on(self, month: Month) -> date:
        """Until when (inclusive) a month is declared without being late."""
        after = month.next
        return date(after.year, after.number, self.due_day)

    def words(self, span: Span) -> str:
        """In a sentence: "tháng 10", or "tháng 1, phần học kì I" where the terms share it."""
        if len(self.spans_of(span.month)) < 2:
            return span.month.words
        return f"{span.month.words}, phần {span.term.words}"


@dataclass(frozen=True, slots=True)
class Declared:
    """Báo đủ: the GVCN says that every absence of a span is entered."""

    month: Month
    term: Term
    at: datetime
    by: str
    late: bool = False


class MonthState(Enum):
    """How far a month of one class is."""

    EMPTY = "empty"
    """Has no school day."""
    AHEAD = "ahead"
    RUNNING = "running"
    WAITING = "waiting"
    """All days are over, the due day is not."""
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    """Declared after the due day."""


def month_state(
    calendar: SchoolCalendar,
    month: Month,
    declared: Mapping[tuple[Month, Term], Declared],
    today: date,
) -> MonthState:
    """The state of a month as of `today`."""
    spans = calendar.spans_of(month)
    if not spans:
        return MonthState.EMPTY
    said = [declared.get(span.key) for span in spans]
    if all(said):
        late = any(one is not None and one.late for one in said)
        return MonthState.LATE if late else MonthState.DONE
    if today > calendar.due_on(month):
        return MonthState.OVERDUE
    open_spans = [span for span, one in zip(spans, said, strict=True) if one is None]
    if today < min(span.first for span in open_spans):
        return MonthState.AHEAD
    ended = today >= calendar.last_school_day(open_spans[-1])
    return MonthState.WAITING if ended else MonthState.RUNNING


class Nearness(Enum):
    """How near a pupil is to the limit of the year."""

    FAR = "far"
    NEAR = "near"
    AT_LIMIT = "at_limit"
    OVER = "over"


def nearness(total: int, limit: int) -> Nearness:
    """Where `total` buổi of a year stand against the regulation's `limit`, itself allowed."""
    if total > limit:
        return Nearness.OVER
    if total == limit:
        return Nearness.AT_LIMIT
    return Nearness.NEAR if total >= NEAR_LIMIT else Nearness.FAR


@dataclass(frozen=True, slots=True)
class FormerDays:
    """Days absent of one term at the former school, with the paper that says so."""

    excused: int
    unexcused: int
    school: str
    document: str

    @property
    def total(self) -> int:
        """Both together."""
        return self.excused + self.unexcused


_NO_DAYS = FormerDays(0, 0, "", "")


@dataclass(frozen=True, slots=True)
class ClassAttendance:
    """What one class has of điểm danh: `absences` of its pupils over the whole year.

    Days a pupil missed in another class of the same year count too. `kept`: terms that live by
    điểm danh, because the class itself recorded a day or declared a month of them; the totals of
    the other terms are typed with rèn luyện. `former` are days absent at a former school.
    """

    calendar: SchoolCalendar
    absences: Mapping[PupilId, Mapping[date, Absence]] = field(default_factory=dict)
    declared: Mapping[tuple[Month, Term], Declared] = field(default_factory=dict)
    kept: frozenset[Term] = frozenset()
    former: Mapping[tuple[PupilId, Term], FormerDays] = field(default_factory=dict)

    def count(self, pupil: PupilId, term: Term) -> tuple[int, int]:
        """Buổi có phép, không phép entered so far in a term, the former school's included."""
        year = self.calendar.year
        found = [
            kind
            for day, kind in self.absences.get(pupil, {}).items()
            if term_of_day(year, day) is term
        ]
        excused = found.count(Absence.EXCUSED)
        before = self.former.get((pupil, term), _NO_DAYS)
        return excused + before.excused, len(found) - excused + before.unexcused

    def total(self, pupil: PupilId) -> int:
        """Buổi of the year entered so far."""
        before = sum(self.former.get((pupil, term), _NO_DAYS).total for term in Term)
        return len(self.absences.get(pupil, {})) + before

    def missing(self, term: Term) -> tuple[Span, ...]:
        """Spans of a term that nobody has declared."""
        return tuple(s for s in self.calendar.spans(term) if s.key not in self.declared)

    def missing_words(self, term: Term) -> str:
        """The same in words: "tháng 9, tháng 10"."""
        return ", ".join(self.calendar.words(span) for span in self.missing(term))


def stopped(locks: ClassLocks, term: Term, today: date, *, is_empty: bool) -> WhyLocked | None:
    """Why a day of `term` cannot be written, or None when it can.

    Điểm danh is written every day, so entry windows of marks do not bound it: it stops at the close
    of its period and at the seal, and has its own monthly due day. After a close a late opening
    lets empty cells be filled.
    """
    if locks.seal is not None:
        when = f"{locks.seal.sealed_at:%d/%m/%Y}"
        return WhyLocked(
            f"Năm học đã niêm phong ngày {when} nên sổ điểm danh chỉ còn để xem; muốn sửa phải có "
            "quyết định mở niêm phong của hiệu trưởng.",
            who=locks.seal.sealed_by,
            when=when,
            how="Quyết định mở niêm phong của hiệu trưởng",
        )
    close = locks.semester_close(term)
    if close is None:
        return None
    period = close.period
    opened = [o for o in locks.late_openings if o.period is period and o.covers(today, 0)]
    if opened and is_empty:
        return None
    what = (
        "mở bổ sung chỉ cho ghi thêm buổi nghỉ còn sót, buổi đã ghi sai thì lập hồ sơ sửa."
        if opened
        else "buổi nghỉ còn sót thì xin mở bổ sung, buổi ghi sai thì lập hồ sơ sửa điểm danh."
    )
    return WhyLocked(
        f"{period.label} đã chốt ngày {close.closed_at:%d/%m/%Y} theo QĐ số {close.decision_no} "
        f"nên không sửa điểm danh trực tiếp được; {what}",
        who=close.closed_by,
        when=f"{close.closed_at:%d/%m/%Y, %H:%M} · QĐ {close.decision_no}",
        how="Lập hồ sơ sửa điểm danh, hiệu trưởng duyệt",
        action="correction",
    )


def refuse_future(day: date, today: date) -> None:
    """Raise RuleRefused `day_ahead` for a day that has not come."""
    if day > today:
        raise RuleRefused(
            "day_ahead",
            f"Ngày {date_vn(day)} chưa tới nên chưa điểm danh được; đến ngày ấy hãy ghi.",
        )


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def in_class(day: date, joined_on: date, left_on: date | None) -> bool:
    """Whether a pupil sat in the class on `day`; on the day of leaving no longer."""
    return joined_on <= day and (left_on is None or day < left_on)
