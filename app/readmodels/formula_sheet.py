"""Phiếu kiểm tra công thức as the paper tells it (M154).

Field names take part in the data digest (see `app.digests`): do not rename them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.digests import DataDigest, data_digest

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines


@dataclass(frozen=True, slots=True)
class FormulaAnswer:
    """One thing asked of an example, as printed."""

    what: str
    expected: str
    found: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """One example; `wrong` when any answer is."""

    given: str
    clause: str
    answers: tuple[FormulaAnswer, ...]

    @property
    def wrong(self) -> bool:
        """Whether the program answers anything otherwise."""
        return any(answer.wrong for answer in self.answers)


@dataclass(frozen=True, slots=True)
class FormulaPart:
    """The examples of one circular, under its official number and subject."""

    number: str
    subject: str
    rows: tuple[FormulaRow, ...]

    @property
    def failed(self) -> int:
        """Examples that the program answers otherwise."""
        return sum(row.wrong for row in self.rows)


@dataclass(frozen=True, slots=True)
class FormulaSheet:
    """Every example asked on one day, for an inspector's signature."""

    school: SchoolLines
    day: int
    month: int
    year: int
    parts: tuple[FormulaPart, ...]
    principal: str
    maker: str

    @property
    def total(self) -> int:
        """Examples asked."""
        return sum(len(part.rows) for part in self.parts)

    @property
    def failed(self) -> int:
        """Examples that the program answers otherwise."""
        return sum(part.failed for part in self.parts)


def formula_digest(sheet: FormulaSheet) -> DataDigest:
    """The data digest of the sheet as it is to be printed."""
    return data_digest({"form": "formula_sheet", "facts": sheet})
