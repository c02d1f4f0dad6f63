"""Marks that go along when a pupil changes class within the school.

They are copied as TRANSFERRED cells that name the class they come from: results and the printed
book of the new class must be complete by themselves, while the old class keeps its struck line and
the marks as they were given there. Only empty cells are filled; a closed term waits for a decision
(mở bổ sung) and is then carried by asking again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.domain.ids import AssessmentId, SubjectId
from app.domain.locks import ClassLocks
from app.domain.marks import EMPTY, CellState, MarkCell, trail_text
from app.domain.periods import EntryTerm, period_of
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass
from app.domain.trail import CellChange
from app.ports import StoredMark, UnitOfWork
from app.services.transfer_gate import transfer_stop
from app.text import date_vn

_VOIDED = "Điểm chép từ lớp cũ"


@dataclass(frozen=True, slots=True)
class Carried:
    """What was copied: mark cells, subject comments, terms of rèn luyện; `held` terms were not."""

    cells: tuple[CellChange, ...] = ()
    comments: tuple[tuple[int, str, str], ...] = ()
    conduct: tuple[str, ...] = ()
    held: tuple[EntryTerm, ...] = ()
    new_class: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was copied."""
        return not (self.cells or self.comments or self.conduct)

    @property
    def detail(self) -> dict[str, object]:
        """For the trail entry, beside its cells."""
        found: dict[str, object] = {}
        if self.comments:
            found["comments"] = [list(one) for one in self.comments]
        if self.conduct:
            found["conduct"] = list(self.conduct)
        if self.held:
            found["held"] = [term.value for term in self.held]
        return found

    @property
    def words(self) -> str:
        """For the end of a summary."""
        copied = f", chép {len(self.cells)} ô điểm" if self.cells else ""
        return copied + self.held_words

    @property
    def held_words(self) -> str:
        """Which terms stayed behind and what to do; "" when none did."""
        if not self.held:
            return ""
        terms = " và ".join(term.words for term in self.held)
        return (
            f"; điểm {terms} chưa chép vì lớp {self.new_class} đã chốt hoặc khóa cột, hãy xin mở "
            "bổ sung rồi bấm Chép điểm lớp cũ"
        )


@dataclass
class _Carrying:
    uow: UnitOfWork
    today: date
    old: SchoolClass
    new: SchoolClass
    entry: RosterEntry
    locks: ClassLocks
    source: str
    held: set[EntryTerm] = field(default_factory=set)
    touched: set[tuple[SubjectId | None, EntryTerm]] = field(default_factory=set)

    def is_open(
        self, term: EntryTerm, subject_id: SubjectId | None, column: AssessmentId | None = None
    ) -> bool:
        if transfer_stop(self.locks, term, subject_id or 0, column, self.today) is None:
            return True
        self.held.add(term)
        return False


def carry_marks(
    uow: UnitOfWork,
    today: date,
    now: datetime,
    old: SchoolClass,
    new: SchoolClass,
    entry: RosterEntry,
    moved_on: date,
) -> Carried:
    """Copy what `entry`'s pupil has in `old` into the empty cells of `new`, in this transaction.

    The caller appends the one trail entry with `cells` and `detail`.
    """
    source = f"chuyển từ lớp {old.name} ngày {date_vn(moved_on)}"
    job = _Carrying(uow, today, old, new, entry, uow.control.class_locks(new.id), source)
    cells = _marks(job)
    uow.proofs.void({AssessmentId(c.assessment_id) for c in cells}, now, _VOIDED)
    comments = _comments(job)
    conduct = _conduct(job)
    for subject_id, term in sorted(job.touched, key=lambda one: (one[0] or 0, one[1])):
        uow.control.void_confirmations(new.id, subject_id, period_of(term), now, _VOIDED)
    return Carried(cells, comments, conduct, tuple(sorted(job.held)), new.name)


def _marks(job: _Carrying) -> tuple[CellChange, ...]:
    uow, pupil = job.uow, job.entry.pupil_id
    subjects = {subject.id: subject for subject in uow.school.subjects(job.new.id)}
    places = {(a.subject_id, a.term, a.code): a for a in uow.marks.assessments(job.new.id)}
    columns = {a.id: a for a in uow.marks.assessments(job.old.id)}
    there = {m.assessment_id: m for m in uow.marks.cells(job.new.id, None, [pupil])}
    written: list[StoredMark] = []
    changes: list[CellChange] = []
    for mark in uow.marks.cells(job.old.id, None, [pupil]):
        column = columns[mark.assessment_id]
        target = places.get((column.subject_id, column.term, column.code))
        if mark.cell.state is CellState.EMPTY or target is None:
            continue
        standing = there.get(target.id)
        if standing is not None and standing.cell.state is not CellState.EMPTY:
            continue
        if not job.is_open(column.term, column.subject_id, target.id):
            continue
        cell = _carried_cell(mark.cell, job.source)
        written.append(
            StoredMark(target.id, pupil, cell) if standing is None else replace(standing, cell=cell)
        )
        kind = subjects[column.subject_id].kind_of(column.code)
        changes.append(
            CellChange(pupil, target.id, trail_text(EMPTY, kind), trail_text(cell, kind))
        )
        job.touched.add((column.subject_id, column.term))
    uow.marks.put(written)
    return tuple(changes)


def _carried_cell(cell: MarkCell, source: str) -> MarkCell:
    """A mark becomes TRANSFERRED; other states stay what they are and name the class too."""
    state = CellState.TRANSFERRED if cell.state is CellState.MARK else cell.state
    return MarkCell(state, cell.value, f"{cell.reason}; {source}" if cell.reason else source)


def _comments(job: _Carrying) -> tuple[tuple[int, str, str], ...]:
    pupil = job.entry.pupil_id
    there = job.uow.marks.comments(job.new.id)
    copied: list[tuple[int, str, str]] = []
    for (subject_id, term, who), text in job.uow.marks.comments(job.old.id).items():
        if who != pupil or not text or there.get((subject_id, term, who)):
            continue
        if job.is_open(term, subject_id):
            job.uow.marks.put_comments(job.new.id, subject_id, {(term, pupil): text})
            copied.append((subject_id, term.value, text))
            job.touched.add((subject_id, term))
    return tuple(copied)


def _conduct(job: _Carrying) -> tuple[str, ...]:
    pupil = job.entry.pupil_id
    there = {row.term for row in job.uow.marks.conduct(job.new.id) if row.pupil_id == pupil}
    rows = [
        row
        for row in job.uow.marks.conduct(job.old.id)
        if row.pupil_id == pupil and row.term not in there and job.is_open(row.term, None)
    ]
    job.uow.marks.put_conduct(job.new.id, rows)
    job.touched.update((None, row.term) for row in rows)
    return tuple(f"{row.term.value}: {row.level}" for row in rows)
