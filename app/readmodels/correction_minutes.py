"""Biên bản sửa điểm: one finished correction case as its paper tells it.

Times are texts as printed ("08 giờ 10 phút ngày 12/01/2026"). Field names take part in the data
digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines
    from app.readmodels.minutes import Person


@dataclass(frozen=True, slots=True)
class CorrectedValue:
    """One cell that changed; `old` is "trống" for a cell that was empty."""

    position: int
    pupil: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CorrectionMinutes:
    """One case: several cells of one class, subject and reason.

    `number` is empty when the office writes it by hand. `exception` is the reasoned decision for
    a case after the cut-off date, or empty. Trail facts let an inspector find the entries.
    `bases` are the "Căn cứ" lines without their final sign. `act` says what kind of correction it
    is, `subject` is empty for what belongs to none; `registered` is văn thư's number and day.
    """

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    began: str
    ended: str
    venue: str
    chair: Person
    secretary: Person
    attendees: tuple[Person, ...]
    case_number: str
    class_name: str
    school_year: str
    subject: str
    period: str
    values: tuple[CorrectedValue, ...]
    requester: Person
    declared: str
    reason: str
    evidence: tuple[str, ...]
    checker: Person
    check_result: str
    approver: Person
    decision: str
    decided: str
    exception: str
    witnesses: tuple[Person, ...]
    unlocked: str
    relocked: str
    trail_entries: str
    checkpoint_code: str
    bases: tuple[str, ...] = ()
    act: str = "sửa điểm"
    registered: str = ""


def correction_digest(minutes: CorrectionMinutes) -> DataDigest:
    """The data digest of the minutes as they are to be printed."""
    return data_digest({"form": "correction_minutes", "facts": minutes})
