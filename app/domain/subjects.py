"""Môn học: how a subject, or one column of it, is judged, and which entry columns it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import SubjectId
from app.domain.mark_columns import first_issue_codes, first_issue_title, first_issue_words
from app.domain.periods import EntryTerm, Term
from app.regulations.primary_columns import (
    FLAG_TITLES,
    FLAG_WORDS,
    LEVEL_CODE,
    SCORE_CODE,
    TRAIT_NAMES,
)


class SubjectKind(StrEnum):
    """How a subject is judged.

    Secondary: đánh giá bằng nhận xét, or bằng nhận xét kết hợp điểm số (TT22/2021, Điều 5).
    Primary: a môn học has LEVELS (T, H, C) and phẩm chất, năng lực have TRAITS (T, Đ, C)
    (TT27/2020, Điều 6); SCORES, SCORES_FROM_1 (Điểm KTĐK) and FLAGS ("x") are kinds of single
    columns only: `Subject.kind_of`.
    """

    MARKS = "marks"
    COMMENTS = "comments"
    LEVELS = "levels"
    TRAITS = "traits"
    SCORES = "scores"
    SCORES_FROM_1 = "scores_from_1"
    FLAGS = "flags"

    @property
    def is_primary(self) -> bool:
        """Whether only primary schools judge so."""
        return self not in (SubjectKind.MARKS, SubjectKind.COMMENTS)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as one class, or one grade, of one school year studies it.

    `periods` is the year's number of lessons without chuyên đề; `tx_count` is the number of ĐĐGtx
    a term wants, already resolved (the circular's, or the school's own with `tx_reason`).
    `optional`: môn tự chọn. `elective`: môn lựa chọn, of which a class takes some. `topics`: the
    term whose ĐĐGtx are one more because the class studies the subject's cụm chuyên đề. Both
    `topics` and `specialised` (môn chuyên) are facts of a class, never of a grade. `dk_count`:
    the KTđk a term has under TT58/2011 as first issued; 0 where it has one giữa kì instead.
    """

    id: SubjectId
    code: str
    name: str
    short_name: str
    kind: SubjectKind
    position: int
    periods: int
    tx_count: int
    tx_reason: str = ""
    terms: frozenset[EntryTerm] = frozenset(Term)
    optional: bool = False
    elective: bool = False
    topics: Term | None = None
    specialised: bool = False
    dk_count: int = 0

    @property
    def chosen(self) -> bool:
        """Whether a class studies it only by choice: môn lựa chọn or môn tự chọn."""
        return self.elective or self.optional

    def columns(self, term: Term) -> tuple[str, ...]:
        """Column codes of a term; none in a term that is not taught.

        The result of a cụm chuyên đề is one ĐĐGtx more (TT22/2021, Điều 6, khoản 3).
        """
        if term not in self.terms:
            return ()
        return column_codes(self.tx_count + (self.topics is term), self.dk_count)

    def kind_of(self, code: str) -> SubjectKind:
        """How the column `code` of this subject is judged."""
        if self.kind is SubjectKind.LEVELS and code == SCORE_CODE:
            return SubjectKind.SCORES
        if self.kind is SubjectKind.TRAITS and code in FLAG_WORDS:
            return SubjectKind.FLAGS
        return self.kind


@dataclass(frozen=True, slots=True)
class PupilChoices:
    """How a pupil's subjects differ from those of the class; `specialised` replaces its own."""

    not_taken: frozenset[SubjectId] = frozenset()
    specialised: SubjectId | None = None


AS_THE_CLASS = PupilChoices()


def is_required(code: str) -> bool:
    """Whether an empty cell of the column is missing data."""
    return code not in FLAG_WORDS


def missing_words(kind: SubjectKind) -> str:
    """What an empty cell of the subject lacks, inside a sentence."""
    return {
        SubjectKind.LEVELS: "thiếu mức đạt được hoặc điểm KTĐK",
        SubjectKind.TRAITS: "thiếu mức",
    }.get(kind, "thiếu điểm")


def column_codes(tx_count: int, dk_count: int = 0) -> tuple[str, ...]:
    """Column codes of one term in the order of the paper: tx1..txN, gk, ck.

    With `dk_count` those of TT58/2011 as first issued: m1, v1.., dk1.., hk.
    """
    if dk_count:
        return first_issue_codes(tx_count, dk_count)
    return (*(f"tx{n}" for n in range(1, tx_count + 1)), "gk", "ck")


def column_title(code: str) -> str:
    """Heading of an entry column on screen and paper ("tx2" -> "ĐĐGtx2", "gk" -> "ĐĐGgk")."""
    found = FLAG_TITLES.get(code) or _PRIMARY_TITLES.get(code) or TRAIT_NAMES.get(code)
    return found or first_issue_title(code) or f"ĐĐG{code}"


_PRIMARY_TITLES = {LEVEL_CODE: "Mức đạt được", SCORE_CODE: "Điểm KTĐK"}
_PRIMARY_WORDS = {LEVEL_CODE: "mức đạt được", SCORE_CODE: "điểm kiểm tra định kì"}
_COLUMN_WORDS = {
    "gk": "giữa kì",
    "ck": "cuối kì",
    "avg": "điểm trung bình",
    "level": "mức rèn luyện của học kì",
    "excused": "số buổi nghỉ có phép",
    "unexcused": "số buổi nghỉ không phép",
}


def column_words(code: str) -> str:
    """The column said in words, for refusals and guards."""
    primary = FLAG_WORDS.get(code) or _PRIMARY_WORDS.get(code) or TRAIT_NAMES.get(code)
    found = primary or first_issue_words(code)
    if found:
        return found
    if code.startswith("tx"):
        return f"thường xuyên lần {code[2:]}"
    return _COLUMN_WORDS[code]
