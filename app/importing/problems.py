"""A problem of one row or cell of a file: which row, which column, which value, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The row or cell cannot be taken."""
    WARNING = "warning"
    """It can be taken; somebody must look first."""
    NOTE = "note"
    """The program mended or left out something and says so."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem as shown in the check step; `excel_row` is 0 for the file as a whole."""

    excel_row: int
    column_label: str
    value: str
    reason: str
    severity: Severity
    code: str

    @property
    def sentence(self) -> str:
        """Row, column, value and reason in one line."""
        place = f"Dòng {self.excel_row}" if self.excel_row else "Cả tệp"
        if self.column_label:
            place += f", {self.column_label}"
        value = f" “{self.value}”" if self.value else ""
        return f"{place}{value}: {self.reason}"
