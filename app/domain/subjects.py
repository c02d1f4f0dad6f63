"""Môn học: how a subject is judged and which mark columns it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import SubjectId
from app.domain.periods import Term


class SubjectKind(StrEnum):
    """Đánh giá bằng nhận xét, or bằng nhận xét kết hợp điểm số (TT22/2021, Điều 5)."""

    MARKS = "marks"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as one class, or one grade, of one school year studies it.

    `periods` is the year's number of lessons without chuyên đề; `tx_count` is the number of ĐĐGtx
    a term wants, already resolved (the circular's, or the school's own with `tx_reason`).
    `optional`: môn tự chọn. `elective`: môn lựa chọn, of which a class takes some. `topics`: the
    term whose ĐĐGtx are one more because the class studies the subject's cụm chuyên đề. Both
    `topics` and `specialised` (môn chuyên) are facts of a class, never of a grade.
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
    terms: frozenset[Term] = frozenset(Term)
    optional: bool = False
    elective: bool = False
    topics: Term | None = None
    specialised: bool = False

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
        return column_codes(self.tx_count + (self.topics is term))


@dataclass(frozen=True, slots=True)
class PupilChoices:
    """How a pupil's subjects differ from those of the class; `specialised` replaces its own."""

    not_taken: frozenset[SubjectId] = frozenset()
    specialised: SubjectId | None = None


AS_THE_CLASS = PupilChoices()


def column_codes(tx_count: int) -> tuple[str, ...]:
    """Column codes of one term in the order of the paper: tx1..txN, gk, ck."""
    return (*(f"tx{n}" for n in range(1, tx_count + 1)), "gk", "ck")


def column_title(code: str) -> str:
    """Heading of a mark column on screen and paper ("tx2" -> "ĐĐGtx2", "gk" -> "ĐĐGgk")."""
    return f"ĐĐG{code}"


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
    if code.startswith("tx"):
        return f"thường xuyên lần {code[2:]}"
    return _COLUMN_WORDS[code]
