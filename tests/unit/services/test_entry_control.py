"""Đóng mở sổ: four separate facts, each by a decision, none overwriting another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.domain.locks import (
    ClassLocks,
    ColumnLock,
    EntryWindow,
    LateOpening,
    PeriodClose,
    YearSeal,
    lock_chip,
    refusal,
)
from app.domain.periods import Period
from app.errors import AccessDenied, AppError
from app.ports import SealRecord
from tests.support.record_book import RecordBook
from tests.support.school import make_school

DAY = date(2026, 11, 23)


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return RecordBook(make_school(tmp_path, pupils=2))


def refused(kept: RecordBook, call) -> AppError:
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call()
    assert kept.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def acts(kept: RecordBook, who: str = "secretary", number: str = "41/QĐ", day: date = DAY):
    """Every act of the page, by name."""
    control, school, actor = kept.control, kept.school, kept.school.actor(who)
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    year, klass = school.year_id, school.class_id
    span = (DAY, day)
    with school.uow.read() as uow:
        windows = uow.control.windows(year)
    window = windows[0].id if windows else 0
    return {
        "open": lambda: control.open_window(actor, year, Period.HK1, *span, number, DAY),
        "late": lambda: control.open_late(actor, klass, None, Period.HK1, *span, number, DAY),
        "withdraw": lambda: control.withdraw_window(actor, year, window, number),
        "lock": lambda: control.lock_columns(actor, klass, ids, number),
        "unlock": lambda: control.unlock_columns(actor, klass, ids, number),
    }


def test_every_act_needs_an_office_and_a_decision(kept):
    for who in ("toan", "tin_hoc"):
        for act in acts(kept, who).values():
            error = refused(kept, act)
            assert isinstance(error, AccessDenied)
            assert "Hiệu trưởng" in error.sentence or "hiệu trưởng" in error.sentence
    for act in acts(kept, number=" \t").values():
        assert refused(kept, act).code == "decision_required"


def test_days_the_wrong_way_round_are_refused(kept):
    backwards = acts(kept, day=DAY - timedelta(days=1))
    for name in ("open", "late"):
        error = refused(kept, backwards[name])
        assert error.code == "window_reversed"
        assert "22/11/2026" in error.sentence


def test_a_window_is_opened_and_taken_back(kept):
    acts(kept)["open"]()
    (window,) = kept.control.board(kept.school.year_id).windows
    assert (window.opens_on, window.closes_on, window.decision_no) == (DAY, DAY, "41/QĐ")
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    acts(kept)["withdraw"]()
    assert kept.control.board(kept.school.year_id).windows == ()
    assert refused(kept, lambda: kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})).code == "locked"
    assert kept.cell("tin_hoc", 0, "HK1.tx1").value == 80
    assert refused(kept, acts(kept)["withdraw"]).code == "not_found"


def test_columns_are_locked_once_whatever_is_asked(kept):
    school, secretary = kept.school, kept.school.actor("secretary")
    one, two = kept.column_ids("tin_hoc", "HK1.gk", "HK1.ck")
    done = kept.control.lock_columns(secretary, school.class_id, [one, one, two], "60/QĐ")
    assert "2 cột" in done.summary
    lock = lambda *ids: kept.control.lock_columns(secretary, school.class_id, ids, "61/QĐ")  # noqa: E731
    assert refused(kept, lambda: lock(one, two)).code == "nothing_to_do"
    assert refused(kept, lambda: lock(one, 999_999)).code == "not_found"
    with school.uow.read() as uow:
        locks = uow.control.class_locks(school.class_id)
    assert set(locks.columns) == {one, two}
    assert locks.columns[one].decision_no == "60/QĐ"
    kept.control.unlock_columns(secretary, school.class_id, [one], "62/QĐ")
    with school.uow.read() as uow:
        assert set(uow.control.class_locks(school.class_id).columns) == {two}
    kept.control.lock_columns(secretary, school.class_id, [one], "63/QĐ")
    (entry,) = [e for e in entries(kept) if "63/QĐ" in e.detail]
    assert "Tin học HK1 ĐĐGgk" in entry.detail


def entries(kept: RecordBook):
    with kept.school.uow.read() as uow:
        return tuple(uow.trail.all_entries())


def test_another_classs_columns_are_not_found(kept):
    other = kept.school.add_class("6B")
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    secretary = kept.school.actor("secretary")
    error = refused(kept, lambda: kept.control.lock_columns(secretary, other, ids, "60/QĐ"))
    assert error.code == "not_found"
    assert "6B" in error.sentence


def test_a_sealed_year_is_not_opened_again(kept):
    school = kept.school
    with school.uow.write() as uow:
        record = SealRecord(school.year_id, 1, school.clock.now(), 1, "bag", "f", "t", "", "", 1, 1)
        uow.control.add_seal(record)
        uow.commit()
    for name in ("late", "lock", "unlock"):
        assert refused(kept, acts(kept)[name]).code == "sealed"


# ---- the rule itself

_AT = datetime(2026, 11, 1, 8, tzinfo=VIETNAM)
FACTS = {
    "window": EntryWindow(1, Period.HK1, DAY, DAY, "1", DAY, "Mai"),
    "column": ColumnLock(7, _AT, "Mai", "2"),
    "close": PeriodClose(Period.HK1, _AT, "Khải", "3", "d"),
    "seal": YearSeal(_AT, "Khải", "bag"),
    "late": LateOpening(1, None, Period.HK1, DAY, DAY, "4"),
}


def locks_of(present: set[str]) -> ClassLocks:
    return ClassLocks(
        windows=(FACTS["window"],) if "window" in present else (),
        late_openings=(FACTS["late"],) if "late" in present else (),
        columns={7: FACTS["column"]} if "column" in present else {},
        closes={Period.HK1: FACTS["close"]} if "close" in present else {},
        seal=FACTS["seal"] if "seal" in present else None,
    )


@given(st.sets(st.sampled_from(sorted(FACTS))), st.booleans())
def test_the_hardest_fact_answers_and_each_stands_alone(present, is_empty):
    def stop(facts: set[str]):
        return refusal(
            locks_of(facts),
            period=Period.HK1,
            subject_id=3,
            assessment_id=7,
            is_empty=is_empty,
            today=DAY,
        )

    answer = stop(present)
    stopping = present & {"seal", "close", "column"} | (
        {"shut"} if "window" not in present else set()
    )
    if "seal" in present:
        assert "niêm phong" in answer.sentence
    elif not stopping or ("late" in present and is_empty):
        assert answer is None
    elif "close" in present:
        assert "đã chốt" in answer.sentence
    elif "column" in present:
        assert "Cột này đã khóa" in answer.sentence
    else:
        assert "Chưa có đợt nhập" in answer.sentence
    # Lifting one lock never lifts another, and a lock more never opens anything.
    for name in ("seal", "close", "column"):
        if answer is not None:
            assert stop(present | {name}) is not None
        if answer is None:
            assert stop(present - {name}) is None


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_both_days_of_a_window_and_of_a_late_opening_are_inside(days):
    today = DAY + timedelta(days=days)
    for name in ("window", "late"):
        stopped = refusal(
            locks_of({name}),
            period=Period.HK1,
            subject_id=3,
            assessment_id=7,
            is_empty=True,
            today=today,
        )
        assert (stopped is None) is (days == 0)


def test_a_late_opening_is_for_its_subject_and_period():
    opened = replace(FACTS["late"], subject_id=3)
    locks = replace(locks_of({"close"}), late_openings=(opened,))
    asked = {"assessment_id": 7, "is_empty": True, "today": DAY}
    assert refusal(locks, period=Period.HK1, subject_id=3, **asked) is None
    assert refusal(locks, period=Period.HK1, subject_id=4, **asked) is not None
    assert refusal(locks, period=Period.HK2, subject_id=3, **asked) is not None


def test_the_chip_says_the_state_in_words():
    def chip(present: set[str], day: date = DAY, period: Period = Period.HK1):
        return lock_chip(locks_of(present), period, day)

    later, earlier = DAY + timedelta(days=1), DAY - timedelta(days=1)
    assert chip({"window"}) == ("Đang mở đến 23/11", True)
    assert chip({"window"}, later) == ("Hết đợt nhập", False)
    assert chip({"window"}, earlier) == ("Mở từ 23/11", False)
    assert chip(set()) == ("Chưa mở đợt nhập", False)
    assert chip({"window"}, later, Period.HK2) == ("Chưa mở đợt nhập", False)
    late = FACTS["late"]
    for_all = replace(locks_of(set()), late_openings=(replace(late, subject_id=None),))
    assert lock_chip(for_all, late.period, late.closes_on) == (
        f"Mở bổ sung đến {late.closes_on:%d/%m}",
        True,
    )
    assert lock_chip(for_all, late.period, late.closes_on + timedelta(days=1))[1] is False
    for_one = replace(locks_of(set()), late_openings=(replace(late, subject_id=3),))
    assert lock_chip(for_one, late.period, late.closes_on) == ("Chưa mở đợt nhập", False)
    assert chip({"window", "close"}) == ("Đã chốt 01/11 theo QĐ số 3", False)
    assert chip({"window", "close", "seal"}) == ("Đã niêm phong 01/11/2026", False)
