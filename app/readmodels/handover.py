"""Biên bản bàn giao học sinh of a primary class: everything the printed minutes say, as text.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class HandoverPupil:
    """One line: result, hoàn thành chương trình lớp học ("x"), what the receiver should know."""

    position: int
    name: str
    birth_date: str
    result: str
    completed: str
    strengths: str
    limits: str
    support: str


@dataclass(frozen=True, slots=True)
class Handover:
    """The minutes of one class; `to_secondary` for lớp 5, whose receiver is a THCS school.

    `receiver` and `receiving_class` are "" where they are written by hand. `counts` are sentences;
    `papers` what is handed over with the pupils.
    """

    school: SchoolLines
    number: str
    day: int
    month: int
    year: int
    class_name: str
    grade: int
    school_year: str
    circular: str
    to_secondary: bool
    receiving_class: str
    receiver: str
    homeroom_teacher: str
    principal: str
    has_result: bool
    counts: tuple[str, ...]
    pupils: tuple[HandoverPupil, ...]
    papers: tuple[str, ...]


def handover_digest(minutes: Handover) -> DataDigest:
    """The data digest of the minutes as they are to be printed."""
    return data_digest({"form": "handover", "facts": minutes})
