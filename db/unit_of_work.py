"""One transaction over the encrypted file; rolls back unless committed."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from app.department_ports import DepartmentRepository
from app.form_ports import FormRepository
from app.letter_ports import LetterRepository
from app.media_ports import MediaRepository
from app.office_ports import PaperRepository
from app.paper_ports import PaperLifeRepository
from app.plan_ports import PlanResultRepository
from app.ports import (
    AccountRepository,
    AttendanceRepository,
    ControlRepository,
    CorrectionRepository,
    MarkRepository,
    PrintRepository,
    ProgressQueries,
    RosterRepository,
    SchoolRepository,
    TrailStore,
)
from app.proof_ports import ProofRepository
from app.pupil_ports import PupilRecordRepository
from app.rule_ports import DelegationRepository, RuleRepository
from app.signing_ports import SignedPaperRepository
from app.subject_ports import StudyRepository
from app.trail_ports import ChangeQueries
from app.year_end_ports import ReviewRepository, YearEndRepository
from db.engine import Database
from db.faults import translated_errors
from db.queries.changes import SqlChanges
from db.queries.progress import SqlProgress
from db.repositories.accounts import SqlAccounts
from db.repositories.attendance import SqlAttendance
from db.repositories.control import SqlControl
from db.repositories.corrections import SqlCorrections
from db.repositories.delegations import SqlDelegations
from db.repositories.departments import SqlDepartments
from db.repositories.forms import SqlForms
from db.repositories.letters import SqlLetters
from db.repositories.marks import SqlMarks
from db.repositories.media import SqlMedia
from db.repositories.paper_lives import SqlPaperLives
from db.repositories.papers import SqlPapers
from db.repositories.plan_results import SqlPlanResults
from db.repositories.prints import SqlPrints
from db.repositories.proofs import SqlProofs
from db.repositories.pupil_records import SqlPupilRecords
from db.repositories.reviews import SqlReviews
from db.repositories.roster import SqlRoster
from db.repositories.rules import SqlRules
from db.repositories.school import SqlSchool
from db.repositories.signed_papers import SqlSignedPapers
from db.repositories.studies import SqlStudies
from db.repositories.year_end import SqlYearEnd
from db.trail_store import SqlTrail


class SqlUnitOfWork:
    """A transaction of one thread: open, use, commit or let go."""

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

    def __init__(self, engine: Engine, database: Database) -> None:
        self._engine = engine
        self._database = database
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        with translated_errors("đọc tệp dữ liệu", self._database.path):
            connection = self._engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        self.school = SqlSchool(connection)
        self.studies = SqlStudies(connection)
        self.accounts = SqlAccounts(connection)
        self.roster = SqlRoster(connection)
        self.pupils = SqlPupilRecords(connection)
        self.marks = SqlMarks(connection)
        self.control = SqlControl(connection)
        self.attendance = SqlAttendance(connection)
        self.corrections = SqlCorrections(connection)
        self.prints = SqlPrints(connection)
        self.papers = SqlPapers(connection)
        self.letters = SqlLetters(connection)
        self.paper_lives = SqlPaperLives(connection)
        self.signed_papers = SqlSignedPapers(connection)
        self.media = SqlMedia(connection)
        self.rules = SqlRules(connection)
        self.forms = SqlForms(connection)
        self.delegations = SqlDelegations(connection)
        self.plans = SqlPlanResults(connection)
        self.proofs = SqlProofs(connection)
        self.departments = SqlDepartments(connection)
        self.progress = SqlProgress(connection)
        self.changes = SqlChanges(connection)
        self.year_end = SqlYearEnd(connection)
        self.reviews = SqlReviews(connection)
        self.trail = SqlTrail(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        connection = self._connection
        self._connection = None
        if connection is None:
            return
        # A full disk has already rolled the transaction back; close() copes with both.
        connection.close()
        if error is not None:
            with translated_errors("ghi tệp dữ liệu", self._database.path):
                raise error

    def commit(self) -> None:
        """Make everything durable, in one commit."""
        if self._connection is None:
            raise RuntimeError("commit outside the unit of work")
        with translated_errors("ghi tệp dữ liệu", self._database.path):
            self._connection.commit()


class SqlUowFactory:
    """Opens units of work on one open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self) -> SqlUnitOfWork:
        """A writer: takes the write lock at once, so that it never fails half way."""
        return SqlUnitOfWork(self._database.writer, self._database)

    def read(self) -> SqlUnitOfWork:
        """A reader: one consistent snapshot."""
        return SqlUnitOfWork(self._database.engine, self._database)
