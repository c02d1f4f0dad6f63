"""The decision behind an act of Đóng mở sổ, and the classes it reaches."""

from __future__ import annotations

from datetime import date

from app.domain.accounts import refuse_too_long
from app.domain.ids import SchoolYearId
from app.domain.lock_scopes import LockScope
from app.domain.periods import Period
from app.domain.school import SchoolClass
from app.errors import RuleRefused
from app.ports import UnitOfWork
from app.regulations.registry import circular
from app.text import clean, date_vn

_LIMIT = 60


def decision_number(number: str, what: str) -> str:
    """The number as it is kept; raises "decision_required" without one (M61)."""
    cleaned = clean(number)
    if not cleaned:
        raise RuleRefused(
            "decision_required",
            f"Chưa ghi số quyết định hoặc thông báo của hiệu trưởng nên chưa {what}; hãy ghi số "
            "văn bản, thí dụ 41/QĐ-THCS.",
        )
    refuse_too_long(cleaned, "Số quyết định", _LIMIT)
    return cleaned


def refuse_future_decision(decision_on: date | None, today: date, what: str) -> None:
    """A decision may be recorded long after its day, never before it (Annex C 6)."""
    if decision_on is not None and decision_on > today:
        raise RuleRefused(
            "decision_day",
            f"Quyết định ghi ngày {date_vn(decision_on)}, sau hôm nay {date_vn(today)}, nên chưa "
            f"{what}; hãy ghi lại ngày trên văn bản.",
        )


def refuse_reversed(opens_on: date, closes_on: date, what: str) -> None:
    """The last day is not before the first."""
    if closes_on < opens_on:
        raise RuleRefused(
            "window_reversed",
            f"Ngày đóng {date_vn(closes_on)} sớm hơn ngày mở {date_vn(opens_on)} nên chưa {what}; "
            "hãy chọn lại hai ngày.",
        )


def scope_classes(
    uow: UnitOfWork, year_id: SchoolYearId, scope: LockScope, what: str
) -> tuple[SchoolClass, ...]:
    """The classes of the year that lie in the scope; refused when there are none or it is sealed.

    Every class of a year is sealed with it, so one seal refuses all.
    """
    found = scope.classes(uow.school.classes(year_id))
    if not found and not scope.is_whole_school:
        raise RuleRefused(
            "scope_empty",
            f"Năm học này không có lớp nào thuộc {scope.words} nên chưa {what}; hãy chọn phạm vi "
            "khác.",
        )
    if uow.progress.is_sealed(year_id):
        raise year_sealed(scope.words)
    return found


def classes_with(
    classes: tuple[SchoolClass, ...], period: Period, scope: LockScope, what: str
) -> tuple[SchoolClass, ...]:
    """Those that have the period: kỳ are of primary classes, học kì of secondary ones.

    Refused when a part of the school was named and none of it has the period: the whole school may
    get its other classes later. HE is everybody's.
    """
    found = tuple(k for k in classes if period in circular(k.regulation).periods)
    if not found and not scope.is_whole_school:
        raise RuleRefused(
            "period_not_here",
            f"Không lớp nào thuộc {scope.words} có kỳ {period.words} nên chưa {what}; tiểu học có "
            "bốn kỳ, THCS và THPT có hai học kì, hãy chọn kỳ hoặc phạm vi khác.",
            period=period.value,
        )
    return found


def year_sealed(where: str) -> RuleRefused:
    """The refusal of everything after the seal."""
    return RuleRefused(
        "sealed",
        f"Năm học của {where} đã niêm phong nên không đóng mở được nữa; cần quyết định mở niêm "
        "phong.",
    )


def is_after_fact(last_day: date, today: date) -> bool:
    """Whether the days were over when they were recorded."""
    return last_day < today
