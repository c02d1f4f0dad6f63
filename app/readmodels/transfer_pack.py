"""Gói chuyển trường: what the receiving school needs of a pupil who leaves during the year.

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

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


def transfer_pack_digest(pack: TransferPack) -> DataDigest:
    """The data digest of the pack as it is to be printed."""
    return data_digest({"form": "transfer_pack", "facts": pack})
