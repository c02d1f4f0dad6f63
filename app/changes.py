"""What a command changed, so that pages refresh by topic and none reloads everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Topic(Enum):
    """A kind of fact that a screen may show."""

    SCHOOL = "school"
    ACCOUNTS = "accounts"
    CLASSES = "classes"
    ROSTER = "roster"
    MARKS = "marks"
    RESULTS = "results"
    CONDUCT = "conduct"
    ATTENDANCE = "attendance"
    LOCKS = "locks"
    CORRECTIONS = "corrections"
    PRINTS = "prints"
    SEALS = "seals"
    BACKUPS = "backups"
    SETTINGS = "settings"
    PROOFS = "proofs"
    TRAIL = "trail"


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Outcome of one committed command.

    `summary` is a short Vietnamese phrase for the status bar ("Đã lưu 315 ô"); `seq` is the trail
    entry's number; `payload` is whatever the caller of that command expects back, a recovery code
    among others, so it is never shown by `repr`.
    """

    topics: frozenset[Topic]
    seq: int
    summary: str = ""
    class_id: int | None = None
    payload: object = field(default=None, compare=False, repr=False)
