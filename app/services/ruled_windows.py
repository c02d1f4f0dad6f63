"""Đợt nhập tiểu học: entry windows only inside the days that the rules of the year lay down.

The department sets the days of each kỳ anew every year (công văn tiểu học 2018, II.1; M217-M222),
so the school writes them into its rules with the number of that letter. What must be typed outside
them goes by mở bổ sung, whose decision says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.ids import SchoolYearId
from app.domain.periods import Period
from app.domain.rule_catalogue import WINDOW_CK1, WINDOW_CN, WINDOW_GK1, WINDOW_GK2
from app.domain.rules import RuleSpec
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.services.rules_in_force import rules_of
from app.text import date_vn

WINDOW_OF: Mapping[Period, RuleSpec] = {
    Period.GK1: WINDOW_GK1,
    Period.CK1: WINDOW_CK1,
    Period.GK2: WINDOW_GK2,
    Period.CN: WINDOW_CN,
}


def ruled_days(
    uow: UnitOfWork, year_id: SchoolYearId, period: Period, today: date
) -> tuple[date, date] | None:
    """First and last day of a kỳ by the rules of today; None when none are laid down."""
    spec = WINDOW_OF.get(period)
    if spec is None:
        return None
    return rules_of(uow, year_id, today).span(spec, uow.school.year(year_id))


def refuse_outside_rule(
    uow: UnitOfWork,
    year_id: SchoolYearId,
    period: Period,
    opens_on: date,
    closes_on: date,
    today: date,
) -> None:
    """Raise RuleRefused "window_outside_rule" for a window that leaves the days laid down."""
    days = ruled_days(uow, year_id, period, today)
    if days is None or (days[0] <= opens_on and closes_on <= days[1]):
        return
    raise RuleRefused(
        "window_outside_rule",
        f"Quy định của năm học chỉ mở {period.words} từ {date_vn(days[0])} đến {date_vn(days[1])}, "
        f"đợt {date_vn(opens_on)} đến {date_vn(closes_on)} ra ngoài khoảng ấy nên chưa mở; hãy "
        "chọn lại ngày, mở bổ sung cho lớp cần, hoặc đổi quy định theo văn bản mới của Sở.",
        first=days[0],
        last=days[1],
    )
