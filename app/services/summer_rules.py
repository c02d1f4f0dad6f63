"""Who may write a summer result, for whom, and until when (TT22/2021, Điều 13 and 14). Pure."""

from __future__ import annotations

from datetime import date

from app.actor import Actor
from app.domain.ids import PupilId, SubjectId
from app.domain.locks import ClassLocks, LateOpening
from app.domain.periods import Period
from app.domain.year_end import YearStage
from app.errors import AccessDenied, AppError, RuleRefused
from app.services.year_end_state import YearEndState
from app.services.year_lists import summer_result
from app.text import date_vn

ABSENT_WORDS = "không dự"
_EVERY_SUBJECT = 0
"""Matches only late openings of all subjects."""


def why_not(
    state: YearEndState,
    actor: Actor,
    pupil: PupilId,
    subject: SubjectId | None,
    today: date,
    code: str = "",
) -> AppError | None:
    """Why this person cannot write this result today; None when they can."""
    refused = _not_listed(state, pupil, subject, code) or _not_yours(state, actor, subject)
    if refused is not None:
        return refused
    known = state.facts.summer
    is_empty = (
        pupil not in known.conduct
        if subject is None
        else summer_result(known, pupil, subject, code) is None
    )
    return _shut(state, subject, today, is_empty=is_empty)


def is_late(locks: ClassLocks, today: date) -> bool:
    """Whether a result that may be written today comes after the window, by mở bổ sung."""
    return locks.window_for(Period.HE, today) is None


def _not_listed(
    state: YearEndState, pupil: PupilId, subject: SubjectId | None, code: str
) -> AppError | None:
    if state.approved(YearStage.YEAR) is None:
        return RuleRefused(
            "lists_not_approved",
            f"Danh sách cuối năm lớp {state.name} chưa được hiệu trưởng duyệt nên chưa nhập kết "
            "quả sau hè được.",
        )
    if state.listed(pupil, subject, code):
        return None
    name = state.pupil_name(pupil)
    if subject is None:
        return RuleRefused(
            "pupil_not_listed",
            f"{name} không có trong danh sách rèn luyện trong kì nghỉ hè đã duyệt của lớp "
            f"{state.name} nên không ghi kết quả.",
        )
    if any(row.pupil_id == pupil and row.subject_id is not None for row in state.summer_rows):
        return RuleRefused(
            "subject_not_listed",
            f"{name} không phải đánh giá lại {state.item_name(subject, code)} theo danh sách đã "
            "duyệt nên không ghi kết quả môn này.",
        )
    return RuleRefused(
        "pupil_not_listed",
        f"{name} không có trong danh sách kiểm tra, đánh giá lại đã duyệt của lớp {state.name} nên "
        "không ghi kết quả.",
    )


def _not_yours(state: YearEndState, actor: Actor, subject: SubjectId | None) -> AppError | None:
    class_id = state.facts.klass.id
    if subject is None:
        if class_id in actor.homeroom:
            return None
        return AccessDenied(
            "not_homeroom",
            f"{actor.name} không phải giáo viên chủ nhiệm lớp {state.name} nên chỉ xem; kết quả "
            "rèn luyện sau hè do giáo viên chủ nhiệm ghi.",
        )
    if (class_id, subject) in actor.teaches:
        return None
    return AccessDenied(
        "not_assigned",
        f"{actor.name} không dạy {state.subject_name(subject)} lớp {state.name} nên chỉ xem; kết "
        "quả đánh giá lại do giáo viên môn học ghi.",
    )


def _shut(
    state: YearEndState, subject: SubjectId | None, today: date, *, is_empty: bool
) -> AppError | None:
    locks = state.locks
    if locks.seal is not None:
        return RuleRefused(
            "sealed",
            f"Năm học đã niêm phong ngày {locks.seal.sealed_at:%d/%m/%Y} nên kết quả sau hè không "
            "ghi được nữa; muốn sửa phải có quyết định mở niêm phong.",
        )
    closed = locks.closes.get(Period.HE)
    if closed is not None:
        return RuleRefused(
            "summer_closed",
            f"Kết quả sau hè lớp {state.name} đã chốt ngày {closed.closed_at:%d/%m/%Y} theo QĐ số "
            f"{closed.decision_no} nên không ghi được; muốn sửa, hiệu trưởng mở lại bằng quyết "
            "định ở trang Tổng kết.",
        )
    if locks.window_for(Period.HE, today) is not None:
        return None
    if is_empty and any(_opens(o, subject, today) for o in locks.late_openings):
        return None
    windows = [w for w in locks.windows if w.period is Period.HE]
    coming = [w for w in windows if w.opens_on > today]
    if coming:
        first = min(coming, key=lambda w: w.opens_on)
        return RuleRefused(
            "summer_not_open",
            f"Đợt nhập sau kì nghỉ hè mở từ {date_vn(first.opens_on)} theo QĐ số "
            f"{first.decision_no}; hãy chờ đến ngày đó.",
        )
    if windows:
        last = max(windows, key=lambda w: w.closes_on)
        return RuleRefused(
            "summer_over",
            f"Đợt nhập sau kì nghỉ hè đã hết ngày {date_vn(last.closes_on)} (QĐ số "
            f"{last.decision_no}); kết quả còn trống xin hiệu trưởng mở bổ sung.",
        )
    return RuleRefused(
        "summer_not_open",
        "Chưa có đợt nhập sau kì nghỉ hè; đề nghị hiệu trưởng mở ở trang Đóng mở sổ.",
    )


def _opens(opening: LateOpening, subject: SubjectId | None, today: date) -> bool:
    wanted = _EVERY_SUBJECT if subject is None else subject
    return opening.period is Period.HE and opening.covers(today, wanted)
