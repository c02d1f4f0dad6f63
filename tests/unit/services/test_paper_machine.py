"""Signing, printing and going back to a backup, between typing, locking, closing and correcting.

`test_record_book_machine` tries each step of a case by itself; here a case goes through whole, so
that the papers over it can be tried in any order with everything else.
"""

from __future__ import annotations

import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.marks import EMPTY, MarkCell, parse_entry
from app.domain.periods import Period
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.readmodels.class_book import BookScope
from app.services.backups import Backups
from app.services.closing_review import ClosingReviews
from app.services.printing import Printing
from app.services.sign_off import SignOffs
from app.services.trail_review import pinned_keys
from exports.press import Paper, Tables
from tests.support.record_book import RecordBook
from tests.support.school import PASSWORD, make_school

SUBJECT = "tin_hoc"
COLUMNS = ("HK1.tx1", "HK1.gk")
CELLS = st.tuples(st.sampled_from((0, 1)), st.sampled_from(COLUMNS))
TEXTS = st.sampled_from(["5", "7,5", "10"])
At = tuple[int, str]


@dataclass
class Known:
    """What the model knows; what a backup brings back."""

    cells: dict[At, MarkCell] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    closed: bool = False
    signed: dict[At, MarkCell] | None = None
    run_id: int = 0
    printed: dict[At, MarkCell] = field(default_factory=dict)
    cases: int = 0


class Papers(RuleBasedStateMachine):
    """One sheet, its column locks, its close, its printed book, the signature over both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.kept = RecordBook(make_school(Path(self.folder.name), pupils=2))
        self.school = self.kept.school
        self.kept.open_entry(Period.HK1)
        self.ids = dict(zip(COLUMNS, self.kept.column_ids(SUBJECT, *COLUMNS), strict=True))
        self.now = Known()
        for number, at in enumerate((n, column) for n in (0, 1) for column in COLUMNS):
            self.enter(at, str(6 + number))
        self.backup: tuple[Path, Known] | None = None

    def teardown(self) -> None:
        self.school.close()
        self.folder.cleanup()

    def attempt(self, allowed: bool, call):
        """Do it; the service must agree with the model whether it may be done."""
        try:
            done, refusal = call(), ""
        except AppError as error:
            done, refusal = None, error.sentence
        assert bool(refusal) is not allowed, refusal
        assert refusal == "" or refusal.endswith(".")
        return done

    def service(self, kind, *more):
        return kind(self.school.uow, self.school.clock, *more)

    def shut(self, at: At) -> bool:
        return self.now.closed or at[1] in self.now.locked

    @rule(at=CELLS, text=TEXTS)
    def enter(self, at, text) -> None:
        done = self.attempt(not self.shut(at), lambda: self.kept.enter(SUBJECT, {at: text}))
        if done is not None:
            self.now.cells[at] = parse_entry(text, SubjectKind.MARKS)

    @rule(column=st.sampled_from(COLUMNS), lock=st.booleans())
    def turn_column(self, column, lock) -> None:
        control, school = self.kept.control, self.school
        act = control.lock_columns if lock else control.unlock_columns
        allowed = (column in self.now.locked) is not lock
        secretary, ids = school.actor("secretary"), [self.ids[column]]
        if self.attempt(allowed, lambda: act(secretary, school.class_id, ids, "60/QĐ")):
            (self.now.locked.add if lock else self.now.locked.discard)(column)

    @rule()
    def close(self) -> None:
        self.attempt(
            not self.now.closed, lambda: self.kept.close(Period.HK1, reason="còn thiếu điểm")
        )
        self.now.closed = True

    @rule(at=CELLS, text=TEXTS)
    def correct(self, at, text) -> None:
        """A whole case: what stands locked and filled changes by it and by nothing else."""
        old, new = self.now.cells.get(at, EMPTY), parse_entry(text, SubjectKind.MARKS)
        allowed = self.shut(at) and old not in (EMPTY, new)
        if self.attempt(allowed, lambda: self.kept.corrected(SUBJECT, {at: text})):
            self.now.cells[at] = new
            self.now.signed = None
            self.now.cases += 1

    @rule()
    def sign(self) -> None:
        signer, class_id = self.school.signer("principal"), self.school.class_id
        allowed = self.now.closed and self.now.signed != self.now.cells
        signed = self.attempt(
            allowed, lambda: self.service(SignOffs).sign_period(signer, class_id, Period.HK1)
        )
        if signed is not None:
            self.now.signed = dict(self.now.cells)

    @rule()
    def print_book(self) -> None:
        printing = self.service(Printing, Paper(), Tables())
        secretary, class_id = self.school.actor("secretary"), self.school.class_id
        done = self.attempt(
            self.now.closed,
            lambda: printing.print_class_book(secretary, class_id, BookScope.TERM_1),
        )
        if done is not None:
            self.now.run_id = done.payload.run.id
            self.now.printed = dict(self.now.cells)

    @rule()
    def back_up(self) -> None:
        self.school.clock.advance(timedelta(minutes=1))
        backups = self.service(Backups, self.school.session.backups)
        made = backups.make_now(self.school.actor("principal")).payload
        self.backup = (made.path, deepcopy(self.now))

    @precondition(lambda self: self.backup)
    @rule()
    def restore(self) -> None:
        school, (path, known) = self.school, self.backup
        work = school.file.restoring()
        shelf = work.backups(school.path.parent / "sao-luu")
        (chosen,) = [one for one in shelf if one.path == path]
        plan = work.prepare(chosen, school.uid("principal"), PASSWORD)
        work.carry_out(plan)
        school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
        assert school.session.warnings == (), "a restore by the program is no rollback"
        self.kept = RecordBook(school)
        self.now = deepcopy(known)

    # --- what must hold whatever happened

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        stored = {key: m.cell for key, m in self.kept.facts(SUBJECT).stored.items()}
        assert {at: cell for at, cell in stored.items() if cell != EMPTY} == {
            (self.ids[column], self.school.pupils[n]): cell
            for (n, column), cell in self.now.cells.items()
        }

    @invariant()
    def locks_and_cases_are_those_of_the_model(self) -> None:
        with self.school.uow.read() as uow:
            locks = uow.control.class_locks(self.school.class_id)
            cases = uow.corrections.of_year(self.school.year_id)
            assert uow.trail.check(pinned_keys(uow)).problem == ""
        assert set(locks.columns) == {self.ids[c] for c in self.now.locked}
        assert set(locks.closes) == ({Period.HK1} if self.now.closed else set())
        assert len(cases) == self.now.cases

    @invariant()
    def a_print_says_when_it_is_no_longer_the_data(self) -> None:
        if not self.now.run_id:
            return
        with self.school.uow.read() as uow:
            run = uow.prints.get(self.now.run_id)
        printing = self.service(Printing, Paper(), Tables())
        assert printing.differs(run) is (self.now.printed != self.now.cells)

    @invariant()
    def a_signature_stands_until_what_it_signed_is_mended(self) -> None:
        found = self.service(SignOffs).of_class(self.school.class_id)
        assert any(signed.stands for signed in found) is (self.now.signed is not None)

    @invariant()
    def what_was_closed_is_recomputed_the_same_or_by_a_case(self) -> None:
        if not self.now.closed:
            return
        review = self.service(ClosingReviews).review(self.school.class_id, Period.HK1)
        assert not review.tampered
        assert [d for d in review.differences if not d.cause] == []


Papers.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestPapers = Papers.TestCase
