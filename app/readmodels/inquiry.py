"""An answer to one of the ten questions: sentences first, then the facts line by line.

Field names of `InquiryPaper` take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest
from app.domain.inquiries import Question, Verdict

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of the facts; `share` is its part of the width, `centred` short figures."""

    title: str
    share: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the file says to one question. Every row has a text for each column."""

    question: Question
    verdict: Verdict
    sentences: tuple[str, ...]
    columns: tuple[AnswerColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """An answer as printed."""

    number: int
    question: str
    verdict: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    shares: tuple[int, ...]
    centred: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class InquiryPaper:
    """Phiếu trả lời: one question or all ten, about a school year or one class of it."""

    school: SchoolLines
    school_year: str
    day: int
    month: int
    year: int
    scope: str
    parts: tuple[AnswerPart, ...]
    trail_end: str
    principal: str
    maker: str


def inquiry_digest(paper: InquiryPaper) -> DataDigest:
    """The data digest of the paper as it is to be printed."""
    return data_digest({"form": "inquiry", "facts": paper})


def printed_part(answer: Answer) -> AnswerPart:
    """The answer as its paper tells it."""
    return AnswerPart(
        answer.question.value,
        answer.question.words,
        answer.verdict.value,
        answer.sentences,
        tuple(column.title for column in answer.columns),
        tuple(column.share for column in answer.columns),
        tuple(int(column.centred) for column in answer.columns),
        answer.rows,
    )
