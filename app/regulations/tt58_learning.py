"""TT58/2011 as amended, Điều 11 và 13: ĐTB các môn học, học lực and its adjustment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.marks import CHUA_DAT
from app.domain.subjects import SubjectKind
from app.regulations.base import LearningResult, SubjectYear
from app.regulations.rounding import half_up
from app.regulations.tt58_settings import Tt58Settings

GIOI = "Giỏi"
KHA = "Khá"
TRUNG_BINH = "Trung bình"
YEU = "Yếu"
KEM = "Kém"

LEVELS = (GIOI, KHA, TRUNG_BINH, YEU, KEM)
"""Loại học lực, best first; a rank is an index here."""

WORST = len(LEVELS) - 1

Standing = tuple[SubjectYear, int | None]
"""A subject that counts in a period, and its result there."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a level asks for (Điều 13): marks in tenths, inclusive.

    `leading` is wanted of one of Toán, Ngữ văn, Ngoại ngữ and of the môn chuyên of a lớp chuyên;
    None when neither matters.
    """

    level: str
    paragraph: int
    mean: int
    leading: int | None
    every: int
    comments_pass: bool


REQUIREMENTS = (
    Requirement(GIOI, 1, mean=80, leading=80, every=65, comments_pass=True),
    Requirement(KHA, 2, mean=65, leading=65, every=50, comments_pass=True),
    Requirement(TRUNG_BINH, 3, mean=50, leading=50, every=35, comments_pass=True),
    Requirement(YEU, 4, mean=35, leading=None, every=20, comments_pass=False),
)

RAISES = {(0, 2): 1, (0, 3): 2, (1, 3): 2, (1, 4): 3}
"""Điều 13, khoản 6: (rank the mean reaches, rank it fell to) -> rank it becomes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What Điều 13 looks at in one period; marks in tenths.

    `core` is the best of Toán, Ngữ văn, Ngoại ngữ, None when none of them counts.
    `has_specialised` says whether a môn chuyên is asked for; `specialised` is its result, None
    when it does not count.
    """

    mean: int
    core: int | None
    has_specialised: bool
    specialised: int | None
    lowest: int
    failed_comments: int


def mean(standings: Sequence[Standing]) -> int | None:
    """ĐTB các môn học in tenths, half up, every mark subject once (Điều 11).

    None while a mark is missing, or when no mark subject counts.
    """
    total = count = 0
    for subject, value in standings:
        if subject.kind is SubjectKind.MARKS:
            if value is None:
                return None
            total += value
            count += 1
    return half_up(total, count) if count else None


def picture(standings: Sequence[Standing], specialised: str | None) -> Picture | None:
    """What Điều 13 looks at; None while any result is missing or no mark subject counts."""
    average = mean(standings)
    if average is None or any(value is None for _, value in standings):
        return None
    core = chosen = lowest = None
    failed = 0
    for subject, value in standings:
        if value is None:
            continue
        if subject.kind is SubjectKind.COMMENTS:
            failed += value == CHUA_DAT
            continue
        lowest = value if lowest is None else min(lowest, value)
        if subject.core:
            core = value if core is None else max(core, value)
        if subject.key == specialised:
            chosen = value
    return Picture(average, core, specialised is not None, chosen, lowest or 0, failed)


def leads(seen: Picture, wanted: Requirement) -> bool:
    """Whether the mean, one of the three subjects and the môn chuyên reach the level."""
    if seen.mean < wanted.mean:
        return False
    if wanted.leading is None:
        return True
    if seen.core is None or seen.core < wanted.leading:
        return False
    if not seen.has_specialised:
        return True
    return seen.specialised is not None and seen.specialised >= wanted.leading


def base_rank(seen: Picture) -> int:
    """Rank of the level before adjustment (khoản 1 to 5): the first requirement that holds."""
    for rank, wanted in enumerate(REQUIREMENTS):
        if wanted.comments_pass and seen.failed_comments:
            continue
        if leads(seen, wanted) and seen.lowest >= wanted.every:
            return rank
    return WORST


def judge(
    standings: Sequence[Standing],
    specialised: str | None,
    settings: Tt58Settings,
    *,
    adjust: bool = True,
) -> LearningResult | None:
    """Học lực of one period from the subjects that count in it.

    None while any result is missing, or when no mark subject counts. `specialised` is the key of
    the môn chuyên. `adjust=False` leaves khoản 6 out.
    """
    seen = picture(standings, specialised)
    if seen is None:
        return None
    rank = base_rank(seen)
    if adjust:
        raised = raise_of(standings, seen, rank, settings)
        if raised is not None:
            return LearningResult(LEVELS[rank], LEVELS[raised[0]], raised[1].key)
    return LearningResult(LEVELS[rank], LEVELS[rank])


def raise_of(
    standings: Sequence[Standing], seen: Picture, rank: int, settings: Tt58Settings
) -> tuple[int, SubjectYear] | None:
    """The rank khoản 6 gives instead and the one subject that caused the fall; None without."""
    for reached in (0, 1):
        wanted = REQUIREMENTS[reached]
        becomes = RAISES.get((reached, rank))
        if becomes is None or not leads(seen, wanted):
            continue
        from_gioi = seen.mean >= REQUIREMENTS[0].mean
        if (reached, rank) == (1, WORST) and from_gioi and not settings.kha_row_covers_gioi:
            continue
        short = below(standings, wanted)
        if len(short) != 1:
            continue
        cause = short[0]
        if cause.kind is SubjectKind.MARKS or settings.comment_subject_counts_for_raise:
            return becomes, cause
    return None


def below(standings: Sequence[Standing], wanted: Requirement) -> list[SubjectYear]:
    """Subjects whose own result misses the level, in order."""
    return [
        subject
        for subject, value in standings
        if value is not None
        and (value == CHUA_DAT if subject.kind is SubjectKind.COMMENTS else value < wanted.every)
    ]
