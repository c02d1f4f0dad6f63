"""TT58/2011: the "Vì sao?" list of a pupil, conditions with numbers and the clause of each."""

from __future__ import annotations

from dataclasses import dataclass

from app.regulations import tt58_conduct as conduct_words
from app.regulations import tt58_learning as learning_words
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
from app.regulations.tt58_explain_learning import learning_conditions
from app.regulations.tt58_learning import Standing
from app.regulations.tt58_settings import Tt58Settings
from app.regulations.tt58_year_end import (
    ADVANCED_PUPIL,
    GOOD_PUPIL,
    MOST_ABSENCES,
    learning_good_enough,
)

ID = "TT58/2011"

NO_TITLE = "Không có danh hiệu"


@dataclass(frozen=True, slots=True)
class PeriodStandings:
    """The subjects that count in each period; `after` with the results of kiểm tra lại."""

    hk1: list[Standing]
    hk2: list[Standing]
    year: list[Standing]
    after: list[Standing]


def reasons(
    pupil: PupilYear,
    found: PupilResults,
    periods: PeriodStandings,
    settings: Tt58Settings,
    outcome: str,
    core_words: str,
) -> tuple[Reason, ...]:
    """Every reason of one pupil in the order a reader asks for them; `outcome` is that of xét lên
    lớp in words, `core_words` the subjects of which Điều 13 wants one to lead.
    """
    learning = [
        (ReasonTopic.LEARNING_HK1, "học kì I", periods.hk1, found.learning_hk1),
        (ReasonTopic.LEARNING_HK2, "học kì II", periods.hk2, found.learning_hk2),
        (ReasonTopic.LEARNING_YEAR, "cả năm", periods.year, found.learning_year),
    ]
    if found.after_reassessment is not None:
        learning.append(
            (
                ReasonTopic.AFTER_REASSESSMENT,
                "sau khi kiểm tra lại",
                periods.after,
                found.after_reassessment,
            )
        )
    made = []
    for topic, when, standings, result in learning:
        again = topic is ReasonTopic.AFTER_REASSESSMENT
        conditions = learning_conditions(
            standings,
            pupil.specialised,
            result,
            settings,
            core_words=core_words,
            adjusts=settings.raise_again_after_reassessment or not again,
        )
        made.append(Reason(topic, f"Học lực {when}", _outcome(result, standings), conditions))
    titles, conduct = found.titles, pupil.conduct
    made += [
        _title(ReasonTopic.TITLE_HK1, "học kì I", titles.hk1, found.learning_hk1, conduct.hk1),
        _title(ReasonTopic.TITLE_HK2, "học kì II", titles.hk2, found.learning_hk2, conduct.hk2),
        _conduct(pupil, found),
        _title(ReasonTopic.TITLE, "cả năm", titles.year, found.learning_year, found.conduct_year),
        Reason(
            ReasonTopic.PROMOTION,
            "Xét lên lớp",
            outcome,
            tuple(_promotion_conditions(pupil, found)),
        ),
    ]
    return tuple(made)


def _outcome(result: LearningResult | None, standings: list[Standing]) -> str:
    if result is None:
        return UNKNOWN
    if result.raised_by is None:
        return result.final
    name = next(subject.name for subject, _ in standings if subject.key == result.raised_by)
    return f"{result.final} (điều chỉnh từ loại {result.base} do môn {name})"


def _conduct(pupil: PupilYear, found: PupilResults) -> Reason:
    conduct = pupil.conduct
    text = (
        f"giáo viên chủ nhiệm ghi: {conduct.year or 'chưa có'}; chủ yếu căn cứ học kì II và sự "
        f"tiến bộ (học kì I: {conduct.hk1 or 'chưa có'}; học kì II: {conduct.hk2 or 'chưa có'})"
    )
    conditions = [Condition(cite(ID, 3), text, None if conduct.year is None else True)]
    if conduct.after_summer is not None:
        conditions.append(
            Condition(
                cite(ID, 17),
                f"sau rèn luyện trong hè: {conduct.after_summer}",
                conduct_words.good_enough(conduct.after_summer),
            )
        )
    outcome = found.conduct_final or UNKNOWN
    return Reason(ReasonTopic.CONDUCT, "Hạnh kiểm cả năm", outcome, tuple(conditions))


def _title(
    topic: ReasonTopic,
    when: str,
    title: str | None,
    learning: LearningResult | None,
    conduct: str | None,
) -> Reason:
    level = None if learning is None else learning.final
    better = (GOOD_PUPIL, 1, (conduct_words.TOT,), (learning_words.GIOI,))
    lesser = (
        ADVANCED_PUPIL,
        2,
        (conduct_words.TOT, conduct_words.KHA),
        (learning_words.GIOI, learning_words.KHA),
    )
    asked = {GOOD_PUPIL: (better,), ADVANCED_PUPIL: (lesser, better)}.get(title or "", (lesser,))
    conditions = []
    for name, paragraph, conducts, levels in asked:
        for what, value, wanted in (
            ("hạnh kiểm", conduct, conducts),
            ("học lực", level, levels),
        ):
            text = f"cần {what} {wanted[-1]}{' trở lên' if len(wanted) > 1 else ''}"
            met = None if value is None else value in wanted
            conditions.append(
                Condition(cite(ID, 18, paragraph), f"{text}: {value or 'chưa có'}", met, name)
            )
    # One of the two below Khá settles it, whatever the other one will be.
    refused = any(item.met is False for item in conditions)
    outcome = title or (NO_TITLE if refused else UNKNOWN)
    return Reason(topic, f"Danh hiệu {when}", outcome, tuple(conditions))


def _promotion_conditions(pupil: PupilYear, found: PupilResults) -> list[Condition]:
    learning = found.learning_final
    level = None if learning is None or found.learning_year is None else learning.final
    conduct = None if found.conduct_year is None else found.conduct_final
    absences = pupil.absences
    counted = "chưa có số liệu" if absences is None else f"{absences} buổi"
    return [
        Condition(
            cite(ID, 15, 1, "a"),
            f"cần hạnh kiểm từ Trung bình trở lên: {conduct or 'chưa có'}",
            None if conduct is None else conduct_words.good_enough(conduct),
        ),
        Condition(
            cite(ID, 15, 1, "a"),
            f"cần học lực từ Trung bình trở lên: {level or 'chưa có'}",
            None if level is None else learning_good_enough(level),
        ),
        Condition(
            cite(ID, 15, 1, "b"),
            f"nghỉ không quá {MOST_ABSENCES} buổi: {counted}",
            None if absences is None else absences <= MOST_ABSENCES,
        ),
        *_what_next(pupil, found),
    ]


def _what_next(pupil: PupilYear, found: PupilResults) -> list[Condition]:
    """What the circular does with a pupil who is not promoted at once."""
    refused = cite(ID, 15, 2)
    if pupil.absences is not None and pupil.absences > MOST_ABSENCES:
        text = f"nghỉ quá {MOST_ABSENCES} buổi thì không được lên lớp, không xét trong hè"
        return [Condition(refused, text, False)]
    if found.learning_year is None or found.conduct_year is None or pupil.absences is None:
        return []
    learning = found.learning_year.final
    learning_good = learning_good_enough(learning)
    conduct_good = conduct_words.good_enough(found.conduct_year)
    if learning == learning_words.KEM:
        text = "học lực cả năm loại Kém thì không được lên lớp, không kiểm tra lại"
        return [Condition(refused, text, False)]
    if not learning_good and not conduct_good:
        text = "học lực và hạnh kiểm cả năm cùng loại Yếu thì không được lên lớp"
        return [Condition(refused, text, False)]
    if not learning_good:
        names = {subject.key: subject.name for subject in pupil.subjects}
        listed = ", ".join(names[key] for key in found.reassess) or "không có môn nào"
        met = None
        if found.promotion is not Promotion.REASSESS:
            met = found.promotion is Promotion.PROMOTED
        text = f"được chọn để kiểm tra lại trong các môn có ĐTBcn dưới 5,0 hoặc CĐ: {listed}"
        return [Condition(cite(ID, 16), text, met)]
    if not conduct_good:
        after = pupil.conduct.after_summer
        text = f"rèn luyện hạnh kiểm trong hè, kết quả mới: {after or 'chưa có'}"
        met = None if after is None else conduct_words.good_enough(after)
        return [Condition(cite(ID, 17), text, met)]
    return []
