"""What follows a mark: lateness, undo, history, a stale sheet, and the confirmation that falls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.marks import CellState
from app.domain.periods import Period, Term
from app.errors import AppError, RuleRefused, StaleData
from app.services.bound_mark_sheet import BoundMarkSheet
from tests.support.record_book import RecordBook, book
from tests.support.school import make_school

COLUMNS = ("HK1.tx1", "HK1.tx2", "HK1.tx3", "HK1.gk", "HK1.ck", "HK2.tx1", "HK2.tx2")


@pytest.fixture
def kept(tmp_path) -> RecordBook:
    return book(make_school(tmp_path))


def refused(call, *arguments, **named) -> AppError:
    """The refusal, having checked that it wrote nothing."""
    with pytest.raises(AppError) as caught:
        call(*arguments, **named)
    assert caught.value.sentence.endswith(".")
    return caught.value


def seq(kept: RecordBook) -> int:
    with kept.school.uow.read() as uow:
        return uow.trail.head()[0]


def test_the_due_date_marks_late_and_refuses_nobody(kept):
    school, sheet = kept.school, kept.sheet("tin_hoc")
    teacher = school.actor("tin_hoc")
    kept.marks.set_dates(teacher, sheet, "HK1.gk", date(2026, 11, 9), date(2026, 11, 23))
    kept.enter("tin_hoc", {(0, "HK1.gk"): "8", (2, "HK1.gk"): "5"})
    school.clock.advance(timedelta(days=1))
    view = kept.marks.open(teacher, sheet)
    assert (view.missing_count, view.late_count) == (3, 0)
    done = kept.enter("tin_hoc", {(1, "HK1.gk"): "8", (0, "HK1.gk"): "9"})
    assert (done.missing_delta, done.late_delta) == (-1, 1)
    assert done.change.cells[kept.key(1, "HK1.gk")].late
    assert not done.change.cells[kept.key(0, "HK1.gk")].late
    # Clearing in time and typing again late is late; taking the clearing back is not.
    kept.enter("tin_hoc", {(0, "HK1.gk"): "", (2, "HK1.gk"): ""}, "clear")
    assert kept.marks.open(teacher, sheet).late_count == 1
    kept.enter("tin_hoc", {(0, "HK1.gk"): "9,0"}, "undo")
    kept.enter("tin_hoc", {(2, "HK1.gk"): "5,0"}, "key")
    keys = [c.key for c in view.columns]
    rows = kept.marks.open(teacher, sheet).cells
    assert [rows[n][keys.index("HK1.gk")].late for n in range(3)] == [False, True, True]


def test_a_stale_sheet_is_refused_with_a_reload(kept):
    sheet, teacher = kept.sheet("tin_hoc"), kept.school.actor("tin_hoc")
    one, two = (BoundMarkSheet(kept.marks, teacher, sheet) for _ in range(2))
    one.load()
    two.load()
    one.set_cells({kept.key(0, "HK1.tx1"): "8"}, "key")
    one.set_cells({kept.key(0, "HK1.tx2"): "8"}, "key")
    before = seq(kept)
    for act in (
        lambda: two.set_cells({kept.key(1, "HK1.tx1"): "9"}, "key"),
        lambda: two.set_state([kept.key(1, "HK1.tx1")], CellState.EXEMPT, "QĐ 5"),
    ):
        error = refused(act)
        assert isinstance(error, StaleData)
        assert "tải lại" in error.sentence
    assert seq(kept) == before
    assert two.load().cells[0][0].text == "8,0"
    two.set_cells({kept.key(1, "HK1.tx1"): "9"}, "key")
    # Another subject's entry leaves this sheet's version alone.
    kept.enter("ngu_van", {(0, "HK1.tx1"): "5"})
    two.set_cells({kept.key(2, "HK1.tx1"): "9"}, "key")


def test_undo_and_redo_restore_states_exactly_and_are_recorded(kept):
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    port = BoundMarkSheet(kept.marks, actor, sheet)
    port.load()
    keys = [kept.key(n, "HK1.gk") for n in range(5)]
    port.set_cells({keys[0]: "8", keys[1]: "3,5"}, "paste")
    port.set_state([keys[2]], CellState.PENDING_MAKEUP, "ốm")
    port.set_state([keys[3]], CellState.TRANSFERRED, "THCS A, học bạ 12", "6,5")
    was = [kept.cell("tin_hoc", n, "HK1.gk") for n in range(5)]
    change = port.set_state(keys, CellState.EXEMPT, "QĐ 15/QĐ-THCS")
    became = [kept.cell("tin_hoc", n, "HK1.gk") for n in range(5)]
    assert {cell.state for cell in became} == {CellState.EXEMPT}
    undone = port.set_cells(change.previous, "undo")
    assert [kept.cell("tin_hoc", n, "HK1.gk") for n in range(5)] == was
    redone = port.set_cells(undone.previous, "redo")
    assert [kept.cell("tin_hoc", n, "HK1.gk") for n in range(5)] == became
    port.set_cells(redone.previous, "undo")
    assert [kept.cell("tin_hoc", n, "HK1.gk") for n in range(5)] == was
    with kept.school.uow.read() as uow:
        newest = [e.detail for e in uow.trail.entries(newest=3)]
    assert ['"gesture":"undo"' in d or '"gesture":"redo"' in d for d in newest] == [True] * 3


def test_undo_is_checked_like_typing(kept):
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    kept.control.lock_columns(
        kept.school.actor("secretary"),
        kept.school.class_id,
        kept.column_ids("tin_hoc", "HK1.tx1"),
        "60/QĐ",
    )
    assert refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): ""}, "undo").code == "locked"


def test_what_typing_cannot_say_only_undo_may(kept):
    hidden = "\u00014\u0001\u0001miễn"
    assert refused(kept.enter, "tin_hoc", {(0, "HK1.tx1"): hidden}, "key").code == "not_a_mark"
    kept.enter("tin_hoc", {(0, "HK1.tx1"): hidden}, "undo")
    assert kept.cell("tin_hoc", 0, "HK1.tx1").state is CellState.EXEMPT


def test_delete_and_enter_again_is_one_history(kept):
    key, sheet = kept.key(0, "HK1.tx1"), kept.sheet("tin_hoc")
    for text, gesture in (("8", "key"), ("", "clear"), ("6", "key")):
        kept.enter("tin_hoc", {(0, "HK1.tx1"): text}, gesture)
        kept.school.clock.advance(timedelta(minutes=1))
    actor = kept.school.actor("tin_hoc")
    kept.marks.set_state(actor, sheet, [key], CellState.ZERO_ABSENT, "bỏ thi")
    who = "Lý Thị Ngọc"
    assert kept.marks.history(sheet, key) == [
        f"23/11/2026 08:30 {who}: trống → 8,0",
        f"23/11/2026 08:31 {who}: 8,0 → trống",
        f"23/11/2026 08:32 {who}: trống → 6,0",
        f"23/11/2026 08:33 {who}: 6,0 → 0,0 [vắng: bỏ thi]",
    ]
    assert kept.marks.history(sheet, kept.key(0, "HK1.avg")) == []


def test_a_confirmation_stands_until_anything_on_the_sheet_changes(kept):
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    error = refused(kept.marks.confirm, actor, sheet)
    assert (error.code, error.facts["missing"]) == ("cells_missing", 5)

    def standing() -> list[str]:
        with kept.school.uow.read() as uow:
            return [c.name for c in uow.control.confirmations(kept.school.class_id)]

    columns = kept.facts("tin_hoc").term_codes(Term.HK1)
    kept.enter("tin_hoc", {(n, key): "8" for n in range(5) for key in columns}, "paste")
    kept.marks.confirm(actor, sheet)
    kept.marks.confirm(actor, sheet)
    assert standing() == ["Lý Thị Ngọc"]
    kept.enter("ngu_van", {(0, "HK1.tx1"): "7"})
    kept.enter("tin_hoc", {(0, "HK2.tx1"): "7"})
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "8"})
    assert standing() == ["Lý Thị Ngọc"]
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    assert standing() == []
    kept.marks.confirm(actor, sheet)
    kept.enter("tin_hoc", {(0, "HK1.comment"): "tiến bộ"})
    assert standing() == []
    kept.marks.confirm(actor, sheet)
    key = kept.key(1, "HK1.ck")
    kept.marks.set_state(actor, sheet, [key], CellState.EXEMPT, "QĐ 5")
    assert standing() == []


def test_the_term_asked_for_is_confirmed_and_not_the_one_that_happens_to_be_open(kept):
    actor, sheet = kept.school.actor("tin_hoc"), kept.sheet("tin_hoc")
    with pytest.raises(RuleRefused) as refusal:
        kept.marks.confirm(actor, sheet, Term.HK2)
    assert "học kì II" in refusal.value.sentence
    columns = kept.facts("tin_hoc").term_codes(Term.HK1)
    kept.enter("tin_hoc", {(n, key): "8" for n in range(5) for key in columns}, "paste")
    done = kept.marks.confirm(actor, sheet, Term.HK1)
    assert done.summary.endswith("học kì I")
    with kept.school.uow.read() as uow:
        standing = uow.control.confirmations(kept.school.class_id)
    assert [c.period for c in standing] == [Period.HK1]


def test_nothing_is_confirmed_while_nothing_is_open(tmp_path):
    kept = RecordBook(make_school(tmp_path))
    error = refused(kept.marks.confirm, kept.school.actor("tin_hoc"), kept.sheet("tin_hoc"))
    assert error.code == "no_open_term"
