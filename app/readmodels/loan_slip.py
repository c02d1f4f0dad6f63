"""Phiếu mượn, trả sổ: one loan of a printed book that is kept at the school.

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class LoanSlip:
    """The loan; `back_on` and `back_note` are empty until the book came back."""

    school: SchoolLines
    day: int
    month: int
    year: int
    school_year: str
    run_number: str
    title: str
    code: str
    pages: int
    keeper: str
    place: str
    borrower: str
    purpose: str
    lent_on: str
    due_on: str
    back_on: str
    back_note: str
    lender: str
    principal: str


def loan_slip_digest(slip: LoanSlip) -> DataDigest:
    """The data digest of the slip as it is to be printed."""
    return data_digest({"form": "loan_slip", "facts": slip})
