"""Anything people may do to one sheet, in any order, against a simple model of the book."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.corrections import UNDECIDED, Step
from app.domain.marks import (
    EMPTY,
    CellState,
    MarkCell,
    awaits_mark,
    parse_entry,
    trail_text,
)
from app.domain.periods import Period, Term
from app.domain.subjects import SubjectKind
from app.errors import AppError
from app.services.class_results import ClassResults
from app.services.mark_sheet import build_view
from app.services.trail_review import pinned_keys
from tests.support.record_book import RecordBook
from tests.support.school import make_school

SUBJECT = "tin_hoc"
PUPILS = (0, 1)
COLUMNS = ("HK1.tx1", "HK1.tx2", "HK1.gk", "HK1.ck")
WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]
CELLS = st.tuples(st.sampled_from(PUPILS), st.sampled_from(COLUMNS))
TEXTS = st.sampled_from(["", "0", "5", "7,5", "10", "10,5"])
ACTS = ("register", "check", "disagree", "approve", "refuse", "apply", "withdraw")
STATES = st.sampled_from(
    [CellState.EMPTY, CellState.ZERO_ABSENT, CellState.EXEMPT, CellState.PENDING_MAKEUP]
)


class Book(RuleBasedStateMachine):
    """The model knows cells, the four locks and cases; the file must agree after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.kept = RecordBook(make_school(Path(self.folder.name), pupils=len(PUPILS)))
        self.school = self.kept.school
        self.sheet = self.kept.sheet(SUBJECT)
        self.teacher = self.school.actor(SUBJECT)
        self.keeper = self.school.actor("secretary")
        self.signer = self.school.signer("principal")
        self.ids = dict(zip(COLUMNS, self.kept.column_ids(SUBJECT, *COLUMNS), strict=True))
        self.cells: dict[tuple[int, str], MarkCell] = {}
        self.windows: dict[int, tuple[date, date]] = {}
        self.late: list[tuple[date, date]] = []
        self.locked: set[str] = set()
        self.closed = False
        self.cases: dict[int, Step] = {}
        self.items: dict[int, dict[tuple[int, str], tuple[MarkCell, MarkCell]]] = {}
        self.until: dict[int, object] = {}
        self.previous: dict = {}
        self.open_window(-3, 30)

    def teardown(self) -> None:
        self.school.close()
        self.folder.cleanup()

    # --- the model's own opinion

    def cell(self, at: tuple[int, str]) -> MarkCell:
        return self.cells.get(at, EMPTY)

    def stopped(self, at: tuple[int, str]) -> bool:
        today = self.school.clock.today()
        if self.held(at):
            return True
        inside = any(first <= today <= last for first, last in self.windows.values())
        if inside and at[1] not in self.locked and not self.closed:
            return False
        late = any(first <= today <= last for first, last in self.late)
        return not (late and awaits_mark(self.cell(at)))

    def shut_for_filled(self, at: tuple[int, str]) -> bool:
        """Only mở bổ sung, if anything, lets the cell be written."""
        today = self.school.clock.today()
        inside = any(first <= today <= last for first, last in self.windows.values())
        return not inside or at[1] in self.locked or self.closed

    def takes(self, at: tuple[int, str], new: MarkCell, *, typed: bool) -> bool:
        """Whether what stands in the cell lets `new` come in its place."""
        old = self.cell(at)
        if old.state is CellState.PENDING_MAKEUP and self.shut_for_filled(at):
            return new == old or new.state in (CellState.MARK, CellState.ZERO_ABSENT)
        return not typed or old.state in (CellState.EMPTY, CellState.MARK)

    def held(self, at: tuple[int, str]) -> bool:
        now = self.school.clock.now()
        return any(
            step is Step.APPROVED and now <= self.until[case] and at in self.items[case]
            for case, step in self.cases.items()
        )

    def waiting(self, at: tuple[int, str]) -> bool:
        return self.held(at) or any(
            step in UNDECIDED and at in self.items[case] for case, step in self.cases.items()
        )

    def attempt(self, allowed: bool, call):
        """Do it; the service must agree with the model whether it may be done."""
        try:
            done = call()
        except AppError as error:
            done, refusal = None, error.sentence
        else:
            refusal = ""
        assert bool(refusal) is not allowed, refusal
        assert refusal == "" or refusal.endswith(".")
        return done

    # --- typing

    @rule(edits=st.dictionaries(CELLS, TEXTS, min_size=1, max_size=4))
    def enter(self, edits) -> None:
        new = {}
        for at, text in edits.items():
            try:
                new[at] = parse_entry(text, SubjectKind.MARKS)
            except AppError:
                new[at] = None
        allowed = all(
            new[at] is not None and not self.stopped(at) and self.takes(at, new[at], typed=True)
            for at in edits
        )
        done = self.attempt(allowed, lambda: self.kept.enter(SUBJECT, edits, "paste"))
        self.remember(done, new)

    @rule(places=st.lists(CELLS, min_size=1, max_size=3), state=STATES)
    def set_state(self, places, state) -> None:
        reason = "" if state is CellState.EMPTY else "QĐ 5"
        value = 0 if state is CellState.ZERO_ABSENT else None
        cell = EMPTY if state is CellState.EMPTY else MarkCell(state, value, reason)
        keys = [self.kept.key(*at) for at in places]
        marks = self.kept.marks
        allowed = not any(
            self.stopped(at) or not self.takes(at, cell, typed=False) for at in places
        )
        done = self.attempt(
            allowed, lambda: marks.set_state(self.teacher, self.sheet, keys, state, reason)
        )
        self.remember(done, dict.fromkeys(places, cell))

    @precondition(lambda self: self.previous)
    @rule()
    def undo(self) -> None:
        edits, was = self.previous
        allowed = not any(
            self.stopped(at) or not self.takes(at, cell, typed=False) for at, cell in was.items()
        )
        done = self.attempt(
            allowed, lambda: self.kept.marks.set_cells(self.teacher, self.sheet, edits, "undo")
        )
        self.previous = {}
        if done is not None:
            self.cells.update(was)

    def remember(self, done, new) -> None:
        if done is None:
            return
        if done.change.previous:
            places = {self.kept.key(*at): at for at in new}
            was = {places[key]: self.cell(places[key]) for key in done.change.previous}
            self.previous = (done.change.previous, was)
        self.cells.update(new)

    # --- the four locks

    @rule(first=st.integers(-2, 3), days=st.integers(0, 4))
    def open_window(self, first, days) -> None:
        day = self.school.clock.today() + timedelta(days=first)
        last = day + timedelta(days=days)
        self.kept.open_entry(Period.HK1, days=(day, last))
        with self.school.uow.read() as uow:
            newest = max(w.id for w in uow.control.windows(self.school.year_id))
        self.windows[newest] = (day, last)

    @precondition(lambda self: self.windows)
    @rule(data=st.data())
    def withdraw_window(self, data) -> None:
        window = data.draw(st.sampled_from(sorted(self.windows)))
        self.kept.control.withdraw_window(self.keeper, self.school.year_id, window, "42/QĐ")
        del self.windows[window]

    @rule(days=st.integers(0, 2))
    def open_late(self, days) -> None:
        first = self.school.clock.today()
        last = first + timedelta(days=days)
        self.kept.control.open_late(
            self.keeper, self.school.class_id, None, Period.HK1, first, last, "70/QĐ", first
        )
        self.late.append((first, last))

    @rule(column=st.sampled_from(COLUMNS), lock=st.booleans())
    def turn_column(self, column, lock) -> None:
        control = self.kept.control
        act = control.lock_columns if lock else control.unlock_columns
        ids = [self.ids[column]]
        allowed = (column in self.locked) is not lock
        if self.attempt(allowed, lambda: act(self.keeper, self.school.class_id, ids, "60/QĐ")):
            (self.locked.add if lock else self.locked.discard)(column)

    @rule()
    def close(self) -> None:
        self.attempt(not self.closed, lambda: self.kept.close(Period.HK1, reason="còn thiếu"))
        self.closed = True

    @rule(hours=st.sampled_from([0.1, 0.2, 1, 24, 48]))
    def let_time_pass(self, hours) -> None:
        self.school.clock.advance(timedelta(hours=hours))

    # --- cases

    @rule(wanted=st.dictionaries(CELLS, TEXTS, min_size=1, max_size=2))
    def declare(self, wanted) -> None:
        items = {}
        for at, text in wanted.items():
            try:
                items[at] = (self.cell(at), parse_entry(text, SubjectKind.MARKS))
            except AppError:
                items = None
                break
        allowed = items is not None and all(
            self.stopped(at) and old not in (EMPTY, new) and not self.waiting(at)
            for at, (old, new) in items.items()
        )
        case = self.attempt(allowed, lambda: self.kept.declared(SUBJECT, wanted))
        if case is not None:
            self.cases[case.id], self.items[case.id] = Step.DECLARED, items

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), act=st.sampled_from(ACTS))
    def take_step(self, data, act) -> None:
        case = data.draw(st.sampled_from(sorted(self.cases)))
        step, cases = self.cases[case], self.kept.cases
        colleague, now = self.school.actor("ngu_van"), self.school.clock.now()
        moved = any(self.cell(at) != old for at, (old, _) in self.items[case].items())
        alive = step is Step.APPROVED and now <= self.until[case]
        needs, call, then = {
            "register": (
                step is Step.DECLARED,
                lambda: cases.register(self.keeper, case, f"{case}/ĐN"),
                Step.REGISTERED,
            ),
            "withdraw": (
                step in UNDECIDED,
                lambda: cases.withdraw(self.teacher, case, "thôi"),
                Step.WITHDRAWN,
            ),
            "check": (
                step is Step.REGISTERED,
                lambda: cases.check(colleague, case, ""),
                Step.CHECKED,
            ),
            "disagree": (
                step is Step.REGISTERED,
                lambda: cases.check(colleague, case, "bài ghi khác", agrees=False),
                Step.REFUSED,
            ),
            "approve": (
                step is Step.CHECKED and not moved,
                lambda: cases.approve(self.signer, case, WITNESSES),
                Step.APPROVED,
            ),
            "refuse": (
                step is Step.CHECKED,
                lambda: cases.refuse(self.signer, case, "không đủ"),
                Step.REFUSED,
            ),
            "apply": (
                alive and not moved,
                lambda: cases.apply(self.teacher, case),
                Step.APPLIED,
            ),
        }[act]
        done = self.attempt(needs, call)
        if done is None:
            return
        self.cases[case] = then
        if then is Step.APPROVED:
            self.until[case] = done.payload.unlocked_until
        if then is Step.APPLIED:
            self.cells.update({at: new for at, (_, new) in self.items[case].items()})

    @rule()
    def relock(self) -> None:
        now = self.school.clock.now()
        over = [
            case
            for case, step in self.cases.items()
            if step is Step.APPROVED and now > self.until[case]
        ]
        done = self.kept.cases.relock_expired(self.teacher, self.school.year_id)
        assert (done is not None) is bool(over)
        self.cases.update(dict.fromkeys(over, Step.EXPIRED))

    # --- what must hold whatever happened

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        facts = self.kept.facts(SUBJECT)
        stored = {key: m.cell for key, m in facts.stored.items() if m.cell != EMPTY}
        assert stored == {
            (self.ids[column], self.school.pupils[n]): cell
            for (n, column), cell in self.cells.items()
            if cell != EMPTY
        }

    @invariant()
    def the_chain_is_whole_and_its_cells_replay_to_the_marks(self) -> None:
        replayed: dict[tuple[int, int], str] = {}
        with self.school.uow.read() as uow:
            kinds = {e.seq: e.kind for e in uow.trail.entries(class_id=self.school.class_id)}
            for seq, pupil, assessment, old, new in uow.trail.all_cells():
                assert kinds[seq] in ("mark.set", "correction.apply")
                assert replayed.get((assessment, pupil), "") == old
                replayed[assessment, pupil] = new
            marks = uow.marks.cells(self.school.class_id)
            assert uow.trail.check(pinned_keys(uow)).problem == ""
        present = {
            (m.assessment_id, m.pupil_id): trail_text(m.cell, SubjectKind.MARKS) for m in marks
        }
        assert {at: text for at, text in replayed.items() if text} == {
            at: text for at, text in present.items() if text
        }

    @invariant()
    def the_four_locks_stand_each_for_itself(self) -> None:
        with self.school.uow.read() as uow:
            locks = uow.control.class_locks(self.school.class_id)
            steps = {c.id: c.step for c in uow.corrections.of_year(self.school.year_id)}
        assert {w.id: (w.opens_on, w.closes_on) for w in locks.windows} == self.windows
        assert [(o.opens_on, o.closes_on) for o in locks.late_openings] == self.late
        assert set(locks.columns) == {self.ids[column] for column in self.locked}
        assert set(locks.closes) == ({Period.HK1} if self.closed else set())
        assert locks.seal is None
        assert steps == self.cases

    @invariant()
    def the_kept_sheet_is_the_sheet_read_anew(self) -> None:
        shown = self.kept.marks.open(self.teacher, self.sheet)
        fresh = build_view(self.kept.facts(SUBJECT), can_enter=True)
        assert shown == fresh
        keys = [column.key for column in shown.columns]
        for n in PUPILS:
            row = dict(zip(keys, shown.cells[n], strict=True))
            for column in COLUMNS:
                assert row[column].editable is not self.stopped((n, column))
                assert row[column].open_by_case is self.held((n, column))

    @invariant()
    def averages_follow_from_the_marks_alone(self) -> None:
        _, results = ClassResults(self.school.uow).of_class(self.school.class_id)
        at = list(self.school.subjects).index(SUBJECT)
        for n in PUPILS:
            cells = [self.cell((n, column)) for column in COLUMNS]
            values = [cell.counted() for cell in cells]
            found = results[self.school.pupils[n]].subjects[at].hk1
            if any(cell.state is CellState.EXEMPT for cell in cells) or None in values:
                assert found is None
                continue
            *regular, midterm, final = values
            weighted, weight = sum(regular) + 2 * midterm + 3 * final, len(regular) + 5
            assert found == (2 * weighted + weight) // (2 * weight)


Book.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestRecordBook = Book.TestCase


def test_the_model_covers_the_whole_term_of_its_subject(tmp_path):
    kept = RecordBook(make_school(tmp_path, pupils=2))
    assert tuple(kept.facts(SUBJECT).term_codes(Term.HK1)) == COLUMNS
