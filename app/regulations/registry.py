"""Which circular applies to a grade in a school year, and the object that holds its rules."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.periods import Period
from app.errors import RuleRefused
from app.regulations.base import Circular, Regulation
from app.regulations.tt22_2021 import TT22_2021, Tt22Regulation
from app.regulations.tt58_2011 import TT58_2011, Tt58Regulation

PRIMARY_PERIODS = (Period.GK1, Period.CK1, Period.GK2, Period.CN, Period.HE)

CIRCULARS: Mapping[str, Circular] = {
    circular.id: circular
    for circular in (
        TT22_2021,
        TT58_2011,
        Circular(
            id="TT27/2020",
            number="27/2020/TT-BGDĐT",
            subject="đánh giá học sinh tiểu học",
            grades=range(1, 6),
            periods=PRIMARY_PERIODS,
        ),
        Circular(
            id="TT22/2016",
            number="22/2016/TT-BGDĐT",
            subject="sửa đổi, bổ sung quy định đánh giá học sinh tiểu học",
            grades=range(1, 6),
            periods=PRIMARY_PERIODS,
        ),
    )
}
"""Every circular the timetable names, whether its rules are in this version or not."""

TIMETABLE: Mapping[int, tuple[tuple[int, str], ...]] = {
    # grade: (first year of the first school year, circular), latest first
    1: ((2020, "TT27/2020"), (2016, "TT22/2016")),
    2: ((2021, "TT27/2020"), (2016, "TT22/2016")),
    3: ((2022, "TT27/2020"), (2016, "TT22/2016")),
    4: ((2023, "TT27/2020"), (2016, "TT22/2016")),
    5: ((2024, "TT27/2020"), (2016, "TT22/2016")),
    6: ((2021, "TT22/2021"), (2020, "TT58/2011")),
    7: ((2022, "TT22/2021"), (2020, "TT58/2011")),
    8: ((2023, "TT22/2021"), (2020, "TT58/2011")),
    9: ((2024, "TT22/2021"), (2020, "TT58/2011")),
    10: ((2022, "TT22/2021"), (2020, "TT58/2011")),
    11: ((2023, "TT22/2021"), (2020, "TT58/2011")),
    12: ((2024, "TT22/2021"), (2020, "TT58/2011")),
}
"""Lộ trình (TT22/2021, Điều 21; TT27/2020, Điều 2); an entry holds until a later one."""

_REGULATIONS: Mapping[str, Regulation] = {
    TT22_2021.id: Tt22Regulation(),
    TT58_2011.id: Tt58Regulation(),
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


def circular(circular_id: str) -> Circular:
    """A circular by id, its rules built or not. Raises RuleRefused for an unknown id."""
    found = CIRCULARS.get(circular_id)
    if found is None:
        raise RuleRefused(
            "unknown_regulation",
            f"Không có thông tư mang mã “{circular_id}”; các mã được biết là "
            f"{', '.join(CIRCULARS)}.",
            regulation=circular_id,
        )
    return found


def regulation(circular_id: str) -> Regulation:
    """The rules of a circular under its default readings. Raises RuleRefused when not here."""
    known = circular(circular_id)
    found = _REGULATIONS.get(circular_id)
    if found is None:
        raise RuleRefused(
            "unknown_regulation",
            f"Thông tư {known.number} ({circular_id}) chưa có trong bản này nên chưa tính được "
            "kết quả; hãy dùng bản mới hơn của chương trình.",
            regulation=circular_id,
        )
    return found
