"""A class roster as read from a file: clean rows and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.importing.fields import Field
from app.importing.problems import Severity

if TYPE_CHECKING:
    from datetime import date

    from app.domain.pupils import PupilProfile
    from app.importing.problems import RowProblem

PLAIN_FIELDS = (
    Field.ETHNICITY,
    Field.BIRTHPLACE,
    Field.ADDRESS,
    Field.PRIORITY_GROUP,
    Field.FATHER,
    Field.FATHER_JOB,
    Field.MOTHER,
    Field.MOTHER_JOB,
    Field.NOTE,
    Field.GUARDIAN,
    Field.GUARDIAN_JOB,
    Field.HOMETOWN,
    Field.RESIDENCE,
    Field.INCLUSION_DOCUMENT,
)
"""Profile fields taken as plain text."""

PHONES = (Field.PHONE, Field.FATHER_PHONE, Field.MOTHER_PHONE, Field.GUARDIAN_PHONE)
EMAILS = (Field.FATHER_EMAIL, Field.MOTHER_EMAIL, Field.GUARDIAN_EMAIL)

ROSTER_FIELDS = (
    Field.FULL_NAME,
    Field.BIRTH_DATE,
    Field.SEX,
    Field.MINISTRY_CODE,
    Field.PERSONAL_ID,
    *PHONES,
    *PLAIN_FIELDS,
    *EMAILS,
    Field.INCLUSION,
    Field.PERSONAL_ID_VERIFIED_ON,
)
"""Every profile field that a roster may fill."""


@dataclass(frozen=True, slots=True)
class RosterContext:
    """What the target class is; None or 0 switches the check that needs it off.

    `first_year` is the year in which the school year begins (2025 for 2025-2026); `today` dates a
    column that only says "Đã xác thực".
    """

    class_name: str = ""
    grade: int | None = None
    first_year: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One pupil as the file describes them; blanks of the file are "" and None."""

    excel_row: int
    order: int | None
    profile: PupilProfile


@dataclass(frozen=True, slots=True)
class RosterDraft:
    """What a file offers for one class.

    `rows` holds every pupil row, bad ones too; `good_rows` those without an ERROR. Blank, total and
    signature lines are left out and only counted.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[RowProblem, ...]
    fields: frozenset[Field]
    """Fields the file has a column for: a blank elsewhere says nothing."""
    blank_lines: int
    total_lines: int
    other_lines: int
    notes: tuple[str, ...] = ()

    @property
    def bad_rows(self) -> frozenset[int]:
        """Excel numbers of the rows with an ERROR."""
        return frozenset(
            p.excel_row for p in self.problems if p.severity is Severity.ERROR and p.excel_row
        )

    @property
    def good_rows(self) -> tuple[RosterRow, ...]:
        """Rows that can be taken."""
        bad = self.bad_rows
        return tuple(row for row in self.rows if row.excel_row not in bad)

    def reasons(self, excel_row: int) -> str:
        """All ERROR reasons of a row in one text, for the exported bad rows."""
        return "; ".join(
            f"{p.column_label}: {p.reason}" if p.column_label else p.reason
            for p in self.problems
            if p.excel_row == excel_row and p.severity is Severity.ERROR
        )
