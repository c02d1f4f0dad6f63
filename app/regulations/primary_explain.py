"""Conditions every primary circular's "Vì sao?" list is made of, with names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.primary_levels import SubjectLevel, TraitLevel, score_text
from app.regulations.base import Condition
from app.regulations.primary import Assessment, PrimaryPromotion, PrimaryResults, PrimaryYear
from app.regulations.primary_bars import DONE, Bar


def bar_conditions(
    bar: Bar, values: Assessment, clause: str, about: str
) -> tuple[Condition, Condition, Condition]:
    """What a bar asks of subjects, traits and scores, and how the pupil stands to each.

    `met` is False as soon as one known value is not enough, None while the rest is incomplete.
    """
    return (
        _subjects(bar, values, clause, about),
        _traits(bar, values, clause, about),
        _scores(bar, values, clause, about),
    )


def supplementary_conditions(
    pupil: PrimaryYear, values: Assessment, found: PrimaryResults, clause: str
) -> tuple[Condition, ...]:
    """What đánh giá bổ sung is about, then how it went."""
    about = entries_text(found.to_supplement)
    if not about:
        text = "kết quả do giáo viên nhập, không có nội dung nào dưới mức Hoàn thành"
        return (Condition(clause, text, None),)
    listed = Condition(clause, f"đánh giá bổ sung các nội dung chưa hoàn thành: {about}", None)
    if pupil.supplementary is None or found.after is None:
        return (listed,)
    changes = _changes(values, found.after)
    still = entries_text(DONE.below(found.after))
    went = Condition(
        clause,
        f"sau đánh giá bổ sung: {changes or 'không có kết quả nào thay đổi'}"
        + (f"; vẫn chưa hoàn thành: {still}" if still else ""),
        not still,
    )
    return (listed, went)


def principal_condition(found: PrimaryResults, clause: str) -> tuple[Condition, ...]:
    """The principal's part, when it came to that."""
    words: dict[PrimaryPromotion, tuple[str, bool | None]] = {
        PrimaryPromotion.PRINCIPAL_DECIDES: ("Hiệu trưởng chưa quyết định", None),
        PrimaryPromotion.PROMOTED_BY_PRINCIPAL: ("Hiệu trưởng quyết định cho lên lớp", True),
        PrimaryPromotion.RETAINED: ("Hiệu trưởng quyết định chưa cho lên lớp", False),
    }
    if found.promotion not in words:
        return ()
    text, met = words[found.promotion]
    return (Condition(clause, text, met),)


def missing_condition(values: Assessment, clause: str) -> tuple[Condition, ...]:
    """What is still missing, when anything is."""
    missing = list(values.missing())
    if not missing:
        return ()
    return (Condition(clause, f"còn thiếu: {', '.join(missing)}", None),)


def flag_conditions(
    pupil: PrimaryYear, standout: str, clause: str, about: str
) -> tuple[Condition, Condition]:
    """The two things people enter for a title."""
    return (
        Condition(clause, f"{standout}: {_yes(pupil.standout)}", pupil.standout, about),
        Condition(
            clause,
            f"được tập thể lớp công nhận: {_yes(pupil.class_recognised)}",
            pupil.class_recognised,
            about,
        ),
    )


def entries_text(values: Assessment) -> str:
    """Known values in one line: "Toán C, Tự học C, điểm KTĐK Toán 4"."""
    return ", ".join(
        (
            *_letters((item.name, item.level) for item in values.levels),
            *_letters((item.name, item.level) for item in values.traits),
            *(f"điểm KTĐK {name}" for name in _points(values)),
        )
    )


def _subjects(bar: Bar, values: Assessment, clause: str, about: str) -> Condition:
    below = list(_letters((item.name, item.level) for item in bar.subjects_below(values)))
    open_names = [item.name for item in values.levels if item.level is None]
    wanted = _wanted([level.words for level in SubjectLevel if level in bar.levels])
    need = f"cần mọi môn học, hoạt động giáo dục ở mức {wanted}"
    return _condition(clause, about, need, len(values.levels), below, open_names)


def _traits(bar: Bar, values: Assessment, clause: str, about: str) -> Condition:
    below = list(_letters((item.name, item.level) for item in bar.traits_below(values)))
    open_names = [item.name for item in values.traits if item.level is None]
    wanted = _wanted([level.words for level in TraitLevel if level in bar.traits])
    need = f"cần mọi phẩm chất, năng lực ở mức {wanted}"
    return _condition(clause, about, need, len(values.traits), below, open_names)


def _scores(bar: Bar, values: Assessment, clause: str, about: str) -> Condition:
    below = list(_points(Assessment(scores=tuple(bar.scores_below(values)))))
    open_names = [item.name for item in values.scores if item.score is None]
    need = f"cần mọi bài kiểm tra định kì cuối năm từ {score_text(bar.lowest_score)} điểm trở lên"
    return _condition(clause, about, need, len(values.scores), below, open_names)


def _condition(
    clause: str, about: str, need: str, count: int, below: Sequence[str], missing: Sequence[str]
) -> Condition:
    if not count:
        return Condition(clause, f"{need}: không có nội dung nào phải xét", True, about)
    parts = [f"{need}: đạt {count - len(below) - len(missing)} trên {count}"]
    if below:
        parts.append(f"chưa đạt: {', '.join(below)}")
    if missing:
        parts.append(f"còn thiếu: {', '.join(missing)}")
    met = False if below else None if missing else True
    return Condition(clause, "; ".join(parts), met, about)


def _letters(items: Iterable[tuple[str, SubjectLevel | TraitLevel | None]]) -> Iterable[str]:
    return (f"{name} {level.value}" for name, level in items if level is not None)


def _points(values: Assessment) -> Iterable[str]:
    return (
        f"{item.name} {score_text(item.score)}" for item in values.scores if item.score is not None
    )


def _wanted(words: Sequence[str]) -> str:
    return " hoặc ".join(words)


def _yes(flag: bool) -> str:
    return "có" if flag else "không"


def _changes(before: Assessment, after: Assessment) -> str:
    """What đánh giá bổ sung changed: the entries whose value is another one now."""
    changed = Assessment(
        tuple(
            new
            for old, new in zip(before.levels, after.levels, strict=True)
            if old.level != new.level
        ),
        tuple(
            new
            for old, new in zip(before.traits, after.traits, strict=True)
            if old.level != new.level
        ),
        tuple(
            new
            for old, new in zip(before.scores, after.scores, strict=True)
            if old.score != new.score
        ),
    )
    return entries_text(changed)
