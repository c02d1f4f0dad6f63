"""Hồ sơ sửa điểm as a screen tells it: names instead of ids, whose turn it is, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.case_rules import Proof
from app.domain.corrections import CaseAbout, CaseKind, Correction, Step
from app.domain.ids import AccountId, CorrectionId
from app.domain.periods import EntryTerm
from app.readmodels.mark_sheet import CellKey


def place_words(column: str, term: EntryTerm | None) -> str:
    """A column with its term, if it has one; a day needs none."""
    return column if term is None or column.startswith("Ngày ") else f"{column} {term.words}"


class Turn(StrEnum):
    """Whose act a case waits for."""

    REGISTER = "register"
    CHECK = "check"
    DECIDE = "decide"
    APPLY = "apply"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class CaseCell:
    """One cell of a case; `old` and `new` as shown ("" is an empty cell).

    `term` is None for what stands outside terms. `moved`: the cell no longer holds `old`, so the
    case cannot go on.
    """

    key: CellKey
    position: int
    pupil: str
    column: str
    term: EntryTerm | None
    old: str
    new: str
    moved: bool = False

    @property
    def place(self) -> str:
        """Column and term: "ĐĐGck học kì I", "Ngày 05/10/2026"."""
        return place_words(self.column, self.term)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list. `cutoff` is the last ordinary day of the case's periods, if set."""

    id: CorrectionId
    number: int
    step: Step
    turn: Turn
    class_name: str
    subject_name: str
    cells: tuple[CaseCell, ...]
    requester: str
    requested_at: datetime
    cutoff: date | None
    unlocked_until: datetime | None
    ended_at: datetime | None
    mine: bool
    for_me: bool
    kind: CaseKind = CaseKind.MARKS
    explained: bool = False

    def is_expired(self, now: datetime) -> bool:
        """Whether its cells have shut by time while the case still says they are open."""
        return (
            self.step is Step.APPROVED
            and self.unlocked_until is not None
            and now > self.unlocked_until
        )


@dataclass(frozen=True, slots=True)
class KnockOn:
    """A result that follows from a pupil's marks, before and after; "–" while not known."""

    pupil: str
    what: str
    old: str
    new: str

    @property
    def changes(self) -> bool:
        """Whether the case moves it."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Party:
    """A person of a case with the duty that stands under the name."""

    account_id: AccountId
    uid: str
    name: str
    duty: str


@dataclass(frozen=True, slots=True)
class CaseActs:
    """What the person looking may press; the services decide again."""

    check: bool = False
    register: bool = False
    decide: bool = False
    apply: bool = False
    explain: bool = False
    add_scan: bool = False
    withdraw: bool = False
    print_minutes: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case whole.

    `approvers` may decide it (leaders who neither asked nor checked), the proposed one first;
    `witnesses` are proposed, `people` are all names to choose from. `proofs` are the two pieces of
    evidence by name, `scans` what was taken in of them.
    """

    row: CaseRow
    case: Correction
    year_name: str
    requester: Party
    registrar: Party | None
    checker: Party | None
    approver: Party | None
    knock_on: tuple[KnockOn, ...]
    may: CaseActs
    approvers: tuple[Party, ...]
    witnesses: tuple[Party, ...]
    people: tuple[Party, ...]
    unlock_minutes: int
    lock_chip: str
    chip_open: bool
    proofs: tuple[str, str]
    least_witnesses: int
    register_proposal: str
    scans: tuple[ScanLine, ...] = ()

    @property
    def about(self) -> CaseAbout:
        """Kind, class and subject."""
        return self.case.about

    @property
    def in_time(self) -> bool:
        """Whether it was declared by the cut-off; True when none is set."""
        return self.row.cutoff is None or self.row.requested_at.date() <= self.row.cutoff

    @property
    def cells_stand(self) -> bool:
        """Whether every cell still holds its old value."""
        return not any(cell.moved for cell in self.row.cells)


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One scanned page of evidence; its bytes are asked for when it is looked at."""

    id: int
    name: str
    media: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell somebody wants corrected; `problem` is the sentence why it cannot be, or ""."""

    key: CellKey
    position: int
    pupil: str
    column: str
    term: EntryTerm | None
    old: str
    problem: str = ""
    is_mark: bool = True

    @property
    def place(self) -> str:
        """Column and term."""
        return place_words(self.column, self.term)


@dataclass(frozen=True, slots=True)
class DeclarationDraft:
    """What the declaration starts from; `past_cutoff` asks for the reason of an exception.

    `hint` is an example of a value.
    """

    about: CaseAbout
    class_name: str
    subject_name: str
    hint: str
    proofs: tuple[Proof, Proof]
    cells: tuple[DraftCell, ...]
    cutoff: date | None
    past_cutoff: bool
