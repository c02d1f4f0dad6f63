"""TT22/2016: the "Vì sao?" list of a primary pupil, conditions with numbers and their clauses."""

from __future__ import annotations

from app.regulations.base import Condition, Reason, ReasonTopic
from app.regulations.explain import UNKNOWN, cite
from app.regulations.primary import Assessment, PrimaryPromotion, PrimaryResults, PrimaryYear
from app.regulations.primary_bars import DONE, EXCELLENT
from app.regulations.primary_explain import (
    bar_conditions,
    flag_conditions,
    principal_condition,
    supplementary_conditions,
)
from app.regulations.primary_settings import PrimarySettings

ID = "TT22/2016"

_STANDOUT = "thành tích vượt trội hay tiến bộ vượt bậc về một môn học hoặc một năng lực, phẩm chất"


def reasons(
    pupil: PrimaryYear,
    values: Assessment,
    found: PrimaryResults,
    promotion: str,
    settings: PrimarySettings,
) -> tuple[Reason, ...]:
    """Every reason in the order a reader asks for them; `values` are those that count."""
    clause = cite(ID, 1, 7)
    made = [_title(pupil, values, found, settings)]
    not_passed = values.complete and not DONE.reached(values)
    if not_passed:
        made.append(_supplementary(pupil, values, found, clause))
    made.append(
        Reason(
            ReasonTopic.PROMOTION,
            "Hoàn thành chương trình lớp học và lên lớp",
            promotion,
            (
                *bar_conditions(DONE, values, clause, ""),
                *_after(found, clause, not_passed=not_passed),
                *principal_condition(found, clause),
            ),
        )
    )
    return tuple(made)


def _after(found: PrimaryResults, clause: str, *, not_passed: bool) -> tuple[Condition, ...]:
    if not not_passed:
        return ()
    if found.promotion is PrimaryPromotion.SUPPLEMENTARY:
        text = "phải hướng dẫn, giúp đỡ rồi đánh giá bổ sung: chưa có kết quả"
        return (Condition(clause, text, None),)
    mended = found.promotion is PrimaryPromotion.PROMOTED
    text = "sau đánh giá bổ sung: " + ("đủ điều kiện" if mended else "vẫn chưa đủ điều kiện")
    return (Condition(clause, text, mended),)


def _supplementary(
    pupil: PrimaryYear, values: Assessment, found: PrimaryResults, clause: str
) -> Reason:
    if found.after is None:
        outcome = "Chưa thực hiện"
    elif found.promotion is PrimaryPromotion.PROMOTED:
        outcome = "Đủ điều kiện"
    else:
        outcome = "Chưa đủ điều kiện"
    return Reason(
        ReasonTopic.SUPPLEMENTARY,
        "Đánh giá bổ sung",
        outcome,
        supplementary_conditions(pupil, values, found, clause),
    )


def _title(
    pupil: PrimaryYear, values: Assessment, found: PrimaryResults, settings: PrimarySettings
) -> Reason:
    clause = cite(ID, 1, 9)
    conditions = list(bar_conditions(EXCELLENT, values, clause, "Hoàn thành xuất sắc"))
    conditions += flag_conditions(pupil, _STANDOUT, clause, "Vượt trội, vượt bậc")
    if pupil.individual_plan and not settings.plan_may_have_title:
        text = "nhà trường không xét khen thưởng cho học sinh học theo kế hoạch giáo dục cá nhân"
        conditions.append(Condition(clause, text, False))
    none_left = "Không có khen thưởng" if values.complete else UNKNOWN
    return Reason(
        ReasonTopic.TITLE, "Khen thưởng cuối năm", found.title or none_left, tuple(conditions)
    )
