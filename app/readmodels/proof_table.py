"""Bảng phân công kiểm dò on paper.

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class ProofTableRow:
    """One class x subject: who teaches it, who proof-reads it."""

    class_name: str
    subject: str
    teacher: str
    reader: str


@dataclass(frozen=True, slots=True)
class ProofTable:
    """Who proof-reads what in a period."""

    school: SchoolLines
    school_year: str
    period: str
    day: int
    month: int
    year: int
    rows: tuple[ProofTableRow, ...]
    principal: str
    maker: str


def proof_table_digest(table: ProofTable) -> DataDigest:
    """The data digest of the table as it is to be printed."""
    return data_digest({"form": "proof_table", "facts": table})
