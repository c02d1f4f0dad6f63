"""Sổ theo dõi trả học bạ of a class: each pupil, the day, who received it, room to sign (M53).

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class ReturnedBooklet:
    """One pupil; `on` and `recipient` are empty while the học bạ is at the school."""

    position: int
    name: str
    birth_date: str
    on: str = ""
    recipient: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookletReturns:
    """The register of a class. `whole_class`: who took everybody's at once, "" when nobody did."""

    school: SchoolLines
    day: int
    month: int
    year: int
    class_name: str
    school_year: str
    rows: tuple[ReturnedBooklet, ...]
    whole_class: str
    homeroom_teacher: str
    principal: str
    maker: str

    @property
    def returned(self) -> int:
        """How many went out, each noted by name."""
        return sum(bool(row.on) for row in self.rows)


def booklet_returns_digest(paper: BookletReturns) -> DataDigest:
    """The data digest of the register as it is to be printed."""
    return data_digest({"form": "booklet_returns", "facts": paper})
