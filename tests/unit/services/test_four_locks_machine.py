"""The four locks of several classes, moved in any order: none ever answers for another."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope
from app.domain.locks import LateOpening, PeriodClose, refusal
from app.domain.periods import Period, Term
from app.ports import SealRecord
from app.services.column_locking import ColumnChoice
from tests.support.record_book import RecordBook
from tests.support.school import make_school

NAMES = ("6A", "6B", "7A")
GRADE = {"6A": 6, "6B": 6, "7A": 7}
REACH = st.sampled_from(["all", "6", "7", *NAMES])
KINDS = st.sampled_from(["tx", "gk", "ck"])
WORDS = {"sealed": "niêm phong", "closed": "đã chốt", "locked": "Cột này đã khóa"}


class FourLocks(RuleBasedStateMachine):
    """The model keeps each fact apart; every cell's answer must follow from the model alone."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = RecordBook(make_school(Path(self.folder.name), pupils=1))
        self.school = self.book.school
        self.school.add_class("6B", 6)
        self.school.add_class("7A", 7)
        self.who = self.school.actor("secretary")
        with self.school.uow.read() as uow:
            self.ids = {k.name: k.id for k in uow.school.classes(self.school.year_id)}
            self.columns = {n: uow.marks.assessments(self.ids[n]) for n in NAMES}
        self.subject = self.school.subjects["tin_hoc"]
        self.windows: dict[int, tuple[str, date, date]] = {}
        self.late: list[tuple[str, date, date]] = []
        self.locked: set[tuple[str, str]] = set()
        self.closed: set[str] = set()
        self.sealed = False

    def teardown(self) -> None:
        self.school.close()
        self.folder.cleanup()

    def scope(self, reach: str) -> LockScope:
        if reach == "all":
            return WHOLE_SCHOOL
        if reach in NAMES:
            return LockScope(class_id=self.ids[reach], class_name=reach)
        return LockScope(frozenset({int(reach)}))

    def reached(self, reach: str) -> set[str]:
        return {n for n in NAMES if reach in ("all", n, str(GRADE[n]))}

    # --- the four facts and the late opening, one rule each way

    @precondition(lambda self: not self.sealed)
    @rule(reach=REACH, first=st.integers(-5, 3), length=st.integers(0, 6))
    def open_window(self, reach, first, length) -> None:
        today = self.school.clock.today()
        days = (today + timedelta(days=first), today + timedelta(days=first + length))
        self.book.control.open_window(
            self.who, self.school.year_id, Period.HK1, *days, "1/QĐ", today, self.scope(reach)
        )
        with self.school.uow.read() as uow:
            newest = max(w.id for w in uow.control.windows(self.school.year_id))
        self.windows[newest] = (reach, *days)

    @precondition(lambda self: self.windows)
    @rule(data=st.data())
    def withdraw_window(self, data) -> None:
        window = data.draw(st.sampled_from(sorted(self.windows)))
        self.book.control.withdraw_window(self.who, self.school.year_id, window, "2/QĐ")
        del self.windows[window]

    @precondition(lambda self: not self.sealed)
    @rule(reach=REACH, length=st.integers(0, 4))
    def open_late(self, reach, length) -> None:
        today = self.school.clock.today()
        last = today + timedelta(days=length)
        opening = LateOpening(0, self.subject, Period.HK1, today, last, "3/QĐ")
        self.book.control.open_late_in(
            self.who, self.school.year_id, self.scope(reach), opening, today
        )
        self.late += [(name, today, last) for name in self.reached(reach)]

    @precondition(lambda self: not self.sealed)
    @rule(reach=REACH, kind=KINDS, lock=st.booleans())
    def set_columns(self, reach, kind, lock) -> None:
        places = {(name, kind) for name in self.reached(reach)}
        changes = places - self.locked if lock else places & self.locked
        choice = ColumnChoice(Term.HK1, frozenset({kind}), self.subject)
        if not changes:
            return
        self.book.control.set_columns_in(
            self.who, self.school.year_id, self.scope(reach), choice, "4/QĐ",
            self.school.clock.today(), lock=lock,
        )  # fmt: skip
        self.locked = self.locked | places if lock else self.locked - places

    @rule(name=st.sampled_from(NAMES))
    def close(self, name) -> None:
        if name in self.closed:
            return
        with self.school.uow.write() as uow:
            now, who = self.school.clock.now(), self.who
            close = PeriodClose(Period.HK1, now, who.name, "5/QĐ", "00")
            uow.control.close_period(self.ids[name], close, who.account_id, "")
            uow.commit()
        self.closed.add(name)

    @precondition(lambda self: not self.sealed and len(self.closed) > 1)
    @rule()
    def seal(self) -> None:
        with self.school.uow.write() as uow:
            now, who, year = self.school.clock.now(), self.who, self.school.year_id
            uow.control.add_seal(
                SealRecord(year, 1, now, who.account_id, "b", "f", "t", "D", "S", 1, 1)
            )
            uow.commit()
        self.sealed = True

    @rule(days=st.integers(1, 3))
    def time_passes(self, days) -> None:
        self.school.clock.advance(timedelta(days=days))

    # --- what must hold

    def expected(self, name: str, kind: str, *, is_empty: bool) -> str:
        """Which fact stops the cell: the hardest; "" when none does."""
        today = self.school.clock.today()
        if self.sealed:
            return "sealed"
        late = any(n == name and first <= today <= last for n, first, last in self.late)
        if late and is_empty:
            return ""
        if name in self.closed:
            return "closed"
        if (name, kind) in self.locked:
            return "locked"
        inside = any(
            name in self.reached(reach) and first <= today <= last
            for reach, first, last in self.windows.values()
        )
        return "" if inside else "window"

    @invariant()
    def every_cell_answers_from_its_own_facts(self) -> None:
        for name in NAMES:
            locks = self.book.control.locks(self.ids[name])
            for column in self.columns[name]:
                if column.subject_id != self.subject or column.term is not Term.HK1:
                    continue
                kind = column.code.rstrip("0123456789")
                for is_empty in (True, False):
                    found = refusal(
                        locks, period=Period.HK1, subject_id=self.subject,
                        assessment_id=column.id, is_empty=is_empty,
                        today=self.school.clock.today(),
                    )  # fmt: skip
                    wanted = self.expected(name, kind, is_empty=is_empty)
                    assert (found is None) is (wanted == ""), (name, column.code, wanted)
                    if found is not None:
                        other = [w for code, w in WORDS.items() if code != wanted]
                        assert WORDS.get(wanted, "") in found.sentence
                        assert not any(words in found.sentence for words in other)

    @invariant()
    def no_fact_moved_another(self) -> None:
        for name in NAMES:
            locks = self.book.control.locks(self.ids[name])
            mine = {i for i, (reach, *_) in self.windows.items() if name in self.reached(reach)}
            assert {w.id for w in locks.windows} == mine
            assert len(locks.late_openings) == sum(n == name for n, *_ in self.late)
            held = {
                c.code.rstrip("0123456789") for c in self.columns[name] if c.id in locks.columns
            }
            assert held == {kind for n, kind in self.locked if n == name}
            assert set(locks.closes) == ({Period.HK1} if name in self.closed else set())
            assert (locks.seal is not None) is self.sealed


FourLocks.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestFourLocks = FourLocks.TestCase
