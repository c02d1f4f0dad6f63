"""Cases of every kind but marks, in any order: nothing locked changes without an approved case."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.corrections import UNDECIDED, CaseAbout, CaseKind, Step
from app.domain.periods import Period, Term
from app.errors import AppError
from app.readmodels.mark_sheet import CellKey
from app.services.attendance_entry import AttendanceEntry
from app.services.trail_review import pinned_keys
from tests.support.record_book import RecordBook
from tests.support.school import make_school

DAY = date(2026, 10, 6)
WITNESSES = ["Phạm Thị Hồng Nhung", "Đỗ Quang Huy"]
FIELDS = {
    (CaseKind.CONDUCT, "HK1.level"): ("Tốt", "Khá", "Đạt", "Chưa đạt"),
    (CaseKind.CONDUCT, "HK1.comment"): ("Ngoan", "Hiền", ""),
    (CaseKind.ATTENDANCE, DAY.isoformat()): ("P", "K", ""),
    (CaseKind.PROFILE, "full_name"): ("Nguyễn Văn Ân", "Trần Thị Bé"),
    (CaseKind.PROFILE, "sex"): ("Nam", "Nữ"),
}
CHANGES = st.sampled_from([(kind, f, t) for (kind, f), texts in FIELDS.items() for t in texts])
ACTS = ("register", "check", "disagree", "approve", "refuse", "apply", "withdraw")


class Cases(RuleBasedStateMachine):
    """One pupil of a closed class; the model knows each fact and each case."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.kept = RecordBook(make_school(Path(self.folder.name), pupils=2))
        school = self.school = self.kept.school
        self.kept.open_entry(Period.HK1)
        self.pupil = school.pupils[0]
        self.own = school.actor("homeroom")
        self.kept.conduct.set_cells(
            self.own,
            school.class_id,
            {(self.pupil, "HK1.level"): "Tốt", (self.pupil, "HK1.comment"): "Ngoan"},
        )
        self.attendance = AttendanceEntry(school.uow, school.clock)
        self.attendance.set_days(self.own, school.class_id, {(self.pupil, DAY): "K"})
        school.rosters.freeze(school.actor("secretary"), school.class_id)
        self.kept.close(Period.HK1, reason="chưa thi")
        self.facts = {at: self.stored(*at) for at in FIELDS}
        self.cases: dict[int, tuple[Step, CaseKind, dict[str, tuple[str, str]]]] = {}
        self.until: dict[int, object] = {}

    def teardown(self) -> None:
        self.school.close()
        self.folder.cleanup()

    def stored(self, kind: CaseKind, field: str) -> str:
        with self.school.uow.read() as uow:
            if kind is CaseKind.CONDUCT:
                rows = uow.marks.conduct(self.school.class_id)
                row = next(r for r in rows if (r.pupil_id, r.term) == (self.pupil, Term.HK1))
                return getattr(row, field[4:])
            if kind is CaseKind.ATTENDANCE:
                rows = uow.attendance.of_class(self.school.class_id, DAY, DAY)
                return next((r.kind.value for r in rows if r.pupil_id == self.pupil), "")
            entries = uow.roster.entries(self.school.class_id)
            return getattr(next(e for e in entries if e.pupil_id == self.pupil).profile, field)

    def held(self, kind: CaseKind, field: str) -> bool:
        now = self.school.clock.now()
        return any(
            of is kind
            and field in items
            and (step in UNDECIDED or (step is Step.APPROVED and now <= self.until[case]))
            for case, (step, of, items) in self.cases.items()
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

    @rule(change=CHANGES)
    def declare(self, change) -> None:
        kind, field, text = change
        old = self.facts[kind, field]
        empty = kind is CaseKind.CONDUCT and not old
        allowed = text != old and not empty and not self.held(kind, field)
        about = CaseAbout(kind, self.school.class_id)
        wanted = {CellKey(self.pupil, field): text}
        done = self.attempt(
            allowed,
            lambda: self.kept.cases.declare(self.own, about, wanted, "nhầm", "tr. 1", "bb 2"),
        )
        if done is not None:
            self.cases[done.payload.id] = (Step.DECLARED, kind, {field: (old, text)})

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), act=st.sampled_from(ACTS))
    def take_step(self, data, act) -> None:
        case = data.draw(st.sampled_from(sorted(self.cases)))
        step, kind, items = self.cases[case]
        cases, school = self.kept.cases, self.school
        other, signer = school.actor("ngu_van"), school.signer("principal")
        stands = all(self.facts[kind, field] == old for field, (old, _) in items.items())
        alive = step is Step.APPROVED and school.clock.now() <= self.until[case]
        allowed, call, then = {
            "register": (
                step is Step.DECLARED,
                lambda: cases.register(school.actor("secretary"), case, f"{case}/ĐN"),
                Step.REGISTERED,
            ),
            "check": (
                step is Step.REGISTERED,
                lambda: cases.check(other, case, ""),
                Step.CHECKED,
            ),
            "disagree": (
                step is Step.REGISTERED,
                lambda: cases.check(other, case, "khác", agrees=False),
                Step.REFUSED,
            ),
            "approve": (
                step is Step.CHECKED and stands,
                lambda: cases.approve(signer, case, WITNESSES),
                Step.APPROVED,
            ),
            "refuse": (
                step is Step.CHECKED,
                lambda: cases.refuse(signer, case, "không đủ"),
                Step.REFUSED,
            ),
            "apply": (alive and stands, lambda: cases.apply(self.own, case), Step.APPLIED),
            "withdraw": (
                step in UNDECIDED,
                lambda: cases.withdraw(self.own, case, "thôi"),
                Step.WITHDRAWN,
            ),
        }[act]
        done = self.attempt(allowed, call)
        if done is None:
            return
        self.cases[case] = (then, kind, items)
        if then is Step.APPROVED:
            self.until[case] = done.payload.unlocked_until
        if then is Step.APPLIED:
            self.facts.update({(kind, field): new for field, (_, new) in items.items()})

    @rule(minutes=st.sampled_from([5, 16]))
    def let_time_pass(self, minutes) -> None:
        self.school.clock.advance(timedelta(minutes=minutes))

    @rule(text=st.sampled_from(["Khá", "Đạt"]))
    def type_past_the_lock(self, text) -> None:
        edits = {(self.pupil, "HK1.level"): text}
        self.attempt(
            False, lambda: self.kept.conduct.set_cells(self.own, self.school.class_id, edits)
        )
        days = {(self.pupil, DAY): "P" if self.facts[CaseKind.ATTENDANCE, DAY.isoformat()] else "K"}
        self.attempt(False, lambda: self.attendance.set_days(self.own, self.school.class_id, days))

    @rule()
    def write_down_what_ran_out(self) -> None:
        now = self.school.clock.now()
        for case, (step, kind, items) in self.cases.items():
            if step is Step.APPROVED and now > self.until[case]:
                self.cases[case] = (Step.EXPIRED, kind, items)
        self.kept.cases.relock_expired(self.own, self.school.year_id)

    @invariant()
    def the_file_holds_exactly_what_was_approved(self) -> None:
        assert {at: self.stored(*at) for at in FIELDS} == self.facts

    @invariant()
    def cases_stand_where_they_stood_and_the_chain_is_whole(self) -> None:
        with self.school.uow.read() as uow:
            steps = {c.id: c.step for c in uow.corrections.of_year(self.school.year_id)}
            assert uow.trail.check(pinned_keys(uow)).problem == ""
        assert steps == {case: step for case, (step, _, _) in self.cases.items()}


Cases.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestCases = Cases.TestCase
