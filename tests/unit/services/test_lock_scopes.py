"""Windows, late openings and column locks by scope, also recorded long after their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.ids import ClassId
from app.domain.lock_scopes import WHOLE_SCHOOL, LockScope, scopes_of
from app.domain.locks import LateOpening
from app.domain.periods import Period, Term
from app.domain.school import SchoolClass
from app.errors import AccessDenied, AppError
from app.ports import SealRecord
from app.services.column_locking import ColumnChoice
from app.services.lock_board import LockBoard
from app.services.tasks import Tasks
from app.services.trail_review import TrailReview
from tests.support.record_book import RecordBook
from tests.support.school import make_school

TODAY = date(2026, 11, 23)
MONTH = (date(2026, 11, 1), date(2026, 11, 30))
SIX, SEVEN = LockScope(frozenset({6})), LockScope(frozenset({7}))
BOTH_TERM_1 = ColumnChoice(Term.HK1, frozenset({"gk", "ck"}))


@pytest.fixture
def kept(tmp_path):
    book = RecordBook(make_school(tmp_path, pupils=2))
    book.school.add_class("6B", 6, pupils=1)
    book.school.add_class("7A", 7, pupils=1, first=2000)
    yield book
    book.school.close()


def classes(kept):
    with kept.school.uow.read() as uow:
        return {k.name: k for k in uow.school.classes(kept.school.year_id)}


def refused(kept, call, *args, **named):
    before = kept.school.trail_kinds()
    with pytest.raises(AppError) as caught:
        call(*args, **named)
    assert kept.school.trail_kinds() == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def open_window(kept, scope=WHOLE_SCHOOL, days=MONTH, decided=TODAY, period=Period.HK1):
    who = kept.school.actor("secretary")
    year = kept.school.year_id
    return kept.control.open_window(who, year, period, *days, "41/QĐ", decided, scope)


def is_open(kept, name, period=Period.HK1):
    locks = kept.control.locks(classes(kept)[name].id)
    return locks.window_for(period, kept.school.clock.today()) is not None


def test_a_window_of_a_grade_opens_its_classes_only(kept):
    open_window(kept, SEVEN)
    assert [is_open(kept, name) for name in ("6A", "6B", "7A")] == [False, False, True]
    a = classes(kept)["6A"]
    open_window(kept, LockScope(class_id=a.id, class_name=a.name))
    assert [is_open(kept, name) for name in ("6A", "6B", "7A")] == [True, False, True]
    open_window(kept)
    assert all(is_open(kept, name) for name in ("6A", "6B", "7A"))
    with kept.school.uow.read() as uow:
        scopes = [w.scope.words for w in uow.control.windows(kept.school.year_id)]
    assert sorted(scopes) == ["khối 7", "lớp 6A", "toàn trường"]


def test_typing_and_pasting_obey_the_scope_cell_by_cell(kept):
    open_window(kept, SEVEN)
    before = kept.facts("tin_hoc").version
    with pytest.raises(AppError) as caught:
        kept.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.gk"): "9"}, "paste")
    assert len(caught.value.facts["cells"]) == 2
    with pytest.raises(AppError):
        kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"}, "import")
    assert kept.facts("tin_hoc").version == before
    open_window(kept, SIX)
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.gk"): "9"}, "paste")


def test_nobody_is_reminded_of_a_window_of_other_classes(kept):
    open_window(kept, SEVEN)
    view = Tasks(kept.school.uow, kept.school.clock)
    overview = view.overview(kept.school.actor("tin_hoc"), kept.school.year_id)
    assert overview.next_to_end is None
    assert overview.tasks == ()
    open_window(kept, SIX)
    overview = view.overview(kept.school.actor("tin_hoc"), kept.school.year_id)
    assert overview.running[0].until == MONTH[1]
    assert overview.tasks


def test_what_is_over_may_still_be_recorded(kept):
    """The first window of the 2018 letter ended before the letter was signed (Annex C 6)."""
    past = (date(2026, 9, 28), date(2026, 10, 5))
    done = open_window(kept, days=past, decided=date(2026, 11, 20))
    assert done.summary.startswith("Đã ghi lại")
    said = TrailReview(kept.school.uow).lines(kept.school.actor("principal"))[0].sentence
    assert said.startswith("Ghi lại đợt nhập học kì I toàn trường 28/09/2026 đến 05/10/2026")
    assert "ngày 20/11/2026" in said
    assert not is_open(kept, "6A")


def test_a_decision_of_tomorrow_is_refused(kept):
    tomorrow = TODAY + timedelta(days=1)
    who, year = kept.school.actor("secretary"), kept.school.year_id
    ids = kept.column_ids("tin_hoc", "HK1.gk")
    klass = kept.school.class_id
    open_window(kept)
    late = LateOpening(0, None, Period.HK1, *MONTH, "5/QĐ")
    calls = [
        lambda: open_window(kept, decided=tomorrow),
        lambda: kept.control.withdraw_window(who, year, 1, "5/QĐ", tomorrow),
        lambda: kept.control.open_late_in(who, year, SIX, late, tomorrow),
        lambda: kept.control.lock_columns(who, klass, ids, "5/QĐ", tomorrow),
        lambda: kept.control.unlock_columns(who, klass, ids, "5/QĐ", tomorrow),
        lambda: kept.control.set_columns_in(
            who, year, SIX, BOTH_TERM_1, "5/QĐ", tomorrow, lock=True
        ),
    ]
    assert [refused(kept, call).code for call in calls] == ["decision_day"] * len(calls)


def test_one_decision_locks_the_same_columns_everywhere(kept):
    who, year = kept.school.actor("secretary"), kept.school.year_id
    decided = date(2026, 11, 20)
    control = kept.control
    before = kept.school.trail_kinds().count("column.lock")
    done = control.set_columns_in(who, year, SIX, BOTH_TERM_1, "60/QĐ", decided, lock=True)
    assert kept.school.trail_kinds().count("column.lock") - before == 2, "an entry a class"
    found = classes(kept)
    with kept.school.uow.read() as uow:
        for name in ("6A", "6B", "7A"):
            columns = uow.marks.assessments(found[name].id)
            held = uow.control.class_locks(found[name].id).columns
            wanted = {c.id for c in columns if BOTH_TERM_1.takes(c)} if name != "7A" else set()
            assert set(held) == wanted
            assert all(lock.decision_on == decided for lock in held.values())
    assert "khối 6" in done.summary
    assert refused(
        kept, control.set_columns_in, who, year, SIX, BOTH_TERM_1, "61/QĐ", TODAY, lock=True
    ).code == "nothing_to_do"  # fmt: skip
    subject = kept.school.subjects["tin_hoc"]
    one = ColumnChoice(Term.HK1, frozenset({"gk"}), subject)
    control.set_columns_in(who, year, WHOLE_SCHOOL, one, "62/QĐ", TODAY, lock=False)
    panel = LockBoard(kept.school.uow, kept.school.clock).panel(kept.school.class_id)
    states = {s.subject_id: s.of_term(Term.HK1) for s in panel.subjects}
    assert not states[subject]["gk"].locked
    assert states[subject]["ck"].locked
    assert "ngày 20/11/2026" in states[subject]["ck"].note


def test_a_late_opening_reaches_each_class_that_studies_the_subject(kept):
    who, year = kept.school.actor("secretary"), kept.school.year_id
    opening = LateOpening(0, kept.school.subjects["tin_hoc"], Period.HK1, *MONTH, "7/QĐ")
    kept.control.open_late_in(who, year, WHOLE_SCHOOL, opening, TODAY)
    for klass in classes(kept).values():
        assert len(kept.control.locks(klass.id).late_openings) == 1
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    assert refused(kept, kept.enter, "toan", {(0, "HK1.tx1"): "8"})
    unknown = LateOpening(0, 99, Period.HK1, *MONTH, "7/QĐ")
    error = refused(kept, kept.control.open_late_in, who, year, SIX, unknown, TODAY)
    assert error.code == "scope_empty"


def test_a_scope_without_classes_is_refused(kept):
    nine = LockScope(frozenset({9}))
    assert refused(kept, open_window, kept, nine).code == "scope_empty"
    stranger = LockScope(class_id=ClassId(999), class_name="9Z")
    assert refused(kept, open_window, kept, stranger).code == "scope_empty"


def test_after_the_seal_nothing_opens_or_locks(kept):
    open_window(kept)
    with kept.school.uow.write() as uow:
        who = kept.school.accounts_by_key["principal"]
        now = kept.school.clock.now()
        uow.control.add_seal(
            SealRecord(kept.school.year_id, 1, now, who, "bag", "f", "t", "D", "S", 1, 1)
        )
        uow.commit()
    who, year = kept.school.actor("secretary"), kept.school.year_id
    late = LateOpening(0, None, Period.HK1, *MONTH, "7/QĐ")
    assert refused(kept, open_window, kept).code == "sealed"
    assert refused(kept, kept.control.open_late_in, who, year, SIX, late, TODAY).code == "sealed"
    choice = (who, year, WHOLE_SCHOOL, BOTH_TERM_1, "8/QĐ", TODAY)
    assert refused(kept, kept.control.set_columns_in, *choice, lock=True).code == "sealed"


@pytest.mark.parametrize("who", ["toan", "homeroom"])
def test_teachers_open_and_lock_nothing(kept, who):
    actor, year = kept.school.actor(who), kept.school.year_id
    late = LateOpening(0, None, Period.HK1, *MONTH, "7/QĐ")
    for call in (
        lambda: kept.control.open_late_in(actor, year, SIX, late, TODAY),
        lambda: kept.control.set_columns_in(
            actor, year, SIX, BOTH_TERM_1, "8/QĐ", TODAY, lock=True
        ),
    ):
        assert isinstance(refused(kept, call), AccessDenied)


def test_scopes_to_choose_from():
    def klass(number, grade, name):
        return SchoolClass(ClassId(number), 1, grade, name, "x")

    small = (klass(1, 6, "6A"),)
    assert [s.words for s in scopes_of(small)] == ["toàn trường", "lớp 6A"]
    wide = (klass(1, 5, "5A"), klass(2, 6, "6A"), klass(3, 7, "7A"))
    assert [s.words for s in scopes_of(wide)] == [
        "toàn trường", "cấp tiểu học", "cấp THCS", "khối 5", "khối 6", "khối 7",
        "lớp 5A", "lớp 6A", "lớp 7A",
    ]  # fmt: skip
