"""What a correction case works on: one class's marks, rèn luyện, điểm danh or pupils' profiles.

The steps of a case (`corrections`) are the same for every kind; a target answers what differs: who
may declare, which cells are locked, what they hold now, and how approved values are written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.actor import Actor
from app.domain.corrections import (
    UNDECIDED,
    CaseAbout,
    CaseKind,
    Correction,
    CorrectionItem,
    FactItem,
    Step,
)
from app.domain.locks import ClassLocks
from app.domain.periods import EntryTerm, Period, Term, column_term, period_of
from app.domain.personal_id import masked, masked_pair
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.trail import CellChange
from app.errors import AccessDenied, RuleRefused, StaleData
from app.ports import UnitOfWork
from app.readmodels.correction_case import place_words
from app.readmodels.mark_sheet import CellKey
from app.services.sheet_facts import SheetFacts

EMPTY_WORD = "trống"


@dataclass(frozen=True, slots=True)
class ClassAtHand:
    """The class of a case as read in this transaction."""

    klass: SchoolClass
    year: SchoolYear
    entries: tuple[RosterEntry, ...]
    locks: ClassLocks
    now: datetime

    @property
    def today(self) -> date:
        """The day of the step."""
        return self.now.date()

    @classmethod
    def of(cls, facts: SheetFacts, now: datetime) -> ClassAtHand:
        """The same of a sheet already read."""
        return cls(facts.klass, facts.year, facts.entries, facts.locks, now)

    @classmethod
    def load(cls, uow: UnitOfWork, about: CaseAbout, now: datetime) -> ClassAtHand:
        """Class, year, roster and locks."""
        klass = uow.school.class_(about.class_id)
        return cls(
            klass,
            uow.school.year(klass.school_year_id),
            uow.roster.entries(about.class_id),
            uow.control.class_locks(about.class_id),
            now,
        )


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell of a case in words; `old` and `new` as shown, "" for an empty one.

    `was` and `becomes` are the same with the reason of a special state, as trail and minutes say
    it. `moved`: the cell no longer holds what the case says it holds.
    """

    key: CellKey
    position: int
    pupil: str
    column: str
    term: EntryTerm | None
    old: str
    new: str
    was: str
    becomes: str
    moved: bool

    @property
    def on_paper(self) -> CellWords:
        """The same as open papers print it: of a personal number its end only."""
        was, becomes = masked_pair(self.was, self.becomes)
        return replace(self, was=was, becomes=becomes)

    @property
    def place(self) -> str:
        """Column and term."""
        return place_words(self.column, self.term)

    @property
    def sentence(self) -> str:
        """The change in one line: "Nguyễn Văn An ĐĐGgk học kì I: 8,0 → 9,0"."""
        return f"{self.pupil} {self.place}: {self.was or EMPTY_WORD} → {self.becomes or EMPTY_WORD}"


def open_text(case: Correction, text: str) -> str:
    """A text of a case as papers that are sealed in the open print it.

    What is said of a pupil's own papers loses its numbers but for their ends.
    """
    return masked(text) if case.kind is CaseKind.PROFILE else text


Content = tuple[tuple[CorrectionItem, ...], tuple[FactItem, ...]]
"""What a case would change: marks, and facts that are texts."""


def term_of_field(field: str) -> EntryTerm:
    """The term a field closes with; "YEAR.level" closes with the second."""
    return Term.HK2 if field.startswith("YEAR") else column_term(field)


class CaseTarget(ABC):
    """One class and kind, read in the transaction of the step.

    What is written here are facts as texts; marks add their own cells (`case_marks`).
    """

    def __init__(self, about: CaseAbout, at: ClassAtHand) -> None:
        self.about = about
        self.at = at
        self._by_pupil = {entry.pupil_id: entry for entry in at.entries}

    # What a kind answers

    @property
    @abstractmethod
    def matter(self) -> str:
        """The subject's name, or what stands in its place in lists and papers."""

    @abstractmethod
    def refuse_stranger(self, actor: Actor) -> None:
        """Raise AccessDenied unless this person declares such cases of the class."""

    @abstractmethod
    def refuse_open(self, actor: Actor, key: CellKey) -> None:
        """Raise RuleRefused when there is no such cell, or it needs no case."""

    @abstractmethod
    def stored(self, key: CellKey) -> str:
        """The fact as kept now; "" for an empty one."""

    @abstractmethod
    def parse(self, key: CellKey, text: str) -> str:
        """The fact as it would be kept, or the refusal of a wrong text."""

    @abstractmethod
    def title(self, field: str) -> str:
        """The column in words."""

    @abstractmethod
    def put(self, uow: UnitOfWork, facts: Sequence[FactItem]) -> None:
        """Write approved facts."""

    @property
    def hint(self) -> str:
        """An example of a value."""
        return ""

    def is_short(self, _field: str) -> bool:
        """Whether a value is a mark or a sign, not a text of a line."""
        return True

    @abstractmethod
    def knows(self, field: str) -> bool:
        """Whether the kind has such a column."""

    def term(self, field: str) -> EntryTerm | None:
        """The term a field belongs to; None for what stands outside terms."""
        return term_of_field(field)

    def shown(self, _field: str, text: str) -> str:
        """A kept fact as people read it."""
        return text

    def may_be_empty(self) -> bool:
        """Whether an empty cell is changed by a case; else it is filled by mở bổ sung."""
        return False

    def review(self, _field: str) -> bool:
        """Whether the review meeting's cut-off holds, not the one before the final test."""
        return True

    # The same for every kind

    def entry(self, key: CellKey) -> RosterEntry:
        """The pupil's line. Raises RuleRefused for a stranger."""
        entry = self._by_pupil.get(key.pupil_id)
        if entry is None:
            raise RuleRefused(
                "no_such_pupil",
                f"Học sinh này không có trong danh sách lớp {self.at.klass.name}; hãy tải lại "
                "trang rồi chọn lại.",
            )
        return entry

    def refuse_sealed(self) -> None:
        """After the seal nothing of the year moves without an unsealing decision."""
        if self.at.locks.seal is not None:
            raise RuleRefused(
                "sealed",
                "Năm học đã niêm phong; hồ sơ sửa điểm cần quyết định mở niêm phong trước.",
            )

    def refuse_undeclarable(self, uow: UnitOfWork, actor: Actor, key: CellKey) -> None:
        """Raise the reason why no case is opened for a cell."""
        self.refuse_sealed()
        self.entry(key)
        self.refuse_open(actor, key)
        if not self.may_be_empty() and not self.stored(key):
            raise RuleRefused(
                "cell_empty",
                "Ô này đang trống nên không lập hồ sơ sửa; hãy xin mở bổ sung bằng quyết định.",
            )
        self.refuse_waiting(uow, key)

    def refuse_waiting(self, uow: UnitOfWork, key: CellKey) -> None:
        """Raise when another open case holds the cell; one whose time ran out holds nothing."""
        case = self.unfinished(uow, key)
        if case is not None:
            raise RuleRefused(
                "already_in_case",
                f"Ô này đã nằm trong hồ sơ số {case.number:02d} chưa xong; hãy chờ hoặc rút hồ sơ "
                "ấy.",
            )

    def unfinished(self, uow: UnitOfWork, key: CellKey) -> Correction | None:
        """The open case a fact waits in."""
        steps = (*UNDECIDED, Step.APPROVED)
        for case in uow.corrections.of_class(self.at.klass.id, steps):
            if case.about == self.about and self.holds(case, key) and not self._ran_out(case):
                return case
        return None

    def holds(self, case: Correction, key: CellKey) -> bool:
        """Whether the case is about this cell."""
        return any((fact.pupil_id, fact.field) == key for fact in case.facts)

    def _ran_out(self, case: Correction) -> bool:
        return case.unlocked_until is not None and self.at.now > case.unlocked_until

    def declared(self, uow: UnitOfWork, actor: Actor, wanted: Mapping[CellKey, str]) -> Content:
        """The cells of a declaration, each locked, filled, changed and in no other open case."""
        return (), tuple(self.declared_fact(uow, actor, key, text) for key, text in wanted.items())

    def declared_fact(self, uow: UnitOfWork, actor: Actor, key: CellKey, text: str) -> FactItem:
        """One fact of a declaration."""
        self.refuse_undeclarable(uow, actor, key)
        old, new = self.stored(key), self.parse(key, text)
        if new == old:
            raise same_value()
        return FactItem(key.pupil_id, key.column, old, new)

    def refuse_moved(self, case: Correction) -> None:
        """Every cell must still hold its old value."""
        for cell in self.cells(case):
            if cell.moved:
                raise StaleData(
                    "cell_moved",
                    f"Ô của {cell.pupil} ở {cell.place} không còn như lúc lập hồ sơ; hãy rút hồ sơ "
                    "và lập lại.",
                )

    def write(self, uow: UnitOfWork, case: Correction) -> list[CellChange]:
        """Write the approved values; the mark cells among them for the trail."""
        self.put(uow, case.facts)
        return []

    def cells(self, case: Correction) -> tuple[CellWords, ...]:
        """Every cell of a case in words, in the order of the roster."""
        found = [self.fact_words(fact) for fact in case.facts]
        return tuple(sorted(found, key=lambda cell: (cell.position, cell.key.column)))

    def fact_words(self, fact: FactItem) -> CellWords:
        """One fact in words."""
        key = CellKey(fact.pupil_id, fact.field)
        entry = self._by_pupil.get(fact.pupil_id)
        return CellWords(
            key,
            0 if entry is None else entry.position,
            self.pupil_name(fact.pupil_id),
            self.title(fact.field),
            self.term(fact.field),
            self.shown(fact.field, fact.old),
            self.shown(fact.field, fact.new),
            self.shown(fact.field, fact.old),
            self.shown(fact.field, fact.new),
            moved=self.stored(key) != fact.old,
        )

    def pupil_name(self, pupil_id: int) -> str:
        """Full name on the roster."""
        entry = next((e for e in self.at.entries if e.pupil_id == pupil_id), None)
        return f"học sinh số {pupil_id}" if entry is None else entry.profile.full_name

    def periods(self, case: Correction) -> list[Period]:
        """Closing periods the case touches."""
        terms = {cell.term for cell in self.cells(case)}
        return sorted({period_of(term) for term in terms if term is not None})

    def void(self, uow: UnitOfWork, case: Correction, now: datetime, why: str) -> tuple[int, int]:
        """Take back what was confirmed and signed over other values: (confirmations, signatures).

        A confirmation of a closed period stays: the close itself stands for it.
        """
        periods = self.periods(case)
        signed = sum(
            uow.reviews.void_sign_offs(case.class_id, period, now, why) for period in periods
        )
        voided = sum(
            uow.control.void_confirmations(case.class_id, case.subject_id, period, now, why)
            for period in periods
            if period not in self.at.locks.closes
        )
        return voided, signed


def same_value() -> RuleRefused:
    """The refusal of a value that changes nothing."""
    return RuleRefused("same_value", "Giá trị đề nghị giống giá trị đang lưu; hãy kiểm tra lại.")


def not_homeroom(actor: Actor, class_name: str, what: str) -> AccessDenied:
    """The refusal of somebody who is not the GVCN of the class."""
    return AccessDenied(
        "not_homeroom",
        f"{actor.name} không phải giáo viên chủ nhiệm lớp {class_name} nên không lập hồ sơ {what} "
        "của lớp được; hãy đổi người dùng (F12) hoặc xin phân công.",
    )
