"""TT22/2021, Điều 9 khoản 2 và 3: the conditions of a learning level, with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.marks import CHUA_DAT, mark_text
from app.domain.subjects import SubjectKind
from app.regulations.base import Condition, LearningResult
from app.regulations.explain import cite, named, named_marks
from app.regulations.tt22_learning import (
    FAILED,
    LEVELS,
    REQUIREMENTS,
    STEPS,
    SUBJECTS_WANTED,
    Requirement,
    Standing,
    judge,
)
from app.regulations.tt22_settings import RaiseReading, Tt22Settings

ID = "TT22/2021"


def learning_conditions(
    standings: Sequence[Standing],
    result: LearningResult | None,
    settings: Tt22Settings,
    *,
    adjusts: bool = True,
) -> tuple[Condition, ...]:
    """Conditions of the level before adjustment, of the next better one, then khoản 3.

    After an adjustment also those of the level above the final one. `adjusts`: whether khoản 3 is
    applied to this result at all.
    """
    if result is None:
        return (_undecided(standings),)
    rank = LEVELS.index(result.base)
    conditions: list[Condition] = []
    if rank == FAILED:
        text = "các trường hợp còn lại, khi không đủ điều kiện của mức Đạt"
        conditions.append(Condition(cite(ID, 9, 2, "d"), text, True, f"Mức {result.base}"))
    else:
        conditions += level_conditions(REQUIREMENTS[rank], standings)
    if rank > 0:
        conditions += level_conditions(REQUIREMENTS[rank - 1], standings)
    if rank >= STEPS and adjusts:
        conditions += _adjustment(standings, result, settings)
    if result.raised_by is not None:
        conditions += level_conditions(REQUIREMENTS[rank - 2], standings)
    return tuple(conditions)


def level_conditions(wanted: Requirement, standings: Sequence[Standing]) -> list[Condition]:
    """The three conditions of one level, each with what the pupil has."""
    clause = cite(ID, 9, 2, wanted.point)
    about = f"Mức {wanted.level}"
    marks = [
        (subject.name, value)
        for subject, value in standings
        if subject.kind is SubjectKind.MARKS and value is not None
    ]
    failed = [
        subject.name
        for subject, value in standings
        if subject.kind is SubjectKind.COMMENTS and value == CHUA_DAT
    ]
    low = [item for item in marks if item[1] < wanted.every]
    enough = sum(value >= wanted.most for _, value in marks)
    return [
        Condition(
            clause,
            _comments_text(wanted, failed, len(standings) - len(marks)),
            len(failed) <= wanted.failed_comments,
            about,
        ),
        Condition(
            clause,
            f"tất cả các môn có điểm từ {mark_text(wanted.every)}: {_lowest(marks, low)}",
            not low,
            about,
        ),
        Condition(
            clause,
            f"cần ít nhất {SUBJECTS_WANTED} môn từ {mark_text(wanted.most)}: có {enough} môn",
            enough >= SUBJECTS_WANTED,
            about,
        ),
    ]


def _comments_text(wanted: Requirement, failed: list[str], total: int) -> str:
    if wanted.failed_comments:
        return (
            f"nhiều nhất {wanted.failed_comments} môn đánh giá bằng nhận xét Chưa đạt: "
            f"có {len(failed)} môn{named(failed)}"
        )
    rule = "tất cả các môn đánh giá bằng nhận xét phải Đạt"
    if failed:
        return f"{rule}: có {len(failed)} môn Chưa đạt{named(failed)}"
    return f"{rule}: {total}/{total} môn Đạt"


def _lowest(marks: list[tuple[str, int]], low: list[tuple[str, int]]) -> str:
    if low:
        return f"có {len(low)} môn thấp hơn{named_marks(low)}"
    if not marks:
        return "không có môn nào có điểm"
    name, mark = min(marks, key=lambda item: item[1])
    return f"thấp nhất {mark_text(mark)} ({name})"


def _undecided(standings: Sequence[Standing]) -> Condition:
    missing = [subject.name for subject, value in standings if value is None]
    text = f"chưa đủ kết quả môn học: {', '.join(missing)}" if missing else "không có môn nào"
    return Condition(cite(ID, 9, 2), text, None)


def _adjustment(
    standings: Sequence[Standing], result: LearningResult, settings: Tt22Settings
) -> list[Condition]:
    clause = cite(ID, 9, 3)
    about = "Điều chỉnh lên mức liền kề"
    if result.raised_by is not None:
        name = next(item[0].name for item in standings if item[0].key == result.raised_by)
        text = (
            f"chỉ do một môn ({name}) mà kết quả thấp hơn từ {STEPS} mức trở lên so với mức Tốt "
            f"hoặc Khá: nâng từ {result.base} lên {result.final}"
        )
        return [Condition(clause, text, True, about)]
    text = (
        f"không có môn duy nhất nào làm kết quả thấp hơn từ {STEPS} mức trở lên so với mức Tốt "
        f"hoặc Khá: giữ mức {result.base}"
    )
    conditions = [Condition(clause, text, False, about)]
    if settings.raise_reading is RaiseReading.REMOVAL:
        other = judge(standings, replace(settings, raise_reading=RaiseReading.WAIVER))
        if other is not None and other.raised_by is not None:
            name = next(item[0].name for item in standings if item[0].key == other.raised_by)
            text = (
                f"nếu coi môn {name} đạt yêu cầu thì được nâng lên {other.final}; "
                "Thông tư không nói rõ, cần Hội đồng xem xét"
            )
            conditions.append(Condition(clause, text, None, about))
    return conditions
