"""What services need from the outside; `db` and `exports` fulfil these Protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from app.actor import Actor
from app.department_ports import DepartmentRepository
from app.domain.attendance import Absence, Declared, FormerDays, Month, SchoolCalendar
from app.domain.corrections import CaseScan, Correction, Step
from app.domain.ids import (
    AccountId,
    AssessmentId,
    ClassId,
    CorrectionId,
    PrintRunId,
    PupilId,
    SchoolYearId,
    SubjectId,
)
from app.domain.locks import ClassLocks, EntryWindow, LateOpening, PeriodClose
from app.domain.marks import MarkCell
from app.domain.periods import EntryTerm, Period, Term
from app.domain.print_runs import PaperSize
from app.domain.pupils import PupilProfile, RosterEntry, Seat
from app.domain.roles import Assignment, Role, RoleGrant
from app.domain.school import Account, School, SchoolClass, SchoolYear
from app.domain.subjects import Subject
from app.domain.trail import ChainState, Checkpoint, TrailDraft, TrailEntry
from app.form_ports import FormRepository
from app.letter_ports import LetterRepository
from app.media_ports import MediaRepository
from app.office_ports import PaperRepository
from app.paper_ports import PaperLifeRepository
from app.plan_ports import PlanResultRepository
from app.proof_ports import ProofRepository
from app.pupil_ports import PupilRecordRepository
from app.readmodels.home import ColumnProgress, OpenCase
from app.rule_ports import DelegationRepository, RuleRepository
from app.signing_ports import SignedPaperRepository
from app.subject_ports import StudyRepository
from app.trail_ports import ChangeQueries
from app.year_end_ports import ReviewRepository, YearEndRepository


@dataclass(frozen=True, slots=True)
class StoredMark:
    """A mark row: cell, whether it came late, what it was before a correction."""

    assessment_id: AssessmentId
    pupil_id: PupilId
    cell: MarkCell
    late: bool = False
    corrected_from: str = ""
    correction_id: CorrectionId | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An entry column of one class and subject."""

    id: AssessmentId
    class_id: ClassId
    subject_id: SubjectId
    term: EntryTerm
    code: str
    test_on: date | None
    due_on: date | None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConductRow:
    """Rèn luyện of one pupil and term; absences are whole buổi, None = not entered."""

    pupil_id: PupilId
    term: Term
    level: str
    comment: str
    excused: int | None
    unexcused: int | None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One pupil away on one day; `class_id` is where the pupil sat then."""

    pupil_id: PupilId
    day: date
    class_id: ClassId
    kind: Absence
    late: bool = False


@dataclass(frozen=True, slots=True)
class AbsentPupil:
    """A pupil with many buổi nghỉ this year."""

    class_id: ClassId
    class_name: str
    pupil_id: PupilId
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Xác nhận by the subject teacher, or by the GVCN (subject_id None)."""

    class_id: ClassId
    subject_id: SubjectId | None
    period: Period
    account_id: AccountId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PrintRun:
    """One numbered printed set."""

    id: PrintRunId
    school_year_id: SchoolYearId
    number: int
    kind: str
    class_id: ClassId | None
    period: str
    correction_id: CorrectionId | None
    title: str
    pages: int
    copies: int
    data_digest: str
    file_digest: str
    made_at: datetime
    made_by: AccountId
    paper: PaperSize = PaperSize.A4
    pupil_id: PupilId | None = None
    """The one pupil it is about; None for a paper of the class or the school."""
    subject_id: SubjectId | None = None
    """The one subject of a teacher's own book."""
    form_digest: str = ""
    """Of the form settings it was drawn with; "" for the form as shipped."""


@dataclass(frozen=True, slots=True)
class SealRecord:
    """A sealed medium of a school year, numbered by `copy_no` whatever it holds.

    `medium` is "drive" or "disc"; a year too large for one disc takes `parts` of them, each a
    record of its own. `supplement` counts what was added after an unsealing, 0 is the year itself.
    `image_sha256` is the digest of a disc's whole image. `holds` names what lies below data/, apart
    by spaces; "" for media of an earlier program.
    """

    school_year_id: SchoolYearId
    copy_no: int
    sealed_at: datetime
    sealed_by: AccountId
    bag_name: str
    fingerprint: str
    tagmanifest_sha512: str
    drive_label: str
    drive_serial: str
    files: int
    bytes: int
    witnesses: str = ""
    keeper: str = ""
    medium: str = "drive"
    part: int = 1
    parts: int = 1
    supplement: int = 0
    image_sha256: str = ""
    holds: str = ""


class SchoolRepository(Protocol):
    """School, settings, years, classes, subjects."""

    def get(self) -> School | None: ...
    def save(self, school: School, at: datetime) -> None: ...
    def setting(self, key: str, default: str = "") -> str: ...
    def settings(self, prefix: str) -> dict[str, str]: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def years(self) -> tuple[SchoolYear, ...]: ...
    def year(self, year_id: SchoolYearId) -> SchoolYear: ...
    def add_year(self, name: str, starts: date, term2: date, ends: date) -> SchoolYear: ...
    def set_year_dates(
        self, year_id: SchoolYearId, starts: date, term2: date, ends: date
    ) -> None: ...
    def classes(self, year_id: SchoolYearId) -> tuple[SchoolClass, ...]: ...
    def class_(self, class_id: ClassId) -> SchoolClass: ...
    def add_class(
        self, year_id: SchoolYearId, grade: int, name: str, regulation: str
    ) -> SchoolClass: ...
    def class_holdings(self, class_id: ClassId) -> tuple[str, ...]: ...
    def remove_class(self, class_id: ClassId) -> None: ...
    def freeze_roster(self, class_id: ClassId, at: datetime) -> None: ...
    def subjects(self, class_id: ClassId) -> tuple[Subject, ...]: ...
    def subject(self, class_id: ClassId, subject_id: SubjectId) -> Subject: ...


class AccountRepository(Protocol):
    """Accounts, dated roles and assignments."""

    def all(self, day: date) -> tuple[Account, ...]: ...
    def get(self, account_id: AccountId, day: date) -> Account: ...
    def add(
        self, uid: str, full_name: str, department: str, at: datetime, signing_key: bytes
    ) -> AccountId: ...
    def rename(self, account_id: AccountId, full_name: str, department: str) -> None: ...
    def record_key(
        self, account_id: AccountId, signing_key: bytes, at: datetime, reason: str
    ) -> None: ...
    def keys(self) -> tuple[tuple[AccountId, bytes, datetime], ...]: ...
    def disable(self, account_id: AccountId, on: date | None) -> None: ...
    def grants(self, account_id: AccountId) -> tuple[RoleGrant, ...]: ...
    def add_grant(self, grant: RoleGrant) -> None: ...
    def end_grants(self, account_id: AccountId, role: Role, on: date) -> None: ...
    def assignments(self, class_id: ClassId | None = None) -> tuple[Assignment, ...]: ...
    def add_assignment(self, assignment: Assignment) -> None: ...
    def end_assignment(self, class_id: ClassId, subject_id: SubjectId | None, on: date) -> None: ...
    def actor(self, uid: str, day: date) -> Actor: ...
    def teachers(
        self, class_id: ClassId, subject_id: SubjectId, day: date
    ) -> frozenset[AccountId]: ...
    def touch_sign_in(self, account_id: AccountId, at: datetime) -> None: ...


class RosterRepository(Protocol):
    """Pupils and enrolments."""

    def entries(self, class_id: ClassId) -> tuple[RosterEntry, ...]: ...
    def everyone(self, year_id: SchoolYearId) -> tuple[tuple[ClassId, str, RosterEntry], ...]: ...
    def seats_of(self, class_id: ClassId) -> tuple[Seat, ...]: ...
    def add_pupil(self, profile: PupilProfile) -> PupilId: ...
    def update_profile(self, pupil_id: PupilId, profile: PupilProfile) -> None: ...
    def enrol(
        self, class_id: ClassId, pupil_id: PupilId, position: int, joined_on: date
    ) -> None: ...
    def set_positions(self, class_id: ClassId, order: Sequence[PupilId]) -> None: ...
    def mark_left(
        self, class_id: ClassId, pupil_id: PupilId, on: date | None, reason: str
    ) -> None: ...


class MarkRepository(Protocol):
    """Assessments, mark cells, comments, conduct."""

    def ensure_assessments(
        self,
        class_id: ClassId,
        subject_id: SubjectId,
        terms: Iterable[EntryTerm],
        codes: Sequence[str],
    ) -> None: ...
    def remove_assessments(
        self, class_id: ClassId, subject_id: SubjectId, term: EntryTerm, codes: Sequence[str]
    ) -> None: ...
    def assessments(
        self, class_id: ClassId, subject_id: SubjectId | None = None
    ) -> tuple[Assessment, ...]: ...
    def set_dates(
        self,
        assessment_id: AssessmentId,
        test_on: date | None,
        due_on: date | None,
        returned_on: date | None,
    ) -> None: ...
    def cells(
        self,
        class_id: ClassId,
        subject_id: SubjectId | None = None,
        pupils: Sequence[PupilId] = (),
    ) -> list[StoredMark]: ...
    def values(
        self, class_id: ClassId
    ) -> Sequence[tuple[AssessmentId, PupilId, int, int | None]]: ...
    def put(self, marks: Sequence[StoredMark]) -> None: ...
    def comments(
        self, class_id: ClassId, subject_id: SubjectId | None = None
    ) -> dict[tuple[SubjectId, EntryTerm, PupilId], str]: ...
    def put_comments(
        self,
        class_id: ClassId,
        subject_id: SubjectId,
        texts: Mapping[tuple[EntryTerm, PupilId], str],
    ) -> None: ...
    def conduct(self, class_id: ClassId) -> tuple[ConductRow, ...]: ...
    def put_conduct(self, class_id: ClassId, rows: Sequence[ConductRow]) -> None: ...
    def year_conduct(self, class_id: ClassId) -> dict[PupilId, str]: ...
    def put_year_conduct(self, class_id: ClassId, levels: Mapping[PupilId, str]) -> None: ...


class ControlRepository(Protocol):
    """The four locks, late openings, confirmations, seals."""

    def class_locks(self, class_id: ClassId) -> ClassLocks: ...
    def windows(self, year_id: SchoolYearId) -> tuple[EntryWindow, ...]: ...
    def add_window(
        self,
        year_id: SchoolYearId,
        window: EntryWindow,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def withdraw_window(
        self, window_id: int, by: AccountId, at: datetime, decision_no: str, decision_on: date
    ) -> None: ...
    def add_late_opening(
        self,
        class_id: ClassId,
        opening: LateOpening,
        decision_on: date,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def lock_column(
        self,
        assessment_id: AssessmentId,
        by: AccountId,
        at: datetime,
        decision_no: str,
        decision_on: date,
    ) -> None: ...
    def unlock_column(
        self,
        assessment_id: AssessmentId,
        by: AccountId,
        at: datetime,
        decision_no: str,
        decision_on: date,
    ) -> None: ...
    def close_period(
        self, class_id: ClassId, close: PeriodClose, by: AccountId, missing_reason: str
    ) -> None: ...
    def add_confirmation(self, confirmation: Confirmation) -> None: ...
    def void_confirmations(
        self,
        class_id: ClassId,
        subject_id: SubjectId | None,
        period: Period,
        at: datetime,
        why: str,
        *,
        alone: bool = False,
    ) -> int:
        """Void those of the class and, of one subject, the subject's; `alone`: only the latter."""
        ...

    def confirmations(self, class_id: ClassId) -> tuple[Confirmation, ...]: ...
    def add_seal(self, seal: SealRecord) -> None: ...
    def seals(self, year_id: SchoolYearId) -> tuple[SealRecord, ...]: ...


class AttendanceRepository(Protocol):
    """Absences, declared months, the school's calendar."""

    def of_class(self, class_id: ClassId, first: date, last: date) -> tuple[AbsenceRow, ...]: ...
    def put(self, rows: Sequence[AbsenceRow]) -> None: ...
    def remove(self, days: Sequence[tuple[PupilId, date]]) -> None: ...
    def declared(self, class_id: ClassId) -> tuple[Declared, ...]: ...
    def declare(
        self,
        class_id: ClassId,
        month: Month,
        term: Term,
        by: AccountId,
        at: datetime,
        *,
        late: bool,
    ) -> None: ...
    def undeclare(self, class_id: ClassId, month: Month, term: Term) -> None: ...
    def declared_in_year(
        self, year_id: SchoolYearId
    ) -> Mapping[ClassId, set[tuple[Month, Term]]]: ...
    def is_kept(self, year: SchoolYear) -> bool: ...
    def often_absent(self, year: SchoolYear, least: int) -> tuple[AbsentPupil, ...]: ...
    def former(self, year_id: SchoolYearId) -> Mapping[tuple[PupilId, Term], FormerDays]: ...
    def put_former(
        self,
        year_id: SchoolYearId,
        pupil_id: PupilId,
        term: Term,
        days: FormerDays,
        by: AccountId,
        at: datetime,
    ) -> None: ...
    def days_recorded(self, year: SchoolYear) -> Mapping[date, str]: ...
    def calendar(self, year: SchoolYear) -> SchoolCalendar: ...
    def save_calendar(self, calendar: SchoolCalendar) -> None: ...


class CorrectionRepository(Protocol):
    """Cases, their cells and their scanned evidence."""

    def add(self, year_id: SchoolYearId, case: Correction) -> Correction: ...
    def get(self, case_id: CorrectionId) -> Correction: ...
    def of_year(self, year_id: SchoolYearId) -> tuple[Correction, ...]: ...
    def save(self, case: Correction) -> None: ...
    def in_step(
        self, class_id: ClassId, subject_id: SubjectId, steps: Sequence[Step]
    ) -> tuple[Correction, ...]: ...
    def of_class(self, class_id: ClassId, steps: Sequence[Step]) -> tuple[Correction, ...]: ...
    def scans(self, case_id: CorrectionId) -> tuple[CaseScan, ...]: ...
    def scan(self, scan_id: int) -> CaseScan: ...
    def scan_content(self, scan_id: int) -> bytes: ...
    def add_scan(self, scan: CaseScan, content: bytes) -> int: ...


class PrintRepository(Protocol):
    """Print runs and their bytes."""

    def next_number(self, year_id: SchoolYearId) -> int: ...
    def add(self, run: PrintRun, content: bytes, files: Mapping[str, bytes]) -> PrintRunId: ...
    def get(self, run_id: PrintRunId) -> PrintRun: ...
    def of_year(self, year_id: SchoolYearId) -> tuple[PrintRun, ...]: ...
    def content(self, run_id: PrintRunId) -> bytes: ...
    def files(self, run_id: PrintRunId) -> dict[str, bytes]: ...
    def bytes_of_year(self, year_id: SchoolYearId) -> int: ...


class TrailStore(Protocol):
    """The append-only chain."""

    def append(self, draft: TrailDraft, actor: Actor | None, at: datetime) -> int: ...
    def head(self) -> tuple[int, bytes]: ...
    def sheet_version(self, class_id: ClassId, subject_id: SubjectId) -> int: ...
    def entries(
        self, *, newest: int = 500, class_id: ClassId | None = None, kind: str = ""
    ) -> tuple[TrailEntry, ...]: ...
    def all_entries(self) -> Iterable[TrailEntry]: ...
    def of_kinds(self, kinds: Sequence[str]) -> Iterable[TrailEntry]: ...
    def cells_of(self, seq: int) -> tuple[tuple[int, int, str, str], ...]: ...
    def history(
        self, pupil_id: PupilId, assessment_id: AssessmentId
    ) -> tuple[tuple[TrailEntry, str, str], ...]: ...
    def all_cells(self) -> Iterable[tuple[int, int, int, str, str]]: ...
    def last_told(self, class_id: ClassId) -> dict[tuple[AssessmentId, PupilId], str]: ...
    def strange_guards(self) -> tuple[str, ...]: ...
    def check(self, pinned_keys: Mapping[int, Sequence[bytes]] | None = None) -> ChainState: ...
    def add_checkpoint(self, checkpoint: Checkpoint) -> None: ...
    def last_checkpoint(self) -> Checkpoint | None: ...
    def checkpoints(self) -> tuple[Checkpoint, ...]: ...
    def database_id(self) -> str: ...


class ProgressQueries(Protocol):
    """How far the classes of a year are: counts, never rows; pupils who left do not count."""

    def columns(
        self, year_id: SchoolYearId, term: EntryTerm, classes: Sequence[ClassId] | None = None
    ) -> tuple[ColumnProgress, ...]: ...
    def pupils(self, year_id: SchoolYearId) -> dict[ClassId, int]: ...
    def conduct(self, year_id: SchoolYearId, term: Term) -> dict[ClassId, int]: ...
    def confirmed(
        self, year_id: SchoolYearId, period: Period
    ) -> set[tuple[ClassId, SubjectId]]: ...
    def closes(self, year_id: SchoolYearId, period: Period) -> dict[ClassId, datetime]: ...
    def is_sealed(self, year_id: SchoolYearId) -> bool: ...
    def open_cases(self, year_id: SchoolYearId) -> tuple[OpenCase, ...]: ...
    def cases_without_minutes(self, year_id: SchoolYearId) -> tuple[OpenCase, ...]: ...


class UnitOfWork(Protocol):
    """One transaction: nothing is kept unless `commit` was called."""

    school: SchoolRepository
    studies: StudyRepository
    accounts: AccountRepository
    roster: RosterRepository
    pupils: PupilRecordRepository
    marks: MarkRepository
    control: ControlRepository
    attendance: AttendanceRepository
    corrections: CorrectionRepository
    prints: PrintRepository
    papers: PaperRepository
    letters: LetterRepository
    paper_lives: PaperLifeRepository
    signed_papers: SignedPaperRepository
    media: MediaRepository
    rules: RuleRepository
    forms: FormRepository
    delegations: DelegationRepository
    plans: PlanResultRepository
    proofs: ProofRepository
    departments: DepartmentRepository
    progress: ProgressQueries
    changes: ChangeQueries
    year_end: YearEndRepository
    reviews: ReviewRepository
    trail: TrailStore

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None: ...


class UowFactory(Protocol):
    """Opens units of work; writers take the write lock at once (BEGIN IMMEDIATE)."""

    def write(self) -> UnitOfWork: ...
    def read(self) -> UnitOfWork: ...
