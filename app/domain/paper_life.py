"""Đời của một bản in: who signs it in which order, seal, binding, keeping, lending, handing out.

A run of paper goes through the steps of its kind one after the other (M52, M62, M226, M229): a
later step waits for the earlier ones. What happened is a list of events that is only ever added to;
what was noted wrongly is taken back by another event, with a reason, the last step first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.ids import AccountId, PrintRunId, PupilId
from app.domain.print_runs import (
    ACCOUNT_LIST,
    BOOKLET_RETURNS,
    CHECK_MINUTES,
    CLASS_BOOK,
    CLASS_BOOK_ATTENDANCE,
    CLASS_BOOK_CONFIRMATION,
    CLASS_BOOK_MARKS,
    CLASS_BOOK_OPENING,
    CORRECTION_LOG,
    CORRECTION_MINUTES,
    DEPARTMENT_REPORT,
    HANDOVER,
    INQUIRY,
    LOAN_SLIP,
    MEDIUM_COVER,
    PERMISSION_SHEET,
    PRIMARY_SUMMARY,
    REMINDERS,
    REPORT_BOOKLET,
    REPORT_BOOKLET_OPENING,
    REPORT_BOOKLET_YEAR,
    RESULT_SLIP,
    TEACHER_BOOK,
    TEACHER_BOOK_BLANK,
    TRANSFER_PACK,
    YEAR_LISTS,
)


class PaperStep(StrEnum):
    """A station of a paper, in the order it is passed."""

    TEACHERS = "teachers"
    HOMEROOM = "homeroom"
    PRINCIPAL = "principal"
    STAMP = "stamp"
    BIND = "bind"
    HAND_IN = "hand_in"
    STORE = "store"
    HAND_OUT = "hand_out"

    @property
    def label(self) -> str:
        """Heading of its column on the board."""
        return _LABELS[self]

    @property
    def words(self) -> str:
        """What is done: "giáo viên bộ môn ký"."""
        return _WORDS[self]

    @property
    def is_signature(self) -> bool:
        """Whether somebody signs the sheets."""
        return self in SIGNATURES


_LABELS = {
    PaperStep.TEACHERS: "GVBM",
    PaperStep.HOMEROOM: "GVCN",
    PaperStep.PRINCIPAL: "HT",
    PaperStep.STAMP: "Dấu",
    PaperStep.BIND: "Đóng",
    PaperStep.HAND_IN: "Nộp",
    PaperStep.STORE: "Lưu",
    PaperStep.HAND_OUT: "Trả",
}
_WORDS = {
    PaperStep.TEACHERS: "giáo viên bộ môn ký",
    PaperStep.HOMEROOM: "giáo viên chủ nhiệm ký",
    PaperStep.PRINCIPAL: "hiệu trưởng ký",
    PaperStep.STAMP: "đóng dấu, giáp lai",
    PaperStep.BIND: "đóng tập",
    PaperStep.HAND_IN: "giáo viên nộp sổ",
    PaperStep.STORE: "cất vào nơi lưu",
    PaperStep.HAND_OUT: "trả học sinh",
}
SIGNATURES = (PaperStep.TEACHERS, PaperStep.HOMEROOM, PaperStep.PRINCIPAL)
"""The three levels of signature (M52)."""

_BOOKLET = tuple(step for step in PaperStep if step is not PaperStep.HAND_IN)
_BOOK = _BOOKLET[:-1]
_TEACHERS_OWN = (
    PaperStep.TEACHERS,
    PaperStep.PRINCIPAL,
    PaperStep.STAMP,
    PaperStep.HAND_IN,
    PaperStep.STORE,
)
_LETTER = (PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.STORE)
_STEPS: Mapping[str, tuple[PaperStep, ...]] = {
    CLASS_BOOK: _BOOK,
    CLASS_BOOK_MARKS: _BOOK,
    PRIMARY_SUMMARY: _BOOK,
    CLASS_BOOK_OPENING: _BOOK[1:],
    CLASS_BOOK_ATTENDANCE: _BOOK[1:],
    CORRECTION_MINUTES: (PaperStep.TEACHERS, *_LETTER),
    CORRECTION_LOG: (PaperStep.TEACHERS, *_LETTER),
    YEAR_LISTS: (PaperStep.HOMEROOM, *_LETTER),
    HANDOVER: (PaperStep.TEACHERS, PaperStep.HOMEROOM, *_LETTER),
    PERMISSION_SHEET: (PaperStep.PRINCIPAL, PaperStep.STORE),
    ACCOUNT_LIST: (PaperStep.PRINCIPAL, PaperStep.STORE),
    MEDIUM_COVER: (PaperStep.STORE,),
    TRANSFER_PACK: (PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.HAND_OUT),
    # The delegation takes it along; slips and reports go from hand to hand and into the tổ's file.
    INQUIRY: (PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.HAND_OUT),
    REMINDERS: (PaperStep.STORE,),
    DEPARTMENT_REPORT: (PaperStep.STORE,),
    CHECK_MINUTES: (PaperStep.TEACHERS, *_LETTER),
    CLASS_BOOK_CONFIRMATION: (PaperStep.TEACHERS, PaperStep.HOMEROOM, *_LETTER),
    # Học bạ go back to the pupils in the end (M53); their first pages have no teachers to sign.
    REPORT_BOOKLET: _BOOKLET,
    REPORT_BOOKLET_YEAR: _BOOKLET,
    REPORT_BOOKLET_OPENING: (*_LETTER, PaperStep.HAND_OUT),
    # Signed when the year begins, with its teacher all year, handed in at its end (M32, M193).
    TEACHER_BOOK_BLANK: _TEACHERS_OWN,
    TEACHER_BOOK: _TEACHERS_OWN,
    RESULT_SLIP: (PaperStep.HOMEROOM, PaperStep.PRINCIPAL, PaperStep.STAMP, PaperStep.HAND_OUT),
    BOOKLET_RETURNS: (PaperStep.HOMEROOM, *_LETTER),
    LOAN_SLIP: (PaperStep.STORE,),
}


def steps_of(kind: str) -> tuple[PaperStep, ...]:
    """The stations of a kind of paper; a letter's for a kind that has none of its own."""
    return _STEPS.get(kind, _LETTER)


class PaperAct(StrEnum):
    """What an event says."""

    DONE = "done"
    TAKEN_BACK = "taken_back"
    MOVED = "moved"
    LENT = "lent"
    CAME_BACK = "came_back"
    DISCARDED = "discarded"
    RESTORED = "restored"

    @property
    def label(self) -> str:
        """Words on screen and paper."""
        return {
            PaperAct.DONE: "Ghi nhận",
            PaperAct.TAKEN_BACK: "Gỡ ghi nhận",
            PaperAct.MOVED: "Chuyển nơi lưu",
            PaperAct.LENT: "Cho mượn",
            PaperAct.CAME_BACK: "Nhận trả",
            PaperAct.DISCARDED: "Hủy bản giấy",
            PaperAct.RESTORED: "Dùng lại bản giấy",
        }[self]


@dataclass(frozen=True, slots=True)
class PaperEvent:
    """One line of a run's life, never changed afterwards.

    `on` is the day it happened, `at` the moment it was written down. `person` is whose signature
    it is (TEACHERS); `people` the signer's, keeper's, borrower's or recipient's name; `place` where
    it is kept; `note` a reason, a purpose or a document; `due_on` when a loan comes back; `pupil`
    whose học bạ of a whole class's was handed out.
    """

    run_id: PrintRunId
    act: PaperAct
    at: datetime
    by: AccountId
    on: date
    step: PaperStep | None = None
    person: AccountId | None = None
    people: str = ""
    place: str = ""
    note: str = ""
    due_on: date | None = None
    pupil: PupilId | None = None


@dataclass(frozen=True, slots=True)
class PaperSigner:
    """Somebody whose signature belongs on the sheets."""

    account_id: AccountId
    name: str


class StepState(StrEnum):
    """How far one step is."""

    NONE = "none"
    TODO = "todo"
    CURRENT = "current"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PaperLife:
    """Everything known of one run's paper; `events` the oldest first.

    `signers` are the teachers whose names the sheets carry, as of the day of printing.
    `pupils` counts those whose học bạ a class's run holds, 0 where it is of one pupil.
    `approved_on` is the day of the principal's signature on screen (`sign_off`), which is that
    step's only proof where `approved_on_screen`.
    """

    run_id: PrintRunId
    kind: str
    printed_at: datetime
    signers: tuple[PaperSigner, ...] = ()
    events: tuple[PaperEvent, ...] = ()
    approved_on_screen: bool = False
    approved_on: date | None = None
    pupils: int = 0
    _standing: tuple[PaperEvent, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_standing", _fold(self.events))

    @property
    def steps(self) -> tuple[PaperStep, ...]:
        """The stations of this kind of paper."""
        return steps_of(self.kind)

    def noted(self, step: PaperStep) -> tuple[PaperEvent, ...]:
        """What stands written of a step."""
        return tuple(e for e in self._standing if e.step is step and e.act is PaperAct.DONE)

    @property
    def last_noted(self) -> PaperEvent | None:
        """The step noted last that still stands: the one that may be taken back."""
        done = (e for e in reversed(self._standing) if e.act is PaperAct.DONE)
        return next(done, None)

    def missing(self) -> tuple[PaperSigner, ...]:
        """Teachers who have not signed yet, in the order they were given."""
        signed = {event.person for event in self.noted(PaperStep.TEACHERS)}
        return tuple(one for one in self.signers if one.account_id not in signed)

    def is_done(self, step: PaperStep) -> bool:
        """Whether the paper has passed a station."""
        if step is PaperStep.TEACHERS and self.signers:
            return not self.missing()
        if step is PaperStep.PRINCIPAL and self.approved_on_screen:
            return self.approved_on is not None
        if step is PaperStep.HAND_OUT and self.pupils:
            # A line without a pupil's name stands for the whole class.
            noted = self.noted(step)
            named = {event.pupil for event in noted}
            return None in named or len(named) >= self.pupils
        return bool(self.noted(step))

    @property
    def with_teacher(self) -> bool:
        """Whether its teacher writes in it until the year ends."""
        return self.discarded is None and self.current is PaperStep.HAND_IN

    @property
    def current(self) -> PaperStep | None:
        """The station it waits at; None when it has passed them all."""
        return next((step for step in self.steps if not self.is_done(step)), None)

    def state(self, step: PaperStep) -> StepState:
        """What the board draws in the step's column."""
        if step not in self.steps:
            return StepState.NONE
        if self.is_done(step):
            return StepState.DONE
        return StepState.CURRENT if step is self.current else StepState.TODO

    @property
    def discarded(self) -> PaperEvent | None:
        """The event that put the paper aside; None while it is used."""
        turns = (PaperAct.DISCARDED, PaperAct.RESTORED)
        last = next((e for e in reversed(self.events) if e.act in turns), None)
        return last if last is not None and last.act is PaperAct.DISCARDED else None

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to sign, seal, bind or put it away.

        Handing out of what is stored is no such wait: học bạ lies in its cupboard for years; nor
        is a book that its teacher uses.
        """
        kept = self.current is PaperStep.HAND_OUT and PaperStep.STORE in self.steps
        idle = kept or self.with_teacher
        return self.discarded is None and self.current is not None and not idle

    @property
    def waits_since(self) -> date:
        """The day it came to the station it waits at."""
        days = [e.on for e in self._standing if e.act is PaperAct.DONE]
        days += [] if self.approved_on is None else [self.approved_on]
        return max((self.printed_at.date(), *days))

    @property
    def _kept(self) -> PaperEvent | None:
        acts = (PaperAct.DONE, PaperAct.MOVED)
        kept = (e for e in self._standing if e.step is PaperStep.STORE and e.act in acts)
        return next(reversed(tuple(kept)), None)

    @property
    def keeper(self) -> str:
        """Who keeps it; "" while it is not stored."""
        return "" if self._kept is None else self._kept.people

    @property
    def place(self) -> str:
        """Where it is kept; "" while it is not stored."""
        return "" if self._kept is None else self._kept.place

    @property
    def loan(self) -> PaperEvent | None:
        """The loan that has not come back."""
        last = next(
            (e for e in reversed(self._standing) if e.act in (PaperAct.LENT, PaperAct.CAME_BACK)),
            None,
        )
        return last if last is not None and last.act is PaperAct.LENT else None

    def loan_overdue(self, today: date) -> bool:
        """Whether it should have come back before today."""
        loan = self.loan
        return loan is not None and loan.due_on is not None and loan.due_on < today


def _fold(events: tuple[PaperEvent, ...]) -> tuple[PaperEvent, ...]:
    """What stands: taking back removes the last note of that step, and of that person if named."""
    standing: list[PaperEvent] = []
    for event in events:
        if event.act is not PaperAct.TAKEN_BACK:
            standing.append(event)
            continue
        for at in range(len(standing) - 1, -1, -1):
            noted = standing[at]
            same = noted.act is PaperAct.DONE and noted.step is event.step
            if same and event.person in (None, noted.person):
                del standing[at]
                break
        if event.step is PaperStep.STORE:
            # Where it was moved to afterwards goes with it.
            standing = [e for e in standing if e.act is not PaperAct.MOVED]
    return tuple(standing)
