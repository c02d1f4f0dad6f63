"""Văn bản of the school about its record books: kinds, texts with fields, who sits on a board.

Layout and kinds follow Nghị định 30/2020/NĐ-CP, Phụ lục I and III. A text is plain lines: "# "
begins a heading, "= " a centred line; "{{năm học}}" is a field that live data fills, and a line
that is nothing but one field may become a table. "..." alone is a dotted line to write on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import AccountId
from app.domain.papers import BasisUse, DocumentKind
from app.text import clean

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")


class LetterKind(StrEnum):
    """The papers this program drafts, in the order in which a school issues them."""

    BOARD = "board"
    RULES_DECISION = "rules_decision"
    RULES = "rules"
    KEEPERS = "keepers"
    PLAN = "plan"
    TEST_PLAN = "test_plan"
    PROOF = "proof"
    SUBMISSION = "submission"
    COVERING = "covering"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """What the paper is, without the school year."""
        return _LABELS[self]

    @property
    def document(self) -> DocumentKind:
        """Its kind in the register and at its head."""
        return _DOCUMENTS[self]

    @property
    def numbered(self) -> bool:
        """Whether it has a number of its own; quy chế goes out with its decision."""
        return self is not LetterKind.RULES

    @property
    def use(self) -> BasisUse:
        """Which of the year's grounds it cites."""
        return _USES.get(self.document, BasisUse.PLANS)

    @property
    def run_kind(self) -> str:
        """Its kind among the print runs."""
        return f"letter_{self.value}"


_LABELS = {
    LetterKind.BOARD: "Quyết định thành lập Ban quản lý sổ điểm điện tử",
    LetterKind.RULES_DECISION: "Quyết định ban hành Quy chế sổ điểm điện tử",
    LetterKind.RULES: "Quy chế quản lý, sử dụng sổ điểm điện tử",
    LetterKind.KEEPERS: "Quyết định phân công tổ phụ trách sổ điểm điện tử",
    LetterKind.PLAN: "Kế hoạch ghi điểm, lưu điểm và in sổ điểm điện tử",
    LetterKind.TEST_PLAN: "Kế hoạch kiểm tra, đánh giá học sinh",
    LetterKind.PROOF: "Quyết định cử người kiểm dò",
    LetterKind.SUBMISSION: "Tờ trình về việc sử dụng sổ điểm điện tử",
    LetterKind.COVERING: "Công văn gửi đĩa phần mềm và hồ sơ sổ điểm điện tử",
    LetterKind.MEETING: "Biên bản họp về sổ điểm điện tử",
}
_DOCUMENTS = {
    LetterKind.BOARD: DocumentKind.DECISION,
    LetterKind.RULES_DECISION: DocumentKind.DECISION,
    LetterKind.RULES: DocumentKind.RULES,
    LetterKind.KEEPERS: DocumentKind.DECISION,
    LetterKind.PLAN: DocumentKind.PLAN,
    LetterKind.TEST_PLAN: DocumentKind.PLAN,
    LetterKind.PROOF: DocumentKind.DECISION,
    LetterKind.SUBMISSION: DocumentKind.SUBMISSION,
    LetterKind.COVERING: DocumentKind.LETTER,
    LetterKind.MEETING: DocumentKind.MINUTES,
}
_USES = {
    DocumentKind.DECISION: BasisUse.DECISIONS,
    DocumentKind.RULES: BasisUse.DECISIONS,
    DocumentKind.MINUTES: BasisUse.MINUTES,
}


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a school may word itself: trích yếu, Kính gửi, text, Nơi nhận; lists are one a line."""

    about: str
    body: str
    recipients: str
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """One version of a paper's words; version 0 is the one the program ships."""

    kind: LetterKind
    version: int
    words: LetterWords
    written_by: str = ""
    written_at: datetime | None = None


class Board(StrEnum):
    """Groups of people a decision sets up."""

    MANAGEMENT = "management"
    KEEPERS = "keepers"

    @property
    def label(self) -> str:
        """As decisions name it."""
        return {
            Board.MANAGEMENT: "Ban quản lý sổ điểm điện tử",
            Board.KEEPERS: "Tổ phụ trách sổ điểm điện tử",
        }[self]

    @property
    def least(self) -> int:
        """How many people it needs: the first a head, a secretary and a member; the second two."""
        return 3 if self is Board.MANAGEMENT else 2


BOARD_OF = {LetterKind.BOARD: Board.MANAGEMENT, LetterKind.KEEPERS: Board.KEEPERS}
"""Which board a decision sets up."""


class Seat(StrEnum):
    """What somebody is on a board, in the order of its table."""

    HEAD = "head"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"

    @property
    def label(self) -> str:
        """As written in the decision's table."""
        return {
            Seat.HEAD: "Trưởng ban",
            Seat.DEPUTY: "Phó trưởng ban",
            Seat.SECRETARY: "Thư ký",
            Seat.MEMBER: "Thành viên",
        }[self]

    def label_on(self, board: Board) -> str:
        """The same on a given board: a tổ has a tổ trưởng."""
        label = self.label
        if board is Board.MANAGEMENT:
            return label
        return {Seat.HEAD: "Tổ trưởng", Seat.DEPUTY: "Tổ phó"}.get(self, label)


@dataclass(frozen=True, slots=True)
class BoardMember:
    """Họ tên, chức vụ, vai trò trong ban, nhiệm vụ (M95); `account_id` None: no account here."""

    seat: Seat
    full_name: str
    office: str
    duty: str
    account_id: AccountId | None = None


def board_gaps(
    board: Board, members: tuple[BoardMember, ...], managers: frozenset[AccountId]
) -> tuple[str, ...]:
    """What the board still lacks; `managers` hold the office of hiệu trưởng or phó hiệu trưởng.

    M95: a head from the management, a secretary, three people. M170: "có CBQL, chi tiết cụ thể phân
    công" asks for a manager and a duty for everybody.
    """
    gaps = []
    if len(members) < board.least:
        gaps.append(f"ít nhất {board.least} người (mới có {len(members)})")
    heads = [one for one in members if one.seat is Seat.HEAD]
    if len(heads) != 1:
        gaps.append(f"đúng một {Seat.HEAD.label_on(board).lower()}")
    if board is Board.MANAGEMENT:
        if any(head.account_id not in managers for head in heads):
            gaps.append("trưởng ban là hiệu trưởng hoặc phó hiệu trưởng")
        if all(one.seat is not Seat.SECRETARY for one in members):
            gaps.append("một thư ký")
    elif all(one.account_id not in managers for one in members):
        gaps.append("một cán bộ quản lý (hiệu trưởng hoặc phó hiệu trưởng)")
    idle = [one.full_name for one in members if not one.duty]
    if idle:
        gaps.append(f"nhiệm vụ của {', '.join(idle)}")
    return tuple(gaps)


def fields_in(text: str) -> Iterator[str]:
    """Names of the fields a text uses, cleaned, in their order."""
    for found in _FIELD.finditer(text):
        yield field_name(found[1])


def field_name(written: str) -> str:
    """The name as it is looked up: "{{ Năm  học }}" is năm học."""
    return clean(written).lower()


def lone_field(line: str) -> str:
    """The field that makes up the whole line; "" for any other line."""
    found = _FIELD.fullmatch(line.strip())
    return field_name(found[1]) if found else ""


def fill(text: str, values: dict[str, str]) -> str:
    """The text with its fields filled; one without a value becomes dots."""
    return _FIELD.sub(lambda found: values.get(field_name(found[1])) or DOTS, text)


DOTS = "…………"
"""Room to write by hand inside a sentence."""
DOTTED_LINE = "..."
"""A line of a text that is a whole dotted line on paper."""
