"""The four locks of every class in words, over the real file."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.periods import Period, Term
from app.readmodels.lock_board import LockState
from app.services.lock_board import LockBoard
from tests.support.record_book import RecordBook, book
from tests.support.school import TestSchool, make_school


@pytest.fixture
def school(tmp_path) -> TestSchool:
    return make_school(tmp_path)


def board(school: TestSchool) -> LockBoard:
    return LockBoard(school.uow, school.clock)


def test_a_new_year_has_nothing_open(school: TestSchool):
    row = board(school).matrix(school.year_id).rows[0]
    facts = (
        row.window(Period.HK1),
        row.close(Period.HK1),
        row.window(Period.HK2),
        row.close(Period.HK2),
        row.seal,
    )
    assert {fact.state for fact in facts} == {LockState.NONE}
    assert (row.columns.state, row.columns.words) == (LockState.OPEN, "mở cả")


def test_windows_are_told_by_the_day(school: TestSchool):
    made = RecordBook(school)
    made.open_entry(Period.HK1, days=(date(2026, 9, 1), date(2026, 11, 23)))
    made.open_entry(Period.HK2, days=(date(2026, 11, 24), date(2027, 5, 20)))
    row = board(school).matrix(school.year_id).rows[0]
    assert (row.window(Period.HK1).state, row.window(Period.HK1).words) == (
        LockState.OPEN,
        "mở đến 23/11",
    )
    assert (row.window(Period.HK2).state, row.window(Period.HK2).words) == (
        LockState.WAITING,
        "mở từ 24/11",
    )
    assert "41/QĐ-THCS" in row.window(Period.HK1).note
    school.clock.move_to(school.clock.now().replace(day=24))
    row = board(school).matrix(school.year_id).rows[0]
    assert (row.window(Period.HK1).state, row.window(Period.HK1).words) == (
        LockState.SHUT,
        "hết 23/11",
    )
    assert row.window(Period.HK2).state is LockState.OPEN


def test_no_lock_overwrites_another(school: TestSchool):
    made = book(school)
    made.fill()
    made.control.lock_columns(
        school.actor("secretary"), school.class_id, made.column_ids("toan", "HK1.ck"), "50/QĐ-THCS"
    )
    made.close(Period.HK1)
    made.control.open_late(
        school.actor("principal"), school.class_id, None, Period.HK1, date(2026, 11, 20),
        date(2026, 11, 30), "60/QĐ-THCS", date(2026, 11, 20),
    )  # fmt: skip
    row = board(school).matrix(school.year_id).rows[0]
    assert row.window(Period.HK1).state is LockState.OPEN
    assert row.window(Period.HK1).note == "mở bổ sung đến 30/11, QĐ 60/QĐ-THCS"
    assert row.close(Period.HK1).state is LockState.SHUT
    assert row.columns.state is LockState.WAITING
    assert row.columns.words.startswith("khóa 1/")
    assert row.close(Period.HK2).state is LockState.NONE


def test_the_panel_tells_columns_and_what_the_close_signed(school: TestSchool):
    made = book(school)
    made.fill()
    locked = made.column_ids("toan", "HK1.ck")
    made.control.lock_columns(school.actor("secretary"), school.class_id, locked, "50/QĐ-THCS")
    before = board(school).panel(school.class_id)
    assert before.next_close() is Period.HK1
    report = made.closing.report(school.class_id, Period.HK1)
    made.close(Period.HK1)
    panel = board(school).panel(school.class_id)
    assert panel.next_close() is Period.HK2
    closed = panel.closed[Period.HK1]
    assert (closed.by, closed.decision_no) == ("Lê Văn Khải", "57/QĐ-THCS")
    assert closed.digest_code == report.digest.code
    with school.uow.read() as uow:
        assert closed.checkpoint_code == uow.trail.last_checkpoint().code
    assert panel.closers == ((school.uid("principal"), "Lê Văn Khải"),)
    maths = next(s for s in panel.subjects if s.name == "Toán")
    column = maths.of_term(Term.HK1)["ck"]
    assert column.locked
    assert "Trần Thị Mai" in column.note
    assert "50/QĐ-THCS" in column.note
    assert not maths.of_term(Term.HK1)["gk"].locked


def test_two_classes_closed_in_one_second_keep_their_own_codes(school: TestSchool):
    made = book(school)
    made.fill()
    other = school.add_class("6B")
    made.close(Period.HK1)
    made.closing.close(school.signer("principal"), other, Period.HK1, "57/QĐ-THCS", "Lớp trống")
    first = board(school).panel(school.class_id).closed[Period.HK1]
    second = board(school).panel(other).closed[Period.HK1]
    assert first.checkpoint_code
    assert second.checkpoint_code
    assert first.checkpoint_code != second.checkpoint_code


def test_a_late_opening_that_is_over_is_not_shown(school: TestSchool):
    made = book(school)
    made.control.open_late(
        school.actor("principal"), school.class_id, school.subjects["toan"], Period.HK1,
        date(2026, 11, 1), date(2026, 11, 22), "60/QĐ-THCS", date(2026, 11, 1),
    )  # fmt: skip
    assert board(school).panel(school.class_id).openings == ()
