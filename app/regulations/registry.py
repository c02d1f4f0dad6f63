"""Which circular applies to a grade in a school year, and the object that holds its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields

from app.domain.periods import Period, Term, period_of
from app.errors import RuleRefused
from app.regulations.base import Circular, Regulation
from app.regulations.primary import PrimaryRegulation
from app.regulations.primary_settings import PrimarySettings
from app.regulations.readings import DEFAULT_READINGS, Readings
from app.regulations.tt22_2016 import TT22_2016, Tt22PrimaryRegulation
from app.regulations.tt22_2021 import TT22_2021, Tt22Regulation
from app.regulations.tt22_settings import Tt22Settings
from app.regulations.tt27_2020 import TT27_2020, Tt27Regulation
from app.regulations.tt58_2011 import TT58_2011, Tt58Regulation
from app.regulations.tt58_first_issue import FIRST_ISSUE, TT58_FIRST_ISSUE
from app.regulations.tt58_settings import Tt58Settings

CIRCULARS: Mapping[str, Circular] = {
    circular.id: circular
    for circular in (TT22_2021, TT58_2011, TT58_FIRST_ISSUE, TT27_2020, TT22_2016)
}
"""Every circular the timetable names."""

_FIRST_58 = TT58_FIRST_ISSUE.id
TIMETABLE: Mapping[int, tuple[tuple[int, str], ...]] = {
    # grade: (first year of the first school year, circular), latest first
    1: ((2020, "TT27/2020"), (2016, "TT22/2016")),
    2: ((2021, "TT27/2020"), (2016, "TT22/2016")),
    3: ((2022, "TT27/2020"), (2016, "TT22/2016")),
    4: ((2023, "TT27/2020"), (2016, "TT22/2016")),
    5: ((2024, "TT27/2020"), (2016, "TT22/2016")),
    6: ((2021, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    7: ((2022, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    8: ((2023, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    9: ((2024, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    10: ((2022, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    11: ((2023, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
    12: ((2024, "TT22/2021"), (2020, "TT58/2011"), (2016, _FIRST_58)),
}
"""Lộ trình (TT22/2021, Điều 21; TT27/2020, Điều 2); an entry holds until a later one.

TT26/2020 came into force on 11/10/2020, early in 2020-2021: that whole year is under it.
"""

_REGULATIONS: Mapping[str, Callable[[Readings], Regulation]] = {
    TT22_2021.id: lambda readings: Tt22Regulation(readings.tt22),
    TT58_2011.id: lambda readings: Tt58Regulation(readings.tt58),
    TT58_FIRST_ISSUE.id: lambda readings: Tt58Regulation(readings.tt58, FIRST_ISSUE),
}

_PRIMARY_REGULATIONS: Mapping[str, Callable[[Readings], PrimaryRegulation]] = {
    TT27_2020.id: lambda readings: Tt27Regulation(readings.primary),
    TT22_2016.id: lambda readings: Tt22PrimaryRegulation(readings.primary),
}

_ZERO_ALLOWED = {
    circular_id: made(DEFAULT_READINGS).zero_allowed
    for circular_id, made in _PRIMARY_REGULATIONS.items()
}


def regulation_id(grade: int, first_year: int) -> str:
    """Id of the circular for a grade in the school year that starts in `first_year`.

    Resolve it once, when the class is made, and store it. Raises RuleRefused when none is known.
    """
    for since, circular_id in TIMETABLE.get(grade, ()):
        if first_year >= since:
            return circular_id
    if grade not in TIMETABLE:
        raise RuleRefused(
            "no_regulation",
            f"Không có khối lớp {grade}; chương trình chỉ biết lớp 1 đến lớp 12, "
            "hãy kiểm tra lại khối của lớp.",
            grade=grade,
            first_year=first_year,
        )
    earliest = TIMETABLE[grade][-1][0]
    raise RuleRefused(
        "no_regulation",
        f"Chương trình chưa có quy định đánh giá lớp {grade} năm học "
        f"{first_year}–{first_year + 1}; chỉ làm được từ năm học {earliest}–{earliest + 1}, "
        "hãy kiểm tra lại năm học.",
        grade=grade,
        first_year=first_year,
    )


def is_covered(grade: int, first_year: int) -> bool:
    """Whether a circular is known for a grade in the school year that starts in `first_year`."""
    return any(first_year >= since for since, _ in TIMETABLE.get(grade, ()))


def circular(circular_id: str) -> Circular:
    """A circular by id, whatever its stage. Raises RuleRefused for an unknown id."""
    found = CIRCULARS.get(circular_id)
    if found is None:
        raise RuleRefused(
            "unknown_regulation",
            f"Không có thông tư mang mã “{circular_id}”; các mã được biết là "
            f"{', '.join(CIRCULARS)}.",
            regulation=circular_id,
        )
    return found


def regulation(circular_id: str, readings: Readings = DEFAULT_READINGS) -> Regulation:
    """The rules of a secondary circular under a school's readings, else under the default ones.

    Raises RuleRefused for an unknown id and for a primary circular.
    """
    known = circular(circular_id)
    found = _REGULATIONS.get(circular_id)
    if found is None:
        raise RuleRefused(
            "other_stage",
            f"Thông tư {known.number} ({circular_id}) đánh giá học sinh tiểu học theo bốn kì nên "
            "không dùng được ở đây: việc này chỉ làm cho lớp trung học; hãy chọn lớp khác.",
            regulation=circular_id,
        )
    return found(readings)


def is_primary(circular_id: str) -> bool:
    """Whether the circular assesses primary pupils."""
    return circular_id in _PRIMARY_REGULATIONS


def settings_of(circular_id: str, readings: Readings) -> dict[str, object]:
    """How the points that a circular leaves open are read, by the name of each.

    Raises RuleRefused for an unknown id.
    """
    circular(circular_id)
    found: Tt22Settings | Tt58Settings | PrimarySettings = readings.primary
    if circular_id == TT22_2021.id:
        found = readings.tt22
    elif circular_id in (TT58_2011.id, TT58_FIRST_ISSUE.id):
        found = readings.tt58
    return {one.name: getattr(found, one.name) for one in fields(found)}


def zero_score_allowed(circular_id: str) -> bool:
    """Whether a Điểm KTĐK may be 0; True where there is none."""
    return _ZERO_ALLOWED.get(circular_id, True)


def closing_periods(circular_id: str) -> tuple[Period, ...]:
    """Periods a class under the circular closes in a school year, in order, without the summer.

    The last one closes the year.
    """
    return tuple(period for period in circular(circular_id).periods if period is not Period.HE)


def year_period(circular_id: str) -> Period:
    """The period that closes the year: HK2 or CN."""
    return closing_periods(circular_id)[-1]


def closing_of(circular_id: str, term: Term) -> Period:
    """The period whose close shuts a học kì; in primary schools CK1 and CN shut its điểm danh."""
    if not is_primary(circular_id):
        return period_of(term)
    return Period.CK1 if term is Term.HK1 else Period.CN


def primary_regulation(
    circular_id: str, readings: Readings = DEFAULT_READINGS
) -> PrimaryRegulation:
    """The rules of a primary circular under a school's readings, else under the default ones.

    Raises RuleRefused for an unknown id and for a secondary circular.
    """
    known = circular(circular_id)
    found = _PRIMARY_REGULATIONS.get(circular_id)
    if found is None:
        raise RuleRefused(
            "other_stage",
            f"Thông tư {known.number} ({circular_id}) đánh giá học sinh trung học theo hai học kì "
            "nên không dùng được ở đây: việc này chỉ làm cho lớp tiểu học; hãy chọn lớp khác.",
            regulation=circular_id,
        )
    return found(readings)
