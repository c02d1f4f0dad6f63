"""Every use case of one session, bound to one open file: what pages and commands are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.batch_press import BatchPress
from app.clock import Clock
from app.domain.ids import AccountId
from app.domain.school import SchoolYear
from app.importing.tables import SheetReader
from app.media import BagChecker, BagRepairer, BagWriter, Drives, ImageWriter
from app.presses import PaperPress, TablePress
from app.school_file import Decider, SchoolFile, SchoolFiles, SignedIn
from app.services.account_papers import AccountPapers
from app.services.account_review import AccountReview
from app.services.accounts import Accounts
from app.services.assignments import Assignments
from app.services.attendance_entry import AttendanceEntry
from app.services.authority_papers import AuthorityPapers
from app.services.backups import Backups
from app.services.batch_printing import BatchPrinting
from app.services.booklet_printing import BookletPrinting
from app.services.booklet_returns import BookletReturnPapers
from app.services.changed_results import ChangedResults
from app.services.class_confirming import ClassConfirming
from app.services.class_removal import ClassRemoval
from app.services.class_results import ClassResults
from app.services.class_studies import ClassStudies
from app.services.closing_review import ClosingReviews
from app.services.conduct_entry import ConductEntry
from app.services.correction_books import CorrectionBooks
from app.services.correction_scans import CorrectionScans
from app.services.corrections import Corrections
from app.services.data_exports import DataExports
from app.services.data_quality import DataQuality
from app.services.delegations import Delegations
from app.services.department_papers import DepartmentPapers
from app.services.departments import Departments
from app.services.disc_sealing import DiscSealing
from app.services.document_register import DocumentRegister
from app.services.dossiers import Dossiers
from app.services.entry_control import EntryControl
from app.services.finding import Finding
from app.services.form_desk import FormDesk
from app.services.former_absences import FormerAbsences
from app.services.former_marks import FormerMarks
from app.services.formula_papers import FormulaPapers
from app.services.handover_papers import HandoverPapers
from app.services.inquiries import Inquiries
from app.services.internal_checks import InternalChecks
from app.services.legal_bases import LegalBases
from app.services.letter_boards import LetterBoards
from app.services.letters import Letters
from app.services.loan_slips import LoanSlips
from app.services.mark_entry import MarkEntry
from app.services.media_papers import MediaPapers
from app.services.media_register import MediaRegister
from app.services.movements import Movements
from app.services.net_changes import NetChanges
from app.services.paper_board import PaperBoards
from app.services.paper_finding import PaperFinding
from app.services.period_close import PeriodClosing
from app.services.plan_results import PlanResults
from app.services.practising import Practising
from app.services.print_register import PrintRegisters
from app.services.printing import Printing
from app.services.proof_assignments import ProofAssignments
from app.services.proof_comparing import ProofComparing
from app.services.proof_papers import ProofPapers
from app.services.proof_reading import ProofReading
from app.services.proof_remarks import ProofRemarks
from app.services.pupil_photos import PupilPhotos
from app.services.recovery_sheets import RecoverySheets
from app.services.restores import Restores
from app.services.result_slips import ResultSlipPrinting
from app.services.roll_over import RollOver
from app.services.roster import Roster
from app.services.roster_cross_check import RosterCrossCheck
from app.services.roster_import import RosterImport
from app.services.rule_book import RuleBook
from app.services.rule_papers import RulePapers
from app.services.school_calendar import SchoolCalendars
from app.services.school_setup import SchoolSetup
from app.services.sealing import Sealing
from app.services.security import Security
from app.services.settings import Settings
from app.services.sign_in_directory import SignInDirectory
from app.services.sign_off import SignOffs
from app.services.signed_papers import SignedPapers
from app.services.staff_import import StaffImport
from app.services.statistics import Statistics
from app.services.subject_plans import SubjectPlans
from app.services.summer_results import SummerResults
from app.services.supplement_sealing import SupplementSealing
from app.services.tasks import Tasks
from app.services.teacher_books import TeacherBooks
from app.services.trail_codes import TrailCodes
from app.services.trail_review import TrailReview
from app.services.transfer_packs import TransferPacks
from app.services.trust_roots import TrustRoots
from app.services.untold_marks import UntoldMarks
from app.services.work_boards import WorkBoards
from app.services.year_dates import YearDates
from app.services.year_end import YearEnd
from app.signing_ports import PdfSignatures


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What the composition root brings from outside `app`: files, presses, media.

    `drives` are this PC's; `folder_drives` accept a plain folder and mark the bag as a demo.
    `check_password` refuses a new password that is too weak.
    """

    files: Callable[[Clock], SchoolFiles]
    paper: PaperPress
    batch: BatchPress
    tables: TablePress
    signatures: PdfSignatures
    sheets: SheetReader
    drives: Drives
    folder_drives: Drives
    write_bag: BagWriter
    write_image: ImageWriter
    check_bag: BagChecker
    repair_bag: BagRepairer
    check_password: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Services of the signed-in person. `decide(uid, password)` proves whoever decides.

    `session.actor` is who acts in ordinary commands; approvals, closes and seals take the signer
    of the `Decider` whose password was typed in the dialog.
    """

    clock: Clock
    path: Path
    session: SignedIn
    decide: Callable[[str, str], Decider]
    setup: SchoolSetup
    subjects: SubjectPlans
    studies: ClassStudies
    class_removal: ClassRemoval
    accounts: Accounts
    assignments: Assignments
    rosters: Roster
    roster_import: RosterImport
    cross_checks: RosterCrossCheck
    photos: PupilPhotos
    movements: Movements
    former_marks: FormerMarks
    former_absences: FormerAbsences
    quality: DataQuality
    exports: DataExports
    marks: MarkEntry
    conduct: ConductEntry
    attendance: AttendanceEntry
    calendars: SchoolCalendars
    results: ClassResults
    changed_results: ChangedResults
    control: EntryControl
    closing: PeriodClosing
    confirming: ClassConfirming
    closing_reviews: ClosingReviews
    sign_offs: SignOffs
    year_end: YearEnd
    summer: SummerResults
    roll_over: RollOver
    statistics: Statistics
    proof_tables: ProofAssignments
    proofs: ProofReading
    proof_comparing: ProofComparing
    proof_remarks: ProofRemarks
    proof_papers: ProofPapers
    corrections: Corrections
    correction_scans: CorrectionScans
    correction_books: CorrectionBooks
    printing: Printing
    batches: BatchPrinting
    booklets: BookletPrinting
    teacher_books: TeacherBooks
    result_slips: ResultSlipPrinting
    papers: PaperBoards
    signed_papers: SignedPapers
    trust_roots: TrustRoots
    paper_finding: PaperFinding
    print_registers: PrintRegisters
    booklet_returns: BookletReturnPapers
    loan_slips: LoanSlips
    transfer_packs: TransferPacks
    sealing: Sealing
    trail: TrailReview
    trail_codes: TrailCodes
    untold: UntoldMarks
    net_changes: NetChanges
    inquiries: Inquiries
    departments: Departments
    checks: InternalChecks
    work_boards: WorkBoards
    department_papers: DepartmentPapers
    backups: Backups
    restores: Restores
    practising: Practising
    recovery: RecoverySheets
    security: Security
    settings: Settings
    rules: RuleBook
    forms: FormDesk
    delegations: Delegations
    handovers: HandoverPapers
    plan_results: PlanResults
    authority_papers: AuthorityPapers
    rule_papers: RulePapers
    bases: LegalBases
    documents: DocumentRegister
    letters: Letters
    letter_boards: LetterBoards
    dossiers: Dossiers
    year_dates: YearDates
    staff: StaffImport
    account_review: AccountReview
    account_papers: AccountPapers
    formulas: FormulaPapers
    revoke: Callable[[AccountId], SignedIn]
    tasks: Tasks
    finding: Finding
    sheets: SheetReader
    tables: TablePress
    paper: PaperPress
    check_medium: BagChecker
    repair_medium: BagRepairer
    media: MediaRegister
    media_papers: MediaPapers
    discs: DiscSealing
    supplements: SupplementSealing

    def current_year(self) -> SchoolYear | None:
        """The school year of today, else the newest; None in a new file."""
        years = self.setup.years()
        today = self.clock.today()
        running = [year for year in years if year.starts_on <= today <= year.ends_on]
        found = running or list(years)
        return found[0] if found else None


def open_workspace(
    tools: Toolbox, file: SchoolFile, session: SignedIn, clock: Clock, *, demo: bool = False
) -> Workspace:
    """The services of one session. `demo` lets a plain folder stand for a drive."""
    uows = session.uow
    directory = SignInDirectory(uows, clock, file.vault, session.unlocked)
    accounts = Accounts(uows, clock, file.vault, session.unlocked)
    assignments = Assignments(uows, clock, directory)
    backups = Backups(uows, clock, session.backups)
    review = AccountReview(uows, clock, file.people)
    drives = tools.folder_drives if demo else tools.drives
    tasks = Tasks(uows, clock)
    boards = WorkBoards(uows, clock, tasks)
    media = MediaRegister(uows, clock, tools.check_bag)
    sealing = Sealing(
        uows, clock, drives, tools.write_bag, tools.tables, file.path, tools.check_bag
    )
    return Workspace(
        clock=clock,
        path=file.path,
        session=session,
        decide=file.decider,
        setup=SchoolSetup(uows, clock),
        subjects=SubjectPlans(uows, clock),
        studies=ClassStudies(uows, clock),
        class_removal=ClassRemoval(uows, clock),
        accounts=accounts,
        assignments=assignments,
        rosters=Roster(uows, clock),
        roster_import=RosterImport(uows, clock),
        cross_checks=RosterCrossCheck(uows, clock, tools.tables),
        photos=PupilPhotos(uows, clock),
        movements=Movements(uows, clock, tools.tables),
        former_marks=FormerMarks(uows, clock),
        former_absences=FormerAbsences(uows, clock),
        quality=DataQuality(uows, clock, tools.tables),
        exports=DataExports(uows, clock, tools.tables),
        marks=MarkEntry(uows, clock),
        conduct=ConductEntry(uows, clock),
        attendance=AttendanceEntry(uows, clock),
        calendars=SchoolCalendars(uows, clock),
        results=ClassResults(uows),
        changed_results=ChangedResults(uows),
        control=EntryControl(uows, clock),
        closing=PeriodClosing(uows, clock),
        confirming=ClassConfirming(uows, clock),
        closing_reviews=ClosingReviews(uows, clock),
        sign_offs=SignOffs(uows, clock),
        year_end=YearEnd(uows, clock),
        summer=SummerResults(uows, clock),
        roll_over=RollOver(uows, clock, backups, directory),
        statistics=Statistics(uows, clock),
        proof_tables=ProofAssignments(uows, clock),
        proofs=ProofReading(uows, clock),
        proof_comparing=ProofComparing(uows, clock),
        proof_remarks=ProofRemarks(uows, clock),
        proof_papers=ProofPapers(uows, clock, tools.paper),
        corrections=Corrections(uows, clock),
        correction_scans=CorrectionScans(uows, clock),
        correction_books=CorrectionBooks(uows, clock, tools.paper),
        printing=Printing(uows, clock, tools.paper, tools.tables),
        booklets=BookletPrinting(uows, clock, tools.paper),
        teacher_books=TeacherBooks(uows, clock, tools.paper),
        result_slips=ResultSlipPrinting(uows, clock, tools.paper),
        batches=BatchPrinting(uows, clock, tools.batch, tools.tables),
        papers=PaperBoards(uows, clock),
        signed_papers=SignedPapers(uows, clock, tools.signatures),
        trust_roots=TrustRoots(uows, clock, tools.signatures),
        paper_finding=PaperFinding(uows, clock),
        print_registers=PrintRegisters(uows, clock, tools.paper),
        booklet_returns=BookletReturnPapers(uows, clock, tools.paper),
        loan_slips=LoanSlips(uows, clock, tools.paper),
        sealing=sealing,
        transfer_packs=TransferPacks(uows, clock, tools.paper, tools.tables),
        trail=TrailReview(uows),
        trail_codes=TrailCodes(uows),
        untold=UntoldMarks(uows),
        net_changes=NetChanges(uows, clock, tools.paper),
        inquiries=Inquiries(uows, clock, tools.paper),
        departments=Departments(uows, clock),
        checks=InternalChecks(uows, clock),
        work_boards=boards,
        department_papers=DepartmentPapers(uows, clock, tools.paper, boards),
        backups=backups,
        restores=Restores(uows, clock, backups, file.restoring()),
        practising=Practising(
            uows, clock, file.practice_copy, file.practice_copies, file.remove_practice_copy
        ),
        recovery=RecoverySheets(uows, clock, file.path.name),
        security=Security(uows, clock, backups, file.check_integrity, file.people),
        settings=Settings(uows, clock),
        rules=RuleBook(uows, clock),
        forms=FormDesk(uows, clock, tools.paper),
        delegations=Delegations(uows, clock),
        handovers=HandoverPapers(uows, clock, tools.paper),
        plan_results=PlanResults(uows, clock),
        authority_papers=AuthorityPapers(uows, clock, tools.paper),
        rule_papers=RulePapers(uows, clock, tools.paper),
        bases=LegalBases(uows, clock),
        documents=DocumentRegister(uows, clock),
        letters=Letters(uows, clock, tools.paper),
        letter_boards=LetterBoards(uows, clock),
        dossiers=Dossiers(uows, clock, tools.paper),
        year_dates=YearDates(uows, clock),
        staff=StaffImport(accounts),
        account_review=review,
        account_papers=AccountPapers(uows, clock, tools.paper, assignments, review),
        formulas=FormulaPapers(uows, clock, tools.paper),
        revoke=file.revoke,
        tasks=tasks,
        finding=Finding(uows, clock),
        sheets=tools.sheets,
        tables=tools.tables,
        paper=tools.paper,
        check_medium=tools.check_bag,
        repair_medium=tools.repair_bag,
        media=media,
        media_papers=MediaPapers(uows, clock, tools.paper, media),
        supplements=SupplementSealing(uows, sealing, drives, tools.write_bag, file.path),
        discs=DiscSealing(sealing, drives, tools.write_bag, tools.write_image, file.path),
    )
