"""Đóng mở sổ as a screen tells it: the four locks of every class, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.ids import AssessmentId, ClassId, SchoolYearId, SubjectId
from app.domain.locks import EntryWindow, LateOpening
from app.domain.periods import PRIMARY_TERMS, EntryTerm, Period
from app.domain.year_end import SignOff


class LockState(StrEnum):
    """Whether one fact lets a hand through today; NONE: nothing was decided yet."""

    OPEN = "open"
    SHUT = "shut"
    WAITING = "waiting"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LockFact:
    """One lock of one class: its state, the words for it, and whose decision it was."""

    state: LockState
    words: str
    note: str = ""


NO_FACT = LockFact(LockState.NONE, "")
"""Of a period that a class does not have."""


@dataclass(frozen=True, slots=True)
class ClassLockRow:
    """A class in the matrix; none of the facts overwrites another.

    `windows` and `closes` follow the periods the class closes.
    """

    class_id: ClassId
    class_name: str
    periods: tuple[Period, ...]
    windows: tuple[LockFact, ...]
    closes: tuple[LockFact, ...]
    columns: LockFact
    seal: LockFact

    @property
    def primary(self) -> bool:
        """Whether the class has the four kỳ of primary classes."""
        return self.periods == PRIMARY_TERMS

    def window(self, period: Period) -> LockFact:
        """The entry window of a period; NO_FACT for one the class does not have."""
        return self.windows[self.periods.index(period)] if period in self.periods else NO_FACT

    def close(self, period: Period) -> LockFact:
        """The close of a period; NO_FACT for one the class does not have."""
        return self.closes[self.periods.index(period)] if period in self.periods else NO_FACT


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The last day of cases that a review meeting settles; `by_rule`: nobody set another."""

    day: date | None
    by_rule: bool


@dataclass(frozen=True, slots=True)
class LockMatrix:
    """Every class of a year, the entry windows, and the last days of ordinary cases."""

    year_name: str
    windows: tuple[EntryWindow, ...]
    rows: tuple[ClassLockRow, ...]
    cutoffs: dict[Period, date | None]
    """Of every period that some class closes, in the order of the year."""
    reviews: dict[Period, ReviewDay]
    """Of those that a review meeting ends."""

    @property
    def kinds(self) -> tuple[bool, ...]:
        """Whether there are primary classes (True), secondary ones (False), or both."""
        return tuple(sorted({row.primary for row in self.rows}, reverse=True))


@dataclass(frozen=True, slots=True)
class ColumnState:
    """One mark column of a subject; `note` says who locked it and by which decision."""

    assessment_id: AssessmentId
    code: str
    title: str
    term: EntryTerm
    locked: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubjectColumns:
    """A subject's columns of both terms."""

    subject_id: SubjectId
    name: str
    columns: tuple[ColumnState, ...]

    def of_term(self, term: EntryTerm) -> dict[str, ColumnState]:
        """The term's columns by code."""
        return {column.code: column for column in self.columns if column.term is term}


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """What a close left behind: who, when, by which decision, and the two codes to compare."""

    period: Period
    by: str
    on: str
    decision_no: str
    digest_code: str
    checkpoint_code: str


@dataclass(frozen=True, slots=True)
class ClassLockPanel:
    """One class in detail. `openings` are the late openings still in force or to come.

    `closers` are those whose signature closes: (sign-in name, name).
    """

    class_id: ClassId
    school_year_id: SchoolYearId
    class_name: str
    subjects: tuple[SubjectColumns, ...]
    closed: dict[Period, ClosedPeriod]
    openings: tuple[LateOpening, ...]
    closers: tuple[tuple[str, str], ...]
    sealed: bool
    lock_chip: str
    chip_open: bool
    periods: tuple[Period, ...] = (Period.HK1, Period.HK2)
    """Periods the class closes, in order."""
    signed: dict[Period, SignOff] = field(default_factory=dict)
    """The last signature of the principal on each period, voided ones too."""

    @property
    def primary(self) -> bool:
        """Whether the class has the four kỳ of primary classes."""
        return self.periods == PRIMARY_TERMS

    def next_sign(self) -> Period | None:
        """The last closed period without a standing signature; None when all are signed."""
        for period in (Period.HE, *reversed(self.periods)):
            if period in self.closed:
                signed = self.signed.get(period)
                return None if signed is not None and signed.stands else period
        return None

    def next_close(self) -> Period | None:
        """The period that may be closed next; None when all are."""
        return next((p for p in self.periods if p not in self.closed), None)
