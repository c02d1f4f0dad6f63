"""TT58/2011, Điều 13: the conditions of a học lực level, with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.marks import CHUA_DAT, mark_text
from app.domain.subjects import SubjectKind
from app.regulations.base import Condition, LearningResult
from app.regulations.explain import cite, named, named_marks
from app.regulations.tt58_learning import (
    LEVELS,
    REQUIREMENTS,
    WORST,
    Picture,
    Requirement,
    Standing,
    base_rank,
    below,
    leads,
    picture,
)
from app.regulations.tt58_settings import Tt58Settings

ID = "TT58/2011"
RAISE = "Điều chỉnh học lực"


def learning_conditions(
    standings: Sequence[Standing],
    specialised: str | None,
    result: LearningResult | None,
    settings: Tt58Settings,
    *,
    core_words: str,
    adjusts: bool = True,
) -> tuple[Condition, ...]:
    """Conditions of the level before adjustment, of the next better one, then khoản 6.

    `core_words`: the subjects of which one must lead; `adjusts`: whether khoản 6 is applied to
    this result at all.
    """
    seen = picture(standings, specialised)
    if result is None or seen is None:
        return (_undecided(standings),)
    rank = base_rank(seen)
    conditions: list[Condition] = []
    if rank == WORST:
        text = "các trường hợp còn lại, khi không đủ điều kiện của loại Yếu"
        conditions.append(Condition(cite(ID, 13, 5), text, True, f"Loại {LEVELS[rank]}"))
    else:
        conditions += level_conditions(REQUIREMENTS[rank], standings, seen, specialised, core_words)
    if rank > 0:
        conditions += level_conditions(
            REQUIREMENTS[rank - 1], standings, seen, specialised, core_words
        )
    if adjusts and rank > 1:
        conditions.append(_adjustment(standings, seen, result))
    return tuple(conditions)


def level_conditions(
    wanted: Requirement,
    standings: Sequence[Standing],
    seen: Picture,
    specialised: str | None,
    core_words: str,
) -> list[Condition]:
    """Every condition of one level, each with what the pupil has."""
    clause = cite(ID, 13, wanted.paragraph)
    about = f"Loại {wanted.level}"
    found = [
        Condition(
            clause,
            f"ĐTB các môn học từ {mark_text(wanted.mean)}: {mark_text(seen.mean)}",
            seen.mean >= wanted.mean,
            about,
        )
    ]
    if wanted.leading is not None:
        found.append(_one_leads(clause, about, wanted.leading, standings, core_words))
        if seen.has_specialised:
            found.append(_specialised(clause, about, wanted.leading, standings, specialised))
    short = below(standings, wanted)
    low = [
        (subject.name, value)
        for subject, value in standings
        if subject.kind is SubjectKind.MARKS and subject in short and value is not None
    ]
    found.append(
        Condition(
            clause,
            f"không có môn nào có ĐTB dưới {mark_text(wanted.every)}: {_lowest(low, standings)}",
            not low,
            about,
        )
    )
    if wanted.comments_pass:
        found.append(_comments(clause, about, standings))
    return found


def _one_leads(
    clause: str, about: str, wanted: int, standings: Sequence[Standing], core_words: str
) -> Condition:
    marks = [
        (subject.name, value)
        for subject, value in standings
        if subject.core and subject.kind is SubjectKind.MARKS and value is not None
    ]
    have = "; ".join(f"{name} {mark_text(mark)}" for name, mark in marks)
    return Condition(
        clause,
        f"ĐTB của {core_words} từ {mark_text(wanted)}: {have or 'không có môn nào'}",
        any(mark >= wanted for _, mark in marks),
        about,
    )


def _specialised(
    clause: str, about: str, wanted: int, standings: Sequence[Standing], key: str | None
) -> Condition:
    rule = f"ĐTB môn chuyên từ {mark_text(wanted)}"
    for subject, value in standings:
        if subject.key == key and subject.kind is SubjectKind.MARKS and value is not None:
            text = f"{rule}: {subject.name} {mark_text(value)}"
            return Condition(clause, text, value >= wanted, about)
    return Condition(clause, f"{rule}: không có điểm môn chuyên", False, about)


def _lowest(low: list[tuple[str, int]], standings: Sequence[Standing]) -> str:
    if low:
        return f"có {len(low)} môn{named_marks(low)}"
    name, mark = min(
        (
            (subject.name, value)
            for subject, value in standings
            if subject.kind is SubjectKind.MARKS and value is not None
        ),
        key=lambda item: item[1],
    )
    return f"thấp nhất {mark_text(mark)} ({name})"


def _comments(clause: str, about: str, standings: Sequence[Standing]) -> Condition:
    levels = [
        (subject.name, value)
        for subject, value in standings
        if subject.kind is SubjectKind.COMMENTS
    ]
    failed = [name for name, value in levels if value == CHUA_DAT]
    rule = "các môn đánh giá bằng nhận xét đạt loại Đ"
    if failed:
        text = f"{rule}: có {len(failed)} môn CĐ{named(failed)}"
    else:
        text = f"{rule}: {len(levels)}/{len(levels)} môn Đ"
    return Condition(clause, text, not failed, about)


def _undecided(standings: Sequence[Standing]) -> Condition:
    missing = [subject.name for subject, value in standings if value is None]
    if missing:
        text = f"chưa đủ kết quả môn học: {', '.join(missing)}"
    else:
        text = "không có môn nào tính điểm"
    return Condition(cite(ID, 13), text, None)


def _adjustment(standings: Sequence[Standing], seen: Picture, result: LearningResult) -> Condition:
    clause = cite(ID, 13, 6)
    if result.raised_by is not None:
        name = next(item[0].name for item in standings if item[0].key == result.raised_by)
        text = (
            f"ĐTB các môn học {mark_text(seen.mean)} đạt mức loại Giỏi hoặc Khá, chỉ do một môn "
            f"({name}) mà xuống loại {result.base}: điều chỉnh thành loại {result.final}"
        )
        return Condition(clause, text, True, RAISE)
    reached = next((wanted for wanted in REQUIREMENTS[:2] if leads(seen, wanted)), None)
    if reached is None:
        text = "ĐTB các môn học và môn bắt buộc không đạt mức loại Giỏi hoặc Khá"
    else:
        names = [subject.name for subject in below(standings, reached)]
        text = (
            f"ĐTB các môn học đạt mức loại {reached.level} nhưng có {len(names)} môn thấp hơn mức "
            f"quy định{named(names)}, không thuộc trường hợp được điều chỉnh"
        )
    return Condition(clause, f"{text}: giữ loại {result.base}", False, RAISE)
