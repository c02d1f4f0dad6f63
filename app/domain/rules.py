"""Quy định: what kinds of rule a school settles, how a value is written, read and said in words.

A value is plain text, so that a version of the rules is a small table that stays readable for ever:
a number "7", a day of the school year "09-15", a span of days "11-28/12-05", offices or items
"principal,vice_principal", people "hong.nhung|Phạm Thị Hồng Nhung,…" (sign-in name and the name of
that day), a choice "1" or "0". An empty text means that nothing is laid down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import SchoolYearId
from app.domain.roles import Role
from app.domain.school import SchoolYear
from app.errors import RuleRefused

_NUMBER = re.compile(r"[0-9]{1,3}\Z")
_DAY = re.compile(r"([0-9]{2})-([0-9]{2})\Z")
BETWEEN = "|"
"""Between the sign-in name and the name of a person."""
_LEAP_YEAR = 2024
"""29/02 is a day that may be laid down; a year without it takes the day before."""


class RuleKind(StrEnum):
    """How the value of a rule is written."""

    NUMBER = "number"
    DAY = "day"
    SPAN = "span"
    OFFICES = "offices"
    ITEMS = "items"
    PEOPLE = "people"
    FLAG = "flag"


class Keeping(StrEnum):
    """Who sees to a rule; the value is the word of the printed table."""

    PROGRAM = "máy"
    """The program refuses what is against it, or reckons by it."""
    REMINDER = "máy nhắc"
    """The program counts what is missing and puts it on a desk with its day."""
    SCHOOL = "trường"
    """It stays on paper; `RuleSpec.on_paper` says why."""


class RuleGroup(StrEnum):
    """Headings of the table, in the order of the paper."""

    DUE = "Hạn vào điểm"
    OFFICE_DATES = "Hạn của hồ sơ, danh sách, điểm danh"
    ENTRY = "Đóng mở sổ và chốt"
    CORRECTION = "Sửa sau khi đã khóa"
    MEETINGS = "Họp và nhật ký sửa điểm"
    PRIMARY_WINDOWS = "Đợt nhập của cấp tiểu học"
    PAPERS = "In, ký và lưu"
    MODULES = "Phần phải dùng"
    WATCHING = "Nhắc việc và giờ làm việc trong sổ"
    READINGS = "Cách hiểu thông tư đánh giá"


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule: its words, the values it may take, where the founding papers ask for it.

    `kept` says who sees to it; `on_paper` why the program does not, of a rule the school keeps
    alone. `say` is the sentence with "{}" for the value (for a FLAG the
    yes and the no with "|" between them), `none` what is said when nothing is laid down; a rule
    without `none` must have a value. A NUMBER without `unit` is a day of the month. `choices` are
    (code, words) of OFFICES and ITEMS in the order they are said.
    """

    key: str
    group: RuleGroup
    title: str
    kind: RuleKind
    default: str
    say: str
    source: str
    none: str = ""
    low: int = 0
    high: int = 0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    kept: Keeping = Keeping.SCHOOL
    on_paper: str = ""

    def checked(self, text: str) -> str:
        """The value as it is stored; raises RuleRefused "rule_value_invalid"."""
        value = text.strip()
        if not value and self.none:
            return ""
        match self.kind:
            case RuleKind.NUMBER:
                return self._number(value)
            case RuleKind.DAY:
                return self._day(value)
            case RuleKind.SPAN:
                first, _, last = value.partition("/")
                return f"{self._day(first)}/{self._day(last)}"
            case RuleKind.OFFICES | RuleKind.ITEMS:
                return self._listed(value)
            case RuleKind.PEOPLE:
                return ",".join(sorted({self._person(one) for one in value.split(",")}))
            case RuleKind.FLAG:
                if value not in ("0", "1"):
                    raise self._refused(f"“{value}” không phải có hay không")
                return value

    def words(self, value: str) -> str:
        """The rule as a sentence for the screen and for paper."""
        if not value:
            return self.none
        if self.kind is RuleKind.FLAG:
            yes, no = self.say.split("|")
            return yes if value == "1" else no
        return self.say.format(self.value_words(value))

    def value_words(self, value: str) -> str:
        """The value alone: "7 ngày", "15/9", "hiệu trưởng, phó hiệu trưởng"."""
        match self.kind:
            case RuleKind.NUMBER:
                return f"{int(value)} {self.unit}" if self.unit else f"ngày {int(value)}"
            case RuleKind.DAY:
                return _day_words(value)
            case RuleKind.SPAN:
                return " đến ".join(_day_words(part) for part in value.split("/"))
            case RuleKind.OFFICES | RuleKind.ITEMS:
                named = dict(self.choices)
                return ", ".join(named[code] for code in value.split(","))
            case RuleKind.PEOPLE:
                return ", ".join(one.partition(BETWEEN)[2] for one in value.split(","))
            case RuleKind.FLAG:
                return "có" if value == "1" else "không"

    def _number(self, value: str) -> str:
        if not _NUMBER.match(value) or not self.low <= int(value) <= self.high:
            raise self._refused(
                f"“{value}” không nằm từ {self.low} đến {self.high} {self.unit}".rstrip()
            )
        return str(int(value))

    def _day(self, value: str) -> str:
        found = _DAY.match(value)
        try:
            if found is None:
                raise ValueError
            date(_LEAP_YEAR, int(found[1]), int(found[2]))
        except ValueError:
            raise self._refused(f"“{value}” không phải một ngày trong năm") from None
        return value

    def _listed(self, value: str) -> str:
        asked = {code.strip() for code in value.split(",") if code.strip()}
        known = [code for code, _ in self.choices]
        strange = asked - set(known)
        if strange:
            raise self._refused(f"không có lựa chọn “{min(strange)}”")
        if not asked:
            raise self._refused("phải chọn ít nhất một")
        return ",".join(code for code in known if code in asked)

    def _person(self, text: str) -> str:
        uid, _, name = (part.strip() for part in text.partition(BETWEEN))
        if not uid or not name or BETWEEN in name:
            raise self._refused(f"“{text.strip()}” không phải một người trong sổ")
        return f"{uid}{BETWEEN}{name}"

    def _refused(self, why: str) -> RuleRefused:
        return RuleRefused(
            "rule_value_invalid",
            f"Quy định “{self.title}” chưa ghi được: {why}; hãy chọn lại.",
            key=self.key,
        )


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Every rule with its value; a rule that a version does not name has its default."""

    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, spec: RuleSpec) -> str:
        """The stored value."""
        return self.values.get(spec.key, spec.default)

    def words(self, spec: RuleSpec) -> str:
        """The rule in words."""
        return spec.words(self.text(spec))

    def number(self, spec: RuleSpec) -> int | None:
        """A number; None when nothing is laid down."""
        text = self.text(spec)
        return int(text) if text else None

    def flag(self, spec: RuleSpec) -> bool:
        """A yes or no."""
        return self.text(spec) == "1"

    def codes(self, spec: RuleSpec) -> tuple[str, ...]:
        """Codes of the items chosen."""
        text = self.text(spec)
        return tuple(text.split(",")) if text else ()

    def people(self, spec: RuleSpec) -> frozenset[str]:
        """Sign-in names of the people chosen; empty when nobody is named."""
        return frozenset(one.partition(BETWEEN)[0] for one in self.codes(spec))

    def offices(self, spec: RuleSpec) -> tuple[Role, ...]:
        """The offices chosen."""
        return tuple(Role(code) for code in self.codes(spec))

    def day(self, spec: RuleSpec, year: SchoolYear) -> date | None:
        """The day of the school year; None when nothing is laid down."""
        text = self.text(spec)
        return day_in_year(text, year) if text else None

    def span(self, spec: RuleSpec, year: SchoolYear) -> tuple[date, date] | None:
        """First and last day in the school year; None when nothing is laid down."""
        first, _, last = self.text(spec).partition("/")
        return (day_in_year(first, year), day_in_year(last, year)) if first else None


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rules of a school year from a day on, by a decision; never changed afterwards.

    `number` counts the versions of the year from 1. `profile` is the shipped profile it began from.
    `set_by` is "" and `set_at` None for what was taken over from settings of an older program.
    """

    school_year_id: SchoolYearId
    number: int
    profile: str
    starts_on: date
    decision_no: str
    decision_on: date | None
    note: str
    rules: RuleSet
    set_by: str = ""
    set_at: datetime | None = None

    @property
    def decision_words(self) -> str:
        """As "văn bản số 41/QĐ-THCS ngày 01/09/2026", or that there is none."""
        if not self.decision_no:
            return "chưa có quyết định"
        day = "" if self.decision_on is None else f" ngày {self.decision_on:%d/%m/%Y}"
        return f"văn bản số {self.decision_no}{day}"


def version_of_day(versions: tuple[RuleVersion, ...], day: date) -> RuleVersion | None:
    """The last version begun by `day`, None before the first; given in the order of numbers."""
    begun = [one for one in versions if one.starts_on <= day]
    return begun[-1] if begun else None


def day_in_year(text: str, year: SchoolYear) -> date:
    """The text "09-15" as a day from August of the first calendar year to July of the second."""
    month, day = int(text[:2]), int(text[3:])
    calendar_year = year.first_year + (0 if month >= _FIRST_MONTH else 1)
    if (month, day) == (2, 29) and not _has_leap_day(calendar_year):
        day = 28
    return date(calendar_year, month, day)


_FIRST_MONTH = 8


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _day_words(text: str) -> str:
    return f"{int(text[3:])}/{int(text[:2])}"
