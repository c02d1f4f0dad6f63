"""Everything a mark sheet's rules need, read in one snapshot; and the cells' answers from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.actor import Actor
from app.domain.corrections import Correction, CorrectionItem, Step
from app.domain.ids import AccountId, AssessmentId, PupilId
from app.domain.locks import ClassLocks, WhyLocked, refusal
from app.domain.mark_columns import is_oral
from app.domain.marks import EMPTY, CellState, MarkCell, awaits_mark, mark_text
from app.domain.periods import EntryTerm, Period, column_term, in_order, period_of
from app.domain.pupils import RosterEntry
from app.domain.school import SchoolClass, SchoolYear
from app.domain.subjects import Subject, SubjectKind
from app.errors import RuleRefused
from app.ports import Assessment, StoredMark, UnitOfWork
from app.readmodels.mark_sheet import SheetId
from app.regulations.readings import DEFAULT_READINGS, Readings
from app.regulations.registry import zero_score_allowed
from app.services.class_periods import current_term
from app.services.rules_in_force import readings_of

CellAddress = tuple[AssessmentId, PupilId]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One class and subject as read at one moment.

    `columns` maps "HK1.tx1" to its assessment; `open_items` are the cells that an approved case
    holds open right now; `confirmed` the periods with a standing xác nhận of this subject or GVCN.
    `not_taking`: pupils of the class who chose another subject instead of this one. `proofed`:
    columns that were compared with the paper book and have not changed since.
    """

    sheet: SheetId
    klass: SchoolClass
    year: SchoolYear
    subject: Subject
    entries: tuple[RosterEntry, ...]
    by_pupil: Mapping[PupilId, RosterEntry]
    columns: Mapping[str, Assessment]
    locks: ClassLocks
    stored: Mapping[CellAddress, StoredMark]
    comments: Mapping[tuple[EntryTerm, PupilId], str]
    open_items: Mapping[CellAddress, tuple[Correction, CorrectionItem]]
    confirmed: frozenset[Period]
    teachers: frozenset[AccountId]
    version: int
    today: date
    not_taking: frozenset[PupilId] = frozenset()
    proofed: frozenset[AssessmentId] = frozenset()
    readings: Readings = DEFAULT_READINGS
    # Set by nobody, so that `replace` starts with none: a paste asks about a dozen columns only.
    _stops: dict[tuple[str, bool], WhyLocked | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def may_write(self, actor: Actor) -> bool:
        """Whether the teaching assignment of today lets this person write; read from the file,
        not from when the session began.
        """
        return actor.account_id in self.teachers

    def awaits(self, entry: RosterEntry) -> bool:
        """Whether the pupil is still in class and studies the subject."""
        return entry.left_on is None and entry.pupil_id not in self.not_taking

    def entry(self, pupil_id: PupilId) -> RosterEntry | None:
        """The pupil's line in the roster, None for a stranger."""
        return self.by_pupil.get(pupil_id)

    def cell(self, assessment_id: AssessmentId, pupil_id: PupilId) -> MarkCell:
        """The cell's content; EMPTY when nothing was ever written."""
        found = self.stored.get((assessment_id, pupil_id))
        return EMPTY if found is None else found.cell

    def is_empty(self, assessment_id: AssessmentId, pupil_id: PupilId) -> bool:
        """Whether the cell holds nothing: never written, or emptied again."""
        found = self.stored.get((assessment_id, pupil_id))
        return found is None or found.cell.state is CellState.EMPTY

    def awaits_mark(self, assessment_id: AssessmentId, pupil_id: PupilId) -> bool:
        """Whether a late opening may fill the cell: empty, or its make-up test is still to come."""
        return awaits_mark(self.cell(assessment_id, pupil_id))

    def kind_of(self, code: str) -> SubjectKind:
        """How what is typed into the column `code` is judged."""
        return entry_kind(self.klass.regulation, self.subject, code)

    def kind_at(self, column_id: AssessmentId) -> SubjectKind:
        """How the column with this id is judged."""
        for column in self.columns.values():
            if column.id == column_id:
                return self.subject.kind_of(column.code)
        return self.subject.kind

    @property
    def current_term(self) -> EntryTerm:
        """The term the day belongs to."""
        return current_term(self.klass.regulation, self.year, self.locks, self.today)

    def stop(self, column: str, *, is_empty: bool) -> WhyLocked | None:
        """Why cells of this column cannot be typed today; None when they can."""
        asked = (column, is_empty)
        if asked not in self._stops:
            self._stops[asked] = self._stop(column, is_empty=is_empty)
        return self._stops[asked]

    def _stop(self, column: str, *, is_empty: bool) -> WhyLocked | None:
        term = column_term(column)
        assessment = self.columns.get(column)
        return refusal(
            self.locks,
            period=period_of(term),
            subject_id=self.sheet.subject_id,
            assessment_id=None if assessment is None else assessment.id,
            is_empty=is_empty,
            today=self.today,
        )

    @property
    def comment_columns(self) -> tuple[str, ...]:
        """Keys of the free-text columns, one a term."""
        return tuple(f"{term}.comment" for term in in_order(self.subject.terms))

    def term_codes(self, term: EntryTerm) -> list[str]:
        """Column keys of the term's assessments in the order of the paper."""
        return [key for key, column in self.columns.items() if column.term is term]


def entry_kind(circular_id: str, subject: Subject, code: str) -> SubjectKind:
    """How a typed text of a column is read; not every circular lets a Điểm KTĐK be 0."""
    kind = subject.kind_of(code)
    if kind is SubjectKind.SCORES and not zero_score_allowed(circular_id):
        return SubjectKind.SCORES_FROM_1
    return kind


def refuse_part_of_oral(subject: Subject, code: str, value: int | None, readings: Readings) -> None:
    """Kiểm tra miệng has whole marks (TT58/2011 as first issued, Điều 8, khoản 4), as it is read.

    `value` in tenths; raises RuleRefused for a part of one.
    """
    whole = readings.tt58_entry.oral_marks_are_whole and subject.kind is SubjectKind.MARKS
    if whole and is_oral(code) and value is not None and value % 10:
        raise RuleRefused(
            "oral_mark_not_whole",
            f"Điểm kiểm tra miệng phải là số nguyên, không ghi {mark_text(value)} được (TT58/2011, "
            "Điều 8, khoản 4); hãy ghi lại, thí dụ 8. Trường hiểu khác thì đổi ở Quy định của "
            "trường.",
            value=value,
        )


def load_sheet(uow: UnitOfWork, sheet: SheetId, now: datetime) -> SheetFacts:
    """Read a whole sheet."""
    klass = uow.school.class_(sheet.class_id)
    assessments = uow.marks.assessments(sheet.class_id, sheet.subject_id)
    comments = uow.marks.comments(sheet.class_id, sheet.subject_id)
    entries = uow.roster.entries(sheet.class_id)
    cells = uow.marks.cells(sheet.class_id, sheet.subject_id)
    return SheetFacts(
        sheet=sheet,
        klass=klass,
        year=uow.school.year(klass.school_year_id),
        subject=uow.school.subject(sheet.class_id, sheet.subject_id),
        entries=entries,
        by_pupil={entry.pupil_id: entry for entry in entries},
        columns={f"{a.term}.{a.code}": a for a in assessments},
        locks=uow.control.class_locks(sheet.class_id),
        stored={(m.assessment_id, m.pupil_id): m for m in cells},
        comments={(term, pupil): text for (_, term, pupil), text in comments.items()},
        open_items=open_items(uow, sheet, now),
        confirmed=frozenset(
            c.period
            for c in uow.control.confirmations(sheet.class_id)
            if c.subject_id in (None, sheet.subject_id)
        )
        # What the principal signed is voided by the same change.
        | uow.reviews.signed_periods(sheet.class_id),
        teachers=uow.accounts.teachers(sheet.class_id, sheet.subject_id, now.date()),
        version=uow.trail.sheet_version(sheet.class_id, sheet.subject_id),
        today=now.date(),
        not_taking=_not_taking(uow, sheet),
        proofed=uow.proofs.proofed(sheet.class_id, sheet.subject_id),
        readings=readings_of(uow, klass.school_year_id),
    )


def _not_taking(uow: UnitOfWork, sheet: SheetId) -> frozenset[PupilId]:
    choices = uow.studies.of_pupils(sheet.class_id)
    return frozenset(p for p, own in choices.items() if sheet.subject_id in own.not_taken)


def open_items(
    uow: UnitOfWork, sheet: SheetId, now: datetime
) -> dict[CellAddress, tuple[Correction, CorrectionItem]]:
    """Cells held open by an approved case whose time has not run out."""
    found: dict[CellAddress, tuple[Correction, CorrectionItem]] = {}
    for case in uow.corrections.in_step(sheet.class_id, sheet.subject_id, [Step.APPROVED]):
        if case.unlocked_until is not None and now <= case.unlocked_until:
            for item in case.items:
                found[item.assessment_id, item.pupil_id] = (case, item)
    return found


def may_enter(actor: Actor, sheet: SheetId) -> bool:
    """Whether the teaching assignment lets this person write the sheet."""
    return (sheet.class_id, sheet.subject_id) in actor.teaches
