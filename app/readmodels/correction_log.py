"""Two papers over many cases: Nhật ký sửa điểm of a month, Sổ theo dõi sử dụng sổ điểm điện tử.

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """One case in the log: what was asked, what came of it, what the teacher explains.

    `changes` is a line a cell; `explanation` is empty until somebody explained.
    """

    number: str
    day: str
    matter: str
    changes: tuple[str, ...]
    reason: str
    outcome: str
    explanation: str


@dataclass(frozen=True, slots=True)
class TeacherCases:
    """The cases one person asked for."""

    name: str
    duty: str
    cases: tuple[LoggedCase, ...]


@dataclass(frozen=True, slots=True)
class CorrectionLog:
    """Nhật ký sửa điểm from `first` to `last` (days as printed), by teacher (M68, M69)."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    school_year: str
    first: str
    last: str
    teachers: tuple[TeacherCases, ...]
    changed_cells: int
    principal: str
    maker: str

    @property
    def count(self) -> int:
        """How many cases."""
        return sum(len(teacher.cases) for teacher in self.teachers)

    @property
    def explained(self) -> int:
        """How many of them are explained."""
        return sum(bool(c.explanation) for teacher in self.teachers for c in teacher.cases)


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """One numbered line of the follow-up book, with room to sign (M188)."""

    ordinal: int
    registered: str
    requester: str
    matter: str
    changes: tuple[str, ...]
    decision: str
    times: str


@dataclass(frozen=True, slots=True)
class FollowUpBook:
    """Sổ theo dõi sử dụng sổ điểm điện tử of a school year; refused and withdrawn cases stay."""

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    school_year: str
    lines: tuple[FollowedCase, ...]
    principal: str
    maker: str


def correction_log_digest(log: CorrectionLog) -> DataDigest:
    """The data digest of the log as it is to be printed."""
    return data_digest({"form": "correction_log", "facts": log})


def follow_up_digest(paper: FollowUpBook) -> DataDigest:
    """The data digest of the follow-up book as it is to be printed."""
    return data_digest({"form": "follow_up_book", "facts": paper})
