"""Sổ theo dõi bản in: every numbered run of a school year, and where its paper is (M62).

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class RegisteredRun:
    """One line: number, day and person of the print, the paper, sheets, signatures, place, loan."""

    number: str
    printed: str
    title: str
    code: str
    pages: int
    copies: int
    signed: str
    kept: str
    lent: str


@dataclass(frozen=True, slots=True)
class PrintRegister:
    """The register of a year up to `day`/`month`/`year`, the oldest run first."""

    school: SchoolLines
    day: int
    month: int
    year: int
    school_year: str
    runs: tuple[RegisteredRun, ...]
    sheets: int
    waiting: int
    principal: str
    maker: str


def print_register_digest(paper: PrintRegister) -> DataDigest:
    """The data digest of the register as it is to be printed."""
    return data_digest({"form": "print_register", "facts": paper})
