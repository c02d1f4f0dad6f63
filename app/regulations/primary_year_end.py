"""End of a primary year: who moves up, and the words for it (Điều 11 of TT27/2020)."""

from __future__ import annotations

from app.regulations.base import LAST_GRADES
from app.regulations.primary import PrimaryPromotion


def promotion(
    *, passed: bool | None, supplementary_passed: bool | None, principal_promotes: bool | None
) -> PrimaryPromotion:
    """The first line that fits.

    `passed`: the class programme is completed by the year's values, None while some are missing.
    `supplementary_passed`: None before đánh giá bổ sung.
    """
    if passed is None:
        return PrimaryPromotion.INCOMPLETE
    if passed or supplementary_passed:
        return PrimaryPromotion.PROMOTED
    if supplementary_passed is None:
        return PrimaryPromotion.SUPPLEMENTARY
    if principal_promotes is None:
        return PrimaryPromotion.PRINCIPAL_DECIDES
    if principal_promotes:
        return PrimaryPromotion.PROMOTED_BY_PRINCIPAL
    return PrimaryPromotion.RETAINED


def completed(outcome: PrimaryPromotion) -> bool | None:
    """Hoàn thành chương trình lớp học; None while it is still open."""
    if outcome in (PrimaryPromotion.INCOMPLETE, PrimaryPromotion.SUPPLEMENTARY):
        return None
    return outcome is PrimaryPromotion.PROMOTED


def promotion_label(outcome: PrimaryPromotion, grade: int, retained: str) -> str:
    """Words for screen and paper; `retained` is the circular's own word for staying."""
    stage = LAST_GRADES.get(grade)
    match outcome:
        case PrimaryPromotion.PROMOTED:
            return f"Hoàn thành chương trình {stage}" if stage else "Được lên lớp"
        case PrimaryPromotion.SUPPLEMENTARY:
            return "Đánh giá bổ sung"
        case PrimaryPromotion.PRINCIPAL_DECIDES:
            return "Hiệu trưởng quyết định"
        case PrimaryPromotion.PROMOTED_BY_PRINCIPAL:
            return "Được lên lớp theo quyết định của Hiệu trưởng"
        case PrimaryPromotion.RETAINED:
            return retained
        case PrimaryPromotion.INCOMPLETE:
            return "Chưa đủ dữ liệu"


def programme_words(done: bool | None, grade: int) -> str:
    """Entry 6 of the học bạ: "Hoàn thành chương trình lớp 3"; "" while it is open."""
    if done is None:
        return ""
    what = LAST_GRADES.get(grade, f"lớp {grade}") if done else f"lớp {grade}"
    return f"{'Hoàn thành' if done else 'Chưa hoàn thành'} chương trình {what}"
