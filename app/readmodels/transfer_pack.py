"""Gói chuyển trường: what the receiving school needs of a pupil who leaves during the year.

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest
from app.domain.mark_columns import TEST_HEADS
from app.regulations.tt58_first_issue import TT58_FIRST_ISSUE

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class PackSubject:
    """One subject in one term: marks or levels as in the book, "" where nothing was entered."""

    name: str
    regular: str
    midterm: str
    final: str
    result: str
    comment: str


@dataclass(frozen=True, slots=True)
class PackTerm:
    """One term to date; `closed` says whether its results are final."""

    title: str
    closed: bool
    subjects: tuple[PackSubject, ...]
    learning: str
    conduct: str
    comment: str
    excused: str
    unexcused: str


@dataclass(frozen=True, slots=True)
class TransferPack:
    """One pupil; `number` is empty when the office writes it by hand."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    name: str
    birth_date: str
    sex: str
    birthplace: str
    ministry_code: str
    class_name: str
    school_year: str
    circular: str
    joined: str
    left: str
    new_school: str
    document: str
    reason: str
    terms: tuple[PackTerm, ...]
    homeroom_teacher: str
    principal: str
    learning_word: str = "Học tập"
    conduct_word: str = "Rèn luyện"
    book_name: str = "Sổ theo dõi và đánh giá học sinh"

    @property
    def test_heads(self) -> tuple[str, str, str]:
        """What the circular calls its tests of hệ số 1, 2 and 3."""
        return TEST_HEADS[self.circular == TT58_FIRST_ISSUE.number]

    @property
    def learning_label(self) -> str:
        """As "Kết quả học tập"; TT58/2011 says "Học lực" alone."""
        return _label(self.learning_word, "Học tập")

    @property
    def conduct_label(self) -> str:
        """As "Kết quả rèn luyện"; TT58/2011 says "Hạnh kiểm" alone."""
        return _label(self.conduct_word, "Rèn luyện")


def _label(word: str, of_2021: str) -> str:
    return f"Kết quả {word.lower()}" if word == of_2021 else word


def transfer_pack_digest(pack: TransferPack) -> DataDigest:
    """The data digest of the pack as it is to be printed."""
    facts = {field.name: getattr(pack, field.name) for field in fields(pack)}
    if pack.conduct_word == "Rèn luyện":
        # The words of TT22/2021, the only ones there were before these fields.
        for name in ("learning_word", "conduct_word", "book_name"):
            del facts[name]
    return data_digest({"form": "transfer_pack", "facts": facts})
