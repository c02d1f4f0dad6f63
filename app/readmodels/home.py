"""Bàn làm việc: what waits for one person, what needs attention, how far each class or subject is.

Facts only; the page chooses the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum

from app.domain.corrections import CaseKind, Step
from app.domain.ids import AccountId, AssessmentId, ClassId, CorrectionId, SubjectId
from app.domain.periods import EntryTerm, Period, Term


class TaskKind(StrEnum):
    """What a person is asked to do."""

    SET_UP = "set_up"
    OPEN_WINDOW = "open_window"
    OPEN_SUMMER = "open_summer"
    ENTER = "enter"
    CONFIRM = "confirm"
    CONDUCT = "conduct"
    ATTENDANCE = "attendance"
    FREEZE = "freeze"
    REGISTER_CASE = "register_case"
    CHECK_CASE = "check_case"
    APPROVE_CASE = "approve_case"
    APPLY_CASE = "apply_case"
    PRINT_MINUTES = "print_minutes"
    CLOSE = "close"
    LEFT_OPEN = "left_open"
    PRINT = "print"
    CONFIRM_CLASS = "confirm_class"
    PROPOSE_LISTS = "propose_lists"
    APPROVE_LISTS = "approve_lists"
    REASSESS = "reassess"
    SUMMER_CONDUCT = "summer_conduct"
    SIGN_PAPERS = "sign_papers"
    CHASE_PAPERS = "chase_papers"
    CHASE_LOANS = "chase_loans"
    PROOF_READ = "proof_read"
    PROOF_ANSWER = "proof_answer"
    PROOF_RESOLVE = "proof_resolve"
    MISPLACED = "misplaced"
    DECIDE_PLAN = "decide_plan"
    REMEDY = "remedy"
    LOOK_AGAIN = "look_again"
    DUTY = "duty"
    HAND_IN = "hand_in"
    SIGN_AGAIN = "sign_again"


class Duty(StrEnum):
    """What the school's rules want done by a day; the program counts what is missing."""

    PROFILES = "profiles"
    ALLOCATION = "allocation"
    TEACHER_BOOKS = "teacher_books"
    RECORD_COVERS = "record_covers"
    SUMMARY_TERM_1 = "summary_term_1"
    SUMMARY_YEAR = "summary_year"
    RECORD_RESULTS = "record_results"
    CORRECTION_LOG = "correction_log"
    EXPLAIN = "explain"


class SetupStep(StrEnum):
    """What a new school does, in this order."""

    YEAR = "year"
    SUBJECTS = "subjects"
    CLASSES = "classes"
    ACCOUNTS = "accounts"
    ASSIGNMENTS = "assignments"
    ROSTERS = "rosters"


@dataclass(frozen=True, slots=True)
class MyTask:
    """One thing to do; `due` None has no day. Ids and names are those the kind needs.

    `done` of `total` measures it (0 of 0: nothing to measure): pupils of one column for ENTER,
    pupils for CONDUCT, subjects for CLOSE. `column` is "tx2" when one column is meant; for
    ATTENDANCE `month` is the first one ("2026-10") of `columns` months to declare; of kiểm dò
    `columns` counts filled cells (PROOF_READ) or remarks. For papers `people` are those they wait
    for and `papers` the numbers of their runs; of MISPLACED `people` are the pupils; of
    DECIDE_PLAN `columns` counts them. `text` is a finding, its remedy or who gets a dossier
    (HAND_IN). Of SIGN_AGAIN `period` lost its signature, `text` says why. A DUTY measures pupils,
    classes or cases, as its `duty` says.
    """

    kind: TaskKind
    due: date | None = None
    class_id: ClassId | None = None
    class_name: str = ""
    subject_id: SubjectId | None = None
    subject_name: str = ""
    term: EntryTerm = Term.HK1
    column: str = ""
    columns: int = 0
    done: int = 0
    total: int = 0
    step: SetupStep | None = None
    case_id: CorrectionId | None = None
    case_number: int = 0
    until: datetime | None = None
    month: str = ""
    people: tuple[str, ...] = ()
    papers: tuple[int, ...] = ()
    duty: Duty | None = None
    text: str = ""
    period: Period | None = None

    @property
    def left(self) -> int:
        """What is still missing of `total`."""
        return self.total - self.done


class Stage(Enum):
    """How far one step of a class or subject is."""

    DONE = "done"
    HALF = "half"
    TODO = "todo"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One sheet on a teacher's board: cells filled of cells wanted in the term."""

    class_id: ClassId
    class_name: str
    subject_id: SubjectId
    subject_name: str
    teacher: str
    filled: int
    wanted: int
    confirmed: bool
    term: EntryTerm = Term.HK1

    @property
    def entry(self) -> Stage:
        """How far typing is."""
        return stage(self.filled, self.wanted)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class on the office's board in its running term.

    `proofed` of the `to_proof` sheets given to a reader.
    """

    class_id: ClassId
    class_name: str
    pupils: int
    filled: int
    wanted: int
    confirmed: int
    subjects: int
    closed_at: datetime | None
    printed: bool
    sealed: bool
    proofed: int = 0
    to_proof: int = 0
    term: EntryTerm = Term.HK1

    @property
    def entry(self) -> Stage:
        """How far typing is."""
        return stage(self.filled, self.wanted)

    @property
    def confirmation(self) -> Stage:
        """How many subjects are confirmed."""
        return stage(self.confirmed, self.subjects)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A correction case that waits for somebody, or applied and without its minutes."""

    case_id: CorrectionId
    number: int
    class_id: ClassId
    class_name: str
    subject_id: SubjectId | None
    subject_name: str
    step: Step
    requested_by: AccountId
    checked_by: AccountId | None
    unlocked_until: datetime | None
    kind: CaseKind = CaseKind.MARKS


@dataclass(frozen=True, slots=True)
class AbsentLine:
    """A pupil near the year's limit of buổi nghỉ, or over it."""

    class_id: ClassId
    class_name: str
    name: str
    total: int
    limit: int


@dataclass(frozen=True, slots=True)
class ColumnProgress:
    """One mark column of the term: how many cells are not empty, pupils who left not counted."""

    assessment_id: AssessmentId
    class_id: ClassId
    subject_id: SubjectId
    code: str
    due_on: date | None
    filled: int


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """What is entered these days; `until`: last day of its entry window, None when none is open.

    `over`: every class here has closed it.
    """

    term: EntryTerm
    until: date | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything of the page. A teacher has `subjects`, the office `classes`.

    `running`: one term, and in a school of several levels the kỳ of its primary classes beside the
    học kì of the others. `homeroom`: name of the class whose board `subjects` is (`homeroom_line`
    its steps), empty when it is the teacher's own sheets. `week` of the school year: below 1 before
    its first day.
    """

    year_name: str
    running: tuple[RunningTerm, ...]
    today: date
    week: int
    tasks: tuple[MyTask, ...]
    subjects: tuple[SubjectLine, ...] = ()
    classes: tuple[ClassLine, ...] = ()
    homeroom: str = ""
    homeroom_line: ClassLine | None = None
    open_cases: tuple[OpenCase, ...] = ()
    unfrozen: tuple[str, ...] = ()
    absent: tuple[AbsentLine, ...] = ()
    undecidable: tuple[CaseKind, ...] = ()
    """Kinds of correction that nobody may approve any more; told to the principal only."""

    @property
    def term_words(self) -> str:
        """The running terms inside a sentence: "học kì I", "cuối học kì I và học kì I"."""
        return " và ".join(one.term.words for one in self.running)

    @property
    def next_to_end(self) -> RunningTerm | None:
        """The term whose open entry window ends first; None when none is open."""
        found = [one for one in self.running if one.until is not None]
        return min(found, key=lambda one: one.until or date.max) if found else None

    @property
    def overdue(self) -> int:
        """Tasks whose day has passed."""
        return sum(task.due is not None and task.due < self.today for task in self.tasks)

    @property
    def due_today(self) -> int:
        """Tasks of today."""
        return sum(task.due == self.today for task in self.tasks)


def stage(done: int, total: int) -> Stage:
    """Nothing to do, not begun, under way, done."""
    if not total:
        return Stage.NONE
    if done >= total:
        return Stage.DONE
    return Stage.HALF if done else Stage.TODO
