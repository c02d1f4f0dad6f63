"""TT27/2020: the "Vì sao?" list of a pupil, conditions with numbers and the clause of each."""

from __future__ import annotations

from app.regulations.base import Condition, Reason, ReasonTopic
from app.regulations.explain import UNKNOWN, cite
from app.regulations.primary import (
    Assessment,
    PrimaryPromotion,
    PrimaryResults,
    PrimaryYear,
    YearResult,
)
from app.regulations.primary_bars import DONE, EXCELLENT, GOOD, Bar
from app.regulations.primary_explain import (
    bar_conditions,
    flag_conditions,
    missing_condition,
    principal_condition,
    supplementary_conditions,
)
from app.regulations.primary_settings import PrimarySettings

ID = "TT27/2020"

_BARS: dict[YearResult, Bar] = {
    YearResult.EXCELLENT: EXCELLENT,
    YearResult.GOOD: GOOD,
    YearResult.DONE: DONE,
}

_STANDOUT = "thành tích xuất sắc về một môn học hoặc tiến bộ rõ rệt về một phẩm chất, năng lực"


def reasons(
    pupil: PrimaryYear,
    values: Assessment,
    found: PrimaryResults,
    promotion: str,
    settings: PrimarySettings,
) -> tuple[Reason, ...]:
    """Every reason in the order a reader asks for them; `values` are those that count."""
    made = [
        Reason(
            ReasonTopic.PRIMARY_RESULT,
            "Đánh giá kết quả giáo dục",
            found.year_result or UNKNOWN,
            _result_conditions(pupil, values, found.year_result),
        )
    ]
    if found.year_result is YearResult.NOT_DONE:
        made.append(_supplementary(pupil, values, found))
    made.append(_title(pupil, found, settings))
    made.append(
        Reason(
            ReasonTopic.PROMOTION,
            "Hoàn thành chương trình lớp học và lên lớp",
            promotion,
            _promotion_conditions(values, found),
        )
    )
    return tuple(made)


def _result_conditions(
    pupil: PrimaryYear, values: Assessment, reached: YearResult | None
) -> tuple[Condition, ...]:
    clause = cite(ID, 9, 2, "a")
    if pupil.individual_plan and pupil.entered_result is not None:
        text = "kết quả do giáo viên nhập theo kế hoạch giáo dục cá nhân của học sinh khuyết tật"
        return (Condition(cite(ID, 8), text, True),)
    levels = list(_BARS)
    if reached is None or reached is YearResult.NOT_DONE:
        shown = [YearResult.DONE]
    else:
        at = levels.index(reached)
        shown = [reached, *levels[max(at - 1, 0) : at]]
    return tuple(
        condition
        for level in shown
        for condition in bar_conditions(_BARS[level], values, clause, f"Mức {level.value}")
    )


def _supplementary(pupil: PrimaryYear, values: Assessment, found: PrimaryResults) -> Reason:
    if found.after is None:
        outcome = "Chưa thực hiện"
    elif found.promotion is PrimaryPromotion.PROMOTED:
        outcome = found.result or UNKNOWN
    else:
        outcome = YearResult.NOT_DONE
    return Reason(
        ReasonTopic.SUPPLEMENTARY,
        "Đánh giá bổ sung",
        outcome,
        supplementary_conditions(pupil, values, found, cite(ID, 11, 1, "b")),
    )


def _title(pupil: PrimaryYear, found: PrimaryResults, settings: PrimarySettings) -> Reason:
    clause = cite(ID, 13, 1, "a")
    year = found.year_result
    known = None if year is None else True
    excellent = Condition(
        clause,
        f"cần kết quả {YearResult.EXCELLENT.value}: {year or 'chưa có'}",
        known and year is YearResult.EXCELLENT,
        "Học sinh Xuất sắc",
    )
    conditions = [excellent]
    if year is not YearResult.EXCELLENT:
        about = "Học sinh Tiêu biểu"
        text = f"cần kết quả {YearResult.GOOD.value}: {year or 'chưa có'}"
        conditions.append(Condition(clause, text, known and year is YearResult.GOOD, about))
        conditions.extend(flag_conditions(pupil, _STANDOUT, clause, about))
    if pupil.individual_plan and not settings.plan_may_have_title:
        text = "nhà trường không xét danh hiệu cho học sinh học theo kế hoạch giáo dục cá nhân"
        conditions.append(Condition(cite(ID, 8), text, False))
    none_left = UNKNOWN if year is None else "Không có danh hiệu"
    return Reason(
        ReasonTopic.TITLE, "Khen thưởng cuối năm", found.title or none_left, tuple(conditions)
    )


def _promotion_conditions(values: Assessment, found: PrimaryResults) -> tuple[Condition, ...]:
    if found.year_result is None:
        return missing_condition(values, cite(ID, 11, 1, "a"))
    result = found.result
    reached = Condition(
        cite(ID, 11, 1, "a"),
        f"cần kết quả từ mức {YearResult.DONE.value} trở lên: {result}",
        result is not YearResult.NOT_DONE,
    )
    if found.promotion is PrimaryPromotion.SUPPLEMENTARY:
        text = "phải hướng dẫn, giúp đỡ rồi đánh giá bổ sung: chưa có kết quả"
        return (reached, Condition(cite(ID, 11, 1, "b"), text, None))
    return (reached, *principal_condition(found, cite(ID, 11, 1, "c")))
