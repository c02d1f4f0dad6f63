"""Biến động học sinh: coming, leaving, returning and changing class, each with day and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import AccountId, ClassId, PupilId


class MovementKind(StrEnum):
    """What moved a pupil into or out of a class."""

    TRANSFER_IN = "transfer_in"
    JOINED = "joined"
    RETURNED = "returned"
    MOVED_IN = "moved_in"
    TRANSFER_OUT = "transfer_out"
    DROPPED_OUT = "dropped_out"
    LEFT = "left"
    MOVED_OUT = "moved_out"

    @property
    def label(self) -> str:
        """Words on screen and in lists."""
        return _LABELS[self]

    @property
    def comes(self) -> bool:
        """Whether the class grew by it."""
        return self in _COMING

    @property
    def inside(self) -> bool:
        """Between two classes of the school: the school's count stays."""
        return self in (MovementKind.MOVED_IN, MovementKind.MOVED_OUT)


_COMING = frozenset(
    (
        MovementKind.TRANSFER_IN,
        MovementKind.JOINED,
        MovementKind.RETURNED,
        MovementKind.MOVED_IN,
    )
)
_LABELS = {
    MovementKind.TRANSFER_IN: "Chuyển trường đến",
    MovementKind.JOINED: "Vào lớp",
    MovementKind.RETURNED: "Trở lại",
    MovementKind.MOVED_IN: "Từ lớp khác sang",
    MovementKind.TRANSFER_OUT: "Chuyển trường đi",
    MovementKind.DROPPED_OUT: "Thôi học, bỏ học",
    MovementKind.LEFT: "Rời lớp, lý do khác",
    MovementKind.MOVED_OUT: "Sang lớp khác",
}

DEPARTURES = (MovementKind.TRANSFER_OUT, MovementKind.DROPPED_OUT, MovementKind.LEFT)
"""Ways out of the school that a person chooses from."""

ARRIVALS = (MovementKind.JOINED, MovementKind.TRANSFER_IN)
"""Ways into the school that a person chooses from."""


@dataclass(frozen=True, slots=True)
class MovementPaper:
    """The other school and the paper that goes with a pupil; both NFC and trimmed when stored."""

    school: str = ""
    document: str = ""


NO_PAPER = MovementPaper()


@dataclass(frozen=True, slots=True)
class Movement:
    """One step of a pupil into or out of one class.

    `other_class_id` is the class on the other side of a change of class. `entered_by` and
    `entered_at` are None for steps that a file older than this record only knew as dates.
    """

    class_id: ClassId
    pupil_id: PupilId
    kind: MovementKind
    on: date
    reason: str = ""
    paper: MovementPaper = NO_PAPER
    other_class_id: ClassId | None = None
    entered_by: AccountId | None = None
    entered_at: datetime | None = None
