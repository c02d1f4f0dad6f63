"""Bảng theo dõi việc vào sổ: per teacher, tổ, class or month; its monthly report; its reminders.

Field names of the papers take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.digests import DataDigest, data_digest
from app.domain.ids import AccountId, ClassId, SubjectId
from app.readmodels.home import MyTask
from app.text import class_key, name_key

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines

NOBODY = "(chưa phân công)"
NO_UNIT = "(chưa ghi tổ)"
NO_DAY = "chưa có hạn"


class Grouping(Enum):
    """What a line of the board stands for; the value is its heading."""

    TEACHER = "Giáo viên"
    DEPARTMENT = "Tổ chuyên môn"
    CLASS = "Lớp"
    MONTH = "Tháng đến hạn"


class Happening(Enum):
    """What is counted beside cells; the value is its heading."""

    UNCONFIRMED = "Sổ chưa xác nhận"
    REMARK = "Nhận xét chưa xong"
    CHANGE = "Lần đổi điểm"
    CASE = "Hồ sơ sửa"
    FINDING = "Việc phải khắc phục"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose and where something is; `month` is "2026-10", "" without a day."""

    account_id: AccountId | None
    teacher: str
    department: str
    class_id: ClassId | None
    class_name: str
    month: str


@dataclass(frozen=True, slots=True)
class ColumnWork:
    """One mark column: cells wanted and filled today, marks that came late, its last day."""

    at: Place
    subject_id: SubjectId
    subject: str
    code: str
    due_on: date | None
    wanted: int
    filled: int
    late: int

    def is_due(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today

    @property
    def missing(self) -> int:
        """Cells still empty; a pupil who left does not count."""
        return max(0, self.wanted - self.filled)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing counted beside the cells."""

    kind: Happening
    at: Place


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One teacher, tổ, class or month. `columns` are those of which the last day has passed.

    `missing` counts empty cells of those, `late` marks that came after their day, `overdue` columns
    with an empty cell. `on_time` is the share of due cells that were there in time, in percent,
    rounded half up; None while nothing is due.
    """

    key: str
    name: str
    note: str
    sheets: int
    wanted: int
    filled: int
    columns: int
    due: int
    missing: int
    late: int
    overdue: int
    counts: dict[Happening, int]

    @property
    def on_time(self) -> int | None:
        """Percent of due cells filled in time."""
        if not self.due:
            return None
        good = max(0, self.due - self.missing - self.late)
        return (200 * good + self.due) // (2 * self.due)

    @property
    def entered(self) -> int | None:
        """Percent of all cells of the term that are filled."""
        return None if not self.wanted else (200 * self.filled + self.wanted) // (2 * self.wanted)


def work_lines(
    columns: Iterable[ColumnWork], events: Iterable[Event], by: Grouping, today: date
) -> tuple[WorkLine, ...]:
    """Everything summed by what a line stands for, by name; months in their order."""
    key_of = _KEYS[by]
    found: dict[str, list[ColumnWork]] = {}
    places: dict[str, Place] = {}
    counts: dict[str, dict[Happening, int]] = {}
    for column in columns:
        key = key_of(column.at)
        found.setdefault(key, []).append(column)
        places.setdefault(key, column.at)
    for event in events:
        key = key_of(event.at)
        found.setdefault(key, [])
        places.setdefault(key, event.at)
        mine = counts.setdefault(key, {})
        mine[event.kind] = mine.get(event.kind, 0) + 1
    lines = [
        _line(by, key, places[key], mine, counts.get(key, {}), today) for key, mine in found.items()
    ]
    order = _ORDERS.get(by, str)
    return tuple(sorted(lines, key=lambda line: order(line.key)))


def work_total(columns: Iterable[ColumnWork], events: Iterable[Event], today: date) -> WorkLine:
    """Everything as one line."""
    counts: dict[Happening, int] = {}
    for event in events:
        counts[event.kind] = counts.get(event.kind, 0) + 1
    nobody = Place(None, "", "", None, "", "")
    return _line(Grouping.CLASS, "", nobody, list(columns), counts, today)


def ranked(lines: Iterable[WorkLine]) -> tuple[tuple[int, WorkLine], ...]:
    """By share in time, then by what is overdue; equals share a place; nothing due: last (M196)."""
    order = sorted(
        lines,
        key=lambda line: (line.on_time is None, -(line.on_time or 0), line.overdue, line.key),
    )
    found: list[tuple[int, WorkLine]] = []
    for at, line in enumerate(order, 1):
        before = found[-1] if found else None
        same = before is not None and (
            (before[1].on_time, before[1].overdue) == (line.on_time, line.overdue)
        )
        found.append((before[0] if before is not None and same else at, line))
    return tuple(found)


def percent(value: int | None) -> str:
    """As shown: "96 %"; "–" while there is nothing to measure."""
    return "–" if value is None else f"{value} %"


def month_words(month: str) -> str:
    """How a month is said: 2026-10 is "tháng 10/2026"."""
    return f"tháng {int(month[5:])}/{month[:4]}" if month else NO_DAY


def _line(
    by: Grouping,
    key: str,
    place: Place,
    columns: list[ColumnWork],
    counts: dict[Happening, int],
    today: date,
) -> WorkLine:
    due = [column for column in columns if column.is_due(today)]
    names = {
        Grouping.TEACHER: (place.teacher or NOBODY, place.department),
        Grouping.DEPARTMENT: (place.department or NO_UNIT, ""),
        Grouping.CLASS: (f"Lớp {place.class_name}" if place.class_name else "(cả trường)", ""),
        Grouping.MONTH: (month_words(place.month).capitalize(), ""),
    }
    name, note = names[by]
    return WorkLine(
        key=key,
        name=name,
        note=note,
        sheets=len({(column.at.class_id, column.subject_id) for column in columns}),
        wanted=sum(column.wanted for column in columns),
        filled=sum(min(column.filled, column.wanted) for column in columns),
        columns=len(due),
        due=sum(column.wanted for column in due),
        missing=sum(column.missing for column in due),
        late=sum(column.late for column in due),
        overdue=sum(column.missing > 0 for column in due),
        counts=counts,
    )


def _teacher_key(place: Place) -> str:
    return f"{place.department}|{name_key(place.teacher)}|{place.account_id or 0}"


_ORDERS: dict[Grouping, Callable[[str], Any]] = {Grouping.CLASS: class_key}


_KEYS: dict[Grouping, Callable[[Place], str]] = {
    Grouping.TEACHER: _teacher_key,
    Grouping.DEPARTMENT: lambda place: place.department,
    Grouping.CLASS: lambda place: place.class_name,
    Grouping.MONTH: lambda place: place.month,
}


@dataclass(frozen=True, slots=True)
class WorkBoard:
    """The board of a tổ ("" of the whole school) in a term; `month` "" is the whole term."""

    department: str
    term: str
    month: str
    by: Grouping
    lines: tuple[WorkLine, ...]
    total: WorkLine
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonTasks:
    """Việc của một người: what waits for them today, as they see it themselves."""

    account_id: AccountId
    name: str
    department: str
    tasks: tuple[MyTask, ...]

    def overdue(self, today: date) -> int:
        """Tasks whose day has passed."""
        return sum(task.due is not None and task.due < today for task in self.tasks)


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One thing to do as the slip says it; `due` "" without a day."""

    what: str
    due: str
    late: str


@dataclass(frozen=True, slots=True)
class ReminderSlip:
    """One person's part of the paper."""

    name: str
    department: str
    items: tuple[ReminderItem, ...]


@dataclass(frozen=True, slots=True)
class Reminders:
    """Phiếu nhắc việc of a tổ or of the school: a slip a person, each signed for."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    unit: str
    slips: tuple[ReminderSlip, ...]
    signer_title: str
    signer: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A teacher in the monthly report, in the order of the ranking."""

    place: str
    name: str
    sheets: str
    due: str
    missing: str
    late: str
    on_time: str
    entered: str
    changes: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Results of a subject so far: how many in each band (M195)."""

    subject: str
    pupils: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A finding of the month, or one still open from before."""

    made_on: str
    teacher: str
    place: str
    finding: str
    remedy: str
    state: str


@dataclass(frozen=True, slots=True)
class DepartmentReport:
    """Báo cáo tháng của tổ chuyên môn to the vice principal (M118, M195, M196)."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    school_year: str
    unit: str
    period: str
    term: str
    members: int
    summary: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    bands: tuple[str, ...]
    shares: tuple[ShareRow, ...]
    checks: tuple[CheckRow, ...]
    reminded: tuple[str, ...]
    proposals: tuple[str, ...]
    head: str
    receiver: str


def reminders_digest(paper: Reminders) -> DataDigest:
    """The data digest of the slips as they are to be printed."""
    return data_digest({"form": "reminders", "facts": paper})


def report_digest(paper: DepartmentReport) -> DataDigest:
    """The data digest of the report as it is to be printed."""
    return data_digest({"form": "department_report", "facts": paper})
