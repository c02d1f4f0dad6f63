"""Kiểm dò: a second person compares the sheet with the paper book, cell by cell (M9, M33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import AccountId, AssessmentId, ClassId, PupilId, SubjectId
from app.domain.periods import PRIMARY_TERMS, Period, entry_term

PROOF_PERIODS = (Period.HK1, Period.HK2, *PRIMARY_TERMS)
"""Periods that are proof-read: those with entry columns. HK2 means the columns of học kì II."""

Post = tuple[ClassId, SubjectId]
CellAt = tuple[AssessmentId, PupilId]


def proof_words(period: Period) -> str:
    """The period as a sentence of kiểm dò names it: "học kì II", "giữa học kì I"."""
    return entry_term(period.value).words


class RemarkState(StrEnum):
    """How far a remark is; only RESOLVED lets the period close."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"

    @property
    def label(self) -> str:
        """Word of the state."""
        return {
            RemarkState.OPEN: "Chưa trả lời",
            RemarkState.ANSWERED: "Đã trả lời, chờ xem lại",
            RemarkState.RESOLVED: "Đã giải quyết",
        }[self]


class ComparedWith(StrEnum):
    """What a column was compared with."""

    PAPER = "paper"
    SECOND_ENTRY = "second_entry"
    LIST = "list"

    @property
    def words(self) -> str:
        """Completes "đối chiếu bằng …"."""
        return {
            ComparedWith.PAPER: "dò từng ô với sổ giấy",
            ComparedWith.SECOND_ENTRY: "gõ lại lần hai",
            ComparedWith.LIST: "danh sách đã công bố",
        }[self]


@dataclass(frozen=True, slots=True)
class ProofAssignment:
    """Who proof-reads a class x subject in a period.

    `confirmed_at` is set while the reader's confirmation stands; `voided_why` says what took a
    former one back.
    """

    id: int
    class_id: ClassId
    subject_id: SubjectId
    period: Period
    reader: AccountId
    reader_name: str
    confirmed_at: datetime | None = None
    voided_at: datetime | None = None
    voided_why: str = ""

    @property
    def post(self) -> Post:
        """Class and subject."""
        return self.class_id, self.subject_id


@dataclass(frozen=True, slots=True)
class ProofTick:
    """A cell the reader found right; it stands as long as the cell still reads `seen`."""

    assessment_id: AssessmentId
    pupil_id: PupilId
    seen: str


@dataclass(frozen=True, slots=True)
class ColumnProof:
    """Đã đối chiếu sổ giấy: a whole column, by a person, on a day."""

    assessment_id: AssessmentId
    by: AccountId
    name: str
    at: datetime
    how: ComparedWith = ComparedWith.PAPER


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader found wrong in one cell, and how it was settled.

    `seen` is the cell as it was then; `paper` what the paper says, "" when not legible or empty.
    """

    id: int
    class_id: ClassId
    subject_id: SubjectId
    assessment_id: AssessmentId
    pupil_id: PupilId
    seen: str
    paper: str
    text: str
    state: RemarkState
    by: AccountId
    by_name: str
    at: datetime
    answer: str = ""
    answered_name: str = ""
    answered_at: datetime | None = None
    resolution: str = ""
    resolved_name: str = ""
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be given sheets to read: what they teach decides which ones never."""

    account_id: AccountId
    name: str
    department: str
    teaches: frozenset[Post]
    homeroom: frozenset[ClassId]

    def owns(self, post: Post) -> bool:
        """Whether the sheet is the person's own: taught by them, or of their homeroom class."""
        return post in self.teaches or post[0] in self.homeroom

    def teaches_in(self, class_id: ClassId) -> bool:
        """Whether the person teaches anything in the class."""
        return any(taught == class_id for taught, _ in self.teaches)


def propose(
    posts: Sequence[Post],
    readers: Iterable[Reader],
    departments: Mapping[Post, str],
    load: Mapping[AccountId, int] | None = None,
) -> dict[Post, AccountId]:
    """A reader for each sheet, never one's own sheet or homeroom class; the load is spread evenly.

    Preferred, in this order: somebody who teaches nothing in that class (M9 asks for "not one's own
    class"), who has the fewest sheets so far, who is of the same department and so knows the
    subject. A sheet that everybody owns is left out. The same input gives the same table.
    """
    given = dict(load or {})
    everybody = sorted(readers, key=lambda r: r.account_id)
    found: dict[Post, AccountId] = {}
    for post in posts:
        able = [reader for reader in everybody if not reader.owns(post)]
        if not able:
            continue
        wanted = departments.get(post, "")
        best = min(
            able,
            key=lambda r: (
                r.teaches_in(post[0]),
                given.get(r.account_id, 0),
                not wanted or r.department != wanted,
                r.account_id,
            ),
        )
        found[post] = best.account_id
        given[best.account_id] = given.get(best.account_id, 0) + 1
    return found


def unread(cells: Mapping[CellAt, str], ticks: Iterable[ProofTick]) -> list[CellAt]:
    """Cells that nobody found right as they read now: a changed cell has to be read again."""
    standing = {(t.assessment_id, t.pupil_id): t.seen for t in ticks}
    return [at for at, text in cells.items() if standing.get(at) != text]
