"""TT22/2021: the "Vì sao?" list of a pupil, conditions with numbers and the clause of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.regulations import tt22_conduct as words
from app.regulations.base import (
    Condition,
    LearningResult,
    Promotion,
    PupilResults,
    PupilYear,
    Reason,
    ReasonTopic,
)
from app.regulations.explain import UNKNOWN, cite
from app.regulations.tt22_explain_learning import learning_conditions
from app.regulations.tt22_learning import SUBJECTS_WANTED, Standing
from app.regulations.tt22_settings import Tt22Settings
from app.regulations.tt22_year_end import (
    EXCELLENT_PUPIL,
    GOOD_PUPIL,
    MOST_ABSENCES,
    excellent_subjects,
)

ID = "TT22/2021"


@dataclass(frozen=True, slots=True)
class PeriodStandings:
    """The subjects that count in each period, as the results were computed from them."""

    hk1: Sequence[Standing]
    hk2: Sequence[Standing]
    year: Sequence[Standing]
    after: Sequence[Standing]


def reasons(
    pupil: PupilYear,
    found: PupilResults,
    periods: PeriodStandings,
    settings: Tt22Settings,
    grade: int,
) -> tuple[Reason, ...]:
    """Every reason of one pupil in the order a reader asks for them."""
    individual = _individual_plan(pupil)
    learning = [
        (ReasonTopic.LEARNING_HK1, "học kì I", periods.hk1, found.learning_hk1),
        (ReasonTopic.LEARNING_HK2, "học kì II", periods.hk2, found.learning_hk2),
        (ReasonTopic.LEARNING_YEAR, "cả năm", periods.year, found.learning_year),
    ]
    if found.after_reassessment is not None:
        learning.append(
            (
                ReasonTopic.AFTER_REASSESSMENT,
                "sau khi kiểm tra, đánh giá lại",
                periods.after,
                found.after_reassessment,
            )
        )
    after_adjusts = settings.raise_again_after_reassessment
    made = []
    for topic, when, standings, result in learning:
        adjusts = after_adjusts or topic is not ReasonTopic.AFTER_REASSESSMENT
        conditions = individual or learning_conditions(standings, result, settings, adjusts=adjusts)
        outcome = _outcome(result, standings)
        made.append(Reason(topic, f"Kết quả học tập {when}", outcome, conditions))
    made.append(_conduct(pupil, found))
    made.append(
        Reason(
            ReasonTopic.TITLE,
            "Khen thưởng cuối năm",
            _title_outcome(found),
            individual or _title_conditions(found, periods.year),
        )
    )
    made.append(
        Reason(
            ReasonTopic.PROMOTION,
            "Xét lên lớp",
            found.promotion.label(grade),
            (*individual, *_promotion_conditions(pupil, found)),
        )
    )
    return tuple(made)


def _outcome(result: LearningResult | None, standings: Sequence[Standing]) -> str:
    if result is None:
        return UNKNOWN
    if result.raised_by is None:
        return result.final
    name = next(subject.name for subject, _ in standings if subject.key == result.raised_by)
    return f"{result.final} (điều chỉnh từ mức {result.base} do môn {name})"


def _individual_plan(pupil: PupilYear) -> tuple[Condition, ...]:
    exempt = [subject.name for subject in pupil.subjects if subject.exempt is not None]
    if not exempt:
        return ()
    return (
        Condition(
            cite(ID, 12, 4),
            f"học sinh được miễn môn {', '.join(exempt)} theo kế hoạch giáo dục cá nhân: "
            "kết quả do Hiệu trưởng quyết định, chương trình không tự tính",
            None,
        ),
    )


def _conduct(pupil: PupilYear, found: PupilResults) -> Reason:
    hk1, hk2 = pupil.conduct.hk1, pupil.conduct.hk2
    clause = cite(ID, 8)
    texts = f"học kì I: {hk1 or 'chưa có'}; học kì II: {hk2 or 'chưa có'}"
    conditions = [
        Condition(
            clause,
            f"{texts} → cả năm: {found.conduct_year or 'chưa xác định'}",
            None if found.conduct_year is None else True,
        )
    ]
    conditions += _better_level(hk1, hk2, found.conduct_year)
    if pupil.conduct.after_summer is not None:
        conditions.append(
            Condition(
                cite(ID, 13),
                f"sau rèn luyện trong kì nghỉ hè: {pupil.conduct.after_summer}",
                pupil.conduct.after_summer != words.CHUA_DAT,
            )
        )
    return Reason(
        ReasonTopic.CONDUCT,
        "Kết quả rèn luyện cả năm",
        found.conduct_final or UNKNOWN,
        tuple(conditions),
    )


def _better_level(hk1: str | None, hk2: str | None, reached: str | None) -> list[Condition]:
    """What the two semesters would have to be for the next better level of the table."""
    if reached is None or reached == words.TOT:
        return []
    wanted = words.LEVELS[words.LEVELS.index(reached) - 1]
    rows = []
    for second, row in words.YEAR_TABLE.items():
        firsts = [first for first, year in zip(words.LEVELS, row, strict=True) if year == wanted]
        if firsts:
            rows.append(f"học kì II {second} và học kì I {' / '.join(firsts)}")
    text = f"cần {'; hoặc '.join(rows)}: có học kì II {hk2}, học kì I {hk1}"
    return [Condition(cite(ID, 8), text, False, f"Mức {wanted}")]


def _title_outcome(found: PupilResults) -> str:
    if found.titles.year is not None:
        return found.titles.year
    learning = None if found.learning_year is None else found.learning_year.final
    # One level below Tốt settles it, whatever the other one will be.
    refused = any(level not in (None, words.TOT) for level in (learning, found.conduct_year))
    return "Không có danh hiệu" if refused else UNKNOWN


def _title_conditions(found: PupilResults, year: Sequence[Standing]) -> tuple[Condition, ...]:
    clause = cite(ID, 15, 1, "a")
    learning = found.learning_year
    level = None if learning is None else learning.final
    known = all(value is not None for _, value in year)
    count = excellent_subjects(year)
    enough = count >= SUBJECTS_WANTED
    good = [
        ("kết quả rèn luyện cả năm Tốt", found.conduct_year),
        ("kết quả học tập cả năm Tốt", level),
    ]
    base = [
        (f"cần {text}: {value or 'chưa có'}", None if value is None else value == words.TOT)
        for text, value in good
    ]
    excellent = Condition(
        clause,
        f"cần ít nhất {SUBJECTS_WANTED} môn có ĐTBmcn từ 9,0: có {count} môn",
        enough if known or enough else None,
        EXCELLENT_PUPIL,
    )
    about = EXCELLENT_PUPIL if found.titles.year == EXCELLENT_PUPIL else GOOD_PUPIL
    return (*(Condition(clause, text, met, about) for text, met in base), excellent)


def _promotion_conditions(pupil: PupilYear, found: PupilResults) -> list[Condition]:
    learning = found.learning_final
    level = None if learning is None or found.learning_year is None else learning.final
    conduct = None if found.conduct_year is None else found.conduct_final
    absences = pupil.absences
    conditions = [
        Condition(
            cite(ID, 12, 1, point),
            f"cần {what} cả năm từ Đạt trở lên: {value or 'chưa có'}",
            None if value is None else value != words.CHUA_DAT,
        )
        for point, what, value in (
            ("a", "kết quả rèn luyện", conduct),
            ("b", "kết quả học tập", level),
        )
    ]
    counted = "chưa có số liệu" if absences is None else f"{absences} buổi"
    conditions.append(
        Condition(
            cite(ID, 12, 1, "c"),
            f"nghỉ không quá {MOST_ABSENCES} buổi: {counted}",
            None if absences is None else absences <= MOST_ABSENCES,
        )
    )
    conditions.extend(_what_next(pupil, found))
    return conditions


def _what_next(pupil: PupilYear, found: PupilResults) -> list[Condition]:
    """What the circular does with a pupil who is not promoted at once."""
    names = {subject.key: subject.name for subject in pupil.subjects}
    listed = ", ".join(names[key] for key in found.reassess)
    if pupil.absences is not None and pupil.absences > MOST_ABSENCES:
        if found.promotion is not Promotion.RETAINED:
            return []
        text = f"nghỉ quá {MOST_ABSENCES} buổi thì không được lên lớp, không xét trong hè"
        return [Condition(cite(ID, 12, 3), text, False)]
    if found.learning_year is None or found.conduct_year is None or pupil.absences is None:
        return []
    learning_failed = found.learning_year.final == words.CHUA_DAT
    conduct_failed = found.conduct_year == words.CHUA_DAT
    if learning_failed and conduct_failed:
        if found.promotion is Promotion.RETAINED:
            text = "cùng Chưa đạt thì không được lên lớp, theo quy định của trường"
            return [Condition(cite(ID, 14), text, False)]
        text = (
            "học tập và rèn luyện cùng Chưa đạt: Thông tư không nói rõ có được kiểm tra, "
            "đánh giá lại hay không"
        )
        return [Condition(cite(ID, 14), text, None)]
    if learning_failed:
        waiting = None if found.promotion is Promotion.REASSESS else found.promotion
        met = None if waiting is None else waiting is Promotion.PROMOTED
        subjects = listed or "không có môn nào"
        text = f"môn Chưa đạt hoặc có ĐTBmcn dưới 5,0 phải kiểm tra, đánh giá lại: {subjects}"
        return [Condition(cite(ID, 14), text, met)]
    if conduct_failed:
        after = pupil.conduct.after_summer
        text = f"rèn luyện trong kì nghỉ hè, kết quả mới: {after or 'chưa có'}"
        return [Condition(cite(ID, 13), text, None if after is None else after != words.CHUA_DAT)]
    return []
